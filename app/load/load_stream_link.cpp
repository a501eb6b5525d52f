// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/load/load_stream_link.h"

#include "app/endpoint/connector.h"
#include "app/load/load_worker.h"
#include "app/tls/tls_stream.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace sockeye {

LoadStreamLink::LoadStreamLink(LoadWorker& worker, qint64* since, qsizetype place)
    : LoadLink(worker)
    , m_stream(worker.engine().newStream(this))
    , m_since(since)
    , m_next(place)
    , m_oldest(place)
{
}

LoadStreamLink::~LoadStreamLink() = default;

int LoadStreamLink::room() const
{
    if (m_worker.isFresh()) {
        return m_state == State::Closed ? 1 : 0;
    }
    return m_state == State::Open && m_unsent.isEmpty() ? m_worker.depth() - m_outstanding : 0;
}

void LoadStreamLink::ask(int count, qint64 since, qint64 now)
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
    if (!m_worker.isFresh()) {
        sendRest(now);
    } else if (connect(now)) {
        proceed(now);
    }
}

void LoadStreamLink::open(qint64 now)
{
    if (connect(now)) {
        proceed(now);
    }
}

/// False: it has failed already, or somebody else goes on.
bool LoadStreamLink::connect(qint64 now)
{
    m_state = State::Connecting;
    m_waitingFrom = now;
    if (m_worker.proxy()) {
        connectByProxy();
        return false;
    }
    if (m_worker.tls()) {
        m_spent = std::exchange(m_stream, m_worker.engine().newStream(this));
    }
    return tryConnect(now);
}

bool LoadStreamLink::tryConnect(qint64 now)
{
    const FailureCode code = m_stream->connectTo(m_worker.peer(), m_worker.socketOptions());
    m_waitsForBacklog = code == FailureCode::BacklogFull;
    if (code != FailureCode::None && !m_waitsForBacklog) {
        fail(connectError(code), now);
    }
    return code == FailureCode::None;
}

/// The attempt is under way. Where it is established at once, as on this machine itself, writable() comes in the next
/// turn; a fresh one can be written to even now.
void LoadStreamLink::proceed(qint64 now)
{
    if (m_worker.isPlain() && m_worker.isFresh()) {
        sendRest(now);
    } else {
        m_stream->setWriting(true);
    }
}

void LoadStreamLink::connectByProxy()
{
    if (!m_connector) { // in this thread, in which it looks at the time
        m_connector = std::make_unique<Connector>(nullptr);
        QObject::connect(m_connector.get(), &Connector::connected, m_connector.get(), [this] {
            m_spent = std::exchange(m_stream, m_connector->takeStream());
            m_stream->setOwner(*this);
            connected(LoadWorker::now());
        });
        QObject::connect(m_connector.get(), &Connector::failed, m_connector.get(),
            [this](const Failure& failure) { fail(connectError(failure.code), LoadWorker::now()); });
    }
    m_connector->start({ m_worker.plan().host, m_worker.plan().port, m_worker.plan().family, m_worker.plan().timeout,
        Transport::Tcp, &m_worker.engine(), m_worker.socketOptions(), m_worker.proxy() });
}

/// The connection stands: TLS comes next, if there is any.
void LoadStreamLink::connected(qint64 now)
{
    if (m_worker.tls()) {
        m_handshakeFrom = now;
        m_stream = startTls(std::move(m_stream), *this, m_worker.tls(), m_worker.plan().host,
            m_worker.resumes() ? m_earlier.get() : nullptr);
    } else {
        begin(now);
    }
}

void LoadStreamLink::secured()
{
    const qint64 now = LoadWorker::now();
    m_worker.secured(now - m_handshakeFrom, m_stream->tls()->isResumed());
    begin(now);
}

void LoadStreamLink::begin(qint64 now)
{
    m_spent.reset();
    m_state = State::Open;
    m_stream->setReading(true);
    if (!m_worker.isFresh()) {
        m_worker.opened();
    }
    if (!m_unsent.isEmpty()) {
        sendRest(now);
    }
    if (room() > 0) {
        m_worker.haveRoom(*this, now);
    }
}

/// Also while connecting: on this machine itself a connection often stands when connect() returns, which saves a turn.
void LoadStreamLink::sendRest(qint64 now)
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

void LoadStreamLink::writable()
{
    const qint64 now = LoadWorker::now();
    if (m_state != State::Connecting && m_state != State::Open) {
        return;
    }
    m_stream->setWriting(false);
    if (m_state == State::Connecting) {
        const FailureCode code = m_stream->connectResult();
        if (code == FailureCode::None) {
            connected(now);
        } else {
            fail(connectError(code), now);
        }
        return;
    }
    if (!m_unsent.isEmpty()) {
        sendRest(now);
    }
    if (room() > 0) {
        m_worker.haveRoom(*this, now);
    }
}

