// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/hex/hex_error.h"

#include <QByteArray>

#include <optional>
#include <vector>

namespace sockeye::hex {

/// A line of a dump, taken apart. Views are into the text; places count from its start.
struct DumpLine {
    enum class Kind : quint8 {
        Blank,
        Repeats, ///< "*": the line before, again and again
        Offset, ///< an offset alone: the end
        Data,
        Other, ///< no line of a dump
    };
    struct Group {
        qsizetype at;
        qsizetype size; ///< digits, an even number
        qsizetype gap; ///< blanks before it
    };

    Kind kind = Kind::Other;
    qsizetype begin = 0;
    qsizetype end = 0; ///< without what ends the line
    qsizetype offsetAt = 0;
    QStringView offset; ///< its digits
    bool hasPrefix = false; ///< "0x" before the offset
    bool hasColon = false; ///< behind it
    std::vector<Group> groups; ///< may reach into a text column that begins like digits
    qsizetype rest = 0; ///< where something else begins behind the groups; `end` if nothing does

    [[nodiscard]] std::optional<quint64> offsetValue(int radix) const;
    [[nodiscard]] bool hasPairsOnly() const;
};

/// The line from `begin` to `end`.
[[nodiscard]] DumpLine parseDumpLine(QStringView text, qsizetype begin, qsizetype end);

/// What a line of data holds, and how sure that is.
struct DumpCut {
    QByteArray bytes;
    bool hasText = false;
    bool isTextRight = false; ///< the text column shows these very bytes
};

/// Where the bytes end and the text column begins: `wanted` says how many bytes there must be (the next offset tells),
/// -1 if that is not known; `textColumn` is where other lines have their text, -1 if they have none.
[[nodiscard]] HexResult<DumpCut> cutDumpLine(
    QStringView text, const DumpLine& line, qint64 wanted, qsizetype textColumn);

} // namespace sockeye::hex
