// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

#include <memory>
#include <vector>

namespace sockeye {

/// A bounded, append-only run of bytes in memory, for when a file fails. One thread writes; others may read what they
/// know to be there, since nothing ever moves.
class MemoryStore {
public:
    explicit MemoryStore(qint64 bound);

    /// False, and nothing is kept, if the bound is reached or no memory is to be had.
    [[nodiscard]] bool append(const char* data, qint64 size);
    /// [position, position + size) was appended before.
    void read(qint64 position, char* to, qint64 size) const;

private:
    static constexpr qint64 blockSize = 1024 * 1024;

    const qint64 m_bound;
    qint64 m_size = 0;
    std::vector<std::unique_ptr<char[]>> m_blocks; ///< as many as the bound allows, made when needed
};

} // namespace sockeye
