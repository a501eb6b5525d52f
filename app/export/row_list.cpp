// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/export/row_list.h"

#include <algorithm>

namespace sockeye {

RowList::RowList(std::initializer_list<quint32> rows)
{
    for (const quint32 row : rows) {
        append(row);
    }
}

void RowList::append(quint32 row)
{
    if (m_size == static_cast<qsizetype>(m_chunks.size()) * chunkSize) {
        m_chunks.push_back(std::make_shared_for_overwrite<Chunk>());
    }
    (*m_chunks[static_cast<std::size_t>(m_size / chunkSize)])[static_cast<std::size_t>(m_size % chunkSize)] = row;
    ++m_size;
}

void RowList::truncate(qsizetype size)
{
    m_size = std::min(m_size, size);
    m_chunks.resize(static_cast<std::size_t>((m_size + chunkSize - 1) / chunkSize));
}

qsizetype RowList::indexOf(quint32 row, bool isAscending) const
{
    if (!isAscending) {
        for (qsizetype index = 0; index < m_size; ++index) {
            if ((*this)[index] == row) {
                return index;
            }
        }
        return -1;
    }
    qsizetype first = 0;
    qsizetype end = m_size;
    while (first < end) {
        const qsizetype middle = first + (end - first) / 2;
        if ((*this)[middle] < row) {
            first = middle + 1;
        } else {
            end = middle;
        }
    }
    return first < m_size && (*this)[first] == row ? first : -1;
}

} // namespace sockeye
