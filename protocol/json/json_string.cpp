// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/json/json_string.h"

#include "protocol/text/utf8.h"

#include <optional>

namespace sockeye::json {

namespace {

std::optional<char32_t> hex4(QByteArrayView text, qsizetype at)
{
    if (text.size() - at < 4) {
        return std::nullopt;
    }
    char32_t value = 0;
    for (const char c : text.sliced(at, 4)) {
        const char32_t digit = c >= '0' && c <= '9' ? static_cast<char32_t>(c - '0')
            : c >= 'a' && c <= 'f'                  ? static_cast<char32_t>(c - 'a' + 10)
            : c >= 'A' && c <= 'F'                  ? static_cast<char32_t>(c - 'A' + 10)
                                                    : 16;
        if (digit == 16) {
            return std::nullopt;
        }
        value = value * 16 + digit;
    }
    return value;
}

constexpr bool isHigh(char32_t c)
{
    return c >= 0xd800 && c < 0xdc00;
}

constexpr bool isLow(char32_t c)
{
    return c >= 0xdc00 && c < 0xe000;
}

/// Resolves the \uXXXX at `at` (the backslash), with the second half of its pair if it has one. Returns the bytes used,
/// 0 if it is broken.
qsizetype unicodeEscape(QByteArrayView text, qsizetype at, QByteArray& out)
{
    const auto first = hex4(text, at + 2);
    if (!first) {
        return 0;
    }
    if (isHigh(*first) && text.size() - at >= 12 && text[at + 6] == '\\' && text[at + 7] == 'u') {
        const auto second = hex4(text, at + 8);
        if (second && isLow(*second)) {
            appendUtf8(out, 0x10000 + ((*first - 0xd800) << 10) + (*second - 0xdc00));
            return 12;
        }
    }
    appendUtf8(out, isHigh(*first) || isLow(*first) ? char32_t { 0xfffd } : *first);
    return 6;
}

char shortEscape(char letter)
{
    switch (letter) {
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    default:
        return letter;
    }
}

} // namespace

QByteArray decodeString(QByteArrayView token, qsizetype maxBytes)
{
    QByteArrayView text = token.first(qMin(token.size(), maxBytes));
    if (text.startsWith('"')) {
        text = text.sliced(1);
    }
    QByteArray out;
    out.reserve(text.size());
    for (qsizetype i = 0; i < text.size();) {
        const char c = text[i];
        if (c == '"') {
            break;
        }
        if (c != '\\') {
            out.append(c);
            ++i;
            continue;
        }
        if (i + 1 >= text.size()) {
            break;
        }
        qsizetype used = 2;
        if (text[i + 1] == 'u') {
            used = unicodeEscape(text, i, out);
        } else {
            out.append(shortEscape(text[i + 1]));
        }
        if (used == 0) {
            break;
        }
        i += used;
    }
    return out;
}

} // namespace sockeye::json
