// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/filter/written.h"

#include "protocol/filter/address.h"
#include "protocol/filter/schema.h"

#include <QLocale>
#include <QStringDecoder>

#include <cmath>

namespace sockeye::filter {

namespace {

constexpr auto digits = "0123456789abcdef";

QString byteEscape(char byte)
{
    const auto number = static_cast<quint8>(byte);
    return QStringLiteral("\\x") + QLatin1Char(digits[number >> 4]) + QLatin1Char(digits[number & 0xf]);
}

/// Where whole characters stand, as themselves; else byte by byte.
void appendCharacters(QString& out, QByteArrayView utf8)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder.decode(utf8);
    if (decoder.hasError() || text.toUtf8() != utf8) {
        for (const char byte : utf8) {
            out += static_cast<quint8>(byte) < 0x80 && QChar::isPrint(static_cast<uchar>(byte)) && byte != '"'
                    && byte != '\\'
                ? QString(QLatin1Char(byte))
                : byteEscape(byte);
        }
        return;
    }
    for (const QChar c : text) {
        if (c == u'"' || c == u'\\') {
            out += u'\\';
            out += c;
        } else if (c == u'\n') {
            out += u"\\n";
        } else if (c == u'\r') {
            out += u"\\r";
        } else if (c == u'\t') {
            out += u"\\t";
        } else if (c.isPrint() || c.isSurrogate()) {
            out += c;
        } else if (c.unicode() < 0x80) {
            out += byteEscape(static_cast<char>(c.unicode()));
        } else {
            out += QStringLiteral("\\u%1").arg(c.unicode(), 4, 16, QLatin1Char('0'));
        }
    }
}

QString writtenBytes(QByteArrayView bytes)
{
    if (bytes.size() < 2) { // two digits alone would be a number or a name
        QString text;
        for (const char byte : bytes) {
            text += byteEscape(byte);
        }
        return u'"' + text + u'"';
    }
    return QString::fromLatin1(bytes.toByteArray().toHex(':'));
}

QString writtenReal(double value)
{
    if (!std::isfinite(value)) {
        return {};
    }
    return QString::number(value, 'g', QLocale::FloatingPointShortest);
}

} // namespace

QString writtenText(QByteArrayView utf8)
{
    QString out(u'"');
    appendCharacters(out, utf8);
    out += u'"';
    return out;
}

QString written(const Value& value)
{
    switch (value.type) {
    case Type::Null:
        return QStringLiteral("null");
    case Type::Boolean:
        return value.integer != 0 ? QStringLiteral("true") : QStringLiteral("false");
    case Type::Number:
        if (!value.view.isEmpty()) {
            return writtenText(value.view);
        }
        return value.isReal    ? writtenReal(value.real)
            : value.isUnsigned ? QString::number(static_cast<quint64>(value.integer))
                               : QString::number(value.integer);
    case Type::Time: {
        const qint64 part = std::abs(value.integer % 1'000'000'000);
        const QString seconds = QString::number(value.integer / 1'000'000'000);
        return (value.integer < 0 && !seconds.startsWith(u'-') ? QStringLiteral("-") : QString()) + seconds
            + QStringLiteral(".%1").arg(part, 9, 10, QLatin1Char('0')) + u's';
    }
    case Type::Text:
        return writtenText(value.view);
    case Type::Bytes:
        return writtenBytes(value.view);
    case Type::Address:
        return QString::fromLatin1(addressText(value.view));
    case Type::Absent:
    case Type::List:
    case Type::Object:
    case Type::Any:
        break;
    }
    return {};
}

QString writtenPath(const QString& field, const Path& path)
{
    QString text = field;
    for (const Step& step : path) {
        switch (step.kind) {
        case Step::Kind::Name:
            text += (text.isEmpty() ? QString() : QStringLiteral(".")) + nameInPath(QString::fromUtf8(step.name));
            break;
        case Step::Kind::Index:
            text += QStringLiteral("[%1]").arg(step.index);
            break;
        case Step::Kind::Each:
            text += u"[*]";
            break;
        }
    }
    return text;
}

} // namespace sockeye::filter