void LoadStreamLink::readable()
{
    const bool isHandshake = m_state == State::Connecting && m_stream->isSecuring(); // which failed
    if (m_state != State::Open && m_state != State::Ending && !isHandshake) {
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

/// The oldest outstanding request, with the right reply.
inline void LoadStreamLink::answered(qint64 now)
{
    m_got = 0;
    m_worker.replied(m_since[m_head], now);
    m_waitingFrom = now;
    m_head = m_head + 1 == m_worker.depth() ? 0 : m_head + 1;
    m_oldest = m_oldest + 1 == m_worker.script().length() ? 0 : m_oldest + 1;
    --m_outstanding;
}

void LoadStreamLink::take(QByteArrayView bytes, qint64 now)
{
    const LoadScript& script = m_worker.script();
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
        if (m_worker.untilClose()) {
            if (!bytes.isEmpty()) {
                wrong(expected, bytes, now);
            } else if (m_state != State::Ending) {
                awaitEnd(now);
            }
            return;
        }
        answered(now);
    }
    if (m_worker.isFresh()) {
        exchanged(now);
    } else if (room() > 0) {
        m_worker.haveRoom(*this, now);
    }
}

/// Fresh: the reply is whole, and the side that closes first is the server, if that is its way: who closes first keeps
/// the port for a minute.
void LoadStreamLink::exchanged(qint64 now)
{
    if (m_worker.serverCloses()) {
        awaitEnd(now);
    } else {
        hangUp();
        m_worker.haveRoom(*this, now);
    }
}

/// It may be here already, which saves a turn.
void LoadStreamLink::awaitEnd(qint64 now)
{
    m_state = State::Ending;
    const Stream::Transfer transfer = m_stream->read(m_worker.scratch(), LoadWorker::scratchSize);
    if (transfer.status == Stream::Status::Ok) {
        m_worker.received(transfer.size);
        take({ m_worker.scratch(), transfer.size }, now);
    } else if (transfer.status != Stream::Status::WouldBlock) {
        lost(transfer, now);
    }
}

void LoadStreamLink::hangUp()
{
    if (m_worker.resumes() && m_stream->tls() != nullptr) {
        if (openssl::ResumptionHandle agreed = m_stream->tls()->resumption()) {
            m_earlier = std::move(agreed);
        }
    }
    m_stream->close();
    m_state = State::Closed;
}

/// The first one is kept, with what has come of it.
void LoadStreamLink::wrong(QByteArrayView expected, QByteArrayView rest, qint64 now)
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

void LoadStreamLink::lost(const Stream::Transfer& transfer, qint64 now)
{
    const bool isEnd = transfer.status == Stream::Status::EndOfStream;
    if (m_state == State::Ending && (isEnd || m_outstanding == 0)) { // as it should be
        if (m_outstanding > 0) {
            answered(now); // until the end of the stream
        }
        hangUp();
        m_worker.haveRoom(*this, now);
    } else if (m_stream->tls() != nullptr && transfer.status == Stream::Status::Failed) {
        fail(connectError(m_stream->failure(transfer.status, {}).code), now);
    } else if (isEnd) {
        fail(LoadError::ClosedEarly, now);
    } else {
        fail(transfer.status == Stream::Status::Reset ? LoadError::Reset : connectError(m_stream->lastFailure()), now);
    }
}

void LoadStreamLink::fail(LoadError error, qint64 now)
{
    const int requests = m_outstanding;
    const bool talked =
        m_worker.isFresh() && (m_state == State::Open || (m_state == State::Ending && m_worker.untilClose()));
    const bool wasConnecting = m_state == State::Connecting;
    close();
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

void LoadStreamLink::checkTime(qint64 now)
{
    const qint64 waited = now - m_waitingFrom;
    switch (m_state) {
    case State::Closed:
        break;
    case State::Connecting:
        if (waited > m_worker.timeout()) {
            const bool isSecuring = m_stream->isSecuring();
            fail(isSecuring ? LoadError::TlsFailed : LoadError::ConnectTimedOut, now);
        } else if (m_waitsForBacklog && tryConnect(now)) {
            proceed(now);
        }
        break;
    case State::Open:
        if (m_outstanding > 0 && waited > m_worker.timeout()) {
            fail(LoadError::TimedOut, now);
        }
        break;
    case State::Ending:
        if (waited <= m_worker.timeout()) {
            break;
        }
        if (m_outstanding > 0) { // the end is a part of the reply
            fail(LoadError::TimedOut, now);
        } else { // the exchange was in order: then the end comes from this side
            hangUp();
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

void LoadStreamLink::close()
{
    if (m_connector) {
        m_connector->stop();
    }
    m_stream->close();
    m_waitsForBacklog = false;
    m_state = State::Closed;
    m_outstanding = 0;
    m_unsent = {};
}

} // namespace sockeye
