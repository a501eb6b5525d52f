// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/text/utc_text.h"

namespace sockeye {

namespace {

QString digits(qint64 number, int width)
{
    return QString::number(number).rightJustified(width, u'0');
}

} // namespace

/// The Gregorian calendar in eras of 400 years that begin in March, so that leap days come last.
QString utcText(qint64 seconds, char separator)
{
    constexpr qint64 daySeconds = 86'400;
    constexpr qint64 eraDays = 146'097;
    constexpr qint64 daysBefore1970 = 719'468; // since the first of March of the year 0
    const qint64 second = (seconds % daySeconds + daySeconds) % daySeconds;
    const qint64 days = (seconds - second) / daySeconds + daysBefore1970;
    const qint64 era = (days >= 0 ? days : days - eraDays + 1) / eraDays;
    const qint64 dayOfEra = days - era * eraDays;
    const qint64 yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36'524 - dayOfEra / 146'096) / 365;
    const qint64 dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    const qint64 monthFromMarch = (5 * dayOfYear + 2) / 153;
    const qint64 day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
    const qint64 month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
    const qint64 year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
    return digits(year, 4) + u'-' + digits(month, 2) + u'-' + digits(day, 2) + QLatin1Char(separator)
        + digits(second / 3600, 2) + u':' + digits(second / 60 % 60, 2) + u':' + digits(second % 60, 2);
}

} // namespace sockeye
