// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/load/latency_ticker.h"

#include "app/load/load_figures.h"

#include <cmath>

namespace sockeye {

QString LatencyTicker::getTickLabel(double tick, const QLocale&, QChar, int)
{
    const QString text = latencyText(std::llround(tick));
    const QString number = text.section(u' ', 0, 0);
    return QString(QString::number(number.toDouble()) + u' ' + text.section(u' ', 1));
}

} // namespace sockeye
