// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/endpoint/server.h"

#include "app/endpoint/server_core.h"
#include "app/net/io_threads.h"
#include "protocol/services/chat_service.h"

namespace sockeye {

Server::Server(IoThreads& threads, const std::shared_ptr<Recording>& recording, QObject* parent)
    : QObject(parent)
    , m_recording(recording ? recording->alone() : nullptr)
    , m_threads(threads)
    , m_room(std::make_shared<RoomLog>())
    , m_core(std::make_unique<ServerCore>(*this))
{
}

Server::~Server() = default;

void Server::start(const ServerOptions& options)
{
    m_core->start(options);
}

void Server::stop()
{
    m_core->stop();
}

void Server::setCatalog(std::shared_ptr<const Catalog> catalog)
{
    m_core->setCatalog(std::move(catalog));
}

void Server::closeConnection(quint32 connection)
{
    if (ServerRun* const run = m_core->run()) {
        run->closeConnection(connection);
    }
}

void Server::resetConnection(quint32 connection)
{
    if (ServerRun* const run = m_core->run()) {
        run->tellGroups([connection](ConnectionGroup& group) { group.resetConnection(connection); });
    }
}

void Server::halfCloseConnection(quint32 connection)
{
    if (ServerRun* const run = m_core->run()) {
        run->tellGroups([connection](ConnectionGroup& group) { group.halfCloseConnection(connection); });
    }
}

void Server::setStalled(quint32 connection, bool stalled)
{
    if (ServerRun* const run = m_core->run()) {
        run->tellGroups([connection, stalled](ConnectionGroup& group) { group.setStalled(connection, stalled); });
    }
}

void Server::say(const QString& text, quint32 connection)
{
    RoomKeeper* const room = m_core->run() != nullptr ? m_core->run()->room() : nullptr;
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

qint64 Server::exchanges() const
{
    return m_core->exchanges();
}

} // namespace sockeye
