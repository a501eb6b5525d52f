// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/endpoint/connection.h"

#include "app/endpoint/connection_group.h"
#include "app/endpoint/idle_text.h"
#include "app/rules/message_host.h"
#include "app/tls/tls_reasons.h"

#include <QCoreApplication>

namespace sockeye {

namespace {

/// What may take a while to answer does not keep others waiting for replies that they could have, in bytes.
constexpr qsizetype takesAWhile = 16 * 1024;

QString thePeer()
{
    return QCoreApplication::translate("sockeye::Connection", "The peer");
}

} // namespace

Connection::Connection(ConnectionGroup& group, std::unique_ptr<Stream> stream, quint32 id)
    : m_group(group)
    , m_channel(*this, group.recorder(), id)
    , m_lastActivity(Clock::now())
    , m_id(id)
{
    m_channel.adopt(std::move(stream));
}

Connection::~Connection()
{
    if (m_pending) {
        m_pending->cancel(); // it would tell a group that may be gone
    }
}

void Connection::open()
{
    const std::shared_ptr<const TlsContext> tls = m_group.tls();
    m_channel.open(false, tls);
    if (tls) {
        m_channel.setReading(true);
    } else {
        begin();
    }
}

void Connection::awake()
{
    m_group.deleteClosed();
}

void Connection::secured()
{
    if (!m_isDone) {
        m_group.touch(*this);
        begin();
    }
}

/// The first byte of the service may come.
void Connection::begin()
{
    const Service& service = m_group.service();
    m_requests.begin(service.protocol()->spokenBy(Sender::Client).newFraming(m_group.options().serviceOptions.limits));
    beginSession(service);
    m_group.enterRoom(*this);
    if (!service.reads()) {
        m_stalled = true;
        m_group.moveTo(*this, Phase::Stalled);
    }
    updateReading();
}

void Connection::turnAway(const QByteArray& lastWords)
{
    m_overLimit = true;
    m_isDone = true;
    const bool isTls = m_group.tls() != nullptr;
    m_channel.recordOpened(false, isTls);
    const Failure failure =
        makeFailure(FailureCode::TooManyConnections, QCoreApplication::translate("sockeye::Connection", "The server"));
    m_group.recorder().error(m_id, codeName(failure.code), failure.oneLine());
    if (!isTls) { // it would take a handshake to say them
        send(lastWords);
    }
    m_channel.closeOrderly();
}

void Connection::setService(const Service& service)
{
    if (m_session) {
        beginSession(service);
    }
}

void Connection::beginSession(const Service& service)
{
    m_session = service.newSession();
    if (service.wantsHost()) {
        const ConnectionFacts facts = m_channel.facts(false, m_channel.stream().tls() != nullptr);
        m_host =
            attachHost(*m_session, service, m_group.recorder(), m_id, facts, m_group.options().serviceOptions.limits);
    }
}

std::span<char> Connection::room()
{
    return m_requests.room({ m_group.scratch(), ConnectionGroup::scratchSize });
}

void Connection::received(QByteArrayView bytes)
{
    if (m_requests.received() == 0 && isClientHello(bytes)) [[unlikely]] {
        explainClientHello();
    }
    m_group.touch(*this);
    Frames& frames = m_group.frames();
    frames.clear();
    m_requests.feed(bytes, frames);
    if (m_requests.heldBytes() > takesAWhile) {
        m_group.sendHeld();
    }
    answerFound(frames);
    m_group.listenForSilence(m_id, m_requests.patience(), m_requests.received());
}

void Connection::silence(qint64 received)
{
    if (isAnswering() && m_requests.received() == received && m_requests.patience() > 0) {
        Frames& frames = m_group.frames();
        frames.clear();
        m_requests.silence(frames);
        answerFound(frames);
    }
}

void Connection::sendOrHold(QByteArrayView replies)
{
    if (isAnswering() && unsent() == 0 && !replies.isEmpty() && replies.size() <= Outbox::maxReply) {
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
    m_channel.send(bytes);
}

void Connection::deliver(QByteArrayView bytes)
{
    if (!isAnswering() || m_channel.isFinishing()) {
        return;
    }
    if (unsent() + bytes.size() > Channel::highWater) {
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

std::optional<NotSent> Connection::sendByHand(QByteArrayView bytes)
{
    if (!isAnswering() || m_channel.isFinishing()) {
        return NotSent::Ending;
    }
    if (!m_requests.hasBegun()) {
        return NotSent::Securing;
    }
    if (unsent() > 0 && unsent() + bytes.size() > Channel::highWater) {
        return NotSent::NotTaken;
    }
    m_group.touch(*this);
    send(bytes);
    return m_channel.isOpen() ? std::nullopt : std::optional(NotSent::Failed);
}

bool Connection::isAtRest() const
{
    return isAnswering() && m_requests.hasBegun() && unsent() == 0 && !m_pending && !m_requests.isPartial()
        && m_requests.progress().part == Progress::between;
}

/// The time that we wait for the peer's end of stream begins anew with each byte.
void Connection::drained()
{
    m_group.touch(*this);
}

void Connection::sent()
{
    m_group.touch(*this);
}

void Connection::writable()
{
    if (m_requests.hasWaiting() && !m_pending) {
        answerWaiting();
        updateReading();
    }
}

/// A client that speaks TLS waits for an answer that a plain server never gives: else nobody would see why.
void Connection::explainClientHello()
{
    if (m_channel.stream().tls() == nullptr) {
        const Failure failure = makeFailure(FailureCode::TlsNotExpected, thePeer());
        m_group.recorder().error(m_id, codeName(failure.code), failure.oneLine());
    }
}

void Connection::draining()
{
    m_requests.clear();
    m_group.moveTo(*this, Phase::Draining);
}

void Connection::lost(TransferStatus status)
{
    const bool owed = unsent() > 0 || m_requests.isPartial() || m_requests.hasWaiting() || m_pending
        || m_channel.stream().isSecuring();
    if (status == TransferStatus::Failed || owed) {
        const Failure failure = m_channel.stream().failure(status, thePeer());
        m_group.recorder().error(m_id, codeName(failure.code), failure.oneLine());
    }
}

void Connection::ended(CloseKind kind)
{
    Q_UNUSED(kind) // it is recorded
    if (m_held) {
        m_group.sendHeld();
    }
    stopAnswering();
    m_group.leaveRoom(*this);
    m_group.moveTo(*this, Phase::Closed);
}

void Connection::finish()
{
    if (isAnswering()) {
        stopAnswering();
        m_channel.closeOrderly();
    }
}

void Connection::halfClose()
{
    if (isAnswering()) {
        m_channel.finish();
    }
}

void Connection::setStalled(bool stalled)
{
    if (isAnswering() && stalled != m_stalled) {
        m_stalled = stalled;
        m_group.moveTo(*this, stalled ? Phase::Stalled : Phase::Waiting);
        updateReading();
    }
}

void Connection::closeIdle(std::chrono::milliseconds silence)
{
    const Progress progress = m_requests.progress();
    m_group.recorder().error(m_id, codeName(FailureCode::Idle),
        idleText(silence,
            { unsent(), m_channel.stream().isSecuring(), progress, m_group.service().protocol()->reached(progress) }));
    closeNow();
}

void Connection::checkStalled()
{
    const Stream& stream = m_channel.stream();
    if (stream.peerIsGone()) {
        closeNow();
    } else if (stream.peerHasFinished()) {
        const std::chrono::milliseconds patience = m_group.options().idleTimeout;
        if (!std::exchange(m_finishedUnread, true)) {
            m_group.touch(*this);
            m_group.recorder().note(m_id,
                QCoreApplication::translate("sockeye::Connection",
                    "The peer has sent its end of stream. It is behind what we do not read, so nothing is done about "
                    "it, and the peer may still be listening."));
        } else if (patience.count() > 0 && lastActivity() + patience <= Clock::now()) {
            closeNow();
        }
    }
}

/// Messages that wait are answered when there is room for replies, or in the next turn. While an answer is to come,
/// some more are read, so that it is seen when the peer gives up.
void Connection::updateReading()
{
    const qint64 mayWait = m_pending ? Channel::highWater : 0;
    m_channel.setReading(!m_stalled && m_requests.waitingBytes() <= mayWait);
    if (m_requests.hasWaiting() && !m_pending) {
        m_channel.callWhenWritable();
    }
}

} // namespace sockeye
