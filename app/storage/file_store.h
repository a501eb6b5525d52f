// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/failure.h"
#include "app/platform/system_file.h"
#include "app/storage/byte_store.h"
#include "app/storage/input_stream.h"

#include <QString>

#include <atomic>
#include <memory>

namespace sockeye {

/// A capture file that was opened: read and never changed. What is added to it later is seen after hasGrown().
///
/// What is packed or comes through a pipe is not there at once: pull() brings more of it. "-" is standard input.
class FileStore final : public ByteStore {
public:
    enum class Opening : quint8 {
        AtOnce,
        Later, ///< with open()
    };
    explicit FileStore(const QString& path, Opening opening = Opening::AtOnce);
    ~FileStore() override;
    FileStore(const FileStore&) = delete;
    FileStore& operator=(const FileStore&) = delete;

    [[nodiscard]] qint64 read(qint64 position, char* to, qint64 size) const override;
    [[nodiscard]] qint64 readableEnd() const override { return m_size.load(std::memory_order_acquire); }
    [[nodiscard]] const QString& path() const { return m_path; } ///< for people, of standard input: its name
    [[nodiscard]] const Failure& failure() const { return m_failure; }

    /// Once, in the thread that reads it: a network file may take its time. Before it nothing is there to be read.
    void open();

    // The thread that reads it on while another program writes it.
    /// Looks: true if there is more than before, which can be read from now on.
    [[nodiscard]] bool hasGrown();
    /// Looks: somebody seems to be writing it. It has grown, or was changed within the last seconds.
    [[nodiscard]] bool isGrowing() const;
    /// Looks: it is shorter than it was, so that what was read is no longer what it holds.
    [[nodiscard]] bool hasShrunk() const;

    // The same thread, of a pipe or a packed file.
    [[nodiscard]] bool isStream() const { return m_stream != nullptr; }
    /// Waits for more, at most for `patience`.
    [[nodiscard]] InputStream::Pulled pull(std::chrono::milliseconds patience);
    /// Why it ended before its end.
    [[nodiscard]] Failure streamFailure() const { return m_stream ? m_stream->failure() : Failure(); }
    /// How much of what there is can be read already, as far as is known: 0 to 1.
    [[nodiscard]] double readablePart() const { return m_stream ? m_stream->part() : 1.0; }

private:
    [[nodiscard]] Failure take(SystemFile file);

    QString m_path;
    bool m_isStandardInput;
    SystemFile m_file; ///< where reading happens, unless there is a stream, which has its own
    std::unique_ptr<InputStream> m_stream;
    std::atomic<qint64> m_size { 0 }; ///< when it was looked at last
    Failure m_failure;
};

} // namespace sockeye
