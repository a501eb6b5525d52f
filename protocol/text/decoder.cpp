// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/text/decoder.h"

#include "protocol/text/utf8.h"

#include <QtEndian>

#include <algorithm>
#include <array>

namespace sockeye {

namespace {

/// Code points of bytes 0x80 to 0x9f; 0 for the five bytes that have none.
constexpr std::array<char16_t, 32> cp1252High {
    0x20ac,
    0,
    0x201a,
    0x0192,
    0x201e,
    0x2026,
    0x2020,
    0x2021,
    0x02c6,
    0x2030,
    0x0160,
    0x2039,
    0x0152,
    0,
    0x017d,
    0, //
    0,
    0x2018,
    0x2019,
    0x201c,
    0x201d,
    0x2022,
    0x2013,
    0x2014,
    0x02dc,
    0x2122,
    0x0161,
    0x203a,
    0x0153,
    0,
    0x017e,
    0x0178,
};

constexpr bool isSurrogate(char32_t c)
{
    return c >= 0xd800 && c < 0xe000;
}

constexpr int utf8Size(char32_t c)
{
    return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
}

template <typename Unit> Unit unitAt(QByteArrayView bytes, qsizetype offset, bool big)
{
    return big ? qFromBigEndian<Unit>(bytes.data() + offset) : qFromLittleEndian<Unit>(bytes.data() + offset);
}

DecodedCharacter decodeUtf8(QByteArrayView bytes, qsizetype offset)
{
    const auto lead = static_cast<uchar>(bytes[offset]);
    if (lead < 0x80) {
        return { lead, 1, false };
    }
    const int length = utf8Length(lead);
    if (length == 0) {
        return {};
    }
    if (length > bytes.size() - offset) {
        return { 0, 0, isCutUtf8(bytes, offset) };
    }
    if (validCharacter(bytes, offset) == 0) {
        return {};
    }
    char32_t c = lead & (0xffU >> (length + 1));
    for (int i = 1; i < length; ++i) {
        c = (c << 6) | (static_cast<uchar>(bytes[offset + i]) & 0x3fU);
    }
    return { c, length, false };
}

DecodedCharacter decodeUtf16(QByteArrayView bytes, qsizetype offset, bool big)
{
    const qsizetype left = bytes.size() - offset;
    if (left < 2) {
        return { 0, 0, true };
    }
    const char32_t first = unitAt<quint16>(bytes, offset, big);
    if (!isSurrogate(first)) {
        return { first, 2, false };
    }
    if (first >= 0xdc00) {
        return {};
    }
    if (left < 4) {
        return { 0, 0, true };
    }
    const char32_t second = unitAt<quint16>(bytes, offset + 2, big);
    if (second < 0xdc00 || second >= 0xe000) {
        return {};
    }
    return { 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00), 4, false };
}

DecodedCharacter decodeUtf32(QByteArrayView bytes, qsizetype offset, bool big)
{
    if (bytes.size() - offset < 4) {
        return { 0, 0, true };
    }
    const char32_t c = unitAt<quint32>(bytes, offset, big);
    return c > 0x10ffff || isSurrogate(c) ? DecodedCharacter {} : DecodedCharacter { c, 4, false };
}

void encodeUnit16(QByteArray& out, char32_t unit, bool big)
{
    const char text[] { static_cast<char>(big ? unit >> 8 : unit), static_cast<char>(big ? unit : unit >> 8) };
    out.append(text, sizeof text);
}

void encodeUtf16(QByteArray& out, char32_t c, bool big)
{
    if (c < 0x10000) {
        encodeUnit16(out, c, big);
    } else {
        encodeUnit16(out, 0xd800 + ((c - 0x10000) >> 10), big);
        encodeUnit16(out, 0xdc00 + ((c - 0x10000) & 0x3ff), big);
    }
}

void encodeUtf32(QByteArray& out, char32_t c, bool big)
{
    std::array<char, 4> text {};
    if (big) {
        qToBigEndian<quint32>(c, text.data());
    } else {
        qToLittleEndian<quint32>(c, text.data());
    }
    out.append(text.data(), text.size());
}

/// The one byte of a character in an 8-bit encoding; -1 if it has none.
int byteOf(Encoding encoding, char32_t c)
{
    if (c < 0x80 || (c < 0x100 && encoding == Encoding::Latin1)
        || (c >= 0xa0 && c < 0x100 && encoding == Encoding::Cp1252)) {
        return static_cast<int>(c);
    }
    if (encoding == Encoding::Cp1252) {
        const auto* const found = std::find(cp1252High.begin(), cp1252High.end(), c);
        if (found != cp1252High.end()) {
            return 0x80 + static_cast<int>(found - cp1252High.begin());
        }
    }
    return -1;
}

} // namespace

