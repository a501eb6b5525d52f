// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/storage/byte_store.h"

#include <memory>

namespace sockeye {

/// A file seen through a buffer that moves forward.
class FileWindow {
public:
    /// What is handed out at once, at most.
    static constexpr qint64 largest = 32 * 1024 * 1024;

    explicit FileWindow(const ByteStore& store);

    /// The bytes [position, position + size), or null if they are not all there or too many. Valid until the next
    /// call.
    [[nodiscard]] const char* at(qint64 position, qint64 size);
    [[nodiscard]] qint64 end() const { return m_store.readableEnd(); }

private:
    const ByteStore& m_store;
    std::unique_ptr<char[]> m_data;
    qint64 m_capacity = 0;
    qint64 m_begin = 0;
    qint64 m_size = 0;
};

} // namespace sockeye
