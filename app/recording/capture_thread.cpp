// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/recording/capture_thread.h"

#include "app/recording/batch_pool.h"
#include "app/recording/capture_log.h"
#include "app/recording/writer_batch.h"
#include "app/threads/application_end.h"

#include <algorithm>
#include <limits>

namespace sockeye {

namespace {
// While there is always more to do, rows are shown and bytes are written at least this often.
constexpr auto longestWait = std::chrono::milliseconds(50);
// How often events that wait for another writer are looked at, should it hand over nothing.
constexpr auto heldBackWait = std::chrono::milliseconds(5);
// A thread that hands over nothing for so long, in nanoseconds (it stands in a debugger, it waits for room in another
// capture), is not waited for any longer.
constexpr qint64 longestHeldBack = 250'000'000;
// What is older than a second is on disk, whatever ends us: whoever hands over more than is written in time has to
// wait.
constexpr auto longestDelay = std::chrono::milliseconds(400);
// How long work is watched to know how much of it is done in that time.
constexpr auto pacedTime = std::chrono::milliseconds(20);
} // namespace

CaptureThread& CaptureThread::instance()
{
    static CaptureThread thread;
    return thread;
}

CaptureThread::CaptureThread()
{
    (void)BatchPool::instance(); // made before us, so gone after us
}

CaptureThread::~CaptureThread()
{
    end();
}

/// Under m_mutex.
void CaptureThread::add(Job job)
{
    m_jobs.push_back(std::move(job));
    if (!m_isRunning) {
        waitAtApplicationEnd([] { instance().end(); });
        m_isRunning = true;
        m_stop = false;
        m_thread = std::thread([this] { loop(); });
    }
    m_work.notify_one();
}

/// Returns when everything is done and the thread is gone.
void CaptureThread::end()
{
    std::thread ending;
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
        ending = std::move(m_thread);
    }
    m_work.notify_one();
    if (ending.joinable()) {
        ending.join();
    }
}

std::shared_ptr<WriterLane> CaptureThread::join(CaptureLog& log)
{
    auto lane = std::make_shared<WriterLane>();
    const std::lock_guard lock(m_mutex);
    log.m_lanes.push_back(lane);
    return lane;
}

void CaptureThread::leave(const std::shared_ptr<CaptureLog>& log, const std::shared_ptr<WriterLane>& lane)
{
    const std::lock_guard lock(m_mutex);
    std::erase(log->m_lanes, lane);
    if (log->m_lanes.empty()) {
        add({ log, nullptr, nullptr, [known = log.get()] { known->tellUnrecorded(); } });
    }
}

void CaptureThread::post(
    const std::shared_ptr<CaptureLog>& log, std::shared_ptr<WriterLane> lane, std::unique_ptr<WriterBatch> batch)
{
    std::unique_lock lock(m_mutex);
    log->m_inFlight += batch->used();
    log->m_handedOver += batch->used();
    log->m_arrivals.push_back({ Clock::now(), log->m_handedOver });
    lane->end();
    add({ log, std::move(lane), std::move(batch), {} });
    // Handed over first: others may be held back until this one has come. An observer that writes into a capture must
    // not wait for itself.
    if (!isCurrent()) {
        m_room.wait(lock, [&log] {
            const bool behind = isBehind(*log);
            if (behind) {
                log->m_isBehind.store(true, std::memory_order_relaxed);
            }
            return log->mayLeaveOut() ? log->m_inFlight < inFlightLimit : !behind;
        });
    }
}

/// Whether more of the capture is on its way than is written in time. Under m_mutex.
bool CaptureThread::isBehind(CaptureLog& log)
{
    return log.m_inFlight >= log.m_inFlightLimit || isLate(log);
}

/// Whether what is indexed and written now came too long ago. Under m_mutex. Batches of several writers do not end in
/// the order in which they came; as far as that goes, it is an estimate.
bool CaptureThread::isLate(CaptureLog& log)
{
    const qint64 done = log.m_handedOver - log.m_inFlight;
    while (!log.m_arrivals.empty() && log.m_arrivals.front().handedOver <= done) {
        log.m_arrivals.pop_front();
    }
    return !log.m_arrivals.empty() && Clock::now() - log.m_arrivals.front().time > longestDelay;
}

void CaptureThread::run(std::shared_ptr<CaptureLog> log, std::function<void()> task)
{
    const std::lock_guard lock(m_mutex);
    add({ std::move(log), nullptr, nullptr, std::move(task) });
}

