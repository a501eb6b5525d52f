// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/endpoint/many_core.h"

#include "protocol/text/describe_bytes.h"

#include <QTimerEvent>

#include <algorithm>

namespace sockeye {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

namespace {

constexpr int tick = 100; // ms

} // namespace

ManyCore::ManyCore(const std::shared_ptr<Recording>& recording)
    : m_recorder(recording)
    , m_connector(nullptr)
    , m_scratch(std::make_unique<char[]>(scratchSize))
{
    // Move to the I/O thread together with this.
    m_recorder.setParent(this);
    m_connector.setParent(this);
    connect(&m_connector, &Connector::attemptFailed, this,
        [this](const Failure& failure) { m_recorder.note(0, failure.what); });
    connect(&m_connector, &Connector::connected, this, [this] {
        newLink()->adopt(m_connector.takeStream());
        m_moreTimer.start(0, this);
    });
    connect(&m_connector, &Connector::failed, this, &ManyCore::failAll);
}

void ManyCore::start(const ManyOptions& options)
{
    m_options = options;
    m_options.connections = std::clamp(options.connections, 1, ManyConnections::maxConnections);
    m_expected = options.messages.join();
    m_summary.waiting = m_options.connections;
    m_startedAt = steady_clock::now();
    m_finished = false;
    if (options.tls.on) {
        const TlsContext::Made made = TlsContext::forClient(options.tls);
        if (!made) {
            failAll(made.error());
            return;
        }
        m_tls = *made;
    }
    m_timer.start(tick, this);
    m_recorder.notDone(*options.engine, options.socket, isUnixHost(options.host));
    m_connector.start(target());
}

Connector::Target ManyCore::target() const
{
    return { m_options.host, m_options.port, m_options.family, m_options.connectTimeout, Transport::Tcp,
        m_options.engine, m_options.socket, m_options.proxy };
}

ManyCore::Links::iterator ManyCore::newLink()
{
    const auto link = m_connecting.emplace(m_connecting.end(), *this, static_cast<quint32>(++m_begun));
    link->m_self = link;
    return link;
}

void ManyCore::beginMore()
{
    m_over.clear();
    while (!m_finished && m_begun < m_options.connections && m_connecting.size() < maxConnecting) {
        if (m_options.proxy) {
            newLink()->connectByProxy();
        } else {
            newLink()->connectTo(m_summary.peer);
        }
    }
    if (!m_finished && m_summary.waiting == 0) {
        finish();
    }
}

void ManyCore::opened(ManyLink& link)
{
    if (m_summary.peer.isNull()) {
        m_summary.peer = link.m_channel.stream().peer();
        if (m_options.proxy) {
            m_options.proxy->host = m_summary.peer.host.toString(); // looked up once
        }
    }
    m_talking.splice(m_talking.end(), m_connecting, link.m_self);
    touch(link);
    m_moreTimer.start(0, this);
}

void ManyCore::touch(ManyLink& link)
{
    link.m_lastActivity = steady_clock::now();
    m_talking.splice(m_talking.end(), m_talking, link.m_self);
}

void ManyCore::sent(ManyLink& link, qint64 size)
{
    m_summary.bytesOut += size;
    touch(link);
}

void ManyCore::received(ManyLink& link, qint64 size)
{
    m_summary.bytesIn += size;
    touch(link);
}

QString ManyCore::subject() const
{
    return m_options.proxy ? placeText(m_options.host, m_options.port) : m_summary.peer.placeText();
}

void ManyCore::noteFailure(quint32 connection, const Failure& failure)
{
    m_recorder.error(connection, codeName(failure.code), failure.oneLine());
    if (!m_summary.failure) {
        m_summary.failure = failure;
    }
}

void ManyCore::noteShort(const ManyLink& link, FailureCode code)
{
    noteFailure(link.id(), makeFailure(code, subject()));
    m_recorder.note(link.id(),
        tr("%1 of %2 bytes came back.").arg(groupedDigits(link.m_received), groupedDigits(m_expected.size())));
}

void ManyCore::ended(ManyLink& link, ManyLink::End end)
{
    switch (end) {
    case ManyLink::End::Intact:
        ++m_summary.intact;
        break;
    case ManyLink::End::Changed:
        ++m_summary.changed;
        break;
    case ManyLink::End::TooShort:
        ++m_summary.tooShort;
        break;
    case ManyLink::End::Failed:
        ++m_summary.failed;
        break;
    }
    --m_summary.waiting;
    m_over.splice(m_over.end(), link.m_open ? m_talking : m_connecting, link.m_self);
    m_moreTimer.start(0, this);
}

void ManyCore::failAll(const Failure& failure)
{
    m_recorder.error(0, codeName(failure.code), failure.oneLine());
    m_summary.failure = failure;
    m_summary.failed = std::exchange(m_summary.waiting, 0);
    finish();
}

void ManyCore::cancel()
{
    if (m_finished) {
        return;
    }
    m_connector.stop();
    for (Links* const links : { &m_connecting, &m_talking }) {
        while (!links->empty()) {
            links->front().giveUp();
        }
    }
    m_summary.failed += std::exchange(m_summary.waiting, 0);
    if (!m_summary.failure) {
        m_summary.failure.code = FailureCode::Other;
        m_summary.failure.what = tr("Cancelled.");
    }
    finish();
}

void ManyCore::finish()
{
    m_finished = true;
    m_timer.stop();
    m_recorder.flush(); // what is recorded is on its way before the end is told
    m_summary.nanoseconds = std::chrono::nanoseconds(steady_clock::now() - m_startedAt).count();
    Q_EMIT finished(m_summary);
}

void ManyCore::shutDown()
{
    m_finished = true;
    m_connector.stop();
    m_timer.stop();
    for (Links* const links : { &m_connecting, &m_talking }) {
        while (!links->empty()) {
            links->front().giveUp();
        }
    }
    m_moreTimer.stop();
    m_over.clear();
    m_recorder.flush();
}

void ManyCore::expire()
{
    const steady_clock::time_point now = steady_clock::now();
    const auto expireOlder = [&](Links& links, std::chrono::milliseconds patience) {
        while (patience > 0ms && !links.empty() && links.front().lastActivity() + patience <= now) {
            links.front().expire();
        }
    };
    expireOlder(m_connecting, m_options.connectTimeout);
    expireOlder(m_talking, m_options.replyTimeout);
}

void ManyCore::timerEvent(QTimerEvent* event)
{
    if (event->timerId() == m_moreTimer.timerId()) {
        m_moreTimer.stop();
        beginMore();
    } else if (event->timerId() == m_timer.timerId()) {
        expire();
        if (!m_finished) {
            Q_EMIT progressed(m_summary);
        }
    }
}

} // namespace sockeye
