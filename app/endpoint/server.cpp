// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/endpoint/server.h"

#include "app/endpoint/server_run.h"
#include "protocol/content/text_codec.h"
#include "protocol/protocols/encoded/encoded_protocol.h"
#include "protocol/services/chat_service.h"

#include <algorithm>

namespace sockeye {

Server::Server(IoThreads& threads, const std::shared_ptr<Recording>& recording, QObject* parent)
    : ListeningEndpoint(threads, recording, parent)
    , m_room(std::make_shared<RoomLog>())
{
    qRegisterMetaType<SentReport>();
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
    auto run = std::make_unique<ServerRun>(threads(), m_options, m_service, recording(), lastId(), m_room);
    connect(run.get(), &ServerRun::sentByHand, this, &Server::sent);
    return run;
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

quint64 Server::send(const QByteArray& bytes, const std::optional<std::vector<quint32>>& to)
{
    ServerRun* const run = serverRun();
    if (run == nullptr || state() != State::Listening || run->isSending()) {
        return 0;
    }
    HandSending sending { ++m_lastSending, bytes, to };
    if (sending.to) {
        std::ranges::sort(*sending.to);
        sending.to->erase(std::unique(sending.to->begin(), sending.to->end()), sending.to->end());
    }
    run->sendByHand(sending);
    return sending.number;
}

void Server::say(const QString& text, quint32 connection)
{
    RoomKeeper* const room = run() != nullptr ? serverRun()->room() : nullptr;
    if (room == nullptr) {
        return;
    }
    const ProtocolPtr& protocol = m_options.serviceOptions.protocol;
    const QByteArray encoding = protocol ? textEncoding(*protocol) : QByteArray();
    const QList<QStringView> lines = QStringView(text).split(u'\n');
    for (const QStringView line : lines) {
        QByteArray bytes = line.toUtf8();
        if (!encoding.isEmpty()) {
            bytes = encodedText(encoding, bytes).value_or(bytes);
        }
        bytes = bytes.left(ChatService::maxLine - 1) + '\n';
        if (connection == Room::host) {
            room->say(Room::host, bytes);
        } else {
            room->tell(connection, bytes);
        }
    }
}

} // namespace sockeye
