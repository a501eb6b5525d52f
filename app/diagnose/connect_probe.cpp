// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/diagnose/connect_probe.h"

#include "app/net/engines/engines.h"
#include "app/tls/tls_session.h"
#include "app/tls/tls_stream.h"

#include <QTimerEvent>

#include <algorithm>
#include <array>

namespace sockeye {

using namespace std::chrono;

namespace {

/// How long a peer that wants to be rid of us has to say so.
constexpr int lookMilliseconds = 250;

} // namespace

ConnectProbe::ConnectProbe(QObject* parent)
    : QObject(parent)
    , m_stream(defaultEngine().newStream(this))
{
}

void ConnectProbe::start(const SocketAddress& address, milliseconds timeout,
    const std::shared_ptr<const TlsContext>& tls, const QString& host)
{
    m_tls = tls;
    m_host = host;
    m_timeout = timeout;
    m_startedAt = steady_clock::now();
    const FailureCode code = m_stream->connectTo(address, {});
    if (code != FailureCode::None) {
        failed(code, m_stream->lastError());
        return;
    }
    m_stream->setWriting(true);
    startTimer(timeout);
}

void ConnectProbe::startTimer(milliseconds timeout)
{
    m_timer.start(static_cast<int>(std::clamp<milliseconds::rep>(timeout.count(), 1, 24 * 3600 * 1000)), this);
}

void ConnectProbe::failed(FailureCode code, int error)
{
    // What the system refuses a client is never a port below 1024.
    m_outcome.code = code == FailureCode::NotPermitted ? FailureCode::Forbidden : code;
    m_outcome.error = error;
    m_outcome.took = m_outcome.connected ? m_outcome.took : steady_clock::now() - m_startedAt;
    m_over = true;
    m_timer.start(0, this);
}

void ConnectProbe::writable()
{
    m_stream->setWriting(false);
    const FailureCode code = m_stream->connectResult();
    if (code != FailureCode::None) {
        // A no to the attempt itself is told as refused: this one came when the connection stood already.
        m_outcome.connected = code == FailureCode::Reset;
        m_outcome.took = steady_clock::now() - m_startedAt;
        failed(code, m_stream->lastError());
        return;
    }
    m_outcome.took = steady_clock::now() - m_startedAt;
    m_outcome.connected = true;
    if (m_tls) {
        m_stream = startTls(std::move(m_stream), *this, m_tls, m_host);
        startTimer(m_timeout);
    } else {
        m_timer.start(lookMilliseconds, this);
    }
    m_stream->setReading(true);
}

void ConnectProbe::secured()
{
    m_outcome.tls = std::make_shared<const TlsFacts>(m_stream->tls()->facts());
    m_timer.start(lookMilliseconds, this);
}

void ConnectProbe::readable()
{
    std::array<char, 4096> bytes {};
    const Stream::Transfer transfer = m_stream->read(bytes.data(), bytes.size());
    switch (transfer.status) {
    case Stream::Status::Ok:
        m_outcome.greeting = transfer.size;
        break;
    case Stream::Status::WouldBlock:
        return;
    case Stream::Status::EndOfStream:
        m_outcome.closedAtOnce = true;
        break;
    case Stream::Status::Reset:
        m_stream->setReading(false);
        failed(m_stream->isSecuring() ? FailureCode::TlsEnded : FailureCode::Reset, m_stream->lastError());
        return;
    case Stream::Status::Failed:
        m_stream->setReading(false);
        m_outcome.detail = m_stream->tls() != nullptr ? m_stream->tls()->failureDetail() : QString();
        failed(m_stream->failure(transfer.status, {}).code, m_stream->lastError());
        return;
    }
    m_stream->setReading(false);
    m_over = true;
    m_timer.start(0, this);
}

void ConnectProbe::end()
{
    m_timer.stop();
    m_stream->close();
    Q_EMIT ended(m_outcome);
}

void ConnectProbe::timerEvent(QTimerEvent* event)
{
    if (event->timerId() != m_timer.timerId()) {
        return;
    }
    if (!m_over && !m_outcome.connected) {
        m_outcome.code = FailureCode::TimedOut;
        m_outcome.took = steady_clock::now() - m_startedAt;
    } else if (!m_over && m_stream->isSecuring()) {
        m_outcome.code = FailureCode::TlsSilent;
    }
    end();
}

} // namespace sockeye
