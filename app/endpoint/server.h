// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/endpoint/room_log.h"
#include "app/net/engines/engines.h"
#include "app/net/failure.h"
#include "app/recording/recording.h"
#include "app/tls/tls_facts.h"
#include "app/tls/tls_options.h"
#include "protocol/services/service.h"

#include <QObject>

#include <chrono>
#include <memory>
#include <optional>

namespace sockeye {

class IoThreads;
class ServerCore;

struct ServerOptions {
    QString service = QStringLiteral("app");
    std::shared_ptr<const Service> ownService; ///< takes the place of the one of that name, where it is given
    QString host = QStringLiteral("127.0.0.1"); ///< an address of this machine, or a name; "::": all, both families
    bool ipv6Only = false; ///< with "::": no IPv4
    quint16 port = 65432; ///< 0: a free one
    ServiceOptions serviceOptions; ///< persistent, limits, catalogue, claimed byte order
    int maxConnections = 15'000; ///< beyond it a new one is told so and closed; over UDP: peers, others are ignored
    int backlog = 4096; ///< connections that the kernel may hold before we accept them
    /// How long, after our last word, we wait for the peer's end of stream and take what it still sends; 0: let go at
    /// once, and what still comes is answered with a reset. Each byte that comes begins it anew.
    std::chrono::milliseconds linger { 2'000 };
    std::chrono::milliseconds idleTimeout { 60'000 }; ///< a silent peer is closed after it, or counts as gone; 0: never
    const Engine* engine = &defaultEngine(); ///< what its sockets are made by; never null
    TlsServerOptions tls; ///< of TCP; a handshake takes no longer than idleTimeout
};

/// A server as the rest of the program sees it: lives in the thread that made it (the GUI's), owns the parts that live
/// in the I/O threads, and talks to them by queued calls only. What happens on the wire is in the capture.
class Server : public QObject {
    Q_OBJECT
public:
    enum class State : quint8 { Stopped, Starting, Listening, Stopping, Failed };

    Server(IoThreads& threads, const std::shared_ptr<Recording>& recording, QObject* parent = nullptr);
    /// Everything is closed at once, in the I/O threads; nobody waits for that. A server of the same threads that is
    /// started on the same port afterwards finds it free.
    ~Server() override;

    void start(const ServerOptions& options); ///< ends in Listening or Failed
    /// Stops accepting, lets what is being written finish (at most two seconds), closes, ends in Stopped.
    void stop();

    /// From the next request on.
    void setCatalog(std::shared_ptr<const Catalog> catalog);

    // What a user may do to one connection. Unknown ids are ignored; over UDP there is nothing to do but to close.
    void closeConnection(quint32 connection); ///< orderly, after what is being written; over UDP: forgets the peer
    void resetConnection(quint32 connection); ///< RST
    void halfCloseConnection(quint32 connection); ///< sends our end of stream, goes on reading
    void setStalled(quint32 connection, bool stalled); ///< true: stop reading from it

    /// Says something in the room of a service that has one (chat), from the server itself, as a line of its own: to
    /// all, or to one connection. Line breaks in `text` end lines.
    void say(const QString& text, quint32 connection = 0);
    [[nodiscard]] const RoomLog& room() const { return *m_room; } ///< what happened in it; empty where there is none

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] SocketAddress address() const { return m_address; } ///< really bound; valid while Listening
    /// What it shows of itself over TLS; nothing without.
    [[nodiscard]] const std::optional<CertificateFacts>& certificate() const { return m_certificate; }
    [[nodiscard]] const Failure& failure() const
    {
        return m_failure;
    } ///< of the last start, or what accepting suffers from now
    [[nodiscard]] const std::shared_ptr<Recording>& recording() const { return m_recording; }
    /// Exchanges answered since the start: whole messages (or reads of a byte service).
    [[nodiscard]] qint64 exchanges() const;

Q_SIGNALS:
    void stateChanged();
    void certificateChanged(); ///< while it listens: its files were written anew
    /// Accepting was paused (no descriptors left), or goes on again (`failure` is None).
    void acceptTrouble(const sockeye::Failure& failure);

private:
    friend class ServerCore;
    std::shared_ptr<Recording> m_recording;
    IoThreads& m_threads;
    std::shared_ptr<RoomLog> m_room;
    std::unique_ptr<ServerCore> m_core;
    State m_state = State::Stopped;
    SocketAddress m_address;
    std::optional<CertificateFacts> m_certificate;
    Failure m_failure;
};

} // namespace sockeye
