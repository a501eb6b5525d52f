// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/load/load_report.h"

#include <QWidget>

class QCustomPlot;
class QLabel;

namespace sockeye {

/// The course of a load: how many requests a second were answered, and how long they took, over time.
class LoadPlots final : public QWidget {
    Q_OBJECT
public:
    explicit LoadPlots(QWidget* parent = nullptr);

    /// `running`: the last point is not over, and is left out.
    void show(const LoadReport& report, bool running);
    void clear();
    [[nodiscard]] int pointCount() const; ///< of throughput
    [[nodiscard]] double lastLatencyTime() const; ///< seconds: where the curves of latency end
    [[nodiscard]] double greatestRate() const; ///< requests a second, of the points shown

    using QWidget::show;

private:
    void takeColours();

    QLabel* m_rateTitle;
    QCustomPlot* m_rate;
    QLabel* m_latencyTitle;
    QCustomPlot* m_latency;
};

} // namespace sockeye
