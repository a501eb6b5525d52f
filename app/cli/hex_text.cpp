// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/hex_text.h"

namespace sockeye::cli {

namespace {

int hexDigit(QChar c)
{
    const char16_t unit = c.unicode();
    if (unit >= u'0' && unit <= u'9') {
        return unit - u'0';
    }
    const char16_t lower = unit | 0x20;
    return lower >= u'a' && lower <= u'f' ? lower - u'a' + 10 : -1;
}

} // namespace

tl::expected<QByteArray, QString> bytesFromHex(QStringView text)
{
    QByteArray bytes;
    bytes.reserve(text.size() / 2);
    int high = -1; // the first digit of an unfinished byte
    qsizetype i = text.startsWith(u"0x", Qt::CaseInsensitive) ? 2 : 0;
    for (; i < text.size(); ++i) {
        const QChar c = text[i];
        if (c.isSpace() || c == u':') {
            if (high >= 0) {
                break;
            }
            continue;
        }
        const int digit = hexDigit(c);
        if (digit < 0) {
            return tl::unexpected(QString(
                u"\"" + text.mid(i, 1) + u"\" at position " + QString::number(i + 1) + u" is no hexadecimal digit."));
        }
        if (high < 0) {
            high = digit;
        } else {
            bytes.append(static_cast<char>(high << 4 | digit));
            high = -1;
        }
    }
    if (high >= 0) {
        return tl::unexpected(QString(u"The byte that ends at position " + QString::number(i)
            + u" has one hexadecimal digit; each byte needs two."));
    }
    return bytes;
}

} // namespace sockeye::cli
