// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/load/load_probe.h"

#include "protocol/error.h"
#include "protocol/protocols/app/header.h"

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
{
    // Move to the I/O thread together with this.
    m_connector.setParent(this);
    m_unrecorded.setParent(this);
    connect(&m_connector, &Connector::connected, this, &LoadProbe::talk);
    connect(&m_connector, &Connector::failed, this,
        [this](const Failure& failure) { failWith(connectError(failure.code), failure); });
}

const LoadRequest& LoadProbe::request() const
{
    return m_plan.mix[static_cast<qsizetype>(m_findings.replies.size())];
}

QString LoadProbe::serverName() const
{
    const QString host = m_findings.peer.port != 0 ? m_findings.peer.host.toString() : m_plan.host;
    return tr("%1 port %2").arg(host, QString::number(m_plan.port));
}

void LoadProbe::start()
{
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
    hangUp();
    m_timer.stop();
    m_nextTimer.stop();
}

void LoadProbe::askNext()
{
    const QString host = m_findings.peer.port != 0 ? m_findings.peer.host.toString() : m_plan.host;
    m_connector.start(
        { host, m_plan.port, m_plan.family, m_plan.timeout, Transport::Tcp, m_plan.engine, m_plan.socket });
}

void LoadProbe::talk()
{
    m_channel.emplace(static_cast<Channel::Owner&>(*this), m_unrecorded, 0);
    m_channel->adopt(m_connector.takeStream());
    m_findings.peer = m_channel->stream().peer();
    m_received.clear();
    m_sent = 0;
    m_whole = false;
    Limits limits;
    limits.maxContent = LoadPlan::maxReplySize;
    limits.maxLine = LoadPlan::maxReplySize;
    m_framing = m_plan.replies->replyEnd() == ReplyEnd::Amount
        ? nullptr
        : m_plan.replies->spokenBy(Sender::Server).newFraming(limits);
    m_timer.start(static_cast<int>(std::min<qint64>(m_plan.timeout.count(), 3'600'000)), this);
    m_channel->setReading(true);
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
    } else {
        fail(LoadError::ClosedEarly);
    }
}

void LoadProbe::lost(TransferStatus status)
{
    if (m_whole) {
        m_findings.serverCloses = true;
        replyIsOver();
    } else {
        fail(status == TransferStatus::Reset ? LoadError::Reset : LoadError::ConnectFailed);
    }
}

void LoadProbe::received(QByteArrayView bytes)
{
    if (m_whole) {
        m_received += bytes;
        fail(LoadError::WrongReply, tr("More came than one reply."));
        return;
    }
    m_received += bytes;
    if (m_framing == nullptr) {
        if (m_received.size() >= request().bytes.size()) {
            replied(m_received, nullptr);
        }
        return;
    }
    Frames frames;
    m_framing->feed(bytes, frames);
    if (!frames.empty()) {
        const Frame& frame = frames.front();
        replied(m_received, &frame);
    } else if (m_framing->error()) {
        fail(LoadError::WrongReply, describe(*m_framing->error()));
    }
}

void LoadProbe::replied(const QByteArray& received, const Frame* frame)
{
    const qsizetype size = frame != nullptr ? static_cast<qsizetype>(frame->size) : request().bytes.size();
    if (received.size() > size) {
        fail(LoadError::WrongReply, tr("More came than one reply."));
        return;
    }
    if (!request().golden.isNull() && !m_plan.learn
        && (frame == nullptr || !m_plan.replies->meansTheSame(*frame, received, request().golden))) {
        fail(LoadError::WrongReply,
            tr("To “%1” it answers otherwise than the standard catalogue and the wire protocol say.")
                .arg(request().name));
        return;
    }
    m_whole = true;
    m_timer.start(closesWithin, this);
    if (!m_findings.replies.empty()) {
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
    Failure failure = failureOf(error, serverName());
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
        wrong = std::make_shared<const WrongReply>(examined(std::move(reply), *m_plan.replies));
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
        } else {
            fail(LoadError::TimedOut);
        }
    }
}

} // namespace sockeye
