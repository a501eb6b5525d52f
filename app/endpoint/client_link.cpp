// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/endpoint/client_link.h"

#include "app/tls/tls_reasons.h"

#include <QTimerEvent>

#include <algorithm>

namespace sockeye {

using namespace std::chrono_literals;

namespace {

constexpr qsizetype readSize = 64 * 1024;
constexpr qint64 bigReadSize = 256 * 1024;
constexpr int piecesPerTurn = 256;
constexpr std::chrono::milliseconds peerFirstPatience { 100 };

} // namespace

ClientLink::ClientLink(std::unique_ptr<Stream> stream, quint32 id, const ClientOptions& options,
    const std::shared_ptr<const TlsContext>& tls, Recorder& recorder, QObject* parent)
    : ClientChannel(parent)
    , m_channel(*this, recorder, id)
    , m_options(options)
    , m_id(id)
    , m_framing(options.protocol->spokenBy(Sender::Server).newFraming(options.limits))
{
    m_channel.adopt(std::move(stream));
    m_peer = m_channel.stream().peer();
    m_channel.open(true, tls, options.host);
    m_channel.setReading(true);
}

void ClientLink::secured()
{
    if (!m_closing) {
        Q_EMIT ready();
    }
}

Failure ClientLink::failure(const QString& subject) const
{
    const Stream& stream = m_channel.stream();
    return stream.failure(TransferStatus::Failed, subject);
}

bool ClientLink::leadsTo(const ClientOptions& options) const
{
    return m_channel.isOpen() && !m_closing && !m_channel.hasFinished() && !m_channel.peerHasFinished()
        && options.transport == Transport::Tcp && options.host == m_options.host && options.port == m_options.port
        && options.family == m_options.family && options.protocol == m_options.protocol
        && options.engine == m_options.engine && options.tls == m_options.tls && options.socket == m_options.socket
        && options.proxy == m_options.proxy;
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
        const qsizetype sent = m_channel.write(piece);
        if (sent == 0) {
            return; // writable() follows
        }
        if (sent < 0) {
            m_sending = false;
            return;
        }
        m_sent += sent;
        m_planSent += sent;
        Q_EMIT progressed();
        if (m_planSent == m_pieceEnd && m_planSent < m_plan.bytes.size() && m_plan.pause.count() > 0) {
            m_pauseTimer.start(
                static_cast<int>(std::min<std::chrono::milliseconds::rep>(m_plan.pause.count(), 3'600'000)), this);
            return;
        }
    }
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
    }
}

void ClientLink::halfClose()
{
    if (m_sending) {
        m_halfCloseAfter = true;
    } else {
        m_channel.finish();
    }
}

void ClientLink::finished()
{
    Q_EMIT halfClosed();
}

void ClientLink::closeAfter(std::chrono::milliseconds patience)
{
    constexpr std::chrono::milliseconds longest = 24h; // an int of milliseconds is what the timer takes
    m_closeTimer.start(static_cast<int>(std::min(patience, longest).count()), this);
}

void ClientLink::closeOrderly(bool peerFirst)
{
    if (!m_channel.isOpen() || m_closing) {
        return;
    }
    m_closing = true;
    m_sending = false;
    m_awaitingReply = false;
    m_pauseTimer.stop();
    m_channel.drain();
    if (peerFirst && !m_channel.peerHasFinished() && !m_channel.hasFinished()) {
        closeAfter(peerFirstPatience);
        return;
    }
    m_channel.finish();
    // From the event loop even if the peer is done as well: who calls us is not prepared for the end.
    closeAfter(m_channel.peerHasFinished() ? 0ms : m_options.linger);
}

std::span<char> ClientLink::room()
{
    const Progress progress = m_framing->progress();
    const qint64 size = std::clamp<qint64>(progress.missing(), readSize, bigReadSize);
    if (m_scratch) {
        return { m_scratch.get(), static_cast<std::size_t>(readSize) };
    }
    return { m_bytes.reserve(static_cast<qsizetype>(size)), static_cast<std::size_t>(size) };
}

