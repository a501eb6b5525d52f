// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/hex_input.h"

namespace sockeye {

namespace {

int digitValue(QChar c)
{
    const char16_t u = c.unicode();
    if (u >= u'0' && u <= u'9') {
        return u - u'0';
    }
    if (u >= u'a' && u <= u'f') {
        return u - u'a' + 10;
    }
    if (u >= u'A' && u <= u'F') {
        return u - u'A' + 10;
    }
    return -1;
}

} // namespace

HexInput readHex(QStringView text)
{
    HexInput input;
    int high = -1;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        const bool isPrefix = high < 0 && i + 1 < text.size() && (c == u'0' || c == u'\\')
            && (text[i + 1] == u'x' || text[i + 1] == u'X');
        if (isPrefix) {
            ++i;
            continue;
        }
        const int value = digitValue(c);
        if (value >= 0) {
            if (high < 0) {
                high = value;
            } else {
                input.bytes.append(static_cast<char>(high * 16 + value));
                high = -1;
            }
        } else if (!c.isSpace() && c != u',' && c != u':' && input.badAt < 0) {
            input.badAt = i;
        }
    }
    input.isOdd = high >= 0;
    return input;
}

QString hexText(QByteArrayView bytes)
{
    return QString::fromLatin1(bytes.toByteArray().toHex(' '));
}

} // namespace sockeye
