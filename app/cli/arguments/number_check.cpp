// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/arguments/number_check.h"

#include "app/cli/arguments/common_arguments.h"
#include "app/cli/terminal/tr.h"

#include <QLocale>

namespace sockeye::cli {

CLI::Validator numberWithin(double least, double most)
{
    const auto shown = [](double number) { return QString::number(number, 'f', QLocale::FloatingPointShortest); };
    const QString from = shown(least);
    const QString to = shown(most);
    return CLI::Validator(
        [least, most, from, to](std::string& text) {
            double value = 0;
            const bool isNumber = CLI::detail::lexical_cast(text, value);
            return isNumber && value >= least && value <= most
                ? std::string()
                : tr("%1 is no number from %2 to %3").arg(fromUtf8(text), from, to).toStdString();
        },
        QString(u"NUMBER in [" + from + u" - " + to + u']').toStdString());
}

} // namespace sockeye::cli
