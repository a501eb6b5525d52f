// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/values/reading_families.h"

namespace sockeye {

namespace {

constexpr qsizetype mostShown = 8;

} // namespace

void addRawBytes(ValueReadings& out, const SelectedBytes& from)
{
    const auto shown = static_cast<qsizetype>(qMin<qint64>(qMin<qint64>(from.selected, from.bytes.size()), mostShown));
    QString hex;
    QString bits;
    for (const char byte : from.bytes.first(shown)) {
        const auto value = static_cast<uchar>(byte);
        if (!hex.isEmpty()) {
            hex += u' ';
            bits += u"  ";
        }
        hex += QStringLiteral("%1").arg(value, 2, 16, QLatin1Char('0'));
        bits += QString::number(value, 2).rightJustified(8, u'0').insert(4, u' ');
    }
    if (shown < from.selected) {
        hex += u" …";
        bits += u" …";
    }
    out.push_back(plainReading(readingText("hex"), hex));
    out.push_back(plainReading(readingText("bits"), bits));
}

} // namespace sockeye
