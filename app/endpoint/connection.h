// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/capture/event.h"
#include "app/net/stream.h"
#include "protocol/framing/framing.h"
#include "protocol/framing/receive_buffer.h"
#include "protocol/services/service.h"

#include <chrono>
#include <list>
#include <memory>
#include <optional>

namespace sockeye {

class ConnectionGroup;

/// The server's side of one connection: reads, cuts into messages, has them answered, and writes the replies of a turn
/// at once. Lives in the I/O thread of its group, which owns it.
///
/// What it holds is bounded: one unfinished message (Limits::maxContent and its header), at most highWater bytes of
/// replies and one reply more. A peer that does not take its replies is not read from until it does.
class Connection final : private Stream::Owner {
public:
    using Clock = std::chrono::steady_clock;

    static constexpr qsizetype highWater = 256 * 1024; ///< bytes of unsent replies beyond which we stop reading
    static constexpr qsizetype lowWater = 64 * 1024; ///< below which we read again
    static constexpr qint64 maxSlice = 1024 * 1024; ///< bytes of replies in a turn; then others have their turn
    static constexpr qint64 maxDrained = 16 * 1024 * 1024; ///< bytes read from a peer after our last word to it

    /// In which of the group's lists it is.
    enum class Place : quint8 {
        Waiting, ///< for the peer, no longer than the idle time-out
        Draining, ///< has said its last word and waits for the peer's end of stream, not long
        Stalled, ///< not read from by choice, for as long as it likes
        Closed, ///< waits to be deleted
    };

    Connection(ConnectionGroup& group, std::unique_ptr<Stream> stream, quint32 id);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    void open(); ///< begins to read
    void turnAway(const QByteArray& lastWords); ///< instead of open(): one connection too many
    void setService(const Service& service); ///< from the next request on

    // What a user, a timer or the end of the server does to it.
    void finish(); ///< orderly, after what is being written
    void closeNow(); ///< what had come is read first, so that the peer sees an end of stream and no reset
    void reset(); ///< at once, with a RST
    void halfClose();
    void setStalled(bool stalled);
    void closeIdle(std::chrono::milliseconds silence); ///< the peer was silent for that long
    /// What others said. While the peer does not take what it is sent, what it should hear is lost, and said to be.
    void deliver(QByteArrayView bytes);
    void sendHeld(QByteArrayView bytes); ///< what the group held for it
    /// Nothing is half received, half sent or unanswered.
    [[nodiscard]] bool isAtRest() const;
    void checkStalled(); ///< whether the peer of a connection that is not read from is still there

    [[nodiscard]] quint32 id() const { return m_id; }
    [[nodiscard]] Place place() const { return m_place; }
    [[nodiscard]] Clock::time_point lastActivity() const { return m_lastActivity; }

private:
    friend class ConnectionGroup;

    enum class Phase : quint8 {
        Open,
        Closing, ///< nothing more is answered; ends when all replies are written
        Draining, ///< our end of stream is sent: what still comes is recorded and thrown away
        Closed,
    };

    void readable() override;
    void writable() override;
    void secured() override;

    void begin();

    void receive();
    void drain();
    void peerFinished();
    void finishInput();
    void lost(Stream::Status status);
    void explainClientHello();

    [[nodiscard]] std::size_t answer(const Frames& frames, std::size_t next, QByteArrayView bytes, qint64 bytesOffset);
    void answerUnanswered();
    void bad(const Error& error, QByteArray& replies);
    [[nodiscard]] QByteArrayView kept() const { return m_kept->view(m_kept->begin(), m_kept->end() - m_kept->begin()); }
    [[nodiscard]] qint64 keptBegin() const { return m_keptOffset + m_kept->begin(); }
    void keepFrom(qint64 needed, QByteArrayView bytes, qint64 bytesOffset);

    void sendOrHold(QByteArrayView replies);
    void send(QByteArrayView bytes);
    [[nodiscard]] qsizetype unsent() const { return m_unsent.size() - m_unsentHead; }
    void outputDone();
    void updateNotifications();
    void close(CloseKind kind);

    ConnectionGroup& m_group;
    std::unique_ptr<Stream> m_stream;
    std::unique_ptr<Framing> m_framing;
    std::unique_ptr<Session> m_session;
    std::optional<ReceiveBuffer> m_kept; ///< received bytes still needed, if any
    qint64 m_keptOffset = 0; ///< stream offset of the first byte that went into m_kept
    Frames m_unanswered; ///< whole messages that wait until the peer takes its replies; their bytes are in m_kept
    std::size_t m_nextUnanswered = 0;
    qint64 m_received = 0; ///< bytes so far: the stream offset of the next one
    qint64 m_drained = 0;
    qint64 m_undelivered = 0; ///< deliveries lost since the peer last took what it is sent
    QByteArray m_unsent; ///< replies that the kernel had no room for
    qsizetype m_unsentHead = 0; ///< bytes at its front that are sent by now
    Clock::time_point m_lastActivity;
    std::list<Connection>::iterator m_self; ///< in the list of its place
    quint32 m_id = 0;
    Phase m_phase = Phase::Open;
    Place m_place = Place::Waiting;
    bool m_reading = false;
    bool m_held = false; ///< replies wait in the group until the end of the turn
    bool m_surplus = false;
    bool m_stalled = false;
    bool m_peerFinished = false;
    bool m_weFinished = false;
};

} // namespace sockeye
