// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/endpoint/many_connections.h"

#include "app/endpoint/many_core.h"
#include "app/net/end_there.h"

namespace sockeye {

ManyConnections::ManyConnections(IoThreads& threads, const std::shared_ptr<Recording>& recording, QObject* parent)
    : QObject(parent)
    , m_stay(threads.stay())
    , m_core(new ManyCore(recording))
{
    qRegisterMetaType<ManySummary>();
    m_core->moveToThread(threads.next());
    connect(m_core, &ManyCore::progressed, this, &ManyConnections::progressed);
    connect(m_core, &ManyCore::finished, this, &ManyConnections::finished);
}

ManyConnections::~ManyConnections()
{
    m_core->disconnect(this);
    endThere(m_core, std::move(m_stay), &ManyCore::shutDown);
}

void ManyConnections::start(const ManyOptions& options)
{
    QMetaObject::invokeMethod(
        m_core, [core = m_core, options] { core->start(options); }, Qt::QueuedConnection);
}

void ManyConnections::cancel()
{
    QMetaObject::invokeMethod(m_core, &ManyCore::cancel, Qt::QueuedConnection);
}

} // namespace sockeye
