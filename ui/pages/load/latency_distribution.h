// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/load/latency_histogram.h"

#include <QWidget>

class QCustomPlot;

namespace sockeye {

/// A histogram of a load's latencies: which share of the replies took how long.
class LatencyDistribution final : public QWidget {
    Q_OBJECT
public:
    explicit LatencyDistribution(QWidget* parent = nullptr);

    void show(const LatencyHistogram& latencies);
    void clear();
    [[nodiscard]] double shareShown() const; ///< of all replies, in all bars together: 1, or 0 where there is none

    using QWidget::show;

private:
    void takeColours();

    QCustomPlot* m_plot;
};

} // namespace sockeye
