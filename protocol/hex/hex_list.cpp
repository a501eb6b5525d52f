// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/hex/hex_list.h"

namespace sockeye::hex {

namespace {

bool isSeparator(QChar c)
{
    return isBlank(c) || QStringView(u",;:-{}[]()").contains(c);
}

/// "0xA" in the braces of an array is a whole number there; everywhere else one digit is half a byte.
bool isNumberOfArray(QStringView digits, bool isPrefixed, int depth)
{
    return isPrefixed && depth > 0 && digits.size() == 1;
}

/// An assembler's number must not begin with a letter: 0FFh is one byte.
QStringView withoutLeadingZero(QStringView digits)
{
    return digits.size() == 3 && digits.front() == u'0' ? digits.sliced(1) : digits;
}

} // namespace

HexResult<void> readList(QStringView text, qsizetype from, qsizetype to, QByteArray& out)
{
    out.reserve(out.size() + (to - from) / 2);
    int depth = 0;
    for (qsizetype i = from; i < to;) {
        if (isSeparator(text[i])) {
            const bool opens = QStringView(u"{[(").contains(text[i]);
            const bool closes = QStringView(u"}])").contains(text[i]);
            depth = opens ? depth + 1 : closes ? qMax(0, depth - 1) : depth;
            ++i;
            continue;
        }
        const bool isEscape = text[i] == u'\\' && i + 1 < to && (text[i + 1] == u'x' || text[i + 1] == u'X');
        const bool isPrefixed = isEscape || hasPrefix(text.first(to), i);
        const qsizetype begin = isPrefixed ? i + 2 : i;
        qsizetype end = begin;
        while (end < to && digit(text[end]) >= 0) {
            // In "00\x67" and in "000x67" alike the next prefix ends the number before it.
            if (end > begin && hasPrefix(text.first(to), end) && (end - begin) % 2 == 0) {
                break;
            }
            ++end;
        }
        QStringView digits = text.sliced(begin, end - begin);
        if (digits.isEmpty()) {
            return tl::unexpected(begin < to
                    ? noDigit(text, isPrefixed ? begin : i)
                    : HexError { i, say("Nothing stands behind the prefix: a byte is missing.") });
        }
        const bool hasSuffix = end < to && (text[end] == u'h' || text[end] == u'H');
        if (hasSuffix) {
            digits = withoutLeadingZero(digits);
        }
        if (const bool isCut = end < to && !hasSuffix && !isSeparator(text[end]) && text[end] != u'\\';
            isCut && !hasPrefix(text.first(to), end)) {
            return tl::unexpected(noDigit(text, end));
        }
        if (isNumberOfArray(digits, isPrefixed, depth)) {
            out.append(static_cast<char>(digit(digits.front())));
        } else if (digits.size() % 2 != 0) {
            return tl::unexpected(halfByte(text, end - 1));
        } else {
            appendBytes(out, digits);
        }
        i = hasSuffix ? end + 1 : end;
        if (hasSuffix && i < to && !isSeparator(text[i])) {
            return tl::unexpected(noDigit(text, i - 1));
        }
    }
    return {};
}

} // namespace sockeye::hex
