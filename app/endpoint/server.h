// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/endpoint/by_hand/sent_report.h"
#include "app/endpoint/room_log.h"
#include "app/listening/listening_endpoint.h"
#include "protocol/services/service.h"

#include <chrono>
#include <memory>

namespace sockeye {

class ServerRun;

struct ServerOptions : ListenOptions {
    ServerOptions() { port = 65432; }

    QString service = QStringLiteral("app");
    std::shared_ptr<const Service> ownService; ///< takes the place of the one of that name, where it is given
    ServiceOptions serviceOptions; ///< persistent, limits, catalogue, claimed byte order
    /// How long, after our last word, we wait for the peer's end of stream and take what it still sends; 0: let go at
    /// once, and what still comes is answered with a reset. Each byte that comes begins it anew. `idleTimeout` closes
    /// silent peers over TCP, too, and no TLS handshake takes longer.
    std::chrono::milliseconds linger { 2'000 };
};

/// A server: answers each connection as its service does.
class Server final : public ListeningEndpoint {
    Q_OBJECT
public:
    Server(IoThreads& threads, const std::shared_ptr<Recording>& recording, QObject* parent = nullptr);
    ~Server() override;

    void start(const ServerOptions& options); ///< ends in Listening or Failed

    /// From the next request on.
    void setCatalog(std::shared_ptr<const Catalog> catalog);

    // What a user may do to one connection, beside closing it. Nothing over UDP.
    void halfCloseConnection(quint32 connection); ///< sends our end of stream, goes on reading
    void setStalled(quint32 connection, bool stalled); ///< true: stop reading from it

    /// Sends bytes to connections, or to all that are there, whatever the service is: as one unit behind what is being
    /// written, recorded as every write is, over UDP as one datagram. No answer counts. A peer that does not take what
    /// it is sent is sent no more while something waits for it (Channel::highWater). Ends in sent() with the number
    /// that it returns, unless the server stops before; 0, and nothing happens, while it does not listen or an earlier
    /// one is still under way.
    quint64 send(const QByteArray& bytes, const std::optional<std::vector<quint32>>& to = std::nullopt);

    /// Says something in the room of a service that has one (chat), from the server itself, as a line of its own: to
    /// all, or to one connection. Line breaks in `text` end lines.
    void say(const QString& text, quint32 connection = 0);
    [[nodiscard]] const RoomLog& room() const { return *m_room; } ///< what happened in it; empty where there is none

Q_SIGNALS:
    void sent(quint64 number, const sockeye::SentReport& report); ///< what became of a send()

private:
    [[nodiscard]] std::unique_ptr<EndpointRun> newRun() override;
    [[nodiscard]] ServerRun* serverRun() const; ///< null while there is none

    ServerOptions m_options;
    std::shared_ptr<const Service> m_service;
    std::shared_ptr<RoomLog> m_room;
    quint64 m_lastSending = 0;
};

} // namespace sockeye
