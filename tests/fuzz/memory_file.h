// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/storage/byte_store.h"

#include <QByteArrayView>
#include <QString>

namespace sockeye {

/// The input as a file: bytes for those who read a store, and a name for those who open one.
class MemoryFile final : public ByteStore {
public:
    explicit MemoryFile(QByteArrayView bytes)
        : m_bytes(bytes)
    {
    }
    ~MemoryFile() override;
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;

    [[nodiscard]] qint64 read(qint64 position, char* to, qint64 size) const override;
    [[nodiscard]] qint64 readableEnd() const override { return m_bytes.size(); }

    /// A name under which the bytes can be opened while this lives; nothing is written to a disk.
    [[nodiscard]] QString path();

private:
    QByteArrayView m_bytes;
    int m_descriptor = -1;
};

} // namespace sockeye
