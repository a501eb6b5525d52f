// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>
#include <QString>

namespace sockeye {

/// A text from a peer as one line that may go to a terminal or into a table. What has no picture of its own, and could
/// move a terminal's cursor, break the line or turn the text round, stands there as its escape: "\r\n", "\t", "\x1b",
/// "\u202e". A backslash stays one.
[[nodiscard]] QString visibleText(QStringView text);

/// The same for bytes that are UTF-8, or should be: a byte that belongs to no character stands there as "\xff".
[[nodiscard]] QString visibleText(QByteArrayView utf8);

/// The beginning of it: at most `maxChars` (1 or more) characters, the last one "…" where something is left out. No
/// escape is cut.
[[nodiscard]] QString visibleText(QStringView text, qsizetype maxChars);
[[nodiscard]] QString visibleText(QByteArrayView utf8, qsizetype maxChars);

/// Text of several lines: line feeds break it, tabulators stay, and a carriage return before a line feed is left out,
/// as every editor does; all others as above.
[[nodiscard]] QString visibleLines(QStringView text);

} // namespace sockeye
