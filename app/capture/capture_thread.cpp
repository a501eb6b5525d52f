// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/capture/capture_thread.h"

#include "app/capture/capture_chunk.h"
#include "app/capture/capture_log.h"
#include "app/capture/chunk_pool.h"

#include <chrono>

namespace sockeye {

namespace {
// While there is always more to do, rows are shown and bytes are written at least this often.
constexpr auto longestWait = std::chrono::milliseconds(50);
} // namespace

CaptureThread& CaptureThread::instance()
{
    static CaptureThread thread;
    return thread;
}

CaptureThread::CaptureThread()
{
    (void)ChunkPool::instance(); // made before us, so gone after us
    m_thread = std::thread([this] { loop(); });
}

CaptureThread::~CaptureThread()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_work.notify_one();
    m_thread.join();
}

void CaptureThread::post(const std::shared_ptr<CaptureLog>& log, std::unique_ptr<CaptureChunk> chunk)
{
    {
        std::unique_lock lock(m_mutex);
        if (!isCurrent()) { // an observer that writes into a capture must not wait for itself
            m_room.wait(lock, [&log] { return log->m_inFlight < inFlightLimit; });
        }
        log->m_inFlight += chunk->used();
        m_jobs.push_back({ log, std::move(chunk), {} });
    }
    m_work.notify_one();
}

void CaptureThread::run(std::shared_ptr<CaptureLog> log, std::function<void()> task)
{
    {
        const std::lock_guard lock(m_mutex);
        m_jobs.push_back({ std::move(log), nullptr, std::move(task) });
    }
    m_work.notify_one();
}

void CaptureThread::loop()
{
    auto lastCommit = std::chrono::steady_clock::now();
    std::unique_lock lock(m_mutex);
    while (true) {
        if (m_jobs.empty()) {
            if (!m_dirty.empty()) {
                lock.unlock();
                commitAll();
                lastCommit = std::chrono::steady_clock::now();
                lock.lock();
                continue;
            }
            if (m_stop) {
                return;
            }
            m_work.wait(lock, [this] { return m_stop || !m_jobs.empty(); });
            continue;
        }
        Job job = std::move(m_jobs.front());
        m_jobs.pop_front();
        lock.unlock();
        perform(job);
        if (std::chrono::steady_clock::now() - lastCommit > longestWait) {
            commitAll();
            lastCommit = std::chrono::steady_clock::now();
        }
        job = {}; // may be the last that knew the capture: not under the lock
        lock.lock();
    }
}

void CaptureThread::perform(Job& job)
{
    if (job.chunk) {
        const qsizetype size = job.chunk->used();
        job.log->process(*job.chunk);
        ChunkPool::instance().giveBack(std::move(job.chunk));
        m_dirty.insert(job.log);
        {
            const std::lock_guard lock(m_mutex);
            job.log->m_inFlight -= size;
        }
        m_room.notify_all();
    }
    if (job.task) {
        commitAll();
        job.task();
    }
}

void CaptureThread::commitAll()
{
    // Out of the set first: an observer may ask for more.
    const auto logs = std::exchange(m_dirty, {});
    for (const auto& log : logs) {
        log->commit();
        log->idle();
    }
}

} // namespace sockeye
