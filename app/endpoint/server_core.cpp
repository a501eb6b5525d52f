// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/endpoint/server_core.h"

#include <QHostInfo>

namespace sockeye {

ServerCore::ServerCore(Server& server)
    : m_server(server)
    , m_lastId(std::make_shared<std::atomic<quint32>>(0))
{
    qRegisterMetaType<SocketAddress>();
    qRegisterMetaType<Failure>();
    qRegisterMetaType<std::optional<CertificateFacts>>();
}

ServerCore::~ServerCore()
{
    if (m_lookup != -1) {
        QHostInfo::abortHostLookup(m_lookup);
    }
}

void ServerCore::start(const ServerOptions& options)
{
    if (m_lookup != -1) {
        QHostInfo::abortHostLookup(m_lookup);
        m_lookup = -1;
    }
    endRun();
    m_options = options;
    m_lastExchanges = 0;
    m_server.m_failure = {};
    m_server.m_address = {};
    m_server.m_certificate.reset();
    m_service = options.ownService ? options.ownService : newService(options.service, options.serviceOptions);
    if (!m_service) {
        fail(makeFailure(
            FailureCode::Other, tr("service \"%1\"").arg(options.service), tr("There is no service of that name.")));
        return;
    }
    setState(Server::State::Starting);
    QHostAddress address;
    if (address.setAddress(options.host)) {
        const bool bothFamilies = address == QHostAddress(QHostAddress::AnyIPv6) && !options.ipv6Only;
        listen({ bothFamilies ? QHostAddress(QHostAddress::Any) : address });
        return;
    }
    m_lookup = QHostInfo::lookupHost(options.host, this, [this](const QHostInfo& info) {
        m_lookup = -1;
        if (info.addresses().isEmpty()) {
            fail(makeFailure(FailureCode::NameNotFound, m_options.host));
        } else {
            QList<QHostAddress> addresses;
            for (const QHostAddress& each : info.addresses()) { // some resolvers say one twice
                if (!addresses.contains(each)) {
                    addresses.append(each);
                }
            }
            listen(addresses);
        }
    });
}

void ServerCore::listen(const QList<QHostAddress>& addresses)
{
    m_run = std::make_unique<ServerRun>(
        m_server.m_threads, m_options, m_service, m_server.m_recording, m_lastId, m_server.m_room);
    // A run may have things to say after it was told to end; it is listened to only while it is the present one.
    connect(m_run.get(), &ServerRun::listening, this,
        [this](const SocketAddress& bound, const std::optional<CertificateFacts>& certificate) {
            if (m_server.m_state == Server::State::Starting) {
                m_server.m_address = bound;
                m_server.m_certificate = certificate;
                setState(Server::State::Listening);
            }
        });
    connect(m_run.get(), &ServerRun::certified, this, [this](const std::optional<CertificateFacts>& certificate) {
        m_server.m_certificate = certificate;
        Q_EMIT m_server.certificateChanged();
    });
    connect(m_run.get(), &ServerRun::failed, this, [this](const Failure& failure) { fail(failure); });
    connect(m_run.get(), &ServerRun::trouble, this, [this](const Failure& failure) {
        m_server.m_failure = failure;
        Q_EMIT m_server.acceptTrouble(failure);
    });
    connect(m_run.get(), &ServerRun::ended, this, [this] {
        endRun();
        m_server.m_address = {};
        m_server.m_certificate.reset();
        setState(Server::State::Stopped);
    });
    m_run->listen(addresses);
}

void ServerCore::stop()
{
    if (m_lookup != -1) {
        QHostInfo::abortHostLookup(m_lookup);
        m_lookup = -1;
    }
    if (m_run && m_server.m_state != Server::State::Failed) {
        if (m_server.m_state != Server::State::Stopping) {
            setState(Server::State::Stopping);
            m_run->finish();
        }
        return;
    }
    endRun();
    if (m_server.m_state != Server::State::Stopped) {
        setState(Server::State::Stopped);
    }
}

void ServerCore::fail(const Failure& failure)
{
    m_server.m_failure = failure;
    setState(Server::State::Failed);
}

/// The present run is over, or is to be: it finishes by itself what is being written, while the next one may begin.
void ServerCore::endRun()
{
    if (!m_run) {
        return;
    }
    m_lastExchanges = m_run->exchanges();
    m_run->disconnect(this);
    // Deleted from the event loop: one of its signals may be who called us.
    connect(m_run.get(), &ServerRun::ended, this, &ServerCore::deleteEndedRuns, Qt::QueuedConnection);
    m_run->finish();
    m_endingRuns.push_back(std::move(m_run));
    QMetaObject::invokeMethod(this, &ServerCore::deleteEndedRuns, Qt::QueuedConnection);
}

void ServerCore::deleteEndedRuns()
{
    std::erase_if(m_endingRuns, [](const std::unique_ptr<ServerRun>& run) { return run->hasEnded(); });
}

void ServerCore::setState(Server::State state)
{
    m_server.m_state = state;
    Q_EMIT m_server.stateChanged();
}

void ServerCore::setCatalog(std::shared_ptr<const Catalog> catalog)
{
    m_options.serviceOptions.catalog = std::move(catalog);
    // Other services have no use for it, and sessions of theirs may hold half a character that must not be lost.
    if (!m_run || m_options.ownService || m_options.service != u"app") {
        return;
    }
    m_service = newService(m_options.service, m_options.serviceOptions);
    m_run->tellGroups([service = m_service](ConnectionGroup& group) { group.setService(service); });
}

} // namespace sockeye
