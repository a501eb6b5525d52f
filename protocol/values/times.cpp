// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/text/utc_text.h"
#include "protocol/values/reading_families.h"

#include <array>

namespace sockeye {

namespace {

// What a program of our days may have meant; almost any number is some time.
constexpr qint64 from1990 = 631'152'000;
constexpr qint64 to2100 = 4'102'444'800;

constexpr qint64 from1900 = 2'208'988'800; ///< seconds until 1970: where NTP begins
constexpr qint64 from1601 = 11'644'473'600; ///< where FILETIME begins

/// `digits` of the second behind the point, which `fraction` counts. A dash for a time of other centuries.
QString timeText(qint64 seconds, quint64 fraction, int digits)
{
    if (seconds < from1990 || seconds >= to2100) {
        return QStringLiteral("–");
    }
    const QString text = utcText(seconds);
    return digits == 0 ? text : text + u'.' + QString::number(fraction).rightJustified(digits, u'0');
}

QString counted(quint64 value, quint64 perSecond, int digits, qint64 begin = 0)
{
    return timeText(static_cast<qint64>(value / perSecond) - begin, value % perSecond, digits);
}

QString ntpText(quint64 value)
{
    constexpr quint64 micro = 1'000'000;
    return timeText(static_cast<qint64>(value >> 32) - from1900, ((value & 0xffff'ffffU) * micro) >> 32, 6);
}

} // namespace

void addTimes(ValueReadings& out, const SelectedBytes& from)
{
    const QByteArrayView bytes = from.bytes;
    const QString unix = readingText("Time in UTC, counted from 1970-01-01, if it falls between 1990 and 2100");
    out.push_back(orderedReading(readingText("UTC s, 32-bit"), 4, bytes,
        [bytes](bool little) { return counted(loaded<quint32>(bytes, little), 1, 0); }));
    out.back().hint = unix;
    struct Scale {
        const char* name = nullptr;
        quint64 perSecond = 1;
        int digits = 0;
    };
    static constexpr std::array scales {
        Scale { QT_TRANSLATE_NOOP("ValueReadings", "UTC s, 64-bit"), 1, 0 },
        Scale { QT_TRANSLATE_NOOP("ValueReadings", "UTC ms, 64-bit"), 1'000, 3 },
        Scale { QT_TRANSLATE_NOOP("ValueReadings", "UTC µs, 64-bit"), 1'000'000, 6 },
        Scale { QT_TRANSLATE_NOOP("ValueReadings", "UTC ns, 64-bit"), 1'000'000'000, 9 },
    };
    for (const Scale& scale : scales) {
        out.push_back(orderedReading(readingText(scale.name), 8, bytes, [bytes, &scale](bool little) {
            return counted(loaded<quint64>(bytes, little), scale.perSecond, scale.digits);
        }));
        out.back().hint = unix;
    }
    out.push_back(orderedReading(
        QStringLiteral("NTP"), 8, bytes, [bytes](bool little) { return ntpText(loaded<quint64>(bytes, little)); }));
    out.back().hint = readingText("Time in UTC: 32 bits of seconds from 1900-01-01, 32 bits of their fraction");
    out.push_back(orderedReading(QStringLiteral("FILETIME"), 8, bytes,
        [bytes](bool little) { return counted(loaded<quint64>(bytes, little), 10'000'000, 7, from1601); }));
    out.back().hint = readingText("Time in UTC, in steps of 100 ns from 1601-01-01, as Windows counts");
}

} // namespace sockeye
