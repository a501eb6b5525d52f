// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/load/load_plots.h"

#include "app/load/load_figures.h"
#include "ui/theme/plot_theme.h"
#include "ui/theme/theme.h"
#include "ui/widgets/latency_ticker.h"

#include <QLabel>
#include <QVBoxLayout>

#include <qcustomplot.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace sockeye {

namespace {

constexpr int leastPlotHeight = 96;

/// Numbers of requests in few letters: "2.5M".
class RateTicker final : public QCPAxisTicker {
protected:
    QString getTickLabel(double tick, const QLocale&, QChar, int) override
    {
        if (tick >= 1e6) {
            return QString(QString::number(tick / 1e6, 'g', 3) + u'M');
        }
        return tick >= 1e3 ? QString(QString::number(tick / 1e3, 'g', 3) + u'k') : QString::number(tick, 'g', 3);
    }
};

/// The latencies that are drawn, told apart by their lines and not by colour alone.
struct LatencyCurve {
    double share;
    Qt::PenStyle style;
};
constexpr std::array<LatencyCurve, 3> latencyCurves { { { 0.5, Qt::SolidLine }, { 0.99, Qt::DashLine },
    { 1, Qt::DotLine } } };

using LatencyCurves = std::array<QVector<QCPGraphData>, latencyCurves.size()>;

/// What they hold, they hold until then; behind it is a gap.
void endCurves(LatencyCurves& curves, double at)
{
    for (QVector<QCPGraphData>& curve : curves) {
        if (!curve.isEmpty() && !std::isnan(curve.constLast().value)) {
            curve.append({ at, curve.constLast().value });
            curve.append({ at, std::numeric_limits<double>::quiet_NaN() });
        }
    }
}

} // namespace

LoadPlots::LoadPlots(QWidget* parent)
    : QWidget(parent)
    , m_rateTitle(new QLabel(tr("Requests a second"), this))
    , m_rate(new QCustomPlot(this))
    , m_latencyTitle(new QLabel(tr("Latency"), this))
    , m_latency(new QCustomPlot(this))
{
    m_rate->setAccessibleName(tr("Requests a second over time"));
    m_latency->setAccessibleName(tr("Latency over time"));
    m_rate->addGraph();
    m_rate->graph(0)->setLineStyle(QCPGraph::lsStepLeft);
    m_rate->yAxis->setTicker(QSharedPointer<RateTicker>::create());
    for (const LatencyCurve& curve : latencyCurves) {
        QCPGraph* const graph = m_latency->addGraph();
        graph->setName(curve.share == 1 ? tr("longest") : percentileName(curve.share));
        graph->setLineStyle(QCPGraph::lsStepLeft);
    }
    m_latency->yAxis->setScaleType(QCPAxis::stLogarithmic);
    m_latency->yAxis->setTicker(QSharedPointer<LatencyTicker>::create());
    m_latency->legend->setVisible(true);
    m_latency->legend->setBorderPen(Qt::NoPen);
    m_latency->legend->setFillOrder(QCPLegend::foColumnsFirst);
    m_latency->legend->setMargins({ 4, 0, 4, 0 });
    // Over the curves, where it hides none of them.
    QCPLayoutGrid* const rows = m_latency->plotLayout();
    rows->insertRow(0);
    rows->addElement(0, 0, m_latency->legend);
    rows->setRowStretchFactor(0, 0.001);
    rows->setRowSpacing(0);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->setSpacing(0);
    const std::pair<QLabel*, QCustomPlot*> all[] { { m_rateTitle, m_rate }, { m_latencyTitle, m_latency } };
    for (const auto& [title, plot] : all) {
        plot->setMinimumHeight(leastPlotHeight);
        plot->setAttribute(Qt::WA_OpaquePaintEvent);
        plot->xAxis->setLabel(QString());
        plot->xAxis->setNumberFormat(QStringLiteral("gb"));
        layout->addWidget(title);
        layout->addWidget(plot, 1);
    }
    connect(&Theme::instance(), &Theme::changed, this, &LoadPlots::takeColours);
    takeColours();
    clear();
}

