// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

#include <array>
#include <initializer_list>
#include <memory>
#include <vector>

namespace sockeye {

/// Numbers of a capture's rows, in the order in which a table shows them: four bytes each, in chunks. Captures of more
/// than 2³² rows do not fit memory anyway.
///
/// A copy shares the chunks, so it costs next to nothing, whatever the number of rows; it may be read in another thread
/// while the original is appended to. A copy is not to be appended to itself.
class RowList {
public:
    RowList() = default;
    RowList(std::initializer_list<quint32> rows);

    [[nodiscard]] qsizetype size() const { return m_size; }
    [[nodiscard]] bool isEmpty() const { return m_size == 0; }
    [[nodiscard]] quint32 operator[](qsizetype index) const
    {
        return (*m_chunks[static_cast<std::size_t>(index / chunkSize)])[static_cast<std::size_t>(index % chunkSize)];
    }
    void append(quint32 row);
    void truncate(qsizetype size); ///< before there are copies

    /// Where it stands; -1 if it does not. `isAscending`: rows come in order, so that it is found at once.
    [[nodiscard]] qsizetype indexOf(quint32 row, bool isAscending) const;

private:
    static constexpr qsizetype chunkSize = 16 * 1024;
    using Chunk = std::array<quint32, chunkSize>;
    std::vector<std::shared_ptr<Chunk>> m_chunks;
    qsizetype m_size = 0;
};

} // namespace sockeye
