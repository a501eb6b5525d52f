// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/hex/hex_error.h"

#include "protocol/text/describe_bytes.h"
#include "protocol/text/visible_text.h"

#include <QCoreApplication>

namespace sockeye {

QString describe(const HexError& error, QStringView text)
{
    const TextPlace place = placeIn(text, error.at);
    return text.contains(u'\n')
        ? hex::say("Line %1, column %2: %3").arg(groupedDigits(place.line), groupedDigits(place.column), error.text)
        : hex::say("Column %1: %2").arg(groupedDigits(place.column), error.text);
}

QString withCaret(const HexError& error, QStringView text)
{
    return withCaret(TextMistake { error.at, 1, error.text, {} }, text);
}

namespace hex {

QString say(const char* sentence)
{
    return QCoreApplication::translate("sockeye::Hex", sentence);
}

void appendBytes(QByteArray& out, QStringView digits)
{
    for (qsizetype i = 0; i + 1 < digits.size(); i += 2) {
        out.append(static_cast<char>(digit(digits[i]) << 4 | digit(digits[i + 1])));
    }
}

HexError noDigit(QStringView text, qsizetype at)
{
    const bool isPair = text[at].isHighSurrogate() && at + 1 < text.size();
    return { at, say("“%1” is no hexadecimal digit.").arg(visibleText(text.sliced(at, isPair ? 2 : 1).toString())) };
}

HexError halfByte(QStringView text, qsizetype at)
{
    return { at, say("“%1” is half a byte: each byte takes two digits, such as 0%1.").arg(text[at]) };
}

} // namespace hex

} // namespace sockeye
