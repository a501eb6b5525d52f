// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/endpoint/server.h"
#include "app/net/io_threads.h"
#include "app/reading/capture.h"
#include "protocol/protocols/app/app_protocol.h"

#include <QByteArray>
#include <QList>

#include <memory>
#include <mutex>

namespace sockeye {

/// One event of a capture, with bytes of its own.
struct Seen {
    EventKind kind = EventKind::Note;
    Direction direction = Direction::In;
    CloseKind closeKind = CloseKind::Orderly;
    quint32 connection = 0;
    qint64 offset = -1;
    QByteArray bytes;
    QString code;
    QString text;
    ConnectionFacts facts;
};

/// Remembers what a capture saw.
class Witness : public CaptureObserver {
public:
    void event(const CaptureEvent& event) override;

    [[nodiscard]] QList<Seen> all() const;
    [[nodiscard]] QList<Seen> of(EventKind kind, quint32 connection) const;
    [[nodiscard]] QList<Seen> errors() const; ///< of all connections
    [[nodiscard]] QByteArray stream(quint32 connection, Direction direction) const;
    [[nodiscard]] bool hasClosed(quint32 connection) const { return !of(EventKind::Closed, connection).isEmpty(); }

private:
    mutable std::mutex m_mutex;
    QList<Seen> m_events;
};

/// A capture that keeps nothing but tells a witness.
struct Watched {
    explicit Watched(const ProtocolPtr& protocol = appProtocol());
    std::shared_ptr<Witness> witness;
    std::shared_ptr<Capture> capture;
};

/// A peer with nothing between it and the system's blocking sockets; each call gives up after ten seconds.
class Peer {
public:
    explicit Peer(const SocketAddress& server);
    explicit Peer(int descriptor); ///< takes it over
    ~Peer();
    Peer(Peer&& other) noexcept;
    Peer(const Peer&) = delete;
    Peer& operator=(const Peer&) = delete;

    [[nodiscard]] bool isConnected() const { return m_connected; }
    void send(QByteArrayView bytes) const; ///< all of it, in one call where it fits
    [[nodiscard]] qint64 sendWhatFits(QByteArrayView bytes) const; ///< without waiting
    /// Sends the bytes again and again until the other side has made no room for any for a while, or `most` times.
    /// Returns how many went out.
    [[nodiscard]] qint64 sendUntilStuck(QByteArrayView bytes, int most) const;
    void sendUrgent(char byte) const; ///< out of band
    void finish() const; ///< our end of stream
    void reset();
    void close();

    /// That many bytes, or fewer if the stream ends or ten seconds pass.
    [[nodiscard]] QByteArray read(qsizetype size);
    [[nodiscard]] QByteArray readMessage(); ///< of the application protocol
    [[nodiscard]] QByteArray readToEnd(); ///< see end() for how it ended
    enum class End : quint8 { Open, EndOfStream, Reset };
    [[nodiscard]] End end() const { return m_end; }
    void setReceiveBuffer(int bytes) const;

private:
    int m_descriptor = -1;
    bool m_connected = false;
    End m_end = End::Open;
};

/// A listening socket of the test's own: takes one connection after the other.
class PlainListener {
public:
    PlainListener();
    ~PlainListener();
    PlainListener(const PlainListener&) = delete;
    PlainListener& operator=(const PlainListener&) = delete;

    [[nodiscard]] SocketAddress address() const { return m_address; }
    [[nodiscard]] Peer accept() const;

private:
    int m_descriptor = -1;
    SocketAddress m_address;
};

/// A golden exchange of tests/data/vectors.json.
struct ExchangeVector {
    QByteArray name;
    QByteArray request;
    QByteArray reply;
};
[[nodiscard]] const QList<ExchangeVector>& vectors();

/// A server on a free port of the loopback that claims the vectors' byte order.
[[nodiscard]] ServerOptions testOptions(bool persistent);
/// Waits until it listens.
[[nodiscard]] bool startAndWait(Server& server, const ServerOptions& options);

} // namespace sockeye
