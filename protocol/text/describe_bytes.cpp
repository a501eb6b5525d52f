// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/text/describe_bytes.h"

#include "protocol/text/decoder.h"

#include <QLocale>

namespace sockeye {

QString describeByte(uchar byte)
{
    return u"byte 0x" % QString::number(byte, 16).rightJustified(2, u'0');
}

QString describeCharacter(QByteArrayView utf8, qsizetype offset)
{
    if (offset < 0 || offset >= utf8.size()) {
        return QStringLiteral("the end");
    }
    const auto first = static_cast<uchar>(utf8[offset]);
    if (first < 0x20 || first == 0x7f) {
        return describeByte(first);
    }
    const DecodedCharacter character = decodeCharacter(Encoding::Utf8, utf8, offset);
    if (character.size == 0) {
        return describeByte(first);
    }
    if (!QChar::isPrint(character.codePoint)) {
        return u"U+" % QString::number(character.codePoint, 16).toUpper().rightJustified(4, u'0');
    }
    return u'"' % QString::fromUtf8(utf8.sliced(offset, character.size)) % u'"';
}

QString groupedDigits(qint64 number)
{
    static const QLocale english(QLocale::English, QLocale::UnitedStates);
    return english.toString(number);
}

QString byteCount(qint64 count)
{
    return count == 1 ? QStringLiteral("1 byte") : QString(groupedDigits(count) % u" bytes");
}

QString sizedThing(qint64 size, QLatin1StringView what)
{
    const QString digits = QString::number(size);
    // English says "an" before eight, eleven and eighteen, whatever thousands follow.
    const bool leadsWithTwo = digits.size() % 3 == 2;
    const bool vowel =
        digits.startsWith(u'8') || (leadsWithTwo && (digits.startsWith(u"11") || digits.startsWith(u"18")));
    return (vowel ? u"an " : u"a ") % groupedDigits(size) % u"-byte " % what;
}

QString cutTo(QString text, qsizetype maxChars)
{
    const qsizetype room = qMax<qsizetype>(maxChars, 1);
    if (text.size() > room) {
        const bool splits = room >= 2 && text.at(room - 2).isHighSurrogate();
        text.truncate(splits ? room - 2 : room - 1);
        text += u'…';
    }
    return text;
}

} // namespace sockeye
