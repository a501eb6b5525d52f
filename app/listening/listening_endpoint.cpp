// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/listening/listening_endpoint.h"

#include "app/listening/endpoint_run.h"

#include <QHostInfo>

namespace sockeye {

ListeningEndpoint::ListeningEndpoint(IoThreads& threads, const std::shared_ptr<Recording>& recording, QObject* parent)
    : QObject(parent)
    , m_recording(recording ? recording->alone() : nullptr)
    , m_threads(threads)
    , m_lastId(std::make_shared<std::atomic<quint32>>(0))
{
    qRegisterMetaType<SocketAddress>();
    qRegisterMetaType<Failure>();
    qRegisterMetaType<std::optional<CertificateFacts>>();
}

ListeningEndpoint::~ListeningEndpoint()
{
    endLookup();
}

void ListeningEndpoint::beginAnew()
{
    endLookup();
    endRun();
    m_lastExchanges = 0;
    m_failure = {};
    m_address = {};
    m_certificate.reset();
}

void ListeningEndpoint::listen(const ListenOptions& options)
{
    setState(State::Starting);
    if (auto address = SocketAddress::ofHost(options.host, options.port)) {
        if (address->host == QHostAddress(QHostAddress::AnyIPv6) && !options.ipv6Only) {
            address->host = QHostAddress(QHostAddress::Any); // both families
        }
        listenOn({ *address });
        return;
    }
    const auto found = [this, name = options.host, port = options.port](const QHostInfo& info) {
        m_lookup = -1;
        if (info.addresses().isEmpty()) {
            fail(makeFailure(FailureCode::NameNotFound, name));
            return;
        }
        QList<SocketAddress> addresses;
        for (const QHostAddress& host : info.addresses()) { // some resolvers say one twice
            if (const SocketAddress each { host, port }; !addresses.contains(each)) {
                addresses.append(each);
            }
        }
        listenOn(addresses);
    };
    m_lookup = QHostInfo::lookupHost(options.host, this, found);
}

void ListeningEndpoint::listenOn(const QList<SocketAddress>& addresses)
{
    m_run = newRun();
    // A run may have things to say after it was told to end; it is listened to only while it is the present one.
    connect(m_run.get(), &EndpointRun::listening, this,
        [this](const SocketAddress& bound, const std::optional<CertificateFacts>& certificate) {
            if (m_state == State::Starting) {
                m_address = bound;
                m_certificate = certificate;
                setState(State::Listening);
            }
        });
    connect(m_run.get(), &EndpointRun::certified, this, [this](const std::optional<CertificateFacts>& certificate) {
        m_certificate = certificate;
        Q_EMIT certificateChanged();
    });
    connect(m_run.get(), &EndpointRun::failed, this, &ListeningEndpoint::fail);
    connect(m_run.get(), &EndpointRun::trouble, this, [this](const Failure& failure) {
        m_failure = failure;
        Q_EMIT acceptTrouble(failure);
    });
    connect(m_run.get(), &EndpointRun::ended, this, [this] {
        endRun();
        m_address = {};
        m_certificate.reset();
        setState(State::Stopped);
    });
    m_run->listen(addresses);
}

void ListeningEndpoint::stop()
{
    endLookup();
    if (m_run && m_state != State::Failed) {
        if (m_state != State::Stopping) {
            setState(State::Stopping);
            m_run->finish();
        }
        return;
    }
    endRun();
    if (m_state != State::Stopped) {
        setState(State::Stopped);
    }
}

void ListeningEndpoint::closeConnection(quint32 connection)
{
    if (m_run) {
        m_run->closeConnection(connection);
    }
}

void ListeningEndpoint::resetConnection(quint32 connection)
{
    if (m_run) {
        m_run->resetConnection(connection);
    }
}

qint64 ListeningEndpoint::exchanges() const
{
    return m_run ? m_run->exchanges() : m_lastExchanges;
}

void ListeningEndpoint::fail(const Failure& failure)
{
    m_failure = failure;
    setState(State::Failed);
}

void ListeningEndpoint::endLookup()
{
    if (m_lookup != -1) {
        QHostInfo::abortHostLookup(m_lookup);
        m_lookup = -1;
    }
}

/// The present run is over, or is to be: it finishes by itself what is being written, while the next one may begin.
void ListeningEndpoint::endRun()
{
    if (!m_run) {
        return;
    }
    m_lastExchanges = m_run->exchanges();
    m_run->disconnect(this);
    // Deleted from the event loop: one of its signals may be who called us.
    connect(m_run.get(), &EndpointRun::ended, this, &ListeningEndpoint::deleteEndedRuns, Qt::QueuedConnection);
    m_run->finish();
    m_endingRuns.push_back(std::move(m_run));
    QMetaObject::invokeMethod(this, &ListeningEndpoint::deleteEndedRuns, Qt::QueuedConnection);
}

void ListeningEndpoint::deleteEndedRuns()
{
    std::erase_if(m_endingRuns, [](const std::unique_ptr<EndpointRun>& run) { return run->hasEnded(); });
}

void ListeningEndpoint::setState(State state)
{
    m_state = state;
    Q_EMIT stateChanged();
}

} // namespace sockeye