void CaptureThread::loop()
{
    m_id.store(std::this_thread::get_id());
    m_lastCommit = Clock::now();
    const auto isWoken = [this] { return m_stop || !m_jobs.empty(); };
    std::unique_lock lock(m_mutex);
    while (true) {
        if (m_jobs.empty() && !m_dirty.empty()) {
            lock.unlock();
            commitAll();
            lock.lock();
            continue;
        }
        if (m_jobs.empty() && m_held.empty()) {
            if (m_stop) {
                m_isRunning = false;
                m_id.store({});
                return;
            }
            if (m_silences.empty()) {
                m_work.wait(lock, isWoken);
            } else {
                m_work.wait_for(lock, untilSilence(), isWoken);
            }
        } else if (m_jobs.empty() && !m_stop) {
            m_work.wait_for(lock, heldBackWait, isWoken);
        }

        // In one go under the lock: what is older than these times is among the jobs taken, or was before.
        m_taken.swap(m_jobs);
        const qint64 now = captureNow();
        std::vector<std::pair<std::shared_ptr<CaptureLog>, qint64>> silent;
        for (const auto& [log, due] : m_silences) {
            // What is on its way is told first.
            const qint64 until = completeUntil(*log, now);
            if (due <= until && !m_held.contains(log) && m_taken.empty()) {
                silent.emplace_back(log, until);
            }
        }
        for (auto& [log, until] : m_held) {
            until = completeUntil(*log, now);
        }
        for (const Job& job : m_taken) {
            if (job.batch) {
                m_held.try_emplace(job.log, completeUntil(*job.log, now));
            }
        }
        lock.unlock();

        for (Job& job : m_taken) {
            perform(job);
        }
        for (const auto& [log, until] : m_held) {
            index(log, until);
        }
        std::erase_if(m_held, [](const auto& item) { return item.first->m_merger.isEmpty(); });
        for (const auto& [log, until] : silent) {
            tellSilence(log, until);
        }
        silent.clear(); // as m_taken
        m_taken.clear(); // may be the last that knew the capture: not under the lock
        lock.lock();
    }
}

void CaptureThread::perform(Job& job)
{
    if (job.batch) {
        job.log->m_merger.add(job.lane, std::move(job.batch));
    }
    if (job.task) {
        index(job.log, std::numeric_limits<qint64>::max());
        commitAll();
        job.task();
    }
}

/// Up to when (nanoseconds since the epoch) every event of the capture has been handed over. Under m_mutex.
qint64 CaptureThread::completeUntil(const CaptureLog& log, qint64 now) const
{
    if (m_stop) {
        return std::numeric_limits<qint64>::max();
    }
    qint64 until = now;
    for (const auto& lane : log.m_lanes) {
        until = std::min(until, lane->oldest());
    }
    return std::max(until, now - longestHeldBack);
}

void CaptureThread::index(const std::shared_ptr<CaptureLog>& log, qint64 until)
{
    auto before = Clock::now();
    while (const std::optional<BatchMerger::Run> run = log->m_merger.next(until)) {
        const qsizetype position = log->process(*run->batch, run->begin, run->until);
        log->m_pacedBytes += position - run->begin;
        auto done = log->m_merger.advance(position);
        m_dirty.insert(log);
        if (done) {
            {
                const std::lock_guard lock(m_mutex);
                log->m_inFlight -= done->used();
                if (log->m_inFlight < log->m_inFlightLimit / 2) {
                    log->m_isBehind.store(false, std::memory_order_relaxed);
                }
            }
            m_room.notify_all();
            BatchPool::instance().giveBack(std::move(done));
        }
        if (Clock::now() - m_lastCommit > longestWait) {
            commitAll();
        }
        const auto now = Clock::now();
        log->m_pacedTime += now - before;
        before = now;
        if (log->m_pacedTime > pacedTime) {
            measure(*log);
        }
    }
}

/// Sets how much may be in flight to what was lately written in the time that it may take.
void CaptureThread::measure(CaptureLog& log)
{
    const double share = std::chrono::duration<double>(longestDelay) / std::chrono::duration<double>(log.m_pacedTime);
    const auto inTime = static_cast<qint64>(share * static_cast<double>(log.m_pacedBytes));
    log.m_pacedBytes = 0;
    log.m_pacedTime = {};
    const std::lock_guard lock(m_mutex);
    log.m_inFlightLimit = std::clamp((log.m_inFlightLimit + inTime) / 2, qint64 { 4096 }, inFlightLimit);
}

/// `until` 0: only asks when silence will say something.
void CaptureThread::tellSilence(const std::shared_ptr<CaptureLog>& log, qint64 until)
{
    const qint64 next = log->silence(until);
    if (next > 0) {
        m_silences[log] = next;
    } else {
        m_silences.erase(log);
    }
    if (until > 0) {
        log->commit();
        log->idle();
    }
}

/// At least so long that what is held back a little does not make the thread turn round and round.
std::chrono::nanoseconds CaptureThread::untilSilence() const
{
    qint64 due = std::numeric_limits<qint64>::max();
    for (const auto& [log, its] : m_silences) {
        due = std::min(due, its);
    }
    return std::max<std::chrono::nanoseconds>(std::chrono::nanoseconds(due - captureNow()), heldBackWait);
}

void CaptureThread::commitAll()
{
    // Out of the set first: an observer may ask for more.
    const auto logs = std::exchange(m_dirty, {});
    for (const auto& log : logs) {
        log->commit();
        log->idle();
        tellSilence(log, 0);
    }
    m_lastCommit = Clock::now();
}

} // namespace sockeye
