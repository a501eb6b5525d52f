// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/formats/reader/conversation_table.h"
#include "app/net/failure.h"
#include "app/storage/file_window.h"

#include <atomic>
#include <memory>

namespace sockeye {

class FileStore;

/// Turns the packets of a file into the events of a log, as far as the file goes, and further when it has grown. One
/// thread.
class FileReader {
public:
    /// The log is one of that file, which could be opened.
    FileReader(CaptureLog& log, const FileStore& file);
    ~FileReader();

    enum class Outcome {
        AtEnd, ///< everything there is; if the file grows, there may be more
        Over, ///< nothing more can be made of it, or it was cancelled
    };
    [[nodiscard]] Outcome readOn(const std::atomic<bool>& cancelled);
    /// Nothing has come for a while, or nothing more will: shows what waited for more, what had to be left out, and
    /// what is wrong with the file. Reading may go on.
    void settle(bool final = true);
    [[nodiscard]] std::thread::id indexingThread() const { return m_pipe.thread(); }

private:
    [[nodiscard]] Failure problem() const;

    CaptureLog& m_log;
    const FileStore& m_file;
    ImportPipe m_pipe;
    FileWindow m_window;
    std::unique_ptr<PacketSource> m_source; ///< null before the file begins as a capture
    ConversationTable m_table;
    bool m_caughtUp = false; ///< was at the end of the file before: what comes now is new
    bool m_toldProblem = false; ///< the log's failure is problem()
};

} // namespace sockeye
