// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/load/load_worker.h"

#include "app/load/load_datagram_link.h"
#include "app/load/load_stream_link.h"
#include "app/platform/thread_cost.h"

#include <QTimerEvent>

#include <algorithm>
#include <limits>

namespace sockeye {

namespace {

constexpr qint64 tickLength = 100; // ms
constexpr qint64 neverEnds = std::numeric_limits<qint64>::max();

/// This thread's part of something that all share, the first ones one more where it does not divide.
qint64 partOf(qint64 total, int threads, int thread)
{
    return total / threads + (thread < total % threads ? 1 : 0);
}

} // namespace

LoadWorker::LoadWorker(const Share& share)
    : m_share(share)
    , m_depth(share.plan.outstanding())
    , m_timeout(std::chrono::nanoseconds(share.plan.timeout).count())
    , m_scratch(std::make_unique<char[]>(scratchSize))
    , m_paceTimer(this)
    , m_slice(std::make_unique<LoadSlice>())
    , m_sliceEnd(neverEnds)
    , m_limit(partOf(share.plan.requests, share.threads, share.thread))
    , m_isPlain(share.plan.transport == Transport::Tcp && !share.tls && !share.plan.proxy)
    , m_untilClose(share.plan.untilClose)
{
    // Who writes once and waits needs not spend a call on it.
    m_share.plan.socket.noDelay = m_share.plan.socket.noDelay && !(isFresh() && m_isPlain);
    const auto connections = partOf(share.plan.connections, share.threads, share.thread);
    if (share.plan.transport == Transport::Tcp) {
        m_times.resize(static_cast<std::size_t>(connections * m_depth));
    }
    for (qint64 i = 0; i < connections; ++i) {
        const qsizetype place = (i * share.threads + share.thread) % script().length();
        if (share.plan.transport == Transport::Udp) {
            m_links.push_back(std::make_unique<LoadDatagramLink>(*this, place));
        } else {
            m_links.push_back(std::make_unique<LoadStreamLink>(*this, m_times.data() + i * m_depth, place));
        }
    }
    m_free.resize(m_links.size());
    connect(&m_paceTimer, &PaceTimer::due, this, [this] { pump(now()); });
}

void LoadWorker::prepare()
{
    m_phase = Phase::Opening;
    m_tickTimer.start(static_cast<int>(std::clamp<qint64>(m_share.plan.timeout.count() / 4, 5, tickLength)), this);
    if (!isFresh()) {
        for (const auto& link : m_links) {
            m_toOpen.push_back(link.get());
        }
        openQueued();
    }
    checkReady();
}

void LoadWorker::openQueued()
{
    const qint64 at = now();
    while (!m_toOpen.empty() && m_connecting < maxConnecting) {
        LoadLink* const link = m_toOpen.front();
        m_toOpen.pop_front();
        ++m_connecting;
        link->open(at);
    }
}

void LoadWorker::opened()
{
    --m_connecting;
    if (!m_toOpen.empty()) {
        m_openTimer.start(0, this);
    }
    checkReady();
}

void LoadWorker::reopen(LoadLink& link)
{
    if (m_phase != Phase::Draining && m_phase != Phase::Over) {
        m_toOpen.push_back(&link);
        m_openTimer.start(0, this);
    }
}

void LoadWorker::checkReady()
{
    if (m_phase == Phase::Opening && m_toOpen.empty() && m_connecting == 0) {
        m_phase = Phase::Idle;
        Q_EMIT ready();
    }
}

void LoadWorker::begin(qint64 start)
{
    if (m_phase != Phase::Idle) {
        return;
    }
    m_phase = Phase::Asking;
    m_start = start;
    m_end = m_share.plan.duration.count() > 0 ? start + std::chrono::nanoseconds(m_share.plan.duration).count() : 0;
    m_sliceEnd = start;
    m_slice->index = -1;
    const qint64 at = now();
    if (m_share.plan.isOpenLoop()) {
        // From now on while it warms up; a thread that comes late owes what was due since the start.
        m_pace = Pace(std::min(at, start), m_share.plan.rate, m_share.threads, m_share.thread);
    }
    if (m_share.plan.requests > 0 && m_limit == 0) { // fewer requests than threads
        finish(at);
        return;
    }
    if (at >= start) {
        cut(at);
    }
    for (const auto& link : m_links) {
        if (link->room() > 0) {
            haveRoom(*link, now());
        }
    }
    tick();
}

void LoadWorker::haveRoom(LoadLink& link, qint64 now)
{
    if (m_phase == Phase::Asking) {
        if (m_share.plan.isOpenLoop()) {
            park(link, now);
            pump(now);
        } else {
            askBatches(link, now);
        }
    }
    checkEnd(now);
}

void LoadWorker::askBatches(LoadLink& link, qint64 now)
{
    for (;;) {
        qint64 count = std::min<qint64>(link.room(), script().maxBatch());
        if (m_limit > 0) {
            count = std::min(count, m_limit - m_asked);
        }
        if (count <= 0) {
            return;
        }
        m_asked += count;
        m_outstanding += count;
        link.ask(static_cast<int>(count), now, now);
    }
}

void LoadWorker::park(LoadLink& link, qint64 now)
{
    if (!link.parked) {
        link.parked = true;
        link.freeSince = now;
        m_free[(m_freeHead + m_freeCount++) % m_free.size()] = &link;
    }
}

/// Open loop: sends what is due, as far as there are free connections.
void LoadWorker::pump(qint64 now)
{
    while (m_phase == Phase::Asking && m_freeCount > 0 && (m_limit == 0 || m_asked < m_limit)) {
        const qint64 intended = m_pace.intended(m_asked);
        if (m_end > 0 && intended >= m_end) {
            break;
        }
        if (intended > now) {
            m_paceTimer.at(intended);
            return;
        }
        LoadLink* const link = m_free[m_freeHead];
        m_freeHead = (m_freeHead + 1) % m_free.size();
        --m_freeCount;
        link->parked = false;
        if (link->room() <= 0) {
            continue; // lost its connection meanwhile
        }
        if (!m_slice->slips) {
            m_slice->slips = std::make_unique<CoarseHistogram>();
        }
        m_slice->slips->add(now - std::max(intended, link->freeSince));
        ++m_asked;
        ++m_outstanding;
        link->ask(1, intended, now);
        if (link->room() > 0) {
            park(*link, now);
        }
    }
    m_paceTimer.stop();
}

void LoadWorker::secured(qint64 time, bool isResumed)
{
    if (!m_slice->handshakes) {
        m_slice->handshakes = std::make_unique<LoadHandshakes>();
    }
    m_slice->handshakes->add(time, isResumed);
}

void LoadWorker::lost(int requests)
{
    m_outstanding -= requests;
    m_slice->datagrams.lost += requests;
}

void LoadWorker::failed(LoadError error, int requests, bool opening)
{
    m_outstanding -= requests;
    if (opening) {
        --m_connecting;
        m_openTimer.start(0, this);
    }
    if (requests == 0 && m_phase == Phase::Asking) {
        if (m_share.plan.isOpenLoop() && m_pace.intended(m_asked) > now()) {
            return; // a connection that nothing was to be asked on
        }
        ++m_asked; // an attempt in place of a request: a run of so many requests has an end
    }
    LoadErrors& errors = m_slice->errors;
    const auto count = [&errors](LoadError kind) -> qint64& { return errors[static_cast<std::size_t>(kind)]; };
    if (error == LoadError::WrongReply) {
        ++count(error);
        count(LoadError::Abandoned) += std::max(0, requests - 1);
    } else {
        count(error) += std::max(1, requests);
    }
}

void LoadWorker::keepWrong(WrongReply reply)
{
    m_hasWrong = true;
    m_slice->firstWrong = examined(std::move(reply), m_share.plan.cutBy());
}

/// Hands over the slice that is over.
void LoadWorker::cut(qint64 now)
{
    const qint64 time = threadProcessorTime();
    if (m_slice->index < 0) {
        // What came before counts only where something went wrong.
        m_slice->latencies = {};
        m_slice->slips.reset();
        m_slice->datagrams = {};
        if (isFresh()) {
            m_slice->handshakes.reset(); // of connections that stay there are no others
        }
        m_slice->index = 0;
        m_slice->bytesIn = 0;
        m_slice->bytesOut = 0;
        m_processorStart = time;
        m_delayStart = threadRunDelay();
    }
    m_slice->processorTime = time - m_sliceTime;
    m_sliceTime = time;
    const qint64 index = (now - m_start) / LoadSlice::length;
    if (index > m_slice->index || m_phase == Phase::Over) {
        auto next = std::make_unique<LoadSlice>();
        next->index = index;
        Q_EMIT measured(std::shared_ptr<const LoadSlice>(m_slice.release()));
        m_slice = std::move(next);
    }
    m_sliceEnd = m_start + (index + 1) * LoadSlice::length;
}

void LoadWorker::tick()
{
    const qint64 at = now();
    for (const auto& link : m_links) {
        link->checkTime(at);
    }
    if (m_phase == Phase::Opening) {
        checkReady();
        return;
    }
    if (m_phase != Phase::Asking && m_phase != Phase::Draining) {
        return;
    }
    if (at >= m_sliceEnd) {
        cut(at);
    }
    if (m_phase == Phase::Asking && m_end > 0) {
        const qint64 left = m_end - at;
        if (left <= 0) {
            stopAsking(at);
        } else if (left < 2 * tickLength * 1'000'000) {
            m_endTimer.start(static_cast<int>((left + 999'999) / 1'000'000), Qt::PreciseTimer, this);
        }
    }
    checkEnd(at);
}

/// The time is over. In an open loop what is outstanding is waited for: it is part of what was asked in that time.
void LoadWorker::stopAsking(qint64 now)
{
    m_stoppedAsking = now;
    if (!m_share.plan.isOpenLoop()) {
        finish(now);
        return;
    }
    m_phase = Phase::Draining;
    m_paceTimer.stop();
    const qint64 due = m_pace.dueBefore(m_end > 0 ? std::min(m_end, now) : now);
    m_notSent = std::max<qint64>(0, (m_limit > 0 ? std::min(due, m_limit) : due) - m_asked);
    checkEnd(now);
}

void LoadWorker::checkEnd(qint64 now)
{
    if (m_outstanding > 0) {
        return;
    }
    if (m_phase == Phase::Draining || (m_phase == Phase::Asking && m_limit > 0 && m_asked >= m_limit)) {
        finish(now);
    }
}

void LoadWorker::stop()
{
    const qint64 at = now();
    if (m_phase == Phase::Asking) {
        stopAsking(at);
    }
    if (m_phase != Phase::Over) {
        finish(at);
    }
}

void LoadWorker::finish(qint64 now)
{
    const bool began = m_phase == Phase::Asking || m_phase == Phase::Draining;
    m_phase = Phase::Over;
    LoadEnd end;
    if (began && now > m_start) {
        if (m_slice->index < 0) {
            cut(m_start);
        }
        end.processorTime = threadProcessorTime() - m_processorStart;
        end.runDelay = threadRunDelay() - m_delayStart;
        // A run of a fixed time took that time, also where the last replies came after it.
        end.nanoseconds = (m_stoppedAsking > 0 ? m_stoppedAsking : now) - m_start;
        end.notSent = m_notSent;
        end.outstanding = std::max<qint64>(0, m_outstanding);
    }
    cut(std::max(now, m_start));
    shutDown();
    Q_EMIT ended(end);
}

void LoadWorker::shutDown()
{
    m_phase = Phase::Over;
    m_openTimer.stop();
    m_tickTimer.stop();
    m_endTimer.stop();
    m_paceTimer.stop();
    m_toOpen.clear();
    m_freeCount = 0;
    for (const auto& link : m_links) {
        link->close();
    }
}

void LoadWorker::timerEvent(QTimerEvent* event)
{
    if (event->timerId() == m_tickTimer.timerId()) {
        tick();
    } else if (event->timerId() == m_openTimer.timerId()) {
        m_openTimer.stop();
        openQueued();
        checkReady();
    } else if (event->timerId() == m_endTimer.timerId()) {
        m_endTimer.stop();
        tick();
    }
}

} // namespace sockeye
