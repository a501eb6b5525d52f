// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/filter/nearest.h"

#include <algorithm>
#include <array>

namespace sockeye::filter {

namespace {

constexpr qsizetype longestWord = 64;

} // namespace

int distance(QStringView left, QStringView right, int limit)
{
    if (left.size() > longestWord || right.size() > longestWord || qAbs(left.size() - right.size()) > limit) {
        return limit + 1;
    }
    // Three rows of the table are enough, with swapped neighbours.
    std::array<std::array<int, longestWord + 1>, 3> rows {};
    const auto cell = [&rows](qsizetype row, qsizetype column) -> int& {
        return rows[static_cast<std::size_t>(row % 3)][static_cast<std::size_t>(column)];
    };
    for (qsizetype j = 0; j <= right.size(); ++j) {
        cell(0, j) = static_cast<int>(j);
    }
    for (qsizetype i = 1; i <= left.size(); ++i) {
        cell(i, 0) = static_cast<int>(i);
        for (qsizetype j = 1; j <= right.size(); ++j) {
            const QChar a = left[i - 1].toLower();
            const QChar b = right[j - 1].toLower();
            int best = std::min({ cell(i - 1, j) + 1, cell(i, j - 1) + 1, cell(i - 1, j - 1) + (a == b ? 0 : 1) });
            if (i > 1 && j > 1 && a == right[j - 2].toLower() && left[i - 2].toLower() == b) {
                best = std::min(best, cell(i - 2, j - 2) + 1);
            }
            cell(i, j) = best;
        }
    }
    return std::min(cell(left.size(), right.size()), limit + 1);
}

QString nearest(QStringView word, const QStringList& names)
{
    const int limit = word.size() <= 3 ? 1 : word.size() <= 6 ? 2 : 3;
    QString found;
    int best = limit + 1;
    for (const QString& name : names) {
        const int far = distance(word, name, limit);
        // Nothing of the word would be left.
        if (far < best && far < std::max(word.size(), name.size())) {
            best = far;
            found = name;
        }
    }
    if (found.isEmpty() && word.size() >= 3) {
        const auto begun = std::find_if(names.cbegin(), names.cend(),
            [&](const QString& name) { return name.startsWith(word, Qt::CaseInsensitive); });
        return begun == names.cend() ? QString() : *begun;
    }
    return found;
}

} // namespace sockeye::filter
