// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/formats/reader/import_batch.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace sockeye {

class MarkBook;

/// Takes events from the thread that reads a file to a second one, which indexes them: each is half of the work.
///
/// What is on its way is bounded by about 1 MiB and one chunk; then the reading thread waits. All members are for
/// that thread.
class ImportPipe {
public:
    explicit ImportPipe(CaptureLog& log);
    /// Delivers what was added.
    ~ImportPipe();
    ImportPipe(const ImportPipe&) = delete;
    ImportPipe& operator=(const ImportPipe&) = delete;

    /// As CaptureLog::add(), a little later.
    void add(const CaptureEvent& event, std::span<const PayloadPiece> pieces);
    void setProgress(double progress) { m_progress = progress; }
    /// Returns when everything that was added is in the log, and shown.
    void drain();

    [[nodiscard]] const ByteStore& store() const;
    [[nodiscard]] MarkBook& marks() const; ///< of the log
    [[nodiscard]] std::thread::id thread() const { return m_thread.get_id(); } ///< that calls the log

private:
    void handOver();
    void run();

    CaptureLog& m_log;
    ImportBatch m_filling;
    double m_progress = 0;

    std::mutex m_mutex; // for what follows
    std::condition_variable m_changed;
    std::deque<ImportBatch> m_waiting;
    std::deque<ImportBatch> m_spare;
    qint64 m_waitingSize = 0;
    bool m_delivering = false;
    bool m_over = false;

    std::thread m_thread; ///< the last: it uses all the others
};

} // namespace sockeye
