// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/words/latency_text.h"

namespace sockeye {

QString latencyText(qint64 nanoseconds)
{
    const auto value = static_cast<double>(nanoseconds);
    const auto text = [](double number, const char16_t* unit) {
        return QString(QString::number(number, 'f', number < 10 ? 2 : number < 100 ? 1 : 0) + u' ' + QStringView(unit));
    };
    // Three digits, also where rounding would make a fourth.
    if (value < 999.5) {
        return QString(QString::number(nanoseconds) + u" ns");
    }
    if (value < 999.5e3) {
        return text(value / 1e3, u"µs");
    }
    if (value < 999.5e6) {
        return text(value / 1e6, u"ms");
    }
    return text(value / 1e9, u"s");
}

} // namespace sockeye
