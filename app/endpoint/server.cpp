// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/endpoint/server.h"

#include "app/endpoint/server_run.h"
#include "protocol/services/chat_service.h"

namespace sockeye {

Server::Server(IoThreads& threads, const std::shared_ptr<Recording>& recording, QObject* parent)
    : ListeningEndpoint(threads, recording, parent)
    , m_room(std::make_shared<RoomLog>())
{
}

Server::~Server() = default;

void Server::start(const ServerOptions& options)
{
    beginAnew();
    m_options = options;
    m_service = options.ownService ? options.ownService : newService(options.service, options.serviceOptions);
    if (!m_service) {
        fail(makeFailure(
            FailureCode::Other, tr("service \"%1\"").arg(options.service), tr("There is no service of that name.")));
        return;
    }
    listen(m_options);
}

std::unique_ptr<EndpointRun> Server::newRun()
{
    return std::make_unique<ServerRun>(threads(), m_options, m_service, recording(), lastId(), m_room);
}

ServerRun* Server::serverRun() const
{
    return static_cast<ServerRun*>(run());
}

void Server::setCatalog(std::shared_ptr<const Catalog> catalog)
{
    m_options.serviceOptions.catalog = std::move(catalog);
    // Other services have no use for it, and sessions of theirs may hold half a character that must not be lost.
    if (run() == nullptr || m_options.ownService || m_options.service != u"app") {
        return;
    }
    m_service = newService(m_options.service, m_options.serviceOptions);
    serverRun()->setService(m_service);
}

void Server::halfCloseConnection(quint32 connection)
{
    if (ServerRun* const run = serverRun()) {
        run->halfCloseConnection(connection);
    }
}

void Server::setStalled(quint32 connection, bool stalled)
{
    if (ServerRun* const run = serverRun()) {
        run->setStalled(connection, stalled);
    }
}

void Server::say(const QString& text, quint32 connection)
{
    RoomKeeper* const room = run() != nullptr ? serverRun()->room() : nullptr;
    if (room == nullptr) {
        return;
    }
    const QList<QStringView> lines = QStringView(text).split(u'\n');
    for (const QStringView line : lines) {
        const QByteArray bytes = line.toUtf8().left(ChatService::maxLine - 1) + '\n';
        if (connection == Room::host) {
            room->say(Room::host, bytes);
        } else {
            room->tell(connection, bytes);
        }
    }
}

} // namespace sockeye
