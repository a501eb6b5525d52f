// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/load/datagram_question.h"

#include <QTimerEvent>

#include <algorithm>
#include <utility>

namespace sockeye {

namespace {

constexpr qsizetype longestDatagram = 64 * 1024;

} // namespace

DatagramQuestion::DatagramQuestion(QObject* parent)
    : QObject(parent)
{
}

void DatagramQuestion::ask(
    std::unique_ptr<DatagramSocket> socket, const QByteArray& request, std::chrono::milliseconds timeout)
{
    m_spent = std::exchange(m_socket, std::move(socket));
    m_socket->setOwner(*this);
    m_request = request;
    m_timeout = timeout;
    m_tried = 0;
    m_socket->setReading(true);
    trySend();
}

void DatagramQuestion::stop()
{
    m_timer.stop();
    if (m_socket) {
        m_socket->close();
    }
}

void DatagramQuestion::trySend()
{
    ++m_tried;
    m_timer.start(static_cast<int>(std::min<qint64>(m_timeout.count(), 3'600'000)), this);
    writable();
}

void DatagramQuestion::writable()
{
    const DatagramSocket::Status status = m_socket->send(m_request);
    m_socket->setWriting(status == DatagramSocket::Status::WouldBlock);
    if (status == DatagramSocket::Status::Failed) {
        fail(m_socket->lastFailure());
    }
}

void DatagramQuestion::readable()
{
    QByteArray reply(longestDatagram, Qt::Uninitialized);
    const DatagramSocket::Received came = m_socket->receive(reply.data(), reply.size());
    if (came.status == DatagramSocket::Status::Ok) {
        reply.truncate(came.size);
        stop();
        Q_EMIT answered(reply);
    } else if (came.status == DatagramSocket::Status::Failed) {
        fail(m_socket->lastFailure());
    }
}

void DatagramQuestion::fail(FailureCode code)
{
    stop();
    Q_EMIT failed(code);
}

void DatagramQuestion::timerEvent(QTimerEvent* event)
{
    if (event->timerId() == m_timer.timerId()) {
        if (m_tried < tries) {
            trySend();
        } else {
            fail(FailureCode::NoReply);
        }
    }
}

} // namespace sockeye
