// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/text/display_text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <array>

namespace sockeye {

namespace {

constexpr qint64 nanosecondsPerSecond = 1'000'000'000;

QString displayText(const char* text)
{
    return QCoreApplication::translate("sockeye::DisplayText", text);
}

} // namespace

QString groupedNumber(qint64 number)
{
    QLocale locale;
    locale.setNumberOptions(locale.numberOptions() & ~QLocale::OmitGroupSeparator);
    return locale.toString(number);
}

QString shortNumber(qint64 number, qint64 exactBelow)
{
    if (number < std::max<qint64>(exactBelow, 1000)) {
        return groupedNumber(number);
    }
    static constexpr std::array<const char*, 4> units { QT_TRANSLATE_NOOP("sockeye::DisplayText", "%1k"),
        QT_TRANSLATE_NOOP("sockeye::DisplayText", "%1M"), QT_TRANSLATE_NOOP("sockeye::DisplayText", "%1G"),
        QT_TRANSLATE_NOOP("sockeye::DisplayText", "%1T") };
    double value = static_cast<double>(number) / 1000;
    std::size_t unit = 0;
    while (value >= 999.5 && unit + 1 < units.size()) {
        value /= 1000;
        ++unit;
    }
    return displayText(units[unit]).arg(QLocale().toString(value, 'f', value < 9.95 ? 1 : 0));
}

QString durationText(qint64 nanoseconds)
{
    const qint64 tenths = std::max<qint64>(0, nanoseconds) / (nanosecondsPerSecond / 10);
    const qint64 seconds = tenths / 10;
    if (seconds < 10) {
        return displayText("%1 s").arg(QLocale().toString(static_cast<double>(tenths) / 10.0, 'f', 1));
    }
    if (seconds < 60) {
        return displayText("%1 s").arg(seconds);
    }
    if (seconds < 3600) {
        return displayText("%1 min %2 s").arg(QString::number(seconds / 60), QString::number(seconds % 60));
    }
    return displayText("%1 h %2 min").arg(groupedNumber(seconds / 3600), QString::number(seconds / 60 % 60));
}

QString secondsText(qint64 nanoseconds)
{
    // Whole numbers all the way: a double would round microseconds away in a long capture.
    const bool negative = nanoseconds < 0;
    const quint64 size = negative ? 0 - static_cast<quint64>(nanoseconds) : static_cast<quint64>(nanoseconds);
    const quint64 micros = size / 1000;
    return (negative ? QStringLiteral("-") : QString()) + QString::number(micros / 1'000'000) + QLocale().decimalPoint()
        + QStringLiteral("%1").arg(micros % 1'000'000, 6, 10, QLatin1Char('0'));
}

QString absoluteTimeText(qint64 nanosecondsSinceEpoch)
{
    const qint64 milliseconds = nanosecondsSinceEpoch / 1'000'000;
    const qint64 micros = nanosecondsSinceEpoch / 1000 % 1000;
    return QDateTime::fromMSecsSinceEpoch(milliseconds).toString(u"yyyy-MM-dd HH:mm:ss.zzz")
        + QStringLiteral("%1").arg(micros, 3, 10, QLatin1Char('0'));
}

QString rateText(qint64 bytesPerSecond)
{
    const auto scaled = [&](qint64 unit) {
        const double value = static_cast<double>(bytesPerSecond) / static_cast<double>(unit);
        return QLocale().toString(value, 'f', value < 10 ? 1 : 0);
    };
    if (bytesPerSecond < 1000) {
        return displayText("%1 B/s").arg(std::max<qint64>(0, bytesPerSecond));
    }
    if (bytesPerSecond < 1'000'000) {
        return displayText("%1 kB/s").arg(scaled(1000));
    }
    if (bytesPerSecond < 1'000'000'000) {
        return displayText("%1 MB/s").arg(scaled(1'000'000));
    }
    return displayText("%1 GB/s").arg(scaled(1'000'000'000));
}

} // namespace sockeye
