// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/storage/spool.h"

#include <QFile>

#include <algorithm>
#include <cstring>
#include <limits>
#include <utility>

namespace sockeye {

namespace {

constexpr qsizetype usualBuffer = 2 * 1024 * 1024;

} // namespace

Spool::Spool(const QString& file, qint64 memoryBound)
    : m_file(createSpoolFile(file))
    , m_memory(memoryBound)
    , m_memoryStart(m_file.file.isOpen() ? std::numeric_limits<qint64>::max() : 0)
    , m_failure(m_file.failure)
{
}

Spool::~Spool()
{
    flush();
    if (m_file.file.isOpen() && m_file.temporary) {
        QFile::remove(m_file.path); // while it is locked: nobody takes it for one that was left behind
    }
}

char* Spool::append(qsizetype size)
{
    if (m_used > 0 && m_used + size > m_capacity) {
        flush();
    }
    if (size > m_capacity) {
        m_capacity = std::max(size, usualBuffer);
        m_buffer.reset(new char[static_cast<std::size_t>(m_capacity)]);
    }
    char* place = m_buffer.get() + m_used;
    m_used += size;
    return place;
}

void Spool::flush()
{
    if (m_used == 0) {
        return;
    }
    if (m_file.copy.isOpen()) {
        if (const int error = m_file.copy.append(m_buffer.get(), m_used); error != 0) {
            m_file.copy.close();
            fail(m_file.copyName, error);
        }
    }
    const qint64 position = m_flushed.load(std::memory_order_relaxed);
    if (m_memoryStart.load(std::memory_order_relaxed) > position) {
        if (m_file.file.write(m_buffer.get(), m_used, position) == m_used) {
            m_flushed.store(position + m_used, std::memory_order_release);
            m_readable.store(position + m_used, std::memory_order_release);
            m_used = 0;
            return;
        }
        const int error = m_file.file.error();
        // No half block stays behind. Should even that fail, readers of the file see a cut last block and stop there.
        m_file.file.truncate(position);
        m_memoryStart.store(position, std::memory_order_release);
        fail(m_file.path, error);
    }
    flushToMemory();
}

void Spool::flushToMemory()
{
    const qint64 position = m_flushed.load(std::memory_order_relaxed);
    m_dropping = m_dropping || !m_memory.append(m_buffer.get(), m_used);
    m_flushed.store(position + m_used, std::memory_order_release);
    if (!m_dropping) {
        m_readable.store(position + m_used, std::memory_order_release);
    }
    m_used = 0;
}

qint64 Spool::read(qint64 position, char* to, qint64 size) const
{
    const qint64 end = readableEnd();
    if (position < 0 || position >= end) {
        return 0;
    }
    size = std::min(size, end - position);
    const qint64 start = m_memoryStart.load(std::memory_order_acquire);
    qint64 done = 0;
    if (position < start) {
        done = m_file.file.read(to, std::min(size, start - position), position);
        if (position + done < start) {
            return done;
        }
    }
    if (done < size) {
        m_memory.read(position + done - start, to + done, size - done);
    }
    return size;
}

qint64 Spool::readOwn(qint64 position, char* to, qint64 size) const
{
    const qint64 flushed = m_flushed.load(std::memory_order_relaxed);
    qint64 done = 0;
    if (position < flushed) {
        done = read(position, to, std::min(size, flushed - position));
        if (position + done < flushed) {
            return done;
        }
    }
    const qint64 at = position + done - flushed;
    const qint64 rest = std::min<qint64>(size - done, m_used - at);
    if (rest > 0) {
        std::memcpy(to + done, m_buffer.get() + at, static_cast<std::size_t>(rest));
        done += rest;
    }
    return done;
}

Failure Spool::failure() const
{
    const std::lock_guard lock(m_mutex);
    return m_failure;
}

void Spool::fail(const QString& name, int error)
{
    const std::lock_guard lock(m_mutex);
    m_failure = spoolFailure(name, error);
}

} // namespace sockeye
