// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/endpoint/datagram_link.h"

#include "app/channel/recorder.h"
#include "protocol/text/describe_bytes.h"

#include <QTimerEvent>

#include <algorithm>

namespace sockeye {

namespace {

constexpr qsizetype datagramReadSize = 65'536; ///< more than any datagram
constexpr int datagramsPerTurn = 64;

} // namespace

DatagramLink::DatagramLink(std::unique_ptr<DatagramSocket> socket, quint32 id, const ClientOptions& options,
    Recorder& recorder, QObject* parent)
    : ClientChannel(parent)
    , m_recorder(recorder)
    , m_socket(std::move(socket))
    , m_options(options)
    , m_id(id)
{
    m_socket->setOwner(*this);
    m_peer = m_socket->peer();
    m_manyMayAnswer = manyMayAnswer(m_peer, m_options.socket);
    m_recorder.opened(m_id, { Transport::Udp, m_socket->local(), m_peer, true });
    m_socket->setReading(true);
}

DatagramLink::~DatagramLink()
{
    if (m_socket->isOpen()) {
        m_recorder.closed(m_id, CloseKind::Orderly);
    }
}

qint64 DatagramLink::largestDatagram(const SendPlan& plan)
{
    if (plan.chunks.isEmpty()) {
        return plan.bytes.size();
    }
    qint64 largest = 0;
    qint64 left = plan.bytes.size();
    for (const qint64 size : plan.chunks) {
        const qint64 piece = std::clamp<qint64>(size, 1, std::max<qint64>(left, 1));
        largest = std::max(largest, std::min(piece, left));
        left -= std::min(piece, left);
    }
    return std::max(largest, std::min(std::max<qint64>(plan.chunks.constLast(), 1), left));
}

bool DatagramLink::leadsTo(const ClientOptions& options) const
{
    return m_socket->isOpen() && !m_closing && options.transport == Transport::Udp && options.host == m_options.host
        && options.port == m_options.port && options.family == m_options.family
        && options.protocol == m_options.protocol && options.engine == m_options.engine
        && options.socket == m_options.socket;
}

void DatagramLink::send(const SendPlan& plan)
{
    m_plan = plan;
    m_planSent = 0;
    m_datagramsSent = 0;
    m_sending = true;
    m_awaitingReply = plan.expectReply;
    m_replyFrom = m_received;
    m_datagramsReceived = 0;
    m_bytes.clear();
    m_reply.reset();
    m_error.reset();
    sendPieces();
}

void DatagramLink::sendPieces()
{
    int turns = datagramsPerTurn;
    do {
        if (turns-- <= 0) {
            m_pauseTimer.start(0, this);
            return;
        }
        const qint64 left = m_plan.bytes.size() - m_planSent;
        qint64 size = left;
        if (!m_plan.chunks.isEmpty() && left > 0) {
            const qsizetype index = std::min(m_datagramsSent, m_plan.chunks.size() - 1);
            size = std::clamp<qint64>(m_plan.chunks[index], 1, left);
        }
        const QByteArrayView datagram = QByteArrayView(m_plan.bytes).sliced(m_planSent, size);
        switch (m_socket->send(datagram)) {
        case DatagramSocket::Status::WouldBlock:
            m_socket->setWriting(true);
            return;
        case DatagramSocket::Status::Failed:
            fail();
            return;
        case DatagramSocket::Status::Ok:
            break;
        }
        m_recorder.chunk(m_id, Direction::Out, datagram);
        m_sent += size;
        m_planSent += size;
        ++m_datagramsSent;
        Q_EMIT progressed();
        if (m_planSent < m_plan.bytes.size() && m_plan.pause.count() > 0) {
            m_pauseTimer.start(
                static_cast<int>(std::min<std::chrono::milliseconds::rep>(m_plan.pause.count(), 3'600'000)), this);
            return;
        }
    } while (m_planSent < m_plan.bytes.size());
    m_sending = false;
    if (m_awaitingReply && !m_reply && m_options.protocol->replyEnd() == ReplyEnd::Amount && !m_plan.isReply
        && m_datagramsReceived >= m_datagramsSent) {
        (void)takeAsReply(); // the answers came faster than we sent
    }
    Q_EMIT sentAll();
}

void DatagramLink::writable()
{
    m_socket->setWriting(false);
    if (m_sending && !m_pauseTimer.isActive()) {
        sendPieces();
    }
}

void DatagramLink::readable()
{
    QByteArray datagram(datagramReadSize, Qt::Uninitialized);
    for (int turns = datagramsPerTurn; turns > 0 && m_socket->isOpen() && !m_endTimer.isActive(); --turns) {
        const DatagramSocket::Received received = m_socket->receive(datagram.data(), datagramReadSize);
        if (received.status == DatagramSocket::Status::WouldBlock) {
            return;
        }
        if (received.status == DatagramSocket::Status::Failed) {
            fail();
            return;
        }
        const QByteArrayView bytes(datagram.constData(), received.size);
        tellSender(received.from);
        m_recorder.chunk(m_id, Direction::In, bytes);
        m_recorder.datagramCut(m_id, received.cut);
        take(bytes);
        m_received += bytes.size();
        Q_EMIT this->received();
    }
}

/// Whose datagram it is that comes now, where that may be anybody.
void DatagramLink::tellSender(const SocketAddress& from)
{
    if (m_manyMayAnswer && from != m_lastFrom) {
        m_lastFrom = from;
        m_recorder.note(m_id, tr("From %1:").arg(from.toString()));
    }
}

void DatagramLink::take(QByteArrayView datagram)
{
    if (!m_awaitingReply || m_reply || m_error) {
        return;
    }
    if (m_options.protocol->replyEnd() == ReplyEnd::Message) {
        takeMessage(datagram);
        return;
    }
    ++m_datagramsReceived;
    m_bytes.append(datagram.first(std::min(datagram.size(), maxReply - m_bytes.size())));
    if (!m_sending && !m_plan.isReply && m_datagramsReceived >= m_datagramsSent) {
        (void)takeAsReply();
    }
}

void DatagramLink::takeMessage(QByteArrayView datagram)
{
    const std::unique_ptr<Framing> framing = m_options.protocol->spokenBy(Sender::Server).newFraming(m_options.limits);
    Frames frames;
    framing->feed(datagram, frames);
    framing->finish(frames);
    m_replyFrom = m_received;
    m_bytes = datagram.toByteArray();
    if (framing->error()) {
        m_error = framing->error();
        m_error->offset += m_received;
    } else if (!frames.empty()) {
        m_bytes.truncate(frames.front().size);
        m_reply = frames.front();
        m_reply->offset = m_replyFrom;
    }
}

bool DatagramLink::takeAsReply()
{
    if (m_datagramsReceived == 0) {
        return false;
    }
    if (m_datagramsReceived < m_datagramsSent) {
        m_recorder.note(m_id,
            tr("%1 datagrams were sent and %2 came back in time. UDP does not say what became of the others.")
                .arg(groupedDigits(m_datagramsSent), groupedDigits(m_datagramsReceived)));
    }
    m_reply = Frame { m_replyFrom, m_bytes.size(), 0, nullptr };
    return true;
}

void DatagramLink::endExchange()
{
    m_awaitingReply = false;
    m_replyFrom = m_received;
    m_reply.reset();
    m_error.reset();
    m_bytes.clear();
}

void DatagramLink::fail()
{
    m_failure = m_socket->lastFailure();
    endLater(CloseKind::Failed);
}

void DatagramLink::reset()
{
    if (m_socket->isOpen() && !m_endTimer.isActive()) {
        endLater(CloseKind::Orderly);
    }
}

void DatagramLink::closeOrderly(bool peerFirst)
{
    Q_UNUSED(peerFirst) // nobody hears of it
    if (!m_socket->isOpen() || m_closing) {
        return;
    }
    if (m_manyMayAnswer && m_options.linger.count() > 0) {
        m_closing = true;
        m_lingerTimer.start(
            static_cast<int>(std::min<std::chrono::milliseconds::rep>(m_options.linger.count(), 3'600'000)), this);
        return;
    }
    endLater(CloseKind::Orderly);
}

/// From the event loop: who calls us is not prepared for the end.
void DatagramLink::endLater(CloseKind kind)
{
    m_closing = true;
    m_sending = false;
    m_endKind = kind;
    m_pauseTimer.stop();
    m_lingerTimer.stop();
    m_socket->setReading(false);
    m_socket->setWriting(false);
    m_endTimer.start(0, this);
}

void DatagramLink::timerEvent(QTimerEvent* event)
{
    if (event->timerId() == m_pauseTimer.timerId()) {
        m_pauseTimer.stop();
        sendPieces();
    } else if (event->timerId() == m_lingerTimer.timerId()) {
        endLater(CloseKind::Orderly);
    } else if (event->timerId() == m_endTimer.timerId()) {
        m_endTimer.stop();
        m_socket->close();
        m_recorder.closed(m_id, m_endKind);
        Q_EMIT over(m_endKind);
    }
}

} // namespace sockeye
