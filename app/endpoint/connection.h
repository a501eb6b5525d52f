// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/channel/channel.h"
#include "app/endpoint/by_hand/sent_report.h"
#include "app/endpoint/request_stream.h"
#include "protocol/services/service.h"

#include <chrono>
#include <list>
#include <memory>

namespace sockeye {

class ConnectionGroup;
class MessageHost;

/// The server's side of one connection: has what comes answered, and writes the replies of a turn at once. Lives in the
/// I/O thread of its group, which owns it.
///
/// What it holds is bounded: one unfinished message (Limits::maxContent and its header), at most Channel::highWater
/// bytes of replies and one reply more. A peer that does not take its replies is not read from until it does.
class Connection final : private Channel::Owner {
public:
    using Clock = std::chrono::steady_clock;

    static constexpr qint64 maxSlice = 1024 * 1024; ///< bytes of replies in a turn; then others have their turn

    /// In which of the group's lists it is.
    enum class Phase : quint8 {
        Waiting, ///< for the peer, no longer than the idle time-out
        Draining, ///< has said its last word and waits for the peer's end of stream, not long
        Stalled, ///< not read from by choice, for as long as it likes
        Closed, ///< waits to be deleted
    };

    Connection(ConnectionGroup& group, std::unique_ptr<Stream> stream, quint32 id);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    void open(); ///< begins to read
    void turnAway(const QByteArray& lastWords); ///< instead of open(): one connection too many
    void setService(const Service& service); ///< from the next request on

    // What a user, a timer or the end of the server does to it.
    void finish(); ///< orderly, after what is being written
    void closeNow() { m_channel.closeNow(); } ///< what had come is read first, so that the peer sees no reset
    void reset() { m_channel.reset(); } ///< at once, with a RST
    void halfClose();
    void setStalled(bool stalled);
    void closeIdle(std::chrono::milliseconds silence); ///< the peer was silent for that long
    /// What others said. While the peer does not take what it is sent, what it should hear is lost, and said to be.
    void deliver(QByteArrayView bytes);
    /// What somebody sends by hand, behind what is being written. Nothing: it was sent, or waits its turn.
    [[nodiscard]] std::optional<NotSent> sendByHand(QByteArrayView bytes);
    /// Nothing may have come since `received` bytes had, for as long as ends a message.
    void silence(qint64 received);
    void sendHeld(QByteArrayView bytes); ///< what the group held for it
    void answerIsThere(); ///< a pending answer may have been fulfilled
    /// Its peer waits for an answer that comes later.
    [[nodiscard]] bool isAnswerPending() const { return m_pending != nullptr; }
    /// Nothing is half received, half sent or unanswered.
    [[nodiscard]] bool isAtRest() const;
    /// Whether the peer of a connection that is not read from is still there; one that has nothing more to say is let
    /// go after the idle time-out.
    void checkStalled();

    [[nodiscard]] quint32 id() const { return m_id; }
    [[nodiscard]] Phase phase() const { return m_phase; }
    [[nodiscard]] Clock::time_point lastActivity() const { return m_lastActivity; }
    [[nodiscard]] qsizetype unsent() const { return m_channel.unsent(); }

private:
    friend class ConnectionGroup;
    friend class ConnectionLists;

    void awake() override;
    void secured() override;
    [[nodiscard]] std::span<char> room() override;
    void received(QByteArrayView bytes) override;
    void peerFinished() override;
    void drained() override;
    void sent() override;
    void writable() override;
    void draining() override;
    void lost(TransferStatus status) override;
    void ended(CloseKind kind) override;

    void begin();
    void beginSession(const Service& service);
    [[nodiscard]] bool isAnswering() const { return !m_isDone && m_channel.isOpen(); }
    [[nodiscard]] std::size_t answer(const Frames& frames, std::size_t next);
    void answerFound(const Frames& frames);
    void waitFor(std::shared_ptr<PendingAnswer> answer);
    void answerWaiting();
    void stopAnswering();
    void finishInput();
    void bad(const Error& error, QByteArray& replies);
    void explainClientHello();
    void sendOrHold(QByteArrayView replies);
    void send(QByteArrayView bytes);
    void updateReading();

    ConnectionGroup& m_group;
    Channel m_channel;
    RequestStream m_requests;
    std::unique_ptr<MessageHost> m_host; ///< of m_session; null where it wants none
    std::unique_ptr<Session> m_session;
    std::shared_ptr<PendingAnswer> m_pending; ///< nothing more is answered before it; null if there is none
    qint64 m_undelivered = 0; ///< deliveries lost since the peer last took what it is sent
    Clock::time_point m_lastActivity;
    std::list<Connection>::iterator m_self; ///< in the list of its phase
    quint32 m_id = 0;
    Phase m_phase = Phase::Waiting;
    bool m_isDone = false; ///< nothing more is answered: it ends when all replies are written
    bool m_inputIsOver = false; ///< the framing knows that the stream has ended
    bool m_held = false; ///< replies wait in the group until the end of the turn
    bool m_overLimit = false;
    bool m_stalled = false;
    bool m_finishedUnread = false; ///< stalled, and the peer's end of stream is behind what is not read
};

} // namespace sockeye