void ClientLink::received(QByteArrayView bytes)
{
    if (m_received == 0 && m_channel.stream().tls() == nullptr && isTlsAlert(bytes)) [[unlikely]] {
        m_speaksTls = true;
        m_channel.note(
            makeFailure(FailureCode::TlsNotExpected, m_peer.placeText(), Circumstance::TlsAlertCame).oneLine());
    }
    Frames frames;
    m_framing->feed(bytes, frames);
    m_received += bytes.size();
    if (!m_scratch) {
        m_bytes.commit(bytes.size());
        keepSoMuch();
    }
    if (m_framing->patience() > 0) {
        m_silenceTimer.start(m_framing->patience(), Qt::PreciseTimer, this);
    }
    findReply(frames);
    Q_EMIT ClientChannel::received();
    discardUnneeded();
}

/// Where silence ends a message, it has.
void ClientLink::fellSilent()
{
    Frames frames;
    m_framing->silence(frames);
    findReply(frames);
    Q_EMIT ClientChannel::received();
    discardUnneeded();
}

/// A reply that ends with the connection, or not at all, is kept up to a bound: from here on no more of it is.
void ClientLink::keepSoMuch()
{
    const bool endIsOpen = m_awaitingReply && !m_reply && m_options.protocol->replyEnd() == ReplyEnd::Amount;
    if (endIsOpen && m_received - m_replyFrom > std::max<qint64>(maxReply, m_plan.bytes.size())) {
        m_scratch = std::make_unique<char[]>(readSize);
        m_channel.note(tr("The reply is long: only the first %1 MiB of it are kept as one; all of it is recorded.")
                           .arg(maxReply / (1024 * 1024)));
    }
}

/// The time that we wait for the server's end of stream begins anew with each byte.
void ClientLink::drained()
{
    if (m_channel.hasFinished()) {
        closeAfter(m_options.linger);
    }
}

void ClientLink::peerFinished()
{
    Frames frames;
    m_framing->finish(frames);
    findReply(frames);
    Q_EMIT ClientChannel::peerFinished();
}

void ClientLink::ended(CloseKind kind)
{
    m_pauseTimer.stop();
    m_closeTimer.stop();
    m_silenceTimer.stop();
    Q_EMIT over(kind);
}

void ClientLink::findReply(const Frames& frames)
{
    if (!frames.empty()) {
        m_messageEnd = frames.back().end();
    }
    if (!m_awaitingReply || m_reply) {
        return;
    }
    if (m_options.protocol->replyEnd() == ReplyEnd::Amount) {
        // A byte service gives back as many bytes as it was sent, in any number of pieces. Whoever was told that
        // nothing more comes says by its own end what was the last of them.
        const bool canFinish = m_channel.stream().capabilities().halfClose;
        const bool endTells = m_plan.untilClose || (m_halfCloseAfter && canFinish) || m_channel.hasFinished();
        const bool isWhole = !m_plan.isReply && m_received - m_replyFrom >= m_plan.bytes.size();
        if (endTells ? m_channel.peerHasFinished() : isWhole) {
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
    m_replyBytes = m_bytes.view(reply.offset, std::min(reply.size, m_bytes.end() - reply.offset)).toByteArray();
}

QByteArray ClientLink::replyBytes() const
{
    return m_reply ? m_replyBytes : m_bytes.view(m_replyFrom, m_bytes.end() - m_replyFrom).toByteArray();
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
        const bool raw = m_options.protocol->replyEnd() == ReplyEnd::Amount;
        m_bytes.discardBefore(raw || m_framing->error() ? m_received : m_messageEnd);
        if (std::exchange(m_scratch, nullptr)) {
            m_bytes = ReceiveBuffer(m_received);
        }
    }
}

void ClientLink::timerEvent(QTimerEvent* event)
{
    if (event->timerId() == m_pauseTimer.timerId()) {
        m_pauseTimer.stop();
        sendPieces();
    } else if (event->timerId() == m_silenceTimer.timerId()) {
        m_silenceTimer.stop();
        fellSilent();
    } else if (event->timerId() == m_closeTimer.timerId()) {
        m_closeTimer.stop();
        if (m_channel.hasFinished()) {
            m_channel.closeNow();
        } else {
            m_channel.finish();
            closeAfter(m_options.linger);
        }
    }
}

} // namespace sockeye
