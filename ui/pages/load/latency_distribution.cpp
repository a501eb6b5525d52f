// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/load/latency_distribution.h"

#include "ui/theme/plot_theme.h"
#include "ui/theme/theme.h"
#include "ui/widgets/latency_ticker.h"

#include <QLabel>
#include <QVBoxLayout>

#include <qcustomplot.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace sockeye {

namespace {

constexpr int barsOfDecade = 10;
constexpr int decades = 13; // 1 ns to longer than a histogram tells apart
constexpr int bars = decades * barsOfDecade;
/// A lone reply far away is in the figures ("longest"); the axis is for those that can be seen.
constexpr double leastSeen = 0.0005;

double edge(int bar)
{
    return std::pow(10, static_cast<double>(bar) / barsOfDecade);
}

} // namespace

LatencyDistribution::LatencyDistribution(QWidget* parent)
    : QWidget(parent)
    , m_plot(new QCustomPlot(this))
{
    m_plot->setAccessibleName(tr("Distribution of latencies"));
    m_plot->setMinimumSize(160, 96);
    m_plot->setAttribute(Qt::WA_OpaquePaintEvent);
    m_plot->addGraph();
    m_plot->graph(0)->setLineStyle(QCPGraph::lsStepLeft);
    m_plot->xAxis->setScaleType(QCPAxis::stLogarithmic);
    m_plot->xAxis->setTicker(QSharedPointer<LatencyTicker>::create());
    m_plot->axisRect()->setMinimumMargins({ 15, 15, 28, 15 }); // a label that does not fit is left out
    m_plot->yAxis->setNumberFormat(QStringLiteral("gb"));
    auto* title = new QLabel(tr("Share of replies by latency, %"), this);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->setSpacing(0);
    layout->addWidget(title);
    layout->addWidget(m_plot, 1);
    connect(&Theme::instance(), &Theme::changed, this, &LatencyDistribution::takeColours);
    takeColours();
    clear();
}

void LatencyDistribution::show(const LatencyHistogram& latencies)
{
    if (latencies.count() == 0) {
        clear();
        return;
    }
    std::array<double, bars> shares {};
    const auto all = static_cast<double>(latencies.count());
    latencies.forEach([&](qint64 low, qint64 high, quint64 times) {
        const double middle = std::max(1.0, (static_cast<double>(low) + static_cast<double>(high)) / 2);
        const int bar = std::min(bars - 1, static_cast<int>(std::log10(middle) * barsOfDecade));
        shares[static_cast<std::size_t>(bar)] += static_cast<double>(times) / all;
    });
    const auto isSeen = [](double share) { return share >= leastSeen; };
    const auto first = static_cast<int>(std::find_if(shares.begin(), shares.end(), isSeen) - shares.begin());
    const auto last =
        bars - 1 - static_cast<int>(std::find_if(shares.rbegin(), shares.rend(), isSeen) - shares.rbegin());
    QVector<QCPGraphData> points;
    for (int bar = 0; bar < bars; ++bar) {
        points.append({ edge(bar), shares[static_cast<std::size_t>(bar)] * 100 });
    }
    m_plot->graph(0)->data()->set(points, true);
    // Whole powers of ten, so that the scale stays where it is.
    m_plot->xAxis->setRange(std::pow(10, first / barsOfDecade), std::pow(10, last / barsOfDecade + 1));
    m_plot->yAxis->setRange(0, *std::max_element(shares.begin(), shares.end()) * 110);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void LatencyDistribution::clear()
{
    m_plot->graph(0)->data()->clear();
    m_plot->xAxis->setRange(1e4, 1e8);
    m_plot->yAxis->setRange(0, 100);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

double LatencyDistribution::shareShown() const
{
    double sum = 0;
    const QCPRange range = m_plot->xAxis->range();
    const QSharedPointer<QCPGraphDataContainer> points = m_plot->graph(0)->data();
    for (auto point = points->constBegin(); point != points->constEnd(); ++point) {
        sum += range.contains(point->key) ? point->value / 100 : 0;
    }
    return sum;
}

void LatencyDistribution::takeColours()
{
    takeAccent(*m_plot->graph(0));
    takeTheme(*m_plot);
}

} // namespace sockeye
