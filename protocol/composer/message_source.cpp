// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/composer/message_source.h"

#include "protocol/composer/source_literal.h"

#include <algorithm>

namespace sockeye {

namespace {

constexpr qsizetype mostParts = 200; // more fields are no help to who reads the code
constexpr qsizetype numbersInCall = 8; // of struct.pack()

/// A comment must not end by what a peer or a description calls a field.
QString commentText(QString text)
{
    constexpr qsizetype longest = 100;
    for (QChar& c : text) {
        if (c < u' ' || c == u'\\') {
            c = u' ';
        }
    }
    return text.replace(QStringLiteral("*/"), QStringLiteral("* /")).left(longest);
}

QString literalsOf(QByteArrayView bytes, const QString& before)
{
    QStringList lines = bytes.isEmpty() ? QStringList { QStringLiteral("\"\"") } : literalLines(bytes);
    for (QString& line : lines) {
        line.prepend(before);
    }
    return lines.join(u'\n');
}

bool areRight(const QList<MessagePart>& parts, QByteArrayView message)
{
    qint64 end = 0;
    for (const MessagePart& part : parts) {
        if (part.offset != end || part.size <= 0) {
            return false;
        }
        end += part.size;
    }
    return end == message.size() && !parts.isEmpty() && parts.size() <= mostParts;
}

/// Numbers next to each other in one call.
QString packCall(const QList<MessagePart>& numbers, const QString& indent)
{
    QString codes;
    QStringList values;
    QStringList labels;
    for (const MessagePart& number : numbers) {
        codes += QLatin1Char(number.code);
        values.append(number.value);
        labels.append(commentText(number.label));
    }
    const QString order = numbers.constFirst().isLittle ? QStringLiteral("<") : QStringLiteral(">");
    return QStringLiteral("%1    # %2\n%1    struct.pack(\"%3\", %4),\n")
        .arg(indent, labels.join(QStringLiteral(", ")), order + codes, values.join(QStringLiteral(", ")));
}

QString joinOfParts(const QList<MessagePart>& parts, QByteArrayView message, const QString& indent)
{
    QString out = indent + QStringLiteral("b\"\".join((\n");
    for (qsizetype i = 0; i < parts.size();) {
        const MessagePart& first = parts.at(i);
        if (first.code == 0) {
            out += QStringLiteral("%1    # %2\n%3,\n")
                       .arg(indent, commentText(first.label),
                           literalsOf(message.sliced(first.offset, first.size), indent + QStringLiteral("    b")));
            ++i;
            continue;
        }
        QList<MessagePart> numbers;
        bool hasOrder = false; // of one byte each, no number has one
        while (i < parts.size() && parts.at(i).code != 0 && numbers.size() < numbersInCall) {
            MessagePart number = parts.at(i);
            if (number.size > 1 && hasOrder && number.isLittle != numbers.constFirst().isLittle) {
                break;
            }
            if (number.size > 1 && !hasOrder) {
                hasOrder = true;
                for (MessagePart& before : numbers) {
                    before.isLittle = number.isLittle;
                }
            }
            numbers.append(number);
            ++i;
        }
        out += packCall(numbers, indent);
    }
    return out + indent + QStringLiteral("))");
}

} // namespace

QList<MessagePart> sourceParts(const ProtocolPtr& protocol, QByteArrayView message)
{
    QList<MessagePart> named = protocol->spokenBy(Sender::Client).parts(message, {});
    if (areRight(named, message)) {
        return named;
    }
    QList<MessagePart> parts;
    qint64 at = 0;
    for (const LabelledBytes& part : messageParts(message)) {
        parts.append({ at, part.bytes.size(), part.label, 0, false, {} });
        at += part.bytes.size();
    }
    return parts;
}

QString pythonSource(const ProtocolPtr& protocol, QByteArrayView message, const QString& indent, bool& usesStruct)
{
    const QList<MessagePart> parts = sourceParts(protocol, message);
    usesStruct = std::any_of(parts.cbegin(), parts.cend(), [](const MessagePart& part) { return part.code != 0; });
    if (usesStruct) {
        return joinOfParts(parts, message, indent);
    }
    QStringList out { indent + u'(' };
    for (const MessagePart& part : parts) {
        out.append(QStringLiteral("%1    # %2").arg(indent, commentText(part.label)));
        out.append(literalsOf(message.sliced(part.offset, part.size), indent + QStringLiteral("    b")));
    }
    out.append(indent + u')');
    return out.join(u'\n');
}

QString cSource(const ProtocolPtr& protocol, QByteArrayView message, const QString& indent)
{
    QStringList out;
    for (const MessagePart& part : sourceParts(protocol, message)) {
        const QString label = part.value.isEmpty() ? part.label : QString(part.label % u" = " % part.value);
        out.append(QStringLiteral("%1/* %2 */").arg(indent, commentText(label)));
        out.append(literalsOf(message.sliced(part.offset, part.size), indent));
    }
    return out.join(u'\n');
}

} // namespace sockeye
