// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/endpoint/client.h"

#include "app/endpoint/client_core.h"
#include "app/net/end_there.h"

#include <utility>

namespace sockeye {

Client::Client(IoThreads& threads, const std::shared_ptr<Recording>& recording, QObject* parent)
    : QObject(parent)
    , m_recording(recording ? recording->alone() : nullptr)
    , m_stay(threads.stay())
    , m_core(new ClientCore(m_recording))
{
    connectCore();
    m_core->moveToThread(threads.next());
}

void Client::connectCore()
{
    qRegisterMetaType<State>();
    qRegisterMetaType<SocketAddress>();
    qRegisterMetaType<Exchange>();
    qRegisterMetaType<RepeatEnd>();
    qRegisterMetaType<Failure>();
    const auto stateChangedTo = [this](State state, const SocketAddress& peer) {
        if (m_state != state) {
            m_state = state;
            m_peer = state == State::Connected ? peer : m_peer;
            Q_EMIT stateChanged();
        }
    };
    const auto lingeringChangedTo = [this](bool lingers) {
        if (std::exchange(m_lingers, lingers) != lingers) {
            Q_EMIT lingeringChanged();
        }
    };
    // Queued, whatever thread we are in: nothing is told from within a call.
    connect(m_core, &ClientCore::stateChanged, this, stateChangedTo, Qt::QueuedConnection);
    connect(m_core, &ClientCore::lingeringChanged, this, lingeringChangedTo, Qt::QueuedConnection);
    connect(m_core, &ClientCore::exchangeFinished, this, &Client::exchangeFinished, Qt::QueuedConnection);
    connect(m_core, &ClientCore::repeatFinished, this, &Client::repeatFinished, Qt::QueuedConnection);
    connect(m_core, &ClientCore::failed, this, &Client::failed, Qt::QueuedConnection);
}

Client::~Client()
{
    m_core->disconnect(this);
    endThere(m_core, std::move(m_stay), &ClientCore::shutDown);
}

void Client::send(const ClientOptions& options, const SendPlan& plan)
{
    ClientCore::Job job { options, plan, ClientCore::Clock::now(), captureNow(), false };
    QMetaObject::invokeMethod(
        m_core, [core = m_core, job = std::move(job)] { core->add(job); }, Qt::QueuedConnection);
}

void Client::repeat(const ClientOptions& options, const SendPlan& plan, const Repetition& repetition)
{
    QMetaObject::invokeMethod(
        m_core,
        [core = m_core, job = ClientCore::Job { options, plan, {}, 0, true }, repetition] {
            core->repeat(job, repetition);
        },
        Qt::QueuedConnection);
}

void Client::stopRepeating()
{
    QMetaObject::invokeMethod(m_core, &ClientCore::stopRepeating, Qt::QueuedConnection);
}

void Client::connectOnly(const ClientOptions& options)
{
    ClientCore::Job job { options, std::nullopt, ClientCore::Clock::now(), captureNow(), false };
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
