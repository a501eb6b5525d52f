// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/endpoint/client_link.h"

#include "app/endpoint/recorder.h"
#include "app/tls/tls_session.h"
#include "app/tls/tls_stream.h"

#include <QTimerEvent>

#include <algorithm>

namespace sockeye {

using namespace std::chrono_literals;

namespace {

constexpr qsizetype readSize = 64 * 1024;
constexpr qint64 bigReadSize = 256 * 1024;
constexpr int piecesPerTurn = 256;
constexpr std::chrono::milliseconds peerFirstPatience { 100 };
/// How much a server may still send after we closed.
constexpr qint64 maxDrained = 16 * 1024 * 1024;

} // namespace

ClientLink::ClientLink(std::unique_ptr<Stream> stream, quint32 id, const ClientOptions& options,
    const std::shared_ptr<const TlsContext>& tls, Recorder& recorder, QObject* parent)
    : ClientChannel(parent)
    , m_recorder(recorder)
    , m_stream(std::move(stream))
    , m_options(options)
    , m_id(id)
    , m_framing(newFraming(options.framing, options.limits))
{
    m_stream->setOwner(*this);
    m_stream->setNoDelay();
    m_peer = m_stream->peer();
    m_recorder.opened(m_id, { Transport::Tcp, m_stream->local(), m_peer, true, false, tls != nullptr });
    if (tls) {
        m_stream = startTls(std::move(m_stream), *this, tls, options.host);
    }
    m_stream->setReading(true);
}

ClientLink::~ClientLink()
{
    if (m_stream->isOpen()) {
        m_recorder.closed(m_id, CloseKind::Orderly);
    }
}

void ClientLink::secured()
{
    m_recorder.tls(m_id, *m_stream->tls());
    if (!m_closing) {
        Q_EMIT ready();
    }
}

Failure ClientLink::failure(const QString& subject) const
{
    return m_stream->tls() != nullptr ? m_stream->failure(Stream::Status::Failed, subject)
                                      : makeFailure(FailureCode::Other, subject);
}

bool ClientLink::leadsTo(const ClientOptions& options) const
{
    return m_stream->isOpen() && !m_closing && !m_weFinished && !m_peerFinished && options.transport == Transport::Tcp
        && options.host == m_options.host && options.port == m_options.port && options.family == m_options.family
        && options.framing == m_options.framing && options.engine == m_options.engine && options.tls == m_options.tls;
}

void ClientLink::send(const SendPlan& plan)
{
    m_plan = plan;
    m_planSent = 0;
    m_pieceEnd = 0;
    m_piece = 0;
    m_sending = true;
    m_awaitingReply = plan.expectReply;
    m_replyFrom = m_received;
    m_reply.reset();
    m_replyBytes = {};
    m_halfCloseAfter = plan.finishAfter;
    sendPieces();
}

qint64 ClientLink::pieceSize() const
{
    const qint64 left = m_plan.bytes.size() - m_planSent;
    if (m_plan.chunks.isEmpty()) {
        return left;
    }
    return std::clamp<qint64>(m_plan.chunks[std::min(m_piece, m_plan.chunks.size() - 1)], 1, left);
}

void ClientLink::sendPieces()
{
    for (int turns = piecesPerTurn; m_planSent < m_plan.bytes.size(); --turns) {
        if (m_planSent == m_pieceEnd) {
            if (turns <= 0) {
                m_pauseTimer.start(0, this);
                return;
            }
            m_pieceEnd += pieceSize();
            ++m_piece;
        }
        const auto piece = QByteArrayView(m_plan.bytes).sliced(m_planSent, m_pieceEnd - m_planSent);
        const Stream::Transfer transfer = m_stream->write(piece);
        if (transfer.status == Stream::Status::WouldBlock) {
            m_stream->setWriting(true);
            return;
        }
        if (transfer.status != Stream::Status::Ok) {
            // The peer has gone; its last words may be here already, and reading will come to the end of them.
            m_stream->setWriting(false);
            m_sending = false;
            if (m_peerFinished) {
                end(transfer.status == Stream::Status::Reset ? CloseKind::ResetByPeer : CloseKind::Failed);
            }
            return;
        }
        m_recorder.segment(m_id, Direction::Out, piece.first(transfer.size));
        m_sent += transfer.size;
        m_planSent += transfer.size;
        Q_EMIT progressed();
        if (m_planSent == m_pieceEnd && m_planSent < m_plan.bytes.size() && m_plan.pause.count() > 0) {
            m_stream->setWriting(false);
            m_pauseTimer.start(
                static_cast<int>(std::min<std::chrono::milliseconds::rep>(m_plan.pause.count(), 3'600'000)), this);
            return;
        }
    }
    m_stream->setWriting(false);
    m_sending = false;
    if (m_halfCloseAfter) {
        halfClose();
    }
    Q_EMIT sentAll();
}

void ClientLink::writable()
{
    if (m_sending && !m_pauseTimer.isActive()) {
        sendPieces();
    } else {
        m_stream->setWriting(false);
    }
}

void ClientLink::halfClose()
{
    if (m_sending) {
        m_halfCloseAfter = true;
    } else if (m_stream->isOpen() && !m_weFinished) {
        m_weFinished = true;
        m_stream->shutdownWrite();
        m_recorder.finished(m_id, Direction::Out);
        Q_EMIT halfClosed();
    }
}

void ClientLink::reset()
{
    if (m_stream->isOpen()) {
        m_stream->reset();
        end(CloseKind::ResetByUs);
    }
}

void ClientLink::closeAfter(std::chrono::milliseconds patience)
{
    constexpr std::chrono::milliseconds longest = 24h; // an int of milliseconds is what the timer takes
    m_closeTimer.start(static_cast<int>(std::min(patience, longest).count()), this);
}

void ClientLink::closeOrderly(bool peerFirst)
{
    if (!m_stream->isOpen() || m_closing) {
        return;
    }
    m_closing = true;
    m_sending = false;
    m_awaitingReply = false;
    m_pauseTimer.stop();
    m_stream->setWriting(false);
    if (peerFirst && !m_peerFinished && !m_weFinished) {
        closeAfter(peerFirstPatience);
        return;
    }
    halfClose();
    // From the event loop even if the peer is done as well: who calls us is not prepared for the end.
    closeAfter(m_peerFinished ? 0ms : m_options.linger);
}

void ClientLink::readable()
{
    qsizetype room = readSize;
    const Progress progress = m_framing->progress();
    if (progress.part == Progress::Part::Content) {
        room = static_cast<qsizetype>(std::clamp<qint64>(progress.need - progress.have, readSize, bigReadSize));
    }
    char* const memory = m_bytes.reserve(room);
    const Stream::Transfer transfer = m_stream->read(memory, room);
    Frames frames;
    switch (transfer.status) {
    case Stream::Status::WouldBlock:
        return;
    case Stream::Status::Ok:
        m_recorder.segment(m_id, Direction::In, { memory, transfer.size });
        m_framing->feed({ memory, transfer.size }, frames);
        m_bytes.commit(transfer.size);
        m_received += transfer.size;
        findReply(frames);
        if (m_closing) {
            m_drained += transfer.size;
            m_bytes.discardBefore(m_received);
            if (m_drained > maxDrained) {
                reset();
            }
            return;
        }
        Q_EMIT received();
        discardUnneeded();
        return;
    case Stream::Status::EndOfStream:
        m_peerFinished = true;
        m_stream->setReading(false);
        m_recorder.peerFinished(m_id, *m_stream);
        if (m_closing) {
            halfClose();
            end(CloseKind::Orderly);
            return;
        }
        m_framing->finish(frames);
        findReply(frames);
        Q_EMIT peerFinished();
        return;
    case Stream::Status::Reset:
        end(CloseKind::ResetByPeer);
        return;
    case Stream::Status::Failed:
        m_recorder.stray(m_id, *m_stream);
        end(CloseKind::Failed);
        return;
    }
}

void ClientLink::findReply(const Frames& frames)
{
    if (!frames.empty()) {
        m_messageEnd = frames.back().end();
    }
    if (!m_awaitingReply || m_reply) {
        return;
    }
    if (m_options.framing == FramingKind::Raw) {
        // A byte service gives back as many bytes as it was sent, in any number of pieces. Whoever was told that
        // nothing more comes says by its own end what was the last of them.
        const bool endTells = m_halfCloseAfter || m_weFinished;
        if (endTells ? m_peerFinished : m_received - m_replyFrom >= m_plan.bytes.size()) {
            takeAsReply();
        }
    } else if (!frames.empty()) {
        setReply(frames.front());
    }
}

bool ClientLink::takeAsReply()
{
    if (m_received == m_replyFrom) {
        return false;
    }
    Frame all;
    all.offset = m_replyFrom;
    all.size = m_received - m_replyFrom;
    setReply(all);
    return true;
}

void ClientLink::setReply(const Frame& reply)
{
    m_reply = reply;
    m_replyBytes = m_bytes.view(reply.offset, reply.size).toByteArray();
}

QByteArray ClientLink::replyBytes() const
{
    return m_reply ? m_replyBytes : m_bytes.view(m_replyFrom, m_received - m_replyFrom).toByteArray();
}

void ClientLink::endExchange()
{
    m_awaitingReply = false;
    m_replyFrom = m_received;
    m_reply.reset();
    m_replyBytes = {};
    discardUnneeded();
}

/// While no reply is awaited, only an unfinished message is still of use: it may become one.
void ClientLink::discardUnneeded()
{
    if (!m_awaitingReply || m_reply) {
        const bool raw = m_options.framing == FramingKind::Raw;
        m_bytes.discardBefore(raw || m_framing->error() ? m_received : m_messageEnd);
    }
}

void ClientLink::end(CloseKind kind)
{
    m_pauseTimer.stop();
    m_closeTimer.stop();
    m_stream->close();
    m_recorder.closed(m_id, kind);
    Q_EMIT over(kind);
}

void ClientLink::timerEvent(QTimerEvent* event)
{
    if (event->timerId() == m_pauseTimer.timerId()) {
        m_pauseTimer.stop();
        sendPieces();
    } else if (event->timerId() == m_closeTimer.timerId()) {
        if (m_weFinished) {
            end(CloseKind::Orderly);
        } else {
            halfClose();
            closeAfter(m_options.linger);
        }
    }
}

} // namespace sockeye