void LoadPlots::show(const LoadReport& report, bool running)
{
    const auto& points = report.timeline.points();
    const double step = static_cast<double>(report.timeline.span()) / 1e9;
    const std::size_t count = running && !points.empty() ? points.size() - 1 : points.size();
    QVector<QCPGraphData> rates;
    LatencyCurves curves;
    double greatest = 1;
    double shortest = 1e18;
    double longest = 1;
    for (std::size_t i = 0; i < count; ++i) {
        const CoarseHistogram& latencies = points[i].latencies;
        const double begin = static_cast<double>(i) * step;
        const double seconds = report.timeline.seconds(i, report.nanoseconds);
        if (seconds < step / 4 && i > 0) {
            break; // the rest of a run: too short a time for a rate
        }
        const double rate = static_cast<double>(latencies.count()) / std::max(seconds, 1e-3);
        rates.append({ begin, rate });
        greatest = std::max(greatest, rate);
        if (latencies.count() == 0) { // the time before has an end; nothing is drawn of this one
            endCurves(curves, begin);
            continue;
        }
        for (std::size_t k = 0; k < latencyCurves.size(); ++k) {
            const auto latency = static_cast<double>(std::max<qint64>(1, latencies.percentile(latencyCurves[k].share)));
            curves[k].append({ begin, latency });
            shortest = std::min(shortest, latency);
            longest = std::max(longest, latency);
        }
    }
    const double end = std::max(step, static_cast<double>(rates.size()) * step);
    if (!rates.isEmpty()) { // a point holds until its end
        rates.append({ end, rates.constLast().value });
        endCurves(curves, end);
    }
    m_rate->graph(0)->data()->set(rates, true);
    for (std::size_t k = 0; k < latencyCurves.size(); ++k) {
        m_latency->graph(static_cast<int>(k))->data()->set(curves[k], true);
    }
    m_rate->yAxis->setRange(0, greatest * 1.1);
    // Whole powers of ten, so that the scale stays where it is.
    m_latency->yAxis->setRange(std::pow(10, std::floor(std::log10(std::min(shortest, longest)))),
        std::pow(
            10, std::max(std::ceil(std::log10(longest)), std::floor(std::log10(std::min(shortest, longest))) + 1)));
    for (QCustomPlot* plot : { m_rate, m_latency }) {
        plot->xAxis->setRange(0, end);
        plot->replot(QCustomPlot::rpQueuedReplot);
    }
}

void LoadPlots::clear()
{
    m_rate->graph(0)->data()->clear();
    for (int k = 0; k < m_latency->graphCount(); ++k) {
        m_latency->graph(k)->data()->clear();
    }
    m_rate->yAxis->setRange(0, 1'000);
    m_latency->yAxis->setRange(1e4, 1e8);
    for (QCustomPlot* plot : { m_rate, m_latency }) {
        plot->xAxis->setRange(0, 5);
        plot->replot(QCustomPlot::rpQueuedReplot);
    }
}

int LoadPlots::pointCount() const
{
    return std::max(0, m_rate->graph(0)->data()->size() - 1);
}

double LoadPlots::lastLatencyTime() const
{
    double last = 0;
    const QSharedPointer<QCPGraphDataContainer> points = m_latency->graph(0)->data();
    for (auto point = points->constBegin(); point != points->constEnd(); ++point) {
        last = std::isnan(point->value) ? last : point->key;
    }
    return last;
}

double LoadPlots::greatestRate() const
{
    double most = 0;
    const QSharedPointer<QCPGraphDataContainer> points = m_rate->graph(0)->data();
    for (auto point = points->constBegin(); point != points->constEnd(); ++point) {
        most = std::max(most, point->value);
    }
    return most;
}

void LoadPlots::takeColours()
{
    const Theme& theme = Theme::instance();
    const std::array<QColor, latencyCurves.size()> colours { theme.accent(), palette().color(QPalette::Text),
        theme.muted() };
    for (std::size_t k = 0; k < latencyCurves.size(); ++k) {
        m_latency->graph(static_cast<int>(k))->setPen(QPen(colours[k], 1.5, latencyCurves[k].style));
    }
    takeAccent(*m_rate->graph(0));
    takeTheme(*m_rate);
    takeTheme(*m_latency);
}

} // namespace sockeye
