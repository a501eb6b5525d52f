// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/endpoint/connection.h"

#include "app/endpoint/connection_group.h"
#include "app/endpoint/idle_text.h"
#include "app/tls/tls_reasons.h"
#include "app/tls/tls_session.h"
#include "app/tls/tls_stream.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye {

namespace {

/// Content that is missing by at least this much is received where it will stay, instead of being copied there.
constexpr qint64 receiveInPlace = 32 * 1024;
constexpr qint64 maxReceiveInPlace = 256 * 1024;
/// What may take a while to answer does not keep others waiting for replies that they could have, in bytes.
constexpr qsizetype takesAWhile = 16 * 1024;

} // namespace

Connection::Connection(ConnectionGroup& group, std::unique_ptr<Stream> stream, quint32 id)
    : m_group(group)
    , m_stream(std::move(stream))
    , m_lastActivity(Clock::now())
    , m_id(id)
{
    m_stream->setOwner(*this);
}

void Connection::open()
{
    const bool isTls = m_group.tls() != nullptr;
    if (m_group.recorder().isOn()) {
        m_group.recorder().opened(m_id, { Transport::Tcp, m_stream->local(), m_stream->peer(), false, false, isTls });
    }
    if (isTls) {
        m_stream = startTls(std::move(m_stream), *this, m_group.tls());
        updateNotifications();
    } else {
        begin();
    }
}

void Connection::secured()
{
    m_group.deleteClosed();
    if (m_group.recorder().isOn()) {
        m_group.recorder().tls(m_id, *m_stream->tls());
    }
    if (m_phase == Phase::Open) {
        m_group.touch(*this);
        begin();
    }
}

/// The first byte of the service may come.
void Connection::begin()
{
    const Service& service = m_group.service();
    m_framing = newFraming(service.framing(), m_group.options().serviceOptions.limits);
    m_session = service.newSession();
    m_group.enterRoom(*this);
    if (!service.reads()) {
        m_stalled = true;
        m_group.moveTo(*this, Place::Stalled);
    }
    updateNotifications();
}

void Connection::turnAway(const QByteArray& lastWords)
{
    if (m_group.recorder().isOn()) {
        m_group.recorder().opened(
            m_id, { Transport::Tcp, m_stream->local(), m_stream->peer(), false, false, m_group.tls() != nullptr });
        const QString subject = QCoreApplication::translate("sockeye::Connection", "The server");
        const Failure failure = makeFailure(FailureCode::TooManyConnections, subject);
        m_group.recorder().error(m_id, codeName(failure.code), failure.oneLine());
    }
    m_surplus = true;
    m_phase = Phase::Closing;
    if (!m_group.tls()) { // it would take a handshake to say them
        send(lastWords);
    }
    if (m_phase == Phase::Closing && unsent() == 0) {
        outputDone();
    }
}

void Connection::setService(const Service& service)
{
    if (m_session) {
        m_session = service.newSession();
    }
}

void Connection::readable()
{
    m_group.deleteClosed();
    if (!m_reading) {
        return;
    }
    if (m_phase == Phase::Draining) {
        drain();
    } else {
        receive();
    }
}

void Connection::receive()
{
    char* memory = m_group.scratch();
    qsizetype room = ConnectionGroup::scratchSize;
    bool inPlace = false;
    if (m_kept) {
        const Progress progress = m_framing->progress();
        const qint64 missing = progress.part == Progress::Part::Content ? progress.need - progress.have : 0;
        if (missing >= receiveInPlace) {
            room = static_cast<qsizetype>(std::min(missing, maxReceiveInPlace));
            memory = m_kept->reserve(room);
            inPlace = true;
        }
    }
    const Stream::Transfer transfer = m_stream->read(memory, room);
    switch (transfer.status) {
    case Stream::Status::Ok:
        break;
    case Stream::Status::WouldBlock:
        return;
    case Stream::Status::EndOfStream:
        peerFinished();
        return;
    case Stream::Status::Reset:
    case Stream::Status::Failed:
        lost(transfer.status);
        return;
    }
    const QByteArrayView piece(memory, transfer.size);
    m_group.recorder().segment(m_id, Direction::In, piece);
    if (m_received == 0 && isClientHello(piece)) [[unlikely]] {
        explainClientHello();
    }
    m_group.touch(*this);

    Frames& frames = m_group.frames();
    frames.clear();
    m_framing->feed(piece, frames);
    QByteArrayView bytes = piece;
    qint64 bytesOffset = m_received;
    m_received += piece.size();
    if (m_kept) {
        if (inPlace) {
            m_kept->commit(piece.size());
        } else {
            m_kept->append(piece);
        }
        bytes = kept();
        bytesOffset = keptBegin();
    }
    if (bytes.size() > takesAWhile) {
        m_group.sendHeld();
    }
    const std::size_t answered = answer(frames, 0, bytes, bytesOffset);
    if (m_phase != Phase::Open) {
        m_kept.reset();
    } else if (answered < frames.size()) {
        m_unanswered.assign(frames.cbegin() + static_cast<Frames::difference_type>(answered), frames.cend());
        m_nextUnanswered = 0;
        keepFrom(m_unanswered.front().offset, bytes, bytesOffset);
    } else {
        keepFrom(frames.empty() ? bytesOffset : frames.back().end(), bytes, bytesOffset);
    }
    updateNotifications();
}

