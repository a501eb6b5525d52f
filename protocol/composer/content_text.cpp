// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/composer/content_text.h"

#include "protocol/content/text_codec.h"
#include "protocol/content/text_stream.h"
#include "protocol/text/utf8.h"

#include <QStringDecoder>
#include <QStringEncoder>

#include <array>

namespace sockeye {

namespace {

struct Target {
    QStringConverter::Encoding encoding = QStringConverter::Utf8;
    bool bom = false;
    char32_t last = 0x10FFFF; ///< the last code point that the encoding has
};

/// Spellings differ in case and in what stands between letters and digits: none of that counts.
QByteArray bareName(QByteArrayView name)
{
    QByteArray bare;
    for (const char c : name) {
        if (c != '-' && c != '_' && c != ' ') {
            bare.append(c);
        }
    }
    return bare.toLower();
}

std::optional<Target> targetOf(QByteArrayView name)
{
    struct Row {
        const char* name;
        Target target;
    };
    static const std::array rows {
        Row { "utf8", { QStringConverter::Utf8, false, 0x10FFFF } },
        Row { "u8", { QStringConverter::Utf8, false, 0x10FFFF } },
        Row { "utf8sig", { QStringConverter::Utf8, true, 0x10FFFF } },
        Row { "utf16", { QStringConverter::Utf16, true, 0x10FFFF } },
        Row { "u16", { QStringConverter::Utf16, true, 0x10FFFF } },
        Row { "utf16le", { QStringConverter::Utf16LE, false, 0x10FFFF } },
        Row { "utf16be", { QStringConverter::Utf16BE, false, 0x10FFFF } },
        Row { "utf32", { QStringConverter::Utf32, true, 0x10FFFF } },
        Row { "u32", { QStringConverter::Utf32, true, 0x10FFFF } },
        Row { "utf32le", { QStringConverter::Utf32LE, false, 0x10FFFF } },
        Row { "utf32be", { QStringConverter::Utf32BE, false, 0x10FFFF } },
        Row { "latin1", { QStringConverter::Latin1, false, 0xFF } },
        Row { "latin", { QStringConverter::Latin1, false, 0xFF } },
        Row { "l1", { QStringConverter::Latin1, false, 0xFF } },
        Row { "iso88591", { QStringConverter::Latin1, false, 0xFF } },
        Row { "ascii", { QStringConverter::Latin1, false, 0x7F } },
        Row { "usascii", { QStringConverter::Latin1, false, 0x7F } },
    };
    const QByteArray bare = bareName(name);
    for (const Row& row : rows) {
        if (bare == row.name) {
            return row.target;
        }
    }
    return std::nullopt;
}

/// In an encoding that Qt does not have.
EncodedText encodeElsewhere(QStringView text, const QByteArray& encoding)
{
    EncodedText result;
    TextEncoder encoder(encoding);
    while (!text.isEmpty()) {
        const auto encoded = encoder.encode(text);
        if (encoded) {
            result.bytes += *encoded;
            break;
        }
        const qsizetype at = encoded.error();
        const bool isPair = text.sliced(at).size() > 1 && text[at].isHighSurrogate();
        const QStringView missing = text.sliced(at, isPair ? 2 : 1);
        result.unencodable = result.unencodable.isEmpty() ? missing.toString() : result.unencodable;
        result.bytes += encoder.encode(text.first(at)).value_or(QByteArray()) + '?';
        text = text.sliced(at + missing.size());
    }
    return result;
}

} // namespace

EncodedText encodeText(QStringView text, QByteArrayView encoding)
{
    EncodedText result;
    const std::optional<Target> target = targetOf(encoding);
    if (!target && isKnownEncoding(encoding.toByteArray())) {
        return encodeElsewhere(text, encoding.toByteArray());
    }
    result.encodingKnown = target.has_value();
    const Target to = target.value_or(Target {});

    QString fitting;
    fitting.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool isPair = text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        const char32_t point = isPair ? QChar::surrogateToUcs4(text[i], text[i + 1]) : text[i].unicode();
        const QStringView character = text.sliced(i, isPair ? 2 : 1);
        i += isPair ? 1 : 0;
        if (point > to.last || (!isPair && text[i].isSurrogate())) {
            if (result.unencodable.isEmpty()) {
                result.unencodable = character.toString();
            }
            fitting.append(u'?');
        } else {
            fitting.append(character);
        }
    }
    QStringEncoder encoder(to.encoding, to.bom ? QStringConverter::Flag::WriteBom : QStringConverter::Flag::Default);
    result.bytes = encoder(fitting);
    return result;
}

std::optional<QString> decodeText(QByteArrayView bytes, QByteArrayView encoding)
{
    const std::optional<Target> target = targetOf(encoding);
    if (!target) {
        const auto utf8 = decodedText(encoding.toByteArray(), bytes);
        const bool isSame = utf8 && encodedText(encoding.toByteArray(), *utf8) == bytes.toByteArray();
        return isSame ? std::optional(textFromUtf8(*utf8)) : std::nullopt;
    }
    QStringDecoder decoder(target->encoding);
    const QString text = decoder(bytes);
    if (decoder.hasError() || encodeText(text, encoding).bytes != bytes) {
        return std::nullopt;
    }
    return text;
}

QList<QByteArray> offeredEncodings()
{
    return { QByteArrayLiteral("utf-8"), QByteArrayLiteral("utf-16"), QByteArrayLiteral("utf-16-le"),
        QByteArrayLiteral("utf-16-be"), QByteArrayLiteral("utf-32"), QByteArrayLiteral("latin-1"),
        QByteArrayLiteral("ascii") };
}

} // namespace sockeye
