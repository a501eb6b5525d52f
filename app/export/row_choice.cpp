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
    const RowList& shown = *choice.shown;
    std::vector<RowSpan> result;
    bool isAscending = true;
    for (const RowSpan& span : normalized(choice.spans, shown.size())) {
        for (qsizetype index = span.begin; index < span.end; ++index) {
            const qsizetype row = shown[index];
            if (row >= count) {
                continue;
            }
            if (!result.empty() && row == result.back().end) {
                result.back().end = row + 1;
            } else {
                isAscending = isAscending && (result.empty() || row > result.back().end);
                result.push_back({ row, row + 1 });
            }
        }
    }
    return isAscending ? result : normalized(std::move(result), count);
}

} // namespace sockeye
