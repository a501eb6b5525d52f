// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/text/text_mistake.h"

#include <QString>

#include <tl/expected.hpp>

namespace sockeye {

/// Why a text is no hexadecimal, and where.
struct HexError {
    qsizetype at = 0; ///< of the first character at fault, in UTF-16 units; at most the size of the text
    QString text; ///< a sentence without the place
};

/// A value, or the one reason why the text holds none.
template <typename T> using HexResult = tl::expected<T, HexError>;

/// The sentence with its place in `text`: "Column 4: “5” is half a byte, …", with a line where there are several.
[[nodiscard]] QString describe(const HexError& error, QStringView text);

/// The line at fault, shortened, over a line with a caret below the place: two lines for a terminal, without a
/// character that could command it.
[[nodiscard]] QString withCaret(const HexError& error, QStringView text);

namespace hex {

/// The value of a digit, or -1.
[[nodiscard]] constexpr int digit(QChar c)
{
    const char16_t u = c.unicode();
    return u >= u'0' && u <= u'9' ? u - u'0'
        : u >= u'a' && u <= u'f'  ? u - u'a' + 10
        : u >= u'A' && u <= u'F'  ? u - u'A' + 10
                                  : -1;
}

/// White space, and the byte order mark that some editors put first.
[[nodiscard]] inline bool isBlank(QChar c)
{
    return c.isSpace() || c == QChar::ByteOrderMark;
}

/// Whether "0x" stands at `at`.
[[nodiscard]] constexpr bool hasPrefix(QStringView text, qsizetype at)
{
    return at + 1 < text.size() && text[at] == u'0' && (text[at + 1] == u'x' || text[at + 1] == u'X');
}

/// The digits at `at`, an even number of them, as bytes.
void appendBytes(QByteArray& out, QStringView digits);

[[nodiscard]] QString say(const char* sentence);

/// The character at `at` is no digit.
[[nodiscard]] HexError noDigit(QStringView text, qsizetype at);

/// The digit at `at` has no second one.
[[nodiscard]] HexError halfByte(QStringView text, qsizetype at);

} // namespace hex

} // namespace sockeye
