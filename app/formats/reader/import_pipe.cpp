// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/formats/reader/import_pipe.h"

#include "app/recording/capture_log.h"

#include <utility>

namespace sockeye {

namespace {
// Small enough to stay in a processor's cache from one thread to the other, and for rows to come evenly.
constexpr qint64 batchSize = 128 * 1024;
constexpr qint64 mostWaitingInPipe = 1024 * 1024;
} // namespace

ImportPipe::ImportPipe(CaptureLog& log)
    : m_log(log)
    , m_thread([this] { run(); })
{
}

ImportPipe::~ImportPipe()
{
    handOver();
    {
        const std::lock_guard lock(m_mutex);
        m_over = true;
    }
    m_changed.notify_all();
    m_thread.join();
}

const ByteStore& ImportPipe::store() const
{
    return m_log.store();
}

MarkBook& ImportPipe::marks() const
{
    return m_log.marks();
}

void ImportPipe::add(const CaptureEvent& event, std::span<const PayloadPiece> pieces)
{
    m_filling.add(event, pieces);
    if (m_filling.size() >= batchSize) {
        handOver();
    }
}

void ImportPipe::handOver()
{
    if (m_filling.isEmpty()) {
        return;
    }
    m_filling.setProgress(m_progress);
    const qint64 size = m_filling.size();
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&] { return m_waiting.empty() || m_waitingSize + size <= mostWaitingInPipe; });
        m_waiting.push_back(std::exchange(m_filling, {}));
        m_waitingSize += size;
        if (!m_spare.empty()) {
            m_filling = std::move(m_spare.front());
            m_spare.pop_front();
        }
    }
    m_changed.notify_all();
}

void ImportPipe::drain()
{
    handOver();
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_waiting.empty() && !m_delivering; });
}

void ImportPipe::run()
{
    std::unique_lock lock(m_mutex);
    while (true) {
        m_changed.wait(lock, [this] { return !m_waiting.empty() || m_over; });
        if (m_waiting.empty()) {
            return;
        }
        ImportBatch batch = std::move(m_waiting.front());
        m_waiting.pop_front();
        m_waitingSize -= batch.size();
        m_delivering = true;
        lock.unlock();
        m_changed.notify_all(); // there is room
        batch.deliver(m_log);
        batch.clear();
        lock.lock();
        m_delivering = false;
        m_spare.push_back(std::move(batch));
        m_changed.notify_all();
    }
}

} // namespace sockeye
