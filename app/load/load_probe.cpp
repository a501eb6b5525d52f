// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/load/load_probe.h"

#include "app/tls/tls_session.h"
#include "protocol/error.h"
#include "protocol/protocols/app/header.h"
#include "protocol/text/describe_bytes.h"

#include <QTimerEvent>

#include <algorithm>

namespace sockeye {

namespace {

constexpr int closesWithin = 250; // ms after its reply: a server that has not done so by then keeps the connection

} // namespace

LoadProbe::LoadProbe(const LoadPlan& plan)
    : m_plan(plan)
    , m_connector(nullptr)
    , m_unrecorded(nullptr)
    , m_question(nullptr)
{
    // Move to the I/O thread together with this.
    m_connector.setParent(this);
    m_unrecorded.setParent(this);
    m_question.setParent(this);
    connect(&m_connector, &Connector::connected, this, &LoadProbe::hasConnected);
    connect(&m_question, &DatagramQuestion::failed, this, &LoadProbe::notAnswered);
    connect(&m_question, &DatagramQuestion::answered, this, [this](const QByteArray& reply) {
        m_received = reply;
        replied(reply.size(), nullptr);
    });
    connect(&m_connector, &Connector::failed, this,
        [this](const Failure& failure) { failWith(connectError(failure.code), failure); });
}

const LoadRequest& LoadProbe::request() const
{
    return m_plan.mix[static_cast<qsizetype>(m_findings.replies.size())];
}

QString LoadProbe::serverName() const
{
    const SocketAddress& peer = m_findings.peer;
    return peer.isNull() || m_plan.proxy ? placeText(m_plan.host, m_plan.port) : peer.placeText();
}

void LoadProbe::start()
{
    if (m_plan.tls.on) {
        const TlsContext::Made made = TlsContext::forClient(m_plan.tls);
        if (!made) {
            failWith(LoadError::TlsFailed, made.error());
            return;
        }
        m_findings.tls = *made;
    }
    askNext();
}

/// The channel stays until the next one takes its place: it may be who calls us.
void LoadProbe::hangUp()
{
    if (m_channel) {
        m_channel->closeNow();
    }
}

void LoadProbe::stop()
{
    m_connector.stop();
    m_question.stop();
    hangUp();
    m_timer.stop();
    m_nextTimer.stop();
}

void LoadProbe::askNext()
{
    const bool isKnown = !m_findings.peer.host.isNull(); // a Unix socket needs no look-up
    std::optional<ProxyOptions> proxy = m_plan.proxy;
    if (proxy && isKnown) {
        proxy->host = m_findings.peer.host.toString();
    }
    m_connector.start({ isKnown && !proxy ? m_findings.peer.host.toString() : m_plan.host, m_plan.port, m_plan.family,
        m_plan.timeout, m_plan.transport, m_plan.engine, m_plan.socket, proxy });
}

void LoadProbe::hasConnected()
{
    m_received.clear();
    m_sent = 0;
    m_whole = false;
    if (m_plan.transport == Transport::Udp) {
        std::unique_ptr<DatagramSocket> socket = m_connector.takeDatagramSocket();
        m_findings.peer = socket->peer();
        m_question.ask(std::move(socket), request().bytes, m_plan.timeout);
        return;
    }
    m_channel.emplace(static_cast<Channel::Owner&>(*this), m_unrecorded, 0);
    m_channel->adopt(m_connector.takeStream());
    m_findings.peer = m_channel->stream().peer();
    m_timer.start(static_cast<int>(std::min<qint64>(m_plan.timeout.count(), 3'600'000)), this);
    m_channel->open(true, m_findings.tls, m_plan.host);
    m_channel->setReading(true);
    if (!m_findings.tls) {
        talk();
    }
}

void LoadProbe::secured()
{
    if (!m_findings.tlsFacts) {
        m_findings.tlsFacts = m_channel->stream().tls()->facts();
    }
    talk();
}

/// Over UDP it is learned only now that nobody is there.
void LoadProbe::notAnswered(FailureCode code)
{
    if (code != FailureCode::NoReply && m_connector.hasMore()) {
        m_connector.goOn(code);
    } else if (code == FailureCode::NoReply) {
        fail(LoadError::TimedOut);
    } else {
        failWith(connectError(code),
            m_findings.peer.isUnix() ? makeUnixFailure(code, serverName()) : makeDatagramFailure(code, serverName()));
    }
}

void LoadProbe::talk()
{
    Limits limits;
    limits.maxContent = LoadPlan::maxReplySize;
    limits.maxLine = LoadPlan::maxReplySize;
    m_framing = m_plan.cutBy() == nullptr || m_plan.replies->replyEnd() == ReplyEnd::Amount
        ? nullptr
        : m_plan.replies->spokenBy(Sender::Server).newFraming(limits);
    m_timer.start(static_cast<int>(std::min<qint64>(m_plan.timeout.count(), 3'600'000)), this);
    sendRest();
}

void LoadProbe::sendRest()
{
    const QByteArrayView rest = QByteArrayView(request().bytes).sliced(m_sent);
    if (rest.isEmpty()) {
        return;
    }
    // After an error reading tells what happened, after what had come before.
    m_sent += std::max<qsizetype>(m_channel->write(rest), 0);
}

void LoadProbe::peerFinished()
{
    if (m_whole) {
        m_findings.serverCloses = true;
        replyIsOver();
    } else if (m_plan.untilClose && !m_received.isEmpty()) {
        m_findings.serverCloses = true;
        replied(m_received.size(), nullptr);
    } else {
        fail(LoadError::ClosedEarly);
    }
}

void LoadProbe::lost(TransferStatus status)
{
    if (m_whole) {
        m_findings.serverCloses = true;
        replyIsOver();
    } else if (const Failure failure = m_channel->stream().failure(status, serverName());
               connectError(failure.code) == LoadError::TlsFailed) {
        failWith(LoadError::TlsFailed, failure);
    } else {
        fail(status == TransferStatus::Reset ? LoadError::Reset : LoadError::ConnectFailed);
    }
}

void LoadProbe::received(QByteArrayView bytes)
{
    m_received += bytes;
    if (m_whole) {
        fail(LoadError::WrongReply, tr("More came than one reply."));
    } else if (m_plan.untilClose) {
        if (m_received.size() > LoadPlan::maxReplySize) {
            fail(LoadError::WrongReply,
                tr("It is longer than %1, and has not ended.").arg(byteCount(LoadPlan::maxReplySize)));
        }
    } else if (m_framing == nullptr) {
        if (m_received.size() >= request().bytes.size()) {
            replied(request().bytes.size(), nullptr);
        }
    } else {
        takeFrames(bytes);
    }
}

void LoadProbe::takeFrames(QByteArrayView bytes)
{
    Frames frames;
    m_framing->feed(bytes, frames);
    if (!frames.empty()) {
        replied(static_cast<qsizetype>(frames.front().size), &frames.front());
    } else if (m_framing->error()) {
        fail(LoadError::WrongReply, describe(*m_framing->error()));
    }
}

/// Whether the reply means what the wire protocol says. `frame` is its, where something has cut it already.
bool LoadProbe::isGolden(const Frame* frame) const
{
    Frames frames;
    if (frame == nullptr && m_plan.cutBy() == nullptr) {
        m_plan.replies->spokenBy(Sender::Server).newFraming()->feed(m_received, frames);
        frame = frames.size() == 1 && frames.front().size == m_received.size() ? &frames.front() : nullptr;
    }
    return frame != nullptr && m_plan.replies->meansTheSame(*frame, m_received, request().golden);
}

/// `size`: of the reply in what was received.
void LoadProbe::replied(qsizetype size, const Frame* frame)
{
    if (m_received.size() > size) {
        fail(LoadError::WrongReply, tr("More came than one reply."));
        return;
    }
    if (m_received.isEmpty()) {
        fail(LoadError::WrongReply, tr("The datagram that came back is empty, which nothing could be compared with."));
        return;
    }
    if (!request().golden.isNull() && !m_plan.learn && !isGolden(frame)) {
        fail(LoadError::WrongReply,
            tr("To “%1” it answers otherwise than the standard catalogue and the wire protocol say.")
                .arg(request().name));
        return;
    }
    m_whole = true;
    m_timer.start(closesWithin, this);
    if (m_plan.cutBy() == nullptr || !m_findings.replies.empty()) {
        replyIsOver(); // the first one has told how the server closes
    }
}

void LoadProbe::replyIsOver()
{
    hangUp();
    m_timer.stop();
    m_findings.replies.push_back(m_received);
    if (m_findings.replies.size() < static_cast<std::size_t>(m_plan.mix.size())) {
        m_nextTimer.start(0, this);
    } else if (m_findings.serverCloses && m_plan.mode != LoadMode::Fresh) {
        Failure failure = makeFailure(FailureCode::ClosedEarly, serverName());
        failure.what = tr("%1 closes the connection after each reply.").arg(serverName());
        failure.meaning = tr("It serves one exchange a connection; this mode needs connections that stay.");
        failure.advice = tr("Take the mode “fresh”, or have the server keep connections (Sockeye's: --persistent).");
        failWith(LoadError::ClosedEarly, failure);
    } else {
        Q_EMIT succeeded(m_findings);
    }
}

void LoadProbe::fail(LoadError error, const QString& detail)
{
    Failure failure = failureOf(error, serverName(), m_plan.transport);
    if (!detail.isEmpty()) {
        failure.meaning = detail;
    }
    if (error == LoadError::WrongReply && !request().golden.isNull()) {
        failure.advice = tr("If the server is right, let its first replies count as the right ones (“What is asked”; "
                            "on the command line --learn).");
    }
    failWith(error, failure);
}

void LoadProbe::failWith(LoadError error, const Failure& failure)
{
    std::shared_ptr<const WrongReply> wrong;
    if (error == LoadError::WrongReply) {
        WrongReply reply;
        reply.request = static_cast<int>(m_findings.replies.size());
        reply.sent = request().bytes;
        reply.expected = request().golden;
        reply.received = m_received.first(std::min(m_received.size(), LoadPlan::maxReplySize));
        wrong = std::make_shared<const WrongReply>(examined(std::move(reply), m_plan.cutBy()));
    }
    stop();
    Q_EMIT failed(error, failure, wrong);
}

void LoadProbe::timerEvent(QTimerEvent* event)
{
    if (event->timerId() == m_nextTimer.timerId()) {
        m_nextTimer.stop();
        askNext();
    } else if (event->timerId() == m_timer.timerId()) {
        m_timer.stop();
        if (m_whole) {
            replyIsOver();
        } else if (m_channel && m_channel->isOpen() && m_channel->stream().isSecuring()) {
            failWith(LoadError::TlsFailed, makeFailure(FailureCode::TlsSilent, serverName()));
        } else {
            fail(LoadError::TimedOut);
        }
    }
}

} // namespace sockeye
