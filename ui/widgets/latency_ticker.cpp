// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/latency_ticker.h"

#include "app/load/load_figures.h"

#include <cmath>

namespace sockeye {

QString EvenLatencyTicker::getTickLabel(double tick, const QLocale&, QChar, int)
{
    return tick < 1 ? QStringLiteral("0") : latencyMarkText(std::llround(tick));
}

QString LatencyTicker::getTickLabel(double tick, const QLocale&, QChar, int)
{
    return latencyMarkText(std::llround(tick));
}

} // namespace sockeye
