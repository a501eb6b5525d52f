// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/hex/hex_string.h"

#include "protocol/hex/hex_list.h"

namespace sockeye::hex {

namespace {

/// The letters that stand directly before a quote.
QStringView prefixBefore(QStringView text, qsizetype quote)
{
    qsizetype at = quote;
    while (at > 0 && (text[at - 1].isLetterOrNumber() || text[at - 1] == u'_' || text[at - 1] == u'$')) {
        --at;
    }
    return text.sliced(at, quote - at);
}

bool isOneOf(QStringView word, std::initializer_list<QStringView> words)
{
    return std::any_of(
        words.begin(), words.end(), [word](QStringView each) { return word.compare(each, Qt::CaseInsensitive) == 0; });
}

/// The character that closes the string, or -1.
qsizetype closingQuote(QStringView text, qsizetype quote)
{
    for (qsizetype i = quote + 1; i < text.size(); ++i) {
        if (text[i] == u'\\') {
            ++i;
        } else if (text[i] == text[quote]) {
            return i;
        } else if (text[i] == u'\n') {
            break;
        }
    }
    return -1;
}

/// What one letter behind a backslash stands for, or -1.
int escaped(QChar letter)
{
    switch (letter.unicode()) {
    case u'n':
        return '\n';
    case u'r':
        return '\r';
    case u't':
        return '\t';
    case u'a':
        return '\a';
    case u'b':
        return '\b';
    case u'f':
        return '\f';
    case u'v':
        return '\v';
    case u'e':
        return 0x1b;
    case u'\\':
    case u'\'':
    case u'"':
    case u'?':
        return letter.unicode();
    default:
        return -1;
    }
}

bool isOctal(QChar c)
{
    return c >= u'0' && c <= u'7';
}

/// The escape at `at`, where the backslash is; returns where it ends.
HexResult<qsizetype> readEscape(QStringView text, qsizetype at, qsizetype end, QByteArray& out)
{
    const QChar kind = text[at + 1];
    if (kind == u'x') {
        const qsizetype first = at + 2;
        if (first >= end || digit(text[first]) < 0) {
            return tl::unexpected(noDigit(text, first));
        }
        if (first + 1 >= end || digit(text[first + 1]) < 0) {
            return tl::unexpected(halfByte(text, first));
        }
        appendBytes(out, text.sliced(first, 2));
        return first + 2;
    }
    if (isOctal(kind)) {
        int value = 0;
        qsizetype i = at + 1;
        for (; i < end && i < at + 4 && isOctal(text[i]); ++i) {
            value = value * 8 + digit(text[i]);
        }
        if (value > 0xff) {
            return tl::unexpected(HexError { at, say("This escape is more than a byte: \\000 to \\377.") });
        }
        out.append(static_cast<char>(value));
        return i;
    }
    if (kind == u'\n') { // the line goes on in the next one
        return at + 2;
    }
    const int value = escaped(kind);
    if (value < 0) {
        return tl::unexpected(HexError { at, say("This escape stands for no byte: write \\x00 to \\xff.") });
    }
    out.append(static_cast<char>(value));
    return at + 2;
}

HexResult<void> readCharacters(QStringView text, qsizetype from, qsizetype to, bool isRaw, QByteArray& out)
{
    for (qsizetype at = from; at < to;) {
        if (text[at] == u'\\' && !isRaw) {
            const auto end = readEscape(text, at, to, out);
            if (!end) {
                return tl::unexpected(end.error());
            }
            at = *end;
            continue;
        }
        const qsizetype found = isRaw ? -1 : text.first(to).indexOf(u'\\', at);
        const qsizetype stop = found < 0 ? to : found;
        out.append(text.sliced(at, stop - at).toUtf8());
        at = stop;
    }
    return {};
}

/// What may stand between two strings, or behind the last one.
bool isGlue(QChar c, bool isEnd)
{
    return isBlank(c) || c == u'\\' || c == u'+' || (isEnd && QStringView(u")]};,").contains(c));
}

} // namespace

bool isHexString(QStringView text, qsizetype quote)
{
    const QStringView prefix = prefixBefore(text, quote);
    if (isOneOf(prefix, { u"x" })) {
        return true;
    }
    if (!prefix.isEmpty()) {
        return false;
    }
    const QStringView before = text.first(quote).trimmed();
    for (const QStringView call : { u"fromhex(", u"unhexlify(", u"a2b_hex(" }) {
        if (before.endsWith(call)) {
            return true;
        }
    }
    return !text.sliced(quote).contains(u'\\');
}

HexResult<void> readStrings(QStringView text, qsizetype quote, bool isHex, QByteArray& out)
{
    const qsizetype first = quote - prefixBefore(text, quote).size();
    const QStringView before = text.first(first).trimmed();
    if (!before.isEmpty() && !QStringView(u"=([{").contains(before.back())) {
        return tl::unexpected(
            HexError { quote, say("A string begins here, and what stands before it is no program.") });
    }
    for (qsizetype at = quote; at < text.size();) {
        const QStringView prefix = prefixBefore(text, at);
        const bool isRaw = isOneOf(prefix, { u"br", u"rb" });
        if (!prefix.isEmpty() && !isRaw && !isOneOf(prefix, { u"b", u"u8", u"$", u"x" })) {
            return tl::unexpected(HexError {
                at - prefix.size(), say("A string with “%1” before it holds no bytes.").arg(prefix.left(16)) });
        }
        const qsizetype end = closingQuote(text, at);
        if (end < 0) {
            return tl::unexpected(HexError { at, say("The quote that opens here is not closed in its line.") });
        }
        auto read = isHex ? readList(text, at + 1, end, out) : readCharacters(text, at + 1, end, isRaw, out);
        if (!read) {
            return read;
        }
        const auto isQuote = [&](qsizetype i) { return text[i] == u'"' || text[i] == u'\''; };
        bool isEnd = false;
        for (at = end + 1; at < text.size() && !isQuote(at); ++at) {
            qsizetype word = at;
            while (word < text.size() && (text[word].isLetterOrNumber() || text[word] == u'$')) {
                ++word;
            }
            if (word > at && word < text.size() && isQuote(word) && !isEnd) { // the prefix of the next one
                at = word;
                break;
            }
            if (!isGlue(text[at], true)) {
                return tl::unexpected(HexError { at, say("What stands here is no part of a string.") });
            }
            isEnd = isEnd || !isGlue(text[at], false);
        }
        if (at < text.size() && isEnd) {
            return tl::unexpected(HexError { at, say("Another value begins here: give one at a time.") });
        }
    }
    return {};
}

} // namespace sockeye::hex
