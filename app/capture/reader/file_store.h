// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/capture/byte_store.h"
#include "app/net/failure.h"

#include <QString>

#include <atomic>

namespace sockeye {

/// A capture file that was opened: read, never changed, never copied. What is added to it later
/// is seen after hasGrown().
class FileStore final : public ByteStore {
public:
    explicit FileStore(const QString& path);
    ~FileStore() override;
    FileStore(const FileStore&) = delete;
    FileStore& operator=(const FileStore&) = delete;

    [[nodiscard]] qint64 read(qint64 position, char* to, qint64 size) const override;
    [[nodiscard]] qint64 readableEnd() const override { return m_size.load(std::memory_order_acquire); }
    [[nodiscard]] const QString& path() const { return m_path; }
    [[nodiscard]] const Failure& failure() const { return m_failure; }

    // The thread that reads it on while another program writes it.
    /// Looks: true if there is more than before, which can be read from now on.
    [[nodiscard]] bool hasGrown();
    /// Looks: somebody seems to be writing it. It has grown, or was changed within the last seconds.
    [[nodiscard]] bool isGrowing() const;
    /// Looks: it is shorter than it was, so that what was read is no longer what it holds.
    [[nodiscard]] bool hasShrunk() const;

private:
    QString m_path;
    int m_descriptor = -1;
    std::atomic<qint64> m_size { 0 }; ///< when it was looked at last
    Failure m_failure;
};

} // namespace sockeye
