// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/exchange/exchange_bar.h"

#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>

namespace sockeye {

void paintExchangeBar(QPainter& painter, const QRect& area, const ExchangeSteps& steps)
{
    if (steps.count() < 2) {
        return;
    }
    const QColor accent = Theme::instance().accent();
    const auto total = static_cast<double>(std::max<qint64>(1, steps.total()));
    const auto x = [&](qint64 at) {
        return area.left() + static_cast<int>(static_cast<double>(at) / total * area.width());
    };
    qint64 before = 0;
    bool isDark = false;
    for (const qint64 duration : steps.durations) {
        if (duration <= 0) {
            continue;
        }
        // Neighbours differ in lightness, so that the steps can be told apart without their colours.
        QColor colour = accent;
        colour.setAlphaF(isDark ? 0.9F : 0.35F);
        isDark = !isDark;
        const int from = x(before);
        before += duration;
        painter.fillRect(QRect(from, area.top(), std::max(1, x(before) - from), area.height()), colour);
    }
}

} // namespace sockeye
