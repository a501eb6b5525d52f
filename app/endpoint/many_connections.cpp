// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/endpoint/many_connections.h"

#include "app/endpoint/many_core.h"
#include "app/net/io_threads.h"

namespace sockeye {

ManyConnections::ManyConnections(IoThreads& threads, const std::shared_ptr<Recording>& recording, QObject* parent)
    : QObject(parent)
    , m_core(new ManyCore(recording))
{
    qRegisterMetaType<ManySummary>();
    m_core->moveToThread(threads.next());
    connect(m_core, &ManyCore::progressed, this, &ManyConnections::progressed);
    connect(m_core, &ManyCore::finished, this, &ManyConnections::finished);
}

ManyConnections::~ManyConnections()
{
    const auto type =
        m_core->thread() == QThread::currentThread() ? Qt::DirectConnection : Qt::BlockingQueuedConnection;
    m_core->disconnect(this);
    QMetaObject::invokeMethod(m_core, &ManyCore::shutDown, type);
    m_core->deleteLater();
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
