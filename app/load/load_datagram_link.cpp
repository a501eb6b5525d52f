// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/load/load_datagram_link.h"

#include "app/load/load_worker.h"

#include <algorithm>

namespace sockeye {

namespace {

constexpr int mostAtOnce = 64; // datagrams that a turn takes, so that other links have theirs

} // namespace

LoadDatagramLink::LoadDatagramLink(LoadWorker& worker, qsizetype place)
    : LoadLink(worker)
    , m_next(place)
    , m_state(worker.isFresh() ? State::Open : State::Closed)
{
    for (Line& line : m_lines) {
        line.link = this;
        line.outstanding.reserve(static_cast<std::size_t>(worker.depth()));
    }
}

LoadDatagramLink::~LoadDatagramLink() = default;

int LoadDatagramLink::room() const
{
    const Line& line = present();
    if (m_state != State::Open || m_unsent > 0 || (line.retires && !m_worker.isFresh())) {
        return 0;
    }
    return m_worker.depth() - static_cast<int>(line.outstanding.size());
}

void LoadDatagramLink::open(qint64 now)
{
    m_state = State::Open;
    if (const FailureCode code = renew(now); code != FailureCode::None) {
        fail(code, now, true);
        return;
    }
    m_worker.opened();
    m_worker.haveRoom(*this, now);
}

/// Another socket takes the place of the present one, which listens on for as long as a reply may take.
FailureCode LoadDatagramLink::renew(qint64 now)
{
    present().closesAt = now + m_worker.timeout();
    m_present = 1 - m_present;
    Line& line = present();
    line.lost.clear();
    line.retires = false;
    if (!line.socket) {
        line.socket = m_worker.engine().newDatagramSocket(&line);
    }
    const FailureCode code = line.socket->connectTo(m_worker.peer(), m_worker.socketOptions());
    if (code == FailureCode::None) {
        line.socket->setReading(true);
    }
    return code;
}

void LoadDatagramLink::ask(int count, qint64 since, qint64 now)
{
    const LoadScript& script = m_worker.script();
    const FailureCode code = m_worker.isFresh() ? renew(now) : FailureCode::None;
    for (int i = 0; i < count; ++i) {
        present().outstanding.push_back({ since, now, m_next });
        m_next = m_next + 1 == script.length() ? 0 : m_next + 1;
    }
    if (code != FailureCode::None) {
        fail(code, now);
        return;
    }
    m_unsent += static_cast<std::size_t>(count);
    sendRest();
}

/// What there is no room for waits for writable().
void LoadDatagramLink::sendRest()
{
    Line& line = present();
    const qint64 now = LoadWorker::now();
    bool hasFailed = false;
    while (m_unsent > 0) {
        const Asked& next = line.outstanding[line.outstanding.size() - m_unsent];
        const QByteArrayView bytes = m_worker.script().requests(next.place, 1);
        const DatagramSocket::Status status = line.socket->send(bytes);
        if (status == DatagramSocket::Status::WouldBlock) {
            line.socket->setWriting(true);
            return;
        }
        if (status == DatagramSocket::Status::Failed) {
            // The error may be of an earlier datagram, which the system tells first: then this one was not sent.
            const bool isOfEarlier =
                line.socket->lastFailure() == FailureCode::Refused && !hasFailed && line.outstanding.size() > m_unsent;
            if (!isOfEarlier) {
                fail(line.socket->lastFailure(), now);
                return;
            }
            hasFailed = true;
            continue;
        }
        m_worker.sent(bytes.size());
        --m_unsent;
    }
    line.socket->setWriting(false);
}

void LoadDatagramLink::receive(Line& line)
{
    const int most = std::min(mostAtOnce, m_worker.depth()); // with one outstanding a second look would be in vain
    for (int i = 0; i < most && line.socket->isOpen(); ++i) {
        const DatagramSocket::Received came = line.socket->receive(m_worker.scratch(), LoadWorker::scratchSize);
        if (came.status == DatagramSocket::Status::WouldBlock) {
            return;
        }
        const qint64 now = LoadWorker::now();
        if (came.status == DatagramSocket::Status::Ok) {
            m_worker.received(came.size);
            take(line, { m_worker.scratch(), came.size }, now);
        } else if (&line == &present()) {
            fail(line.socket->lastFailure(), now);
            return;
        } else {
            line.socket->close(); // nothing more comes late
            return;
        }
    }
}

void LoadDatagramLink::take(Line& line, QByteArrayView bytes, qint64 now)
{
    const LoadScript& script = m_worker.script();
    const bool isPresent = &line == &present();
    const auto sent = line.outstanding.end() - static_cast<qsizetype>(isPresent ? m_unsent : 0);
    const auto asked = std::find_if(
        line.outstanding.begin(), sent, [&](const Asked& each) { return bytes == script.reply(each.place); });
    if (asked != sent) {
        m_worker.replied(asked->since, now);
        line.outstanding.erase(asked);
        goOn(now);
        return;
    }
    const auto late = std::ranges::find_if(line.lost, [&](qsizetype place) { return bytes == script.reply(place); });
    if (late != line.lost.end()) {
        line.lost.erase(late);
        ++m_worker.datagrams().late;
    } else if (script.hasReply(bytes)) {
        ++m_worker.datagrams().duplicate;
    } else if (isPresent && sent != line.outstanding.begin()) {
        wrong(line, bytes);
        goOn(now);
    } else {
        ++m_worker.datagrams().foreign;
    }
}

/// Counts for the oldest request that is outstanding. The first one is kept.
void LoadDatagramLink::wrong(Line& line, QByteArrayView bytes)
{
    const qsizetype place = line.outstanding.front().place;
    if (m_worker.wantsWrong()) {
        const LoadScript& script = m_worker.script();
        WrongReply reply;
        reply.request = script.requestAt(place);
        reply.sent = script.requests(place, 1).toByteArray();
        reply.expected = script.reply(place);
        reply.received = bytes.toByteArray();
        m_worker.keepWrong(std::move(reply));
    }
    line.outstanding.erase(line.outstanding.begin());
    m_worker.failed(LoadError::WrongReply, 1, false);
}

/// There may be room for the next one, or nothing left to wait for on a socket that gets no new ones.
void LoadDatagramLink::goOn(qint64 now)
{
    if (present().retires && present().outstanding.empty() && !m_worker.isFresh()) {
        if (const FailureCode code = renew(now); code != FailureCode::None) {
            fail(code, now);
            return;
        }
    }
    if (room() > 0) {
        m_worker.haveRoom(*this, now);
    }
}

void LoadDatagramLink::fail(FailureCode code, qint64 now, bool opening)
{
    Line& line = present();
    const auto requests = static_cast<int>(line.outstanding.size());
    line.socket->close();
    line.outstanding.clear();
    line.lost.clear();
    m_unsent = 0;
    m_state = State::Waiting;
    m_waitingFrom = now;
    m_worker.failed(connectError(code), requests, opening);
}

void LoadDatagramLink::loseOverdue(qint64 now)
{
    Line& line = present();
    int count = 0;
    while (!line.outstanding.empty() && now - line.outstanding.front().at > m_worker.timeout()) {
        line.lost.push_back(line.outstanding.front().place);
        line.outstanding.erase(line.outstanding.begin());
        line.retires = true;
        ++count;
    }
    if (count > 0) {
        m_unsent = std::min(m_unsent, line.outstanding.size());
        m_worker.lost(count);
        goOn(now);
    }
}

void LoadDatagramLink::checkTime(qint64 now)
{
    Line& before = m_lines[1 - m_present];
    if (before.socket && before.socket->isOpen() && now > before.closesAt) {
        before.socket->close();
    }
    if (m_state == State::Open) {
        loseOverdue(now);
    } else if (m_state == State::Waiting && now - m_waitingFrom > retryAfter) {
        if (m_worker.isFresh()) {
            m_state = State::Open;
            m_worker.haveRoom(*this, now);
        } else {
            m_state = State::Closed;
            m_worker.reopen(*this);
        }
    }
}

void LoadDatagramLink::close()
{
    for (Line& line : m_lines) {
        if (line.socket) {
            line.socket->close();
        }
        line.outstanding.clear();
        line.lost.clear();
    }
    m_unsent = 0;
    m_state = State::Closed;
}

} // namespace sockeye