/// Has messages answered, in order, until all are or the peer does not take its replies. Returns the first one that is
/// left. `bytes` begin at `bytesOffset` in the stream and hold them all.
std::size_t Connection::answer(const Frames& frames, std::size_t next, QByteArrayView bytes, qint64 bytesOffset)
{
    QByteArray& replies = m_group.replies();
    replies.resize(0);
    qint64 slice = 0;
    while (next < frames.size() && m_phase == Phase::Open) {
        if (unsent() + replies.size() > highWater) {
            slice += replies.size();
            send(replies);
            replies.resize(0);
            if (m_phase != Phase::Open || unsent() > highWater || slice > maxSlice) {
                return next;
            }
        }
        const Frame& frame = frames[next++];
        const Result<After> after =
            m_session->answer(frame, bytes.sliced(frame.offset - bytesOffset, frame.size), replies);
        m_group.countExchange();
        if (!after) {
            bad(after.error(), replies);
            continue;
        }
        if (RoomKeeper* const room = m_group.room()) {
            room->say(m_id, bytes.sliced(frame.offset - bytesOffset, frame.size));
        }
        if (*after == After::Close) {
            m_phase = Phase::Closing;
        }
    }
    if (m_phase == Phase::Open && m_framing->error()) {
        bad(*m_framing->error(), replies);
    }
    sendOrHold(replies);
    if (m_phase == Phase::Closing && unsent() == 0) {
        outputDone();
    }
    return next;
}

void Connection::answerUnanswered()
{
    m_nextUnanswered = answer(m_unanswered, m_nextUnanswered, kept(), keptBegin());
    if (m_phase != Phase::Open) {
        m_unanswered = {};
        m_kept.reset();
    } else if (m_nextUnanswered < m_unanswered.size()) {
        keepFrom(m_unanswered[m_nextUnanswered].offset, kept(), keptBegin());
    } else {
        keepFrom(m_unanswered.back().end(), kept(), keptBegin());
        m_unanswered = {};
        m_nextUnanswered = 0;
        if (m_peerFinished) {
            finishInput();
        }
    }
}

/// Lets go of everything before `needed` in the stream.
void Connection::keepFrom(qint64 needed, QByteArrayView bytes, qint64 bytesOffset)
{
    if (m_kept) {
        m_kept->discardBefore(needed - m_keptOffset);
        if (m_kept->begin() == m_kept->end()) {
            m_kept.reset();
        }
    } else if (needed < bytesOffset + bytes.size()) {
        m_kept.emplace();
        m_keptOffset = needed;
        m_kept->append(bytes.sliced(needed - bytesOffset));
    }
}

/// Wire protocol §1, "What a bad message gets".
void Connection::bad(const Error& error, QByteArray& replies)
{
    m_group.recorder().error(m_id, codeName(error.code), describe(error), error.offset);
    m_session->refuse(error, replies);
    m_phase = Phase::Closing;
}

void Connection::peerFinished()
{
    m_peerFinished = true;
    m_group.recorder().peerFinished(m_id, *m_stream);
    if (m_unanswered.empty()) {
        finishInput();
    }
    updateNotifications();
}

/// The stream has ended and every whole message is answered: what is left of it, and what the service still owes.
void Connection::finishInput()
{
    Frames& frames = m_group.frames();
    frames.clear();
    m_framing->finish(frames);
    (void)answer(frames, 0, m_kept ? kept() : QByteArrayView(), m_kept ? keptBegin() : m_received);
    m_kept.reset();
    if (m_phase != Phase::Open) {
        return;
    }
    QByteArray& replies = m_group.replies();
    replies.resize(0);
    m_session->finish(replies);
    m_phase = Phase::Closing;
    send(replies);
    if (m_phase == Phase::Closing && unsent() == 0) {
        outputDone();
    }
}

