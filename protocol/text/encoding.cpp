// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/text/encoding.h"

#include "protocol/text/word.h"

#include <QSysInfo>

#include <array>

namespace sockeye {

namespace {

/// Python's names and aliases, IANA's, and what people write.
constexpr EncodingSpelling spellings[] {
    { "utf8", Encoding::Utf8 },
    { "u8", Encoding::Utf8 },
    { "utf", Encoding::Utf8 },
    { "utf8sig", Encoding::Utf8 },
    { "cp65001", Encoding::Utf8 },
    { "utf16", Encoding::Utf16 },
    { "u16", Encoding::Utf16 },
    { "utf16le", Encoding::Utf16Le },
    { "unicodelittleunmarked", Encoding::Utf16Le },
    { "utf16be", Encoding::Utf16Be },
    { "unicodebigunmarked", Encoding::Utf16Be },
    { "utf32", Encoding::Utf32 },
    { "u32", Encoding::Utf32 },
    { "utf32le", Encoding::Utf32Le },
    { "utf32be", Encoding::Utf32Be },
    { "latin1", Encoding::Latin1 },
    { "latin", Encoding::Latin1 },
    { "l1", Encoding::Latin1 },
    { "iso88591", Encoding::Latin1 },
    { "8859", Encoding::Latin1 },
    { "cp819", Encoding::Latin1 },
    { "ascii", Encoding::Ascii },
    { "usascii", Encoding::Ascii },
    { "646", Encoding::Ascii },
    { "iso646us", Encoding::Ascii },
    { "ansix341968", Encoding::Ascii },
    { "cp1252", Encoding::Cp1252 },
    { "1252", Encoding::Cp1252 },
    { "windows1252", Encoding::Cp1252 },
};

constexpr bool littleEndian = QSysInfo::ByteOrder == QSysInfo::LittleEndian;

} // namespace

std::span<const EncodingSpelling> encodingSpellings()
{
    return spellings;
}

std::optional<Encoding> encodingFromName(QByteArrayView name)
{
    if (isWord(name, "utf-8")) { // what nearly everybody writes
        return Encoding::Utf8;
    }
    std::array<char, 32> plain {};
    size_t size = 0;
    for (const char c : name) {
        if (c == '-' || c == '_' || c == ' ' || c == '.' || c == ':') {
            continue;
        }
        if (size == plain.size()) {
            return std::nullopt;
        }
        plain[size] = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        ++size;
    }
    const QByteArrayView key(plain.data(), static_cast<qsizetype>(size));
    for (const EncodingSpelling& spelling : spellings) {
        if (spelling.name == key) {
            return spelling.encoding;
        }
    }
    return std::nullopt;
}

QLatin1StringView encodingName(Encoding encoding)
{
    switch (encoding) {
    case Encoding::Utf8:
        return QLatin1StringView("utf-8");
    case Encoding::Utf16:
        return QLatin1StringView("utf-16");
    case Encoding::Utf16Le:
        return QLatin1StringView("utf-16-le");
    case Encoding::Utf16Be:
        return QLatin1StringView("utf-16-be");
    case Encoding::Utf32:
        return QLatin1StringView("utf-32");
    case Encoding::Utf32Le:
        return QLatin1StringView("utf-32-le");
    case Encoding::Utf32Be:
        return QLatin1StringView("utf-32-be");
    case Encoding::Latin1:
        return QLatin1StringView("latin-1");
    case Encoding::Ascii:
        return QLatin1StringView("ascii");
    case Encoding::Cp1252:
        return QLatin1StringView("cp1252");
    }
    return {};
}

ResolvedEncoding resolveEncoding(Encoding encoding, QByteArrayView bytes)
{
    const QByteArrayView little16("\xff\xfe", 2);
    const QByteArrayView big16("\xfe\xff", 2);
    const QByteArrayView little32("\xff\xfe\0\0", 4);
    const QByteArrayView big32("\0\0\xfe\xff", 4);
    const auto marked = [bytes](QByteArrayView mark) { return bytes.startsWith(mark) ? mark.size() : 0; };
    switch (encoding) {
    case Encoding::Utf8:
        return { encoding, marked("\xef\xbb\xbf") };
    case Encoding::Utf16:
        if (marked(big16) > 0 || (!littleEndian && marked(little16) == 0)) {
            return { Encoding::Utf16Be, marked(big16) };
        }
        return { Encoding::Utf16Le, marked(little16) };
    case Encoding::Utf16Le:
        return { encoding, marked(little16) };
    case Encoding::Utf16Be:
        return { encoding, marked(big16) };
    case Encoding::Utf32:
        if (marked(big32) > 0 || (!littleEndian && marked(little32) == 0)) {
            return { Encoding::Utf32Be, marked(big32) };
        }
        return { Encoding::Utf32Le, marked(little32) };
    case Encoding::Utf32Le:
        return { encoding, marked(little32) };
    case Encoding::Utf32Be:
        return { encoding, marked(big32) };
    case Encoding::Latin1:
    case Encoding::Ascii:
    case Encoding::Cp1252:
        break;
    }
    return { encoding, 0 };
}

} // namespace sockeye
