// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/text/utf8.h"

#include <QtEndian>

#include <simdjson.h>

namespace sockeye {

namespace {

/// Whether `second` may follow `lead`: excludes overlong forms, surrogates and what is over U+10FFFF.
bool validSecond(uchar lead, uchar second)
{
    switch (lead) {
    case 0xe0:
        return second >= 0xa0 && second <= 0xbf;
    case 0xed:
        return second >= 0x80 && second <= 0x9f;
    case 0xf0:
        return second >= 0x90 && second <= 0xbf;
    case 0xf4:
        return second >= 0x80 && second <= 0x8f;
    default:
        return second >= 0x80 && second <= 0xbf;
    }
}

/// How many bytes at `offset` are right for the character that begins there; equals its length if it is whole.
int rightBytes(QByteArrayView bytes, qsizetype offset)
{
    const auto lead = static_cast<uchar>(bytes[offset]);
    const int length = utf8Length(lead);
    if (length <= 1) {
        return length;
    }
    int have = 1;
    for (; have < length && offset + have < bytes.size(); ++have) {
        const auto byte = static_cast<uchar>(bytes[offset + have]);
        if (have == 1 ? !validSecond(lead, byte) : (byte & 0xc0) != 0x80) {
            break;
        }
    }
    return have;
}

/// For texts so short that simdjson would take longer to be called.
constexpr qsizetype shortText = 256;

bool isAscii(QByteArrayView bytes)
{
    constexpr quint64 high = 0x8080808080808080;
    quint64 seen = 0;
    qsizetype i = 0;
    for (; bytes.size() - i >= 8; i += 8) {
        seen |= qFromUnaligned<quint64>(bytes.data() + i);
    }
    for (; i < bytes.size(); ++i) {
        seen |= static_cast<uchar>(bytes[i]);
    }
    return (seen & high) == 0;
}

} // namespace

qsizetype validUtf8Prefix(QByteArrayView bytes)
{
    if (bytes.size() <= shortText && isAscii(bytes)) {
        return bytes.size();
    }
    if (simdjson::validate_utf8(bytes.data(), static_cast<size_t>(bytes.size()))) {
        return bytes.size();
    }
    qsizetype offset = 0;
    while (offset < bytes.size()) {
        const int length = validCharacter(bytes, offset);
        if (length == 0) {
            break;
        }
        offset += length;
    }
    return offset;
}

int validCharacter(QByteArrayView bytes, qsizetype offset)
{
    const int length = utf8Length(static_cast<uchar>(bytes[offset]));
    return length > 0 && rightBytes(bytes, offset) == length ? length : 0;
}

bool isCutUtf8(QByteArrayView bytes, qsizetype offset)
{
    if (offset >= bytes.size()) {
        return false;
    }
    const int length = utf8Length(static_cast<uchar>(bytes[offset]));
    return length > bytes.size() - offset && rightBytes(bytes, offset) == bytes.size() - offset;
}

QString textFromUtf8(QByteArrayView utf8)
{
    QString text;
    constexpr QByteArrayView mark = "\xef\xbb\xbf";
    while (utf8.startsWith(mark)) {
        text += QChar(QChar::ByteOrderMark);
        utf8 = utf8.sliced(mark.size());
    }
    return text.isEmpty() ? QString::fromUtf8(utf8) : QString(text + QString::fromUtf8(utf8));
}

void appendUtf8(QByteArray& out, char32_t codePoint)
{
    if (codePoint < 0x80) {
        out.append(static_cast<char>(codePoint));
        return;
    }
    const auto tail = [codePoint](int shift) { return static_cast<char>(0x80 | ((codePoint >> shift) & 0x3f)); };
    if (codePoint < 0x800) {
        const char text[] { static_cast<char>(0xc0 | (codePoint >> 6)), tail(0) };
        out.append(text, sizeof text);
    } else if (codePoint < 0x10000) {
        const char text[] { static_cast<char>(0xe0 | (codePoint >> 12)), tail(6), tail(0) };
        out.append(text, sizeof text);
    } else {
        const char text[] { static_cast<char>(0xf0 | (codePoint >> 18)), tail(12), tail(6), tail(0) };
        out.append(text, sizeof text);
    }
}

} // namespace sockeye
