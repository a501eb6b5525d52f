// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/content/text_codec.h"

#include "protocol/content/icu_converter.h"
#include "protocol/text/utf8.h"

#include <QtEndian>

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

namespace sockeye {

namespace {

/// Opening a converter takes longer than most texts: each thread keeps those that it used, up to some dozens.
UConverter* converterNamed(const QByteArray& name)
{
    constexpr std::size_t kept = 32;
    thread_local std::vector<std::pair<QByteArray, IcuConverter>> open;
    for (const auto& [known, converter] : open) {
        if (known == name) {
            return converter.get();
        }
    }
    IcuConverter converter = openConverter(name);
    if (!converter) {
        return nullptr;
    }
    if (open.size() >= kept) {
        open.erase(open.begin());
    }
    return open.emplace_back(name, std::move(converter)).second.get();
}

bool isUtf8(QByteArrayView name)
{
    return name == "UTF-8" || name.compare("utf-8", Qt::CaseInsensitive) == 0
        || name.compare("utf8", Qt::CaseInsensitive) == 0;
}

bool isAscii(QByteArrayView name)
{
    return name.compare("ascii", Qt::CaseInsensitive) == 0 || name.compare("us-ascii", Qt::CaseInsensitive) == 0;
}

QByteArray withReplacements(QByteArrayView bytes, bool asciiOnly)
{
    QByteArray out;
    out.reserve(bytes.size());
    for (qsizetype at = 0; at < bytes.size();) {
        const bool plain = static_cast<uchar>(bytes[at]) < 0x80;
        const int size = plain ? 1 : asciiOnly ? 0 : validCharacter(bytes, at);
        if (size == 0) {
            appendUtf8(out, 0xfffd);
            ++at;
        } else {
            out.append(bytes.sliced(at, size));
            at += size;
        }
    }
    return out;
}

bool isPlainAscii(QByteArrayView bytes)
{
    constexpr quint64 highBits = 0x8080808080808080;
    constexpr qsizetype step = sizeof(quint64);
    qsizetype at = 0;
    for (; at + step <= bytes.size(); at += step) {
        if ((qFromUnaligned<quint64>(bytes.data() + at) & highBits) != 0) {
            return false;
        }
    }
    return std::all_of(bytes.begin() + at, bytes.end(), [](char c) { return static_cast<uchar>(c) < 0x80; });
}

} // namespace

bool isKnownEncoding(const QByteArray& name)
{
    return isUtf8(name) || isAscii(name) || converterNamed(name) != nullptr;
}

QByteArray canonicalEncoding(const QByteArray& name)
{
    if (isUtf8(name)) {
        return "UTF-8";
    }
    UErrorCode status = U_ZERO_ERROR;
    for (const char* const standard : { "MIME", "IANA" }) {
        const char* const found = ucnv_getStandardName(name.constData(), standard, &status);
        if (U_SUCCESS(status) && found != nullptr && isKnownEncoding(found)) {
            return found;
        }
        status = U_ZERO_ERROR;
    }
    return name;
}

int encodingUnit(QByteArrayView name)
{
    const QByteArray upper = name.toByteArray().toUpper().replace("_", "-");
    return upper.startsWith("UTF-16") || upper.startsWith("UTF16") || upper.startsWith("UCS-2") ? 2
        : upper.startsWith("UTF-32") || upper.startsWith("UTF32") || upper.startsWith("UCS-4")  ? 4
                                                                                                : 1;
}

bool isTextAsItStands(QByteArrayView encoding, QByteArrayView bytes)
{
    return (isUtf8(encoding) || isAscii(encoding)) && isPlainAscii(bytes);
}

std::optional<QByteArray> decodedText(const QByteArray& encoding, QByteArrayView bytes)
{
    if (isUtf8(encoding) || isAscii(encoding)) {
        return isPlainAscii(bytes) ? bytes.toByteArray() : withReplacements(bytes, isAscii(encoding));
    }
    UConverter* converter = converterNamed(encoding);
    constexpr qsizetype longest = std::numeric_limits<qint32>::max() / 4;
    if (converter == nullptr || bytes.size() > longest) {
        return std::nullopt;
    }
    ucnv_resetToUnicode(converter);
    QString text(bytes.size() * 2 + 4, Qt::Uninitialized);
    UErrorCode status = U_ZERO_ERROR;
    const qint32 length = ucnv_toUChars(converter, reinterpret_cast<UChar*>(text.data()),
        static_cast<qint32>(text.size()), bytes.data(), static_cast<qint32>(bytes.size()), &status);
    if (U_FAILURE(status) || length > text.size()) {
        return std::nullopt;
    }
    text.truncate(length);
    return text.toUtf8();
}

std::optional<QByteArray> encodedText(const QByteArray& encoding, QByteArrayView utf8)
{
    if (isUtf8(encoding)) {
        return utf8.toByteArray();
    }
    if (isAscii(encoding)) {
        return isPlainAscii(utf8) ? std::optional(utf8.toByteArray()) : std::nullopt;
    }
    UConverter* converter = converterNamed(encoding);
    const QString text = textFromUtf8(utf8);
    constexpr qsizetype longest = std::numeric_limits<qint32>::max() / 16;
    if (converter == nullptr || text.size() > longest) {
        return std::nullopt;
    }
    ucnv_resetFromUnicode(converter);
    UErrorCode status = U_ZERO_ERROR;
    QByteArray out(UCNV_GET_MAX_BYTES_FOR_STRING(text.size(), ucnv_getMaxCharSize(converter)), Qt::Uninitialized);
    const qint32 length = ucnv_fromUChars(converter, out.data(), static_cast<qint32>(out.size()),
        reinterpret_cast<const UChar*>(text.utf16()), static_cast<qint32>(text.size()), &status);
    if (U_FAILURE(status) || length > out.size()) {
        return std::nullopt;
    }
    out.truncate(length);
    return out;
}

} // namespace sockeye