void Connection::drain()
{
    const Stream::Transfer transfer = m_stream->read(m_group.scratch(), ConnectionGroup::scratchSize);
    switch (transfer.status) {
    case Stream::Status::Ok:
        m_group.recorder().segment(m_id, Direction::In, { m_group.scratch(), transfer.size });
        m_drained += transfer.size;
        if (m_drained > maxDrained) {
            close(CloseKind::ResetByUs);
        }
        break;
    case Stream::Status::WouldBlock:
        break;
    case Stream::Status::EndOfStream:
        m_group.recorder().peerFinished(m_id, *m_stream);
        close(CloseKind::Orderly);
        break;
    case Stream::Status::Reset:
        close(CloseKind::ResetByPeer);
        break;
    case Stream::Status::Failed:
        close(CloseKind::Failed);
        break;
    }
}

void Connection::sendOrHold(QByteArrayView replies)
{
    if (m_phase == Phase::Open && unsent() == 0 && !replies.isEmpty() && replies.size() <= Outbox::maxReply) {
        m_held = true;
        m_group.hold(*this, replies);
    } else {
        send(replies);
    }
}

void Connection::sendHeld(QByteArrayView bytes)
{
    m_held = false;
    send(bytes);
}

void Connection::send(QByteArrayView bytes)
{
    if (m_held) [[unlikely]] {
        m_group.sendHeld();
    }
    if (bytes.isEmpty() || m_weFinished || m_phase == Phase::Closed) {
        return;
    }
    if (unsent() == 0) {
        const Stream::Transfer transfer = m_stream->write(bytes);
        if (transfer.status == Stream::Status::Ok) {
            m_group.recorder().segment(m_id, Direction::Out, bytes.first(transfer.size));
            bytes = bytes.sliced(transfer.size);
        } else if (transfer.status != Stream::Status::WouldBlock) {
            lost(transfer.status);
            return;
        }
    }
    if (!bytes.isEmpty()) {
        m_unsent.append(bytes);
        updateNotifications();
    }
}

void Connection::deliver(QByteArrayView bytes)
{
    if (m_phase != Phase::Open || m_weFinished) {
        return;
    }
    if (unsent() + bytes.size() > highWater) {
        if (m_undelivered++ == 0) {
            m_group.recorder().error(m_id, QLatin1StringView("not-taken"),
                QCoreApplication::translate("sockeye::Connection",
                    "The peer does not take what it is sent: what others say is lost for it until it does."));
        }
        return;
    }
    if (m_undelivered > 0) {
        m_group.recorder().note(m_id,
            QCoreApplication::translate("sockeye::Connection", "%1 lines were lost for this peer.").arg(m_undelivered));
        m_undelivered = 0;
    }
    send(bytes);
}

bool Connection::isAtRest() const
{
    return m_phase == Phase::Open && m_framing && unsent() == 0 && !m_kept && m_unanswered.empty()
        && m_framing->progress().part == Progress::Part::Nothing;
}

void Connection::writable()
{
    m_group.deleteClosed();
    if (m_phase == Phase::Closed) {
        return;
    }
    if (unsent() > 0) {
        const QByteArrayView left = QByteArrayView(m_unsent).sliced(m_unsentHead);
        const Stream::Transfer transfer = m_stream->write(left);
        if (transfer.status == Stream::Status::Ok) {
            m_group.recorder().segment(m_id, Direction::Out, left.first(transfer.size));
            m_group.touch(*this);
            m_unsentHead += transfer.size;
        } else if (transfer.status != Stream::Status::WouldBlock) {
            lost(transfer.status);
            return;
        }
        if (unsent() == 0) {
            m_unsent = {};
            m_unsentHead = 0;
        } else if (m_unsentHead > m_unsent.size() / 2) {
            m_unsent.remove(0, m_unsentHead);
            m_unsentHead = 0;
        }
    }
    if (!m_unanswered.empty() && unsent() <= lowWater) {
        answerUnanswered();
    } else if (m_phase == Phase::Closing && unsent() == 0) {
        outputDone();
    }
    updateNotifications();
}

