// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/hex/hex_source.h"

#include "protocol/hex/hex_list.h"
#include "protocol/hex/hex_string.h"

#include <algorithm>

namespace sockeye::hex {

namespace {

bool isQuote(QChar c)
{
    return c == u'"' || c == u'\'';
}

/// Where the string that begins at `at` ends: behind its quote, or at the end of the line if it has none.
qsizetype stringEnd(QStringView text, qsizetype at)
{
    const QChar quote = text[at];
    for (qsizetype i = at + 1; i < text.size(); ++i) {
        if (text[i] == u'\\') {
            ++i;
        } else if (text[i] == quote) {
            return i + 1;
        } else if (text[i] == u'\n') {
            return i;
        }
    }
    return text.size();
}

/// Where the comment that begins at `at` ends; `at` if none does.
qsizetype commentEnd(QStringView text, qsizetype at)
{
    const QStringView rest = text.sliced(at);
    const auto behind = [&](QStringView mark, qsizetype from) {
        const qsizetype found = text.indexOf(mark, from);
        return found < 0 ? text.size() : found + mark.size();
    };
    if (rest.startsWith(u"/*")) {
        return behind(u"*/", at + 2);
    }
    const bool isColour = rest.size() > 1 && digit(rest[1]) >= 0; // #00677b
    if (rest.startsWith(u"//") || (rest.startsWith(u'#') && !isColour)) {
        const qsizetype lineEnd = text.indexOf(u'\n', at);
        return lineEnd < 0 ? text.size() : lineEnd;
    }
    return at;
}

/// The text with blanks for comments, so that all places stay what they are.
QString withoutComments(QStringView text)
{
    QString plain = text.toString();
    for (qsizetype at = 0; at < text.size();) {
        if (isQuote(text[at])) {
            at = stringEnd(text, at);
            continue;
        }
        const qsizetype end = commentEnd(text, at);
        std::fill(plain.begin() + at, plain.begin() + end, QChar(u' '));
        at = qMax(end, at + 1);
    }
    return plain;
}

qsizetype firstQuote(QStringView text)
{
    const auto found = std::find_if(text.begin(), text.end(), isQuote);
    return found == text.end() ? -1 : found - text.begin();
}

/// Where the array's bracket opens, -1 if there is no array: something that is no digit has to stand before it.
qsizetype arrayBegin(QStringView text)
{
    const qsizetype brace = text.indexOf(u'{');
    const qsizetype equals = text.indexOf(u'=');
    const qsizetype at = brace >= 0 ? brace : text.indexOf(u'[', qMax<qsizetype>(equals, 0));
    if (at < 0) {
        return -1;
    }
    const QStringView before = text.first(at);
    const auto isWord = [](QChar c) { return c == u'=' || c == u'_' || (c.isLetter() && digit(c) < 0); };
    // "0x" and "\x" are no words, so an x alone tells nothing.
    const bool named = std::any_of(before.begin(), before.end(),
        [&](QChar c) { return isWord(c) && c != u'x' && c != u'X' && c != u'h' && c != u'H'; });
    return named ? at : -1;
}

HexResult<void> readElement(QStringView text, qsizetype from, qsizetype to, QByteArray& out)
{
    qsizetype at = from;
    if (text[at] == u'(') { // a cast
        const qsizetype closed = text.first(to).indexOf(u')', at);
        at = closed < 0 ? at : closed + 1;
        while (at < to && isBlank(text[at])) {
            ++at;
        }
    }
    qsizetype end = hasPrefix(text.first(to), at) ? at + 2 : at;
    const qsizetype digitsAt = end;
    while (end < to && digit(text[end]) >= 0) {
        ++end;
    }
    const QStringView suffix = text.sliced(end, to - end);
    const bool isWhole = suffix.isEmpty() || suffix.compare(u"u", Qt::CaseInsensitive) == 0 || suffix == u"u8";
    const QStringView digits = text.sliced(digitsAt, end - digitsAt);
    if (digitsAt == at && isWhole && !digits.isEmpty()) {
        return tl::unexpected(
            HexError { at, say("Without 0x a number of an array is no hexadecimal: write 0x00 to 0xff.") });
    }
    if (digitsAt == at || digits.isEmpty() || !isWhole) {
        return tl::unexpected(HexError { at, say("This is no byte: write 0x00 to 0xff.") });
    }
    if (digits.size() > 2) {
        return tl::unexpected(HexError { at, say("“0x%1” is more than a byte.").arg(digits.left(16)) });
    }
    if (digits.size() == 1) {
        out.append(static_cast<char>(digit(digits.front())));
    } else {
        appendBytes(out, digits);
    }
    return {};
}

HexResult<void> readArray(QStringView text, QByteArray& out)
{
    const qsizetype begin = arrayBegin(text) + 1;
    const QChar closing = text[begin - 1] == u'{' ? u'}' : u']';
    const qsizetype end = text.indexOf(closing, begin);
    if (end < 0) {
        return tl::unexpected(HexError { begin - 1, say("The bracket that opens here is not closed.") });
    }
    for (qsizetype at = begin; at < end;) {
        const qsizetype found = text.first(end).indexOf(u',', at);
        const qsizetype stop = found < 0 ? end : found;
        qsizetype from = at;
        while (from < stop && isBlank(text[from])) {
            ++from;
        }
        qsizetype to = stop;
        while (to > from && isBlank(text[to - 1])) {
            --to;
        }
        if (from < to) {
            if (const auto read = readElement(text, from, to, out); !read) {
                return read;
            }
        } else if (found >= 0) {
            return tl::unexpected(HexError { found, say("A byte is missing before this comma.") });
        }
        at = stop + 1;
    }
    if (const qsizetype other = text.indexOf(u'{', end); other >= 0) {
        return tl::unexpected(HexError { other, say("Another array begins here: give one at a time.") });
    }
    return {};
}

} // namespace

Source sourceForm(QStringView text)
{
    const QString plain = withoutComments(text);
    if (const qsizetype quote = firstQuote(plain); quote >= 0) {
        return isHexString(plain, quote) ? Source::HexString : Source::String;
    }
    if (arrayBegin(plain) >= 0) {
        return Source::Array;
    }
    return plain == text ? Source::None : Source::Comments;
}

HexResult<void> readSource(Source form, QStringView text, QByteArray& out)
{
    const QString plain = withoutComments(text);
    switch (form) {
    case Source::Array:
        return readArray(plain, out);
    case Source::String:
    case Source::HexString:
        return readStrings(plain, firstQuote(plain), form == Source::HexString, out);
    case Source::Comments:
    case Source::None:
        break;
    }
    return readList(plain, 0, plain.size(), out);
}

} // namespace sockeye::hex
