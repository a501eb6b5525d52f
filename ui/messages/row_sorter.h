// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/export/row_list.h"

#include <QTemporaryFile>

#include <array>
#include <functional>
#include <memory>
#include <vector>

namespace sockeye {

/// What a row is sorted by: numbers as one word, the first bytes of a text as several; compared one after the other.
using SortWords = std::array<quint64, 3>;

/// Sorts rows of a capture. Keys are made once, as they may have to be read from a disk, and take more memory than the
/// rows: those of a hundred thousand rows are sorted at a time and put into a file without a name, which are merged
/// in the end. Without room on the disk they stay in memory.
class RowSorter {
public:
    static constexpr std::size_t mostInMemory = 128 * 1024; ///< keys

    /// `words`: how many of a key are used, 1 to 3.
    RowSorter(int words, bool isAscending);
    ~RowSorter();
    RowSorter(const RowSorter&) = delete;
    RowSorter& operator=(const RowSorter&) = delete;

    /// In the order in which those of equal keys stay.
    void add(const SortWords& words, quint32 row);
    /// Once, in the end. Empty when `isCancelled` says so meanwhile.
    [[nodiscard]] RowList sorted(const std::function<bool()>& isCancelled);

private:
    struct Key {
        SortWords words {};
        quint32 row = 0;
    };
    class Run;

    [[nodiscard]] bool isBefore(const Key& a, const Key& b) const;
    void endRun();
    [[nodiscard]] bool write(const std::vector<Key>& keys);

    const std::size_t m_words;
    const bool m_isAscending;
    std::vector<Key> m_keys; ///< not sorted yet
    std::vector<std::unique_ptr<Run>> m_runs;
    std::unique_ptr<QTemporaryFile> m_file; ///< null before it is needed
    bool m_hasDisk = true;
};

} // namespace sockeye
