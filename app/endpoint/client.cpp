// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/endpoint/client.h"

#include "app/endpoint/client_core.h"
#include "app/net/io_threads.h"

namespace sockeye {

Client::Client(IoThreads& threads, const std::shared_ptr<Recording>& recording, QObject* parent)
    : QObject(parent)
    , m_recording(recording ? recording->alone() : nullptr)
    , m_core(new ClientCore(*this, m_recording))
{
    m_core->moveToThread(threads.next());
}

Client::~Client()
{
    const auto type =
        m_core->thread() == QThread::currentThread() ? Qt::DirectConnection : Qt::BlockingQueuedConnection;
    QMetaObject::invokeMethod(m_core, &ClientCore::shutDown, type);
    m_core->deleteLater();
}

void Client::send(const ClientOptions& options, const SendPlan& plan)
{
    ClientCore::Job job { options, plan, ClientCore::Clock::now(), captureNow() };
    QMetaObject::invokeMethod(
        m_core, [core = m_core, job = std::move(job)] { core->add(job); }, Qt::QueuedConnection);
}

void Client::connectOnly(const ClientOptions& options)
{
    ClientCore::Job job { options, std::nullopt, ClientCore::Clock::now(), captureNow() };
    QMetaObject::invokeMethod(
        m_core, [core = m_core, job = std::move(job)] { core->add(job); }, Qt::QueuedConnection);
}

void Client::cancel()
{
    QMetaObject::invokeMethod(m_core, &ClientCore::cancel, Qt::QueuedConnection);
}

void Client::disconnectFromServer()
{
    QMetaObject::invokeMethod(m_core, &ClientCore::disconnectFromServer, Qt::QueuedConnection);
}

void Client::halfClose()
{
    QMetaObject::invokeMethod(m_core, &ClientCore::halfClose, Qt::QueuedConnection);
}

void Client::reset()
{
    QMetaObject::invokeMethod(m_core, &ClientCore::reset, Qt::QueuedConnection);
}

} // namespace sockeye
