// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/load/load_link.h"

#include "app/load/load_worker.h"

#include <algorithm>
#include <cstring>

namespace sockeye {

namespace {

constexpr qint64 retryAfter = 100'000'000; // ns: a server that is gone is asked ten times a second by each connection

} // namespace

LoadLink::LoadLink(LoadWorker& worker, qint64* since, qsizetype place)
    : m_worker(worker)
    , m_stream(worker.engine().newStream(this))
    , m_since(since)
    , m_next(place)
    , m_oldest(place)
{
}

int LoadLink::room() const
{
    if (m_worker.isFresh()) {
        return m_state == State::Closed ? 1 : 0;
    }
    return m_state == State::Open && m_unsent.isEmpty() ? m_worker.depth() - m_outstanding : 0;
}

void LoadLink::ask(int count, qint64 since, qint64 now)
{
    const int depth = m_worker.depth();
    if (m_outstanding == 0) {
        m_waitingFrom = now;
    }
    for (int i = 0; i < count; ++i) {
        int place = m_head + m_outstanding++;
        place -= place >= depth ? depth : 0;
        m_since[place] = since;
    }
    const LoadScript& script = m_worker.script();
    m_unsent = script.requests(m_next, count);
    m_next = (m_next + count) % script.length();
    if (!m_worker.isFresh() || connect(now)) {
        sendRest(now);
    }
}

void LoadLink::open(qint64 now)
{
    // Where it is established at once, as on this machine itself, writable() comes in the next turn.
    if (connect(now)) {
        m_stream->setWriting(true);
    }
}

/// False: it has failed already.
bool LoadLink::connect(qint64 now)
{
    m_state = State::Connecting;
    m_waitingFrom = now;
    const FailureCode code = m_stream->connectTo(m_worker.peer(), m_worker.socketOptions());
    if (code != FailureCode::None) {
        fail(connectError(code), now);
        return false;
    }
    return true;
}

/// Also while connecting: on this machine itself a connection often stands when connect() returns, which saves a turn.
void LoadLink::sendRest(qint64 now)
{
    const Stream::Transfer sent = m_stream->write(m_unsent);
    if (sent.status == Stream::Status::Ok) {
        m_worker.sent(sent.size);
        m_unsent = m_unsent.sliced(sent.size);
        if (m_state == State::Connecting) {
            m_state = State::Open;
            m_stream->setReading(true);
        }
        if (!m_unsent.isEmpty()) {
            m_stream->setWriting(true);
        }
    } else if (sent.status == Stream::Status::WouldBlock) {
        m_stream->setWriting(true);
    } else if (m_state == State::Connecting) {
        fail(connectError(m_stream->lastFailure()), now);
    } else {
        m_unsent = {}; // reading tells what happened, after what had come before
    }
}

void LoadLink::writable()
{
    const qint64 now = LoadWorker::now();
    if (m_state != State::Connecting && m_state != State::Open) {
        return;
    }
    m_stream->setWriting(false);
    if (m_state == State::Connecting) {
        const FailureCode code = m_stream->connectResult();
        if (code != FailureCode::None) {
            fail(connectError(code), now);
            return;
        }
        m_state = State::Open;
        m_stream->setReading(true);
        if (!m_worker.isFresh()) {
            m_worker.opened();
        }
    }
    if (!m_unsent.isEmpty()) {
        sendRest(now);
    }
    if (room() > 0) {
        m_worker.haveRoom(*this, now);
    }
}

void LoadLink::readable()
{
    if (m_state != State::Open && m_state != State::Ending) {
        return;
    }
    const Stream::Transfer transfer = m_stream->read(m_worker.scratch(), LoadWorker::scratchSize);
    const qint64 now = LoadWorker::now();
    if (transfer.status == Stream::Status::Ok) {
        m_worker.received(transfer.size);
        take({ m_worker.scratch(), transfer.size }, now);
    } else if (transfer.status != Stream::Status::WouldBlock) {
        lost(transfer, now);
    }
}

void LoadLink::take(QByteArrayView bytes, qint64 now)
{
    const LoadScript& script = m_worker.script();
    const int depth = m_worker.depth();
    while (!bytes.isEmpty()) {
        if (m_outstanding == 0) {
            wrong({}, bytes, now);
            return;
        }
        const QByteArray& expected = script.reply(m_oldest);
        const qsizetype part = std::min(expected.size() - m_got, bytes.size());
        if (std::memcmp(bytes.data(), expected.constData() + m_got, static_cast<std::size_t>(part)) != 0) {
            wrong(expected, bytes, now);
            return;
        }
        m_got += part;
        bytes = bytes.sliced(part);
        if (m_got < expected.size()) {
            return;
        }
        m_got = 0;
        m_worker.replied(m_since[m_head], now);
        m_waitingFrom = now;
        m_head = m_head + 1 == depth ? 0 : m_head + 1;
        m_oldest = m_oldest + 1 == script.length() ? 0 : m_oldest + 1;
        --m_outstanding;
    }
    if (m_worker.isFresh()) {
        exchanged(now);
    } else if (room() > 0) {
        m_worker.haveRoom(*this, now);
    }
}

/// Fresh: the reply is whole, and the side that closes first is the server, if that is its way: who closes first keeps
/// the port for a minute.
void LoadLink::exchanged(qint64 now)
{
    if (m_worker.serverCloses()) {
        m_state = State::Ending;
        const Stream::Transfer transfer = m_stream->read(m_worker.scratch(), LoadWorker::scratchSize);
        if (transfer.status == Stream::Status::WouldBlock) {
            return;
        }
        if (transfer.status == Stream::Status::Ok) {
            wrong({}, { m_worker.scratch(), transfer.size }, now);
            return;
        }
    }
    m_stream->close();
    m_state = State::Closed;
    m_worker.haveRoom(*this, now);
}

/// The first one is kept, with what has come of it.
void LoadLink::wrong(QByteArrayView expected, QByteArrayView rest, qint64 now)
{
    if (m_worker.wantsWrong()) {
        const LoadScript& script = m_worker.script();
        const bool unasked = expected.isEmpty();
        const qsizetype place = unasked ? (m_oldest + script.length() - 1) % script.length() : m_oldest;
        WrongReply reply;
        reply.request = script.requestAt(place);
        reply.sent = script.requests(place, 1).toByteArray();
        reply.expected = expected.toByteArray();
        reply.received = expected.first(m_got).toByteArray() + rest;
        m_worker.keepWrong(std::move(reply));
    }
    fail(LoadError::WrongReply, now);
}

void LoadLink::lost(const Stream::Transfer& transfer, qint64 now)
{
    if (m_state == State::Ending) { // as it should be
        m_stream->close();
        m_state = State::Closed;
        m_worker.haveRoom(*this, now);
    } else if (transfer.status == Stream::Status::EndOfStream) {
        fail(LoadError::ClosedEarly, now);
    } else {
        fail(transfer.status == Stream::Status::Reset ? LoadError::Reset : connectError(m_stream->lastFailure()), now);
    }
}

void LoadLink::fail(LoadError error, qint64 now)
{
    const int requests = m_outstanding;
    const bool talked = m_state == State::Open && m_worker.isFresh();
    const bool wasConnecting = m_state == State::Connecting;
    m_stream->close();
    m_outstanding = 0;
    m_unsent = {};
    m_got = 0;
    m_oldest = m_next;
    // A fresh connection that was there makes way for the next one at once. Everything else waits a little, so that
    // what fails in the moment in which it is tried does not go round in circles.
    m_state = talked ? State::Closed : State::Waiting;
    m_waitingFrom = now;
    m_worker.failed(error, requests, wasConnecting && !m_worker.isFresh());
    if (talked) {
        m_worker.haveRoom(*this, now);
    }
}

void LoadLink::checkTime(qint64 now)
{
    const qint64 waited = now - m_waitingFrom;
    switch (m_state) {
    case State::Closed:
        break;
    case State::Connecting:
        if (waited > m_worker.timeout()) {
            fail(LoadError::ConnectTimedOut, now);
        }
        break;
    case State::Open:
        if (m_outstanding > 0 && waited > m_worker.timeout()) {
            fail(LoadError::TimedOut, now);
        }
        break;
    case State::Ending: // the exchange was in order: then the end comes from this side
        if (waited > m_worker.timeout()) {
            m_stream->close();
            m_state = State::Closed;
            m_worker.haveRoom(*this, now);
        }
        break;
    case State::Waiting:
        if (waited > retryAfter) {
            m_state = State::Closed;
            if (m_worker.isFresh()) {
                m_worker.haveRoom(*this, now);
            } else {
                m_worker.reopen(*this);
            }
        }
        break;
    }
}

void LoadLink::close()
{
    m_stream->close();
    m_state = State::Closed;
    m_outstanding = 0;
    m_unsent = {};
}

} // namespace sockeye
