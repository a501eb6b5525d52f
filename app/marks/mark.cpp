// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/marks/mark.h"

#include <algorithm>

namespace sockeye {

namespace {

constexpr QByteArrayView markStart("Mark (");
constexpr QByteArrayView byteStart(", byte ");
constexpr QByteArrayView noteStart(": ");
constexpr std::array<QByteArrayView, markColours.size()> colourWords { "yellow", "orange", "red", "green", "blue",
    "purple" };

} // namespace

QByteArray toComment(const MarkComment& mark)
{
    QByteArray result = markStart + colourWords.at(static_cast<std::size_t>(mark.colour)).toByteArray() + ')';
    if (mark.byte >= 0) {
        result += byteStart + QByteArray::number(mark.byte);
    }
    if (!mark.note.isEmpty()) {
        result += noteStart + mark.note.toUtf8();
    }
    return result;
}

std::optional<MarkComment> parseMarkComment(QByteArrayView comment)
{
    if (!comment.startsWith(markStart)) {
        return std::nullopt;
    }
    comment = comment.sliced(markStart.size());
    const qsizetype end = comment.indexOf(')');
    const auto* const word = std::ranges::find(colourWords, comment.first(std::max<qsizetype>(end, 0)));
    if (word == colourWords.end()) {
        return std::nullopt;
    }
    MarkComment mark;
    mark.colour = markColours.at(static_cast<std::size_t>(word - colourWords.begin()));
    comment = comment.sliced(end + 1);
    if (comment.startsWith(byteStart)) {
        comment = comment.sliced(byteStart.size());
        const qsizetype digits =
            std::ranges::find_if(comment, [](char c) { return c < '0' || c > '9'; }) - comment.begin();
        bool ok = false;
        mark.byte = comment.first(digits).toLongLong(&ok);
        if (!ok) {
            return std::nullopt;
        }
        comment = comment.sliced(digits);
    }
    if (comment.isEmpty()) {
        return mark;
    }
    if (!comment.startsWith(noteStart)) {
        return std::nullopt;
    }
    mark.note = QString::fromUtf8(comment.sliced(noteStart.size()));
    if (mark.note.isEmpty() || mark.note.size() > longestNote) {
        return std::nullopt;
    }
    return mark;
}

} // namespace sockeye