/// A client that speaks TLS waits for an answer that a plain server never gives: else nobody would see why.
void Connection::explainClientHello()
{
    if (m_stream->tls() == nullptr) {
        const Failure failure =
            makeFailure(FailureCode::TlsNotExpected, QCoreApplication::translate("sockeye::Connection", "The peer"));
        m_group.recorder().error(m_id, codeName(failure.code), failure.oneLine());
    }
}

/// Everything that the peer gets is written. Our end of stream goes out, and what still comes is read until the peer's:
/// closing at once would send a reset instead, which can take the reply away from the peer.
void Connection::outputDone()
{
    if (m_peerFinished) {
        close(CloseKind::Orderly);
        return;
    }
    if (!m_weFinished) {
        m_weFinished = true;
        m_stream->shutdownWrite();
        m_group.recorder().finished(m_id, Direction::Out);
    }
    m_phase = Phase::Draining;
    m_kept.reset();
    m_group.moveTo(*this, Place::Draining);
    updateNotifications();
}

void Connection::lost(Stream::Status status)
{
    const bool owed = unsent() > 0 || m_kept || !m_unanswered.empty() || m_stream->isSecuring();
    m_group.recorder().stray(m_id, *m_stream);
    if (status == Stream::Status::Failed || owed) {
        const Failure failure =
            m_stream->failure(status, QCoreApplication::translate("sockeye::Connection", "The peer"));
        m_group.recorder().error(m_id, codeName(failure.code), failure.oneLine());
    }
    close(status == Stream::Status::Reset ? CloseKind::ResetByPeer : CloseKind::Failed);
}

void Connection::finish()
{
    if (m_phase != Phase::Open) {
        return;
    }
    m_phase = Phase::Closing;
    m_unanswered = {};
    if (unsent() == 0) {
        outputDone();
    }
    updateNotifications();
}

void Connection::closeNow()
{
    if (m_phase == Phase::Closed) {
        return;
    }
    for (qint64 turns = maxDrained / ConnectionGroup::scratchSize; turns > 0 && !m_peerFinished; --turns) {
        const Stream::Transfer transfer = m_stream->read(m_group.scratch(), ConnectionGroup::scratchSize);
        if (transfer.status != Stream::Status::Ok) {
            break;
        }
        m_group.recorder().segment(m_id, Direction::In, { m_group.scratch(), transfer.size });
    }
    close(CloseKind::Orderly);
}

void Connection::reset()
{
    if (m_phase != Phase::Closed) {
        m_stream->reset();
        close(CloseKind::ResetByUs);
    }
}

void Connection::halfClose()
{
    if (m_phase == Phase::Open && !m_weFinished && unsent() == 0) {
        m_weFinished = true;
        m_stream->shutdownWrite();
        m_group.recorder().finished(m_id, Direction::Out);
    }
}

void Connection::setStalled(bool stalled)
{
    if (m_phase == Phase::Open && stalled != m_stalled) {
        m_stalled = stalled;
        m_group.moveTo(*this, stalled ? Place::Stalled : Place::Waiting);
        updateNotifications();
    }
}

void Connection::closeIdle(std::chrono::milliseconds silence)
{
    m_group.recorder().error(m_id, codeName(FailureCode::Idle),
        idleText(silence, { unsent(), m_stream->isSecuring(), m_framing ? m_framing->progress() : Progress() }));
    closeNow();
}

void Connection::checkStalled()
{
    if (m_phase == Phase::Open && m_stream->peerIsGone()) {
        m_group.recorder().finished(m_id, Direction::In);
        close(CloseKind::Orderly);
    }
}

void Connection::updateNotifications()
{
    if (m_phase == Phase::Closed) {
        return;
    }
    bool reading = m_phase == Phase::Draining;
    if (m_phase == Phase::Open) {
        reading =
            !m_stalled && !m_peerFinished && m_unanswered.empty() && unsent() <= (m_reading ? highWater : lowWater);
    }
    if (reading != m_reading) {
        m_reading = reading;
        m_stream->setReading(reading);
    }
    m_stream->setWriting(unsent() > 0 || (m_phase == Phase::Open && !m_unanswered.empty()));
}

void Connection::close(CloseKind kind)
{
    if (m_held) {
        m_group.sendHeld();
    }
    m_phase = Phase::Closed;
    m_reading = false;
    m_stream->close();
    m_group.leaveRoom(*this);
    m_group.recorder().closed(m_id, kind);
    m_group.moveTo(*this, Place::Closed);
}

} // namespace sockeye
