// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/rules/toml_place.h"

#include <algorithm>

namespace sockeye::rules {

namespace {

/// How an escape is written, and how many UTF-16 units it comes to.
struct Escape {
    qsizetype length = 2;
    qsizetype units = 1;
};

Escape escapeAt(QStringView text, qsizetype at)
{
    const QChar kind = at + 1 < text.size() ? text[at + 1] : QChar();
    if (kind == u'u') {
        return { 6, 1 };
    }
    if (kind == u'U') {
        constexpr uint firstOfTwo = 0x10000;
        return { 10, text.mid(at + 2, 8).toUInt(nullptr, 16) >= firstOfTwo ? 2 : 1 };
    }
    if (kind.isSpace()) { // a line break that is left out, with the white space behind it
        qsizetype end = at + 1;
        while (end < text.size() && text[end].isSpace()) {
            ++end;
        }
        return { end - at, 0 };
    }
    return {};
}

} // namespace

qsizetype placeInString(QStringView text, qsizetype begin, qsizetype index)
{
    if (begin >= text.size()) {
        return text.size();
    }
    const QChar quote = text[begin];
    const bool isLong = text.mid(begin, 3) == QString(3, quote);
    qsizetype at = begin + (isLong ? 3 : 1);
    if (isLong && text.mid(at, 1) == u"\n") {
        ++at;
    } else if (isLong && text.mid(at, 2) == u"\r\n") {
        at += 2;
    }
    while (index > 0 && at < text.size()) {
        if (quote == u'"' && text[at] == u'\\') {
            const Escape escape = escapeAt(text, at);
            if (escape.units > index) {
                break;
            }
            at += escape.length;
            index -= escape.units;
        } else {
            at += text.mid(at, 2) == u"\r\n" ? 2 : 1; // a line break is one character, however it is written
            --index;
        }
    }
    return std::min(at, text.size());
}

} // namespace sockeye::rules
