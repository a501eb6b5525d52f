// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/capture/byte_store.h"
#include "app/net/failure.h"

#include <QString>

namespace sockeye {

/// A capture file that was opened: read, never changed, never copied.
class FileStore final : public ByteStore {
public:
    explicit FileStore(const QString& path);
    ~FileStore() override;
    FileStore(const FileStore&) = delete;
    FileStore& operator=(const FileStore&) = delete;

    [[nodiscard]] qint64 read(qint64 position, char* to, qint64 size) const override;
    [[nodiscard]] qint64 readableEnd() const override { return m_size; }
    [[nodiscard]] const QString& path() const { return m_path; }
    [[nodiscard]] const Failure& failure() const { return m_failure; }

private:
    QString m_path;
    int m_descriptor = -1;
    qint64 m_size = 0; ///< when it was opened
    Failure m_failure;
};

} // namespace sockeye
