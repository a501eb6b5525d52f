// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/endpoint/repetition.h"
#include "app/net/engines/engines.h"
#include "app/net/failure.h"
#include "app/net/io_threads.h"
#include "app/recording/recording.h"
#include "app/tls/tls_options.h"
#include "protocol/framing/framing.h"
#include "protocol/protocols/registry.h"
#include "protocol/proxy/proxy_options.h"

#include <QByteArray>
#include <QList>
#include <QObject>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace sockeye {

class ClientCore;

struct ClientOptions {
    QString host = QStringLiteral("127.0.0.1"); ///< a name or an address
    quint16 port = 65432;
    Transport transport = Transport::Tcp;
    const Engine* engine = &defaultEngine(); ///< what its sockets are made by; never null
    SocketOptions socket;
    std::optional<ProxyOptions> proxy; ///< over TCP: who connects to the host in our place
    TlsClientOptions tls; ///< over TCP
    QAbstractSocket::NetworkLayerProtocol family = QAbstractSocket::AnyIPProtocol;
    ProtocolPtr protocol = defaultProtocol(); ///< what a whole reply is; over UDP: a datagram that is a message, or any
    Limits limits;
    bool persistent = false; ///< keep the connection for further requests; otherwise close after the reply
    std::chrono::milliseconds connectTimeout { 5'000 }; ///< for the connection, and again for TLS
    std::chrono::milliseconds replyTimeout { 10'000 }; ///< 0: wait for ever
    /// How long we wait for the server's end of stream when we close; 0: let go at once, and what still comes is
    /// answered with a reset.
    std::chrono::milliseconds linger { 1'000 };
};

struct Exchange;

/// Bytes to send, and how to hand them to the socket.
struct SendPlan {
    QByteArray bytes;
    QList<qint64> chunks; ///< sizes of the pieces, the last one repeats; empty: whole. Over UDP each is a datagram
    std::chrono::milliseconds pause { 0 }; ///< between pieces
    bool expectReply = true; ///< false: done when everything is written
    bool finishAfter = false; ///< half-close once everything is written
    bool untilClose = false; ///< the reply is all that comes until the server's end of stream (framing raw)
    /// Of a protocol whose replies do not say where they end: whether what has come so far is the reply. Asked in the
    /// I/O thread at each read, while it is no more than maxAsked bytes. Empty: as much as was sent is.
    std::function<bool(const Exchange& soFar)> isReply = {};
    static constexpr qint64 maxAsked = 16 * 1024;
};

/// What became of one SendPlan. Times are nanoseconds since the send was asked for, -1 for steps not reached.
struct Exchange {
    quint32 connection = 0; ///< in the capture; 0 if it never opened
    SocketAddress peer; ///< really connected to
    bool reused = false; ///< on a connection that was open already
    bool repeats = false; ///< one of a repetition
    qint64 number = 0; ///< of those of the repetition, from 0
    QByteArray request; ///< of a repetition that prepares each: what was sent, if that is no more than 64 KiB
    QString objection; ///< of a repetition: why the reply is not what was expected, in a sentence; null: it is
    qint64 requestOffset = 0; ///< in the stream that goes out
    qint64 requestSize = 0;
    qint64 replyOffset = 0; ///< in the stream that comes in
    QByteArray reply; ///< the whole reply, or what came of it; of one without end the first 64 MiB
    qint64 replySize = 0; ///< bytes of it that came: more than are in `reply`, where not all was kept
    Frame replyFrame; ///< of a whole reply, offsets in the stream
    qint64 startedAt = 0; ///< nanoseconds since the epoch
    qint64 resolved = -1;
    qint64 connected = -1;
    qint64 secured = -1; ///< the TLS handshake was done; -1 without TLS, too
    qint64 sent = -1; ///< all handed to the kernel
    qint64 firstByte = -1;
    qint64 whole = -1;
    Failure failure; ///< None when all went well
    [[nodiscard]] bool ok() const { return !failure; }
};

/// A client as the rest of the program sees it: lives in the thread that made it, its socket in an I/O thread. One
/// exchange at a time is awaited; sends made meanwhile wait for their turn in order.
class Client : public QObject {
    Q_OBJECT
public:
    enum class State : quint8 { Disconnected, Resolving, Connecting, Connected, HalfClosed };

    Client(IoThreads& threads, const std::shared_ptr<Recording>& recording, QObject* parent = nullptr);
    ~Client() override; ///< everything is closed at once, in the I/O thread; nobody waits for that

    /// Sends over the open connection if it leads to the same place and the options say persistent; otherwise connects.
    /// Ends in exchangeFinished(), whatever happens.
    void send(const ClientOptions& options, const SendPlan& plan);
    /// Sends again and again; each ends in exchangeFinished(), all of it in repeatFinished(). Failures do not end it.
    void repeat(const ClientOptions& options, const SendPlan& plan, const Repetition& repetition);
    void stopRepeating(); ///< once the exchange that is under way is over
    void connectOnly(const ClientOptions& options); ///< opens the connection and sends nothing
    void cancel(); ///< gives up what is under way, a repetition too
    void disconnectFromServer(); ///< orderly
    void halfClose(); ///< sends our end of stream, goes on reading
    void reset(); ///< RST

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool isLingering() const { return m_lingers; } ///< a connection that we closed is not gone yet
    [[nodiscard]] SocketAddress peer() const { return m_peer; } ///< really connected to
    [[nodiscard]] const std::shared_ptr<Recording>& recording() const { return m_recording; }

Q_SIGNALS:
    void stateChanged();
    void lingeringChanged();
    void exchangeFinished(const sockeye::Exchange& exchange);
    void repeatFinished(sockeye::RepeatEnd end); ///< after the exchangeFinished() of the last one
    /// A connection made by connectOnly() failed, or an idle one was lost.
    void failed(const sockeye::Failure& failure);

private:
    void connectCore();

    std::shared_ptr<Recording> m_recording;
    IoThreads::Stay m_stay;
    ClientCore* m_core = nullptr; ///< lives in the I/O thread, deleted there
    State m_state = State::Disconnected;
    SocketAddress m_peer;
    bool m_lingers = false;
};

} // namespace sockeye

Q_DECLARE_METATYPE(sockeye::Exchange)
Q_DECLARE_METATYPE(sockeye::RepeatEnd)
