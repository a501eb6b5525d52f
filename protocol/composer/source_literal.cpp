// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/composer/source_literal.h"

#include <QtEndian>

#include <algorithm>

namespace sockeye {

namespace {

constexpr qsizetype lineWidth = 88;

QString octal(uchar byte)
{
    return QStringLiteral("\\%1").arg(byte, 3, 8, QLatin1Char('0'));
}

QString escaped(char c)
{
    const auto byte = static_cast<uchar>(c);
    switch (c) {
    case '"':
        return QStringLiteral("\\\"");
    case '\\':
        return QStringLiteral("\\\\");
    case '\n':
        return QStringLiteral("\\n");
    case '\r':
        return QStringLiteral("\\r");
    case '\t':
        return QStringLiteral("\\t");
    case '?': // two of them begin a trigraph in older C
        return QStringLiteral("\\077");
    default:
        return byte >= 0x20 && byte < 0x7F ? QString(QLatin1Char(c)) : octal(byte);
    }
}

} // namespace

QList<LabelledBytes> messageParts(QByteArrayView message)
{
    const qsizetype headerSize = message.size() < 2 ? -1 : qFromBigEndian<quint16>(message.data());
    if (headerSize < 0 || message.size() < 2 + headerSize) {
        return { { message, QStringLiteral("the bytes as they are") } };
    }
    QList<LabelledBytes> parts { { message.first(2), QStringLiteral("fixed header: length of the JSON header") },
        { message.sliced(2, headerSize), QStringLiteral("JSON header") },
        { message.sliced(2 + headerSize), QStringLiteral("content") } };
    parts.removeIf([](const LabelledBytes& part) { return part.bytes.isEmpty(); });
    return parts;
}

QStringList literalLines(QByteArrayView bytes)
{
    QStringList lines;
    QString line;
    for (const char c : bytes) {
        line += escaped(c);
        if (line.size() >= lineWidth) {
            lines.append(u'"' + line + u'"');
            line.clear();
        }
    }
    if (!line.isEmpty() || lines.isEmpty()) {
        lines.append(u'"' + line + u'"');
    }
    return lines;
}

QString quoted(const QString& text)
{
    QString out = QStringLiteral("\"");
    for (const QChar c : text) {
        out += c.unicode() < 0x80 ? escaped(static_cast<char>(c.unicode())) : QString(c);
    }
    out += u'"';
    return out;
}

QString shellQuoted(const QString& text)
{
    static constexpr QStringView harmless = u"-_./:@%+=,";
    const bool isPlain = !text.isEmpty() && std::all_of(text.cbegin(), text.cend(), [](QChar c) {
        return c.unicode() < 0x80 && (c.isLetterOrNumber() || harmless.contains(c));
    });
    if (isPlain) {
        return text;
    }
    QString inner = text;
    inner.replace(u'\'', QStringLiteral("'\\''"));
    return u'\'' + inner + u'\'';
}

QString printfFormat(QByteArrayView bytes)
{
    QString out;
    for (const char c : bytes) {
        const auto byte = static_cast<uchar>(c);
        if (c == '%') {
            out += QStringLiteral("%%");
        } else if (c == '\\') {
            out += QStringLiteral("\\\\");
        } else if (c == '\'') {
            out += QStringLiteral("\\047");
        } else if (byte >= 0x20 && byte < 0x7F) {
            out += QLatin1Char(c);
        } else {
            out += QStringLiteral("\\%1").arg(byte, 3, 8, QLatin1Char('0'));
        }
    }
    // A leading dash would be an option.
    if (out.startsWith(u'-')) {
        out.replace(0, 1, QStringLiteral("\\055"));
    }
    return out;
}

} // namespace sockeye
