// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/storage/spool.h"

#include <QFile>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>
#include <unistd.h>
#include <utility>

namespace sockeye {

namespace {

constexpr qsizetype usualBuffer = 2 * 1024 * 1024;

/// Writes all of it; an errno, or 0.
int writeAll(int descriptor, const char* data, qint64 size, qint64 position)
{
    while (size > 0) {
        const ssize_t written = ::pwrite(descriptor, data, static_cast<std::size_t>(size), position);
        if (written < 0) {
            if (errno == EINTR) {
                continue;
            }
            return errno;
        }
        data += written;
        size -= written;
        position += written;
    }
    return 0;
}

qint64 readAll(int descriptor, char* to, qint64 size, qint64 position)
{
    qint64 done = 0;
    while (done < size) {
        const ssize_t got = ::pread(descriptor, to + done, static_cast<std::size_t>(size - done), position + done);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            break;
        }
        done += got;
    }
    return done;
}

} // namespace

Spool::Spool(const QString& file, qint64 memoryBound)
    : m_file(createSpoolFile(file))
    , m_memory(memoryBound)
    , m_memoryStart(m_file.descriptor >= 0 ? std::numeric_limits<qint64>::max() : 0)
    , m_failure(m_file.failure)
{
}

Spool::~Spool()
{
    flush();
    if (m_file.descriptor >= 0) {
        if (m_file.temporary) {
            QFile::remove(m_file.path); // while it is locked: nobody takes it for one that was left behind
        }
        ::close(m_file.descriptor);
    }
    if (m_file.copy >= 0) {
        ::close(m_file.copy);
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
    if (m_file.copy >= 0) {
        if (const int error = handOn(m_file.copy, m_buffer.get(), m_used); error != 0) {
            ::close(std::exchange(m_file.copy, -1));
            fail(error);
        }
    }
    const qint64 position = m_flushed.load(std::memory_order_relaxed);
    if (m_memoryStart.load(std::memory_order_relaxed) > position) {
        const int error = writeAll(m_file.descriptor, m_buffer.get(), m_used, position);
        if (error == 0) {
            m_flushed.store(position + m_used, std::memory_order_release);
            m_readable.store(position + m_used, std::memory_order_release);
            m_used = 0;
            return;
        }
        // No half block stays behind. Should even that fail, readers of the file see a cut last block and stop there.
        [[maybe_unused]] const int cut = ::ftruncate(m_file.descriptor, position);
        m_memoryStart.store(position, std::memory_order_release);
        fail(error);
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
        done = readAll(m_file.descriptor, to, std::min(size, start - position), position);
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

void Spool::fail(int error)
{
    const std::lock_guard lock(m_mutex);
    m_failure = spoolFailure(m_file.path, error);
}

} // namespace sockeye