DecodedCharacter decodeCharacter(Encoding encoding, QByteArrayView bytes, qsizetype offset)
{
    const auto byte = static_cast<uchar>(bytes[offset]);
    switch (encoding) {
    case Encoding::Utf8:
        return decodeUtf8(bytes, offset);
    case Encoding::Utf16:
    case Encoding::Utf16Le:
        return decodeUtf16(bytes, offset, false);
    case Encoding::Utf16Be:
        return decodeUtf16(bytes, offset, true);
    case Encoding::Utf32:
    case Encoding::Utf32Le:
        return decodeUtf32(bytes, offset, false);
    case Encoding::Utf32Be:
        return decodeUtf32(bytes, offset, true);
    case Encoding::Latin1:
        return { byte, 1, false };
    case Encoding::Ascii:
        return byte < 0x80 ? DecodedCharacter { byte, 1, false } : DecodedCharacter {};
    case Encoding::Cp1252: {
        const char32_t c = byte >= 0x80 && byte < 0xa0 ? cp1252High[byte - 0x80U] : char32_t { byte };
        return c == 0 && byte != 0 ? DecodedCharacter {} : DecodedCharacter { c, 1, false };
    }
    }
    return {};
}

DecodedText decodeText(Encoding encoding, QByteArrayView bytes)
{
    DecodedText text;
    text.encoding = resolveEncoding(encoding, bytes);
    const qsizetype mark = text.encoding.markSize;
    if (encoding == Encoding::Utf8) {
        const qsizetype valid = validUtf8Prefix(bytes.sliced(mark));
        text.utf8 = bytes.sliced(mark, valid).toByteArray();
        text.validBytes = mark + valid;
        text.cut = isCutUtf8(bytes, text.validBytes);
        return text;
    }
    text.utf8.reserve(bytes.size() / 2 + 16);
    qsizetype offset = mark;
    while (offset < bytes.size()) {
        const DecodedCharacter character = decodeCharacter(text.encoding.encoding, bytes, offset);
        if (character.size == 0) {
            text.cut = character.cut;
            break;
        }
        appendUtf8(text.utf8, character.codePoint);
        offset += character.size;
    }
    text.validBytes = offset;
    return text;
}

QByteArray encodeText(Encoding encoding, QByteArrayView utf8, bool* lossy)
{
    if (encoding == Encoding::Utf8) {
        return utf8.toByteArray();
    }
    QByteArray out;
    const ResolvedEncoding resolved = resolveEncoding(encoding, {});
    const bool big = resolved.encoding == Encoding::Utf16Be || resolved.encoding == Encoding::Utf32Be;
    const bool is16 = resolved.encoding == Encoding::Utf16Le || resolved.encoding == Encoding::Utf16Be;
    const bool is32 = resolved.encoding == Encoding::Utf32Le || resolved.encoding == Encoding::Utf32Be;
    out.reserve(utf8.size() * (is32 ? 4 : is16 ? 2 : 1) + 4);
    const auto put = [&](char32_t c) {
        if (is16) {
            encodeUtf16(out, c, big);
        } else if (is32) {
            encodeUtf32(out, c, big);
        } else {
            const int byte = byteOf(encoding, c);
            if (byte < 0 && lossy != nullptr) {
                *lossy = true;
            }
            out.append(byte < 0 ? '?' : static_cast<char>(byte));
        }
    };
    if (encoding == Encoding::Utf16 || encoding == Encoding::Utf32) {
        put(0xfeff);
    }
    for (qsizetype offset = 0; offset < utf8.size();) {
        const DecodedCharacter character = decodeUtf8(utf8, offset);
        put(character.size > 0 ? character.codePoint : char32_t { 0xfffd });
        offset += qMax(1, character.size);
    }
    return out;
}

qsizetype OffsetCursor::sourceOffset(qsizetype utf8Offset)
{
    if (m_encoding.encoding == Encoding::Utf8) {
        return m_encoding.markSize + utf8Offset;
    }
    while (m_utf8 < utf8Offset && m_source < m_encoded.size()) {
        const DecodedCharacter character = decodeCharacter(m_encoding.encoding, m_encoded, m_source);
        if (character.size == 0) {
            break;
        }
        m_source += character.size;
        m_utf8 += utf8Size(character.codePoint);
    }
    return m_source;
}

} // namespace sockeye
