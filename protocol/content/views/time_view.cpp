// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/content/views/view_functions.h"
#include "protocol/text/describe_bytes.h"
#include "protocol/text/utc_text.h"

#include <QCoreApplication>
#include <QtEndian>

namespace sockeye {

namespace {

constexpr qint64 earliest = 631'152'000; // 1990-01-01
constexpr qint64 latest = 4'102'444'800; // 2100-01-01

/// Empty for a time that nobody means.
QString timeText(qint64 seconds, int digits, quint64 fraction)
{
    if (seconds < earliest || seconds >= latest) {
        return {};
    }
    QString out = utcText(seconds);
    if (digits > 0) {
        out += u'.' + QString::number(fraction).rightJustified(digits, u'0');
    }
    return out + u" UTC";
}

QString timeOfUnit(quint64 number, quint64 perSecond, int digits)
{
    const quint64 seconds = number / perSecond;
    return seconds >= quint64(latest) ? QString() : timeText(static_cast<qint64>(seconds), digits, number % perSecond);
}

struct Unit {
    quint64 perSecond;
    int digits;
    const char* name;
};

constexpr Unit units[] = {
    { 1, 0, QT_TRANSLATE_NOOP("sockeye::ContentView", "seconds since 1970") },
    { 1'000, 3, QT_TRANSLATE_NOOP("sockeye::ContentView", "milliseconds since 1970") },
    { 1'000'000, 6, QT_TRANSLATE_NOOP("sockeye::ContentView", "microseconds since 1970") },
    { 1'000'000'000, 9, QT_TRANSLATE_NOOP("sockeye::ContentView", "nanoseconds since 1970") },
};

void add(QStringList& lines, const QString& time, const char* what, bool isLittle)
{
    if (!time.isEmpty()) {
        const QString order = isLittle ? viewText(QT_TRANSLATE_NOOP("sockeye::ContentView", "little-endian"))
                                       : viewText(QT_TRANSLATE_NOOP("sockeye::ContentView", "big-endian"));
        lines.append(QStringLiteral("%1  (%2, %3)").arg(time, viewText(what), order));
    }
}

} // namespace

QString timeOfNumber(quint64 number)
{
    for (const Unit& unit : units) {
        QString time = timeOfUnit(number, unit.perSecond, unit.digits);
        if (!time.isEmpty()) {
            return time;
        }
    }
    return {};
}

/// Every way to read 4 or 8 bytes as a time of our days.
ShownContent showAsTime(QByteArrayView content, const QString& parameter, const ViewLimits& limits)
{
    Q_UNUSED(parameter)
    Q_UNUSED(limits)
    constexpr quint64 ntpEpoch = 2'208'988'800; // 1900 to 1970
    constexpr quint64 fileTimeEpoch = 11'644'473'600; // 1601 to 1970
    constexpr quint64 fileTimePerSecond = 10'000'000;
    ShownContent shown;
    QStringList lines;
    if (content.size() != 4 && content.size() != 8) {
        shown.problem = viewText(QT_TRANSLATE_NOOP("sockeye::ContentView", "A time has 4 or 8 bytes here, not %1."))
                            .arg(groupedDigits(content.size()));
        return shown;
    }
    const bool isLong = content.size() == 8;
    for (const bool isLittle : { false, true }) {
        const quint64 number = isLong
            ? (isLittle ? qFromLittleEndian<quint64>(content.data()) : qFromBigEndian<quint64>(content.data()))
            : (isLittle ? qFromLittleEndian<quint32>(content.data()) : qFromBigEndian<quint32>(content.data()));
        for (const Unit& unit : units) {
            add(lines, timeOfUnit(number, unit.perSecond, unit.digits), unit.name, isLittle);
        }
        const quint64 ntp = isLong ? number >> 32 : number;
        if (ntp >= ntpEpoch) {
            const quint64 nanoseconds = isLong ? (number & 0xffff'ffff) * 1'000'000'000 >> 32 : 0;
            add(lines, timeText(static_cast<qint64>(ntp - ntpEpoch), isLong ? 9 : 0, nanoseconds),
                QT_TRANSLATE_NOOP("sockeye::ContentView", "NTP"), isLittle);
        }
        if (isLong && number / fileTimePerSecond >= fileTimeEpoch) {
            add(lines,
                timeText(
                    static_cast<qint64>(number / fileTimePerSecond - fileTimeEpoch), 7, number % fileTimePerSecond),
                QT_TRANSLATE_NOOP("sockeye::ContentView", "Windows file time"), isLittle);
        }
    }
    shown.text = lines.join(u'\n');
    if (lines.isEmpty()) {
        shown.problem = viewText(
            QT_TRANSLATE_NOOP("sockeye::ContentView", "No usual way to read this gives a time between 1990 and 2100."));
    }
    return shown;
}

} // namespace sockeye
