// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/exchange/exchange_steps.h"

#include <QRect>

class QPainter;

namespace sockeye {

inline constexpr int exchangeBarHeight = 4; ///< pixels
inline constexpr int exchangeBarWidth = 360; ///< at most

/// Paints the steps as parts of a bar, each as long as its share of the whole. Nothing where fewer than two steps
/// happened: one alone fills any bar.
void paintExchangeBar(QPainter& painter, const QRect& area, const ExchangeSteps& steps);

} // namespace sockeye
