// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/storage/byte_store.h"
#include "app/storage/memory_store.h"
#include "app/storage/spool_file.h"

#include <atomic>
#include <memory>
#include <mutex>

namespace sockeye {

/// An append-only file, written by one thread in whole blocks, read back by any.
///
/// When the file fails (the disk is full, the folder cannot be written), what comes goes on into memory up to a bound,
/// and is dropped after that: positions go on, so that nothing above has to know.
class Spool final : public ByteStore {
public:
    /// What is kept in memory once the file fails, in bytes.
    static constexpr qint64 memoryLimit = 256 * 1024 * 1024;

    /// An empty name: a file of our own, removed by the destructor.
    explicit Spool(const QString& file, qint64 memoryBound = memoryLimit);
    ~Spool() override;
    Spool(const Spool&) = delete;
    Spool& operator=(const Spool&) = delete;

    /// Writer: where the next byte will lie.
    [[nodiscard]] qint64 end() const { return m_flushed.load(std::memory_order_relaxed) + m_used; }
    /// Writer: room for one block of `size` bytes, part of the file at once.
    [[nodiscard]] char* append(qsizetype size);
    /// Writer: bytes that are not in the file yet.
    [[nodiscard]] qint64 unwritten() const { return m_used; }
    /// Writer: writes them, with one call. Blocks are either wholly in the file or not at all.
    void flush();
    /// Writer: nothing is kept any more, neither on disk nor in memory.
    [[nodiscard]] bool isDropping() const { return m_dropping; }

    [[nodiscard]] qint64 read(qint64 position, char* to, qint64 size) const override;
    [[nodiscard]] qint64 readOwn(qint64 position, char* to, qint64 size) const override;
    [[nodiscard]] qint64 readableEnd() const override { return m_readable.load(std::memory_order_acquire); }

    [[nodiscard]] Failure failure() const; ///< any thread
    [[nodiscard]] const QString& path() const { return m_file.path; }

private:
    void fail(const QString& name, int error); ///< `name`: of what cannot be written
    void flushToMemory();

    SpoolFile m_file;
    MemoryStore m_memory;
    std::unique_ptr<char[]> m_buffer;
    qsizetype m_capacity = 0;
    qsizetype m_used = 0;
    bool m_dropping = false;
    std::atomic<qint64> m_flushed { 0 }; ///< positions below were written, or dropped
    std::atomic<qint64> m_readable { 0 }; ///< positions below can be read
    std::atomic<qint64> m_memoryStart; ///< positions from here on are in memory
    mutable std::mutex m_mutex;
    Failure m_failure; ///< under m_mutex
};

} // namespace sockeye
