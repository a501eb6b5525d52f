// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The one timer of a group: who was silent for too long, who may still say its last word, who is looked after although
// nothing is read from it.

#include "app/endpoint/connection_group.h"

#include "app/platform/freed_memory.h"

#include <QTimerEvent>

#include <algorithm>

namespace sockeye {

using namespace std::chrono_literals;

void ConnectionGroup::armTimer(Clock::time_point deadline)
{
    if (!m_timer.isActive() || deadline < m_timerDue) {
        m_timerDue = deadline;
        const auto wait = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
        m_timer.start(static_cast<int>(std::clamp<std::chrono::milliseconds::rep>(wait, 0, 24 * 3600 * 1000)), this);
    }
}

void ConnectionGroup::timerEvent(QTimerEvent* event)
{
    if (event->timerId() == m_timer.timerId()) {
        m_timer.stop();
        sendHeld();
        deleteClosed();
        if (isPastCrowd()) {
            m_most = m_connections.openCount();
            returnFreedMemory();
        }
        expire();
    }
}

void ConnectionGroup::closeOpen()
{
    for (const Phase phase : ConnectionLists::openPhases) {
        while (!m_connections.at(phase).empty()) {
            m_connections.at(phase).front().closeNow();
        }
    }
}

void ConnectionGroup::expire()
{
    const Clock::time_point now = Clock::now();
    if (isOverdue(now)) {
        closeOpen();
        return;
    }
    if (m_options.idleTimeout > 0ms) {
        expireIdle(now);
    }
    List& draining = m_connections.at(Phase::Draining);
    while (!draining.empty() && draining.front().lastActivity() + m_options.linger <= now) {
        draining.front().closeNow();
    }
    if (!draining.empty()) {
        armTimer(draining.front().lastActivity() + m_options.linger);
    }
    List& stalled = m_connections.at(Phase::Stalled);
    for (auto it = stalled.begin(); it != stalled.end();) {
        (it++)->checkStalled();
    }
    if (!stalled.empty()) {
        armTimer(now + stalledCheck);
    }
    if (const auto due = finishBy()) {
        armTimer(*due); // however late the others are due
    }
}

void ConnectionGroup::expireIdle(Clock::time_point now)
{
    List& waiting = m_connections.at(Phase::Waiting);
    const auto idle = m_options.idleTimeout;
    while (!waiting.empty() && waiting.front().lastActivity() + idle <= now) {
        // Who only listens is no silent peer: in a room, half a line is waited for, but not the next one. Nor is one
        // that waits for us.
        Connection& connection = waiting.front();
        if (connection.isAnswerPending() || (m_room != nullptr && connection.isAtRest())) {
            touch(connection);
        } else {
            connection.closeIdle(idle);
        }
    }
    if (!waiting.empty()) {
        armTimer(waiting.front().lastActivity() + idle);
    }
}

} // namespace sockeye
