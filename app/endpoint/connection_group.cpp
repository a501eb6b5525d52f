// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/endpoint/connection_group.h"

#include "protocol/json/json_writer.h"
#include "protocol/protocols/app/message.h"

#include <QAbstractEventDispatcher>
#include <QCoreApplication>
#include <QEvent>
#include <QTimer>

#include <algorithm>

namespace sockeye {

using namespace std::chrono_literals;

namespace {

/// A buffer that one big reply has blown up is not kept.
constexpr qsizetype maxKeptReplies = 1024 * 1024;

const QEvent::Type answerEvent = static_cast<QEvent::Type>(QEvent::registerEventType());

} // namespace

ConnectionGroup::ConnectionGroup(const ServerOptions& options, std::shared_ptr<const Service> service,
    const std::shared_ptr<Recording>& recording, std::shared_ptr<ServerCounters> counters, int index)
    : StreamGroup(recording, std::move(counters), index)
    , m_options(options)
    , m_service(std::move(service))
    , m_scratch(std::make_unique<char[]>(scratchSize))
{
}

bool ConnectionGroup::event(QEvent* event)
{
    if (event->type() == answerEvent) {
        goOn();
        return true;
    }
    return StreamGroup::event(event);
}

void ConnectionGroup::add(std::unique_ptr<Stream> stream, quint32 id, bool overLimit)
{
    deleteClosed();
    Connection& connection = m_connections.add(*this, std::move(stream), id);
    m_most = std::max(m_most, m_connections.openCount());
    if (m_options.idleTimeout > 0ms) {
        armTimer(connection.lastActivity() + m_options.idleTimeout);
    }
    if (overLimit) {
        connection.turnAway(m_service->lastWords());
    } else {
        connection.open();
    }
}

void ConnectionGroup::setService(std::shared_ptr<const Service> service)
{
    sendHeld();
    const std::shared_ptr<const Service> old = std::exchange(m_service, std::move(service));
    for (const Phase phase : ConnectionLists::openPhases) {
        for (Connection& connection : m_connections.at(phase)) {
            connection.setService(*m_service);
        }
    }
}

/// Has held replies written when what was ready has been dealt with.
void ConnectionGroup::watchTurns()
{
    // Every dispatcher says this between handling what was ready and waiting for more.
    m_watchesTurns = true;
    connect(QAbstractEventDispatcher::instance(), &QAbstractEventDispatcher::awake, this, [this] {
        if (!m_outbox.isEmpty()) {
            sendHeld();
        }
    });
}

void ConnectionGroup::hold(Connection& connection, QByteArrayView replies)
{
    if (!m_watchesTurns) {
        watchTurns();
    }
    m_outbox.hold(connection, replies);
    if (m_outbox.isFull()) {
        sendHeld();
    }
}

/// For what a user does to that connection.
Connection* ConnectionGroup::find(quint32 id)
{
    sendHeld();
    return m_connections.find(id);
}

void ConnectionGroup::finishConnection(quint32 id)
{
    if (Connection* const connection = find(id)) {
        connection->finish();
    }
}

void ConnectionGroup::resetConnection(quint32 id)
{
    if (Connection* const connection = find(id)) {
        connection->reset();
    }
}

void ConnectionGroup::halfCloseConnection(quint32 id)
{
    if (Connection* const connection = find(id)) {
        connection->halfClose();
    }
}

void ConnectionGroup::setStalled(quint32 id, bool stalled)
{
    if (Connection* const connection = find(id)) {
        connection->setStalled(stalled);
    }
}

void ConnectionGroup::enterRoom(Connection& connection)
{
    if (m_room != nullptr) {
        m_members.emplace(connection.id(), &connection);
        m_room->join(connection.id());
    }
}

void ConnectionGroup::leaveRoom(Connection& connection)
{
    if (m_members.erase(connection.id()) > 0) {
        m_room->leave(connection.id());
    }
}

void ConnectionGroup::deliver(const std::vector<RoomDelivery>& deliveries)
{
    sendHeld();
    deleteClosed();
    // One that is sent to may turn out to be gone: it leaves the room, but not the memory, while we are here.
    std::vector<Connection*> members;
    members.reserve(m_members.size());
    for (const auto& [id, connection] : m_members) {
        members.push_back(connection);
    }
    for (const RoomDelivery& delivery : deliveries) {
        if (delivery.toAllOthers) {
            for (Connection* const member : members) {
                if (member->id() != delivery.member) {
                    member->deliver(delivery.bytes);
                }
            }
        } else if (const auto found = m_members.find(delivery.member); found != m_members.end()) {
            found->second->deliver(delivery.bytes);
        }
    }
}

void ConnectionGroup::sendByHand(const HandSending& sending)
{
    sendHeld();
    deleteClosed();
    qsizetype unsent = 0;
    std::vector<quint32> ids;
    for (const Phase phase : ConnectionLists::openPhases) {
        for (const Connection& connection : m_connections.at(phase)) {
            unsent += connection.unsent();
            ids.push_back(connection.id());
        }
    }
    SentReport report(sending.bytes.size());
    for (const quint32 id : sending.to ? *sending.to : ids) {
        Connection* const connection = m_connections.find(id);
        if (connection == nullptr) {
            continue; // it lives in another group, or was closed
        }
        if (sending.bytes.size() > HandSending::most || unsent + sending.bytes.size() > mostByHand) {
            report.take(id, sending.bytes.size() > HandSending::most ? NotSent::TooLong : NotSent::NoRoom);
            continue;
        }
        unsent -= connection->unsent();
        report.take(id, connection->sendByHand(sending.bytes));
        unsent += connection->unsent();
    }
    Q_EMIT sentByHand(sending.number, report);
}

void ConnectionGroup::touch(Connection& connection)
{
    m_connections.touch(connection);
}

void ConnectionGroup::moveTo(Connection& connection, Connection::Phase phase)
{
    if (connection.m_phase == phase) {
        return;
    }
    m_connections.move(connection, phase);
    switch (phase) {
    case Connection::Phase::Waiting:
        if (m_options.idleTimeout > 0ms) {
            armTimer(connection.lastActivity() + m_options.idleTimeout);
        }
        break;
    case Connection::Phase::Draining:
        armTimer(connection.lastActivity() + m_options.linger);
        break;
    case Connection::Phase::Stalled:
        armTimer(connection.lastActivity() + stalledCheck);
        break;
    case Connection::Phase::Closed:
        if (isPastCrowd()) {
            armTimer(connection.lastActivity()); // when none of them is on the stack
        }
        oneLess(connection.m_overLimit);
        break;
    }
}

void ConnectionGroup::answerIsThere(quint32 id)
{
    m_answered.push_back(id);
    if (m_answered.size() == 1) {
        QCoreApplication::postEvent(this, new QEvent(answerEvent));
    }
}

void ConnectionGroup::listenForSilence(quint32 id, int patience, qint64 received)
{
    if (patience <= 0) {
        return;
    }
    QTimer::singleShot(patience, Qt::PreciseTimer, this, [this, id, received] {
        deleteClosed();
        if (Connection* const connection = m_connections.find(id)) {
            connection->silence(received);
        }
    });
}

void ConnectionGroup::goOn()
{
    deleteClosed();
    for (const quint32 id : std::exchange(m_answered, {})) {
        if (Connection* const connection = m_connections.find(id)) {
            connection->answerIsThere();
        }
    }
}

void ConnectionGroup::deleteClosed()
{
    m_connections.deleteClosed();
    if (m_replies.capacity() > maxKeptReplies) {
        m_replies = {};
    }
}

void ConnectionGroup::finishThem(Clock::time_point due)
{
    sendHeld();
    armTimer(due);
    for (const Phase phase : { Phase::Waiting, Phase::Stalled }) {
        List& connections = m_connections.at(phase);
        for (auto it = connections.begin(); it != connections.end();) {
            Connection& connection = *it++; // it moves to another list
            if (connection.unsent() > 0) {
                connection.finish();
            } else {
                connection.closeNow();
            }
        }
    }
}

void ConnectionGroup::closeThem()
{
    sendHeld();
    closeOpen();
    deleteClosed();
    m_timer.stop();
}

} // namespace sockeye
