// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/export/row_choice.h"

#include <algorithm>

namespace sockeye {

namespace {

/// Sorted, without what lies outside of [0, count), overlapping and neighbouring ones joined.
std::vector<RowSpan> normalized(std::vector<RowSpan> spans, qsizetype count)
{
    std::sort(spans.begin(), spans.end(), [](const RowSpan& a, const RowSpan& b) { return a.begin < b.begin; });
    std::vector<RowSpan> result;
    for (RowSpan span : spans) {
        span.begin = std::max<qsizetype>(span.begin, 0);
        span.end = std::min(span.end, count);
        if (span.begin >= span.end) {
            continue;
        }
        if (!result.empty() && span.begin <= result.back().end) {
            result.back().end = std::max(result.back().end, span.end);
        } else {
            result.push_back(span);
        }
    }
    return result;
}

} // namespace

std::vector<RowSpan> captureSpans(const RowChoice& choice, qsizetype count)
{
    if (!choice.shown) {
        return normalized(choice.spans, count);
    }
    const std::vector<quint32>& shown = *choice.shown;
    std::vector<quint32> rows;
    for (const RowSpan& span : normalized(choice.spans, static_cast<qsizetype>(shown.size()))) {
        rows.insert(rows.end(), shown.begin() + span.begin, shown.begin() + span.end);
    }
    std::sort(rows.begin(), rows.end());
    std::vector<RowSpan> result;
    for (const qsizetype row : rows) {
        if (row >= count) {
            break;
        }
        if (!result.empty() && row <= result.back().end) {
            result.back().end = row + 1;
        } else {
            result.push_back({ row, row + 1 });
        }
    }
    return result;
}

} // namespace sockeye
