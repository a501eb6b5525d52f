// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/connections/kernel_plot.h"

#include "ui/theme/plot_theme.h"
#include "ui/theme/theme.h"

#include <QLabel>
#include <QVBoxLayout>

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace sockeye {

namespace {

/// Powers of ten in words, so that the scale stays narrow: "2.5M".
class ShortTicker final : public QCPAxisTicker {
protected:
    QString getTickLabel(double tick, const QLocale&, QChar, int) override
    {
        const double size = std::abs(tick);
        if (size >= 1e6) {
            return QString(QString::number(tick / 1e6, 'g', 3) + u'M');
        }
        return size >= 1e3 ? QString(QString::number(tick / 1e3, 'g', 3) + u'k') : QString::number(tick, 'g', 3);
    }
    /// The largest of 1, 2, 5, 10, … that the range holds: so small a plot has room for two or three labels, and 0
    /// alone says nothing.
    double getTickStep(const QCPRange& range) override
    {
        const double power = std::pow(10.0, std::floor(std::log10(range.size())));
        const double first = range.size() / power;
        return power * (first >= 5 ? 5 : first >= 2 ? 2 : 1);
    }
};

constexpr int leastKernelPlotHeight = 64;

} // namespace

KernelPlot::KernelPlot(const QString& name, QWidget* parent)
    : QWidget(parent)
    , m_name(name)
    , m_title(new QLabel(name, this))
    , m_plot(new QCustomPlot(this))
{
    setAccessibleName(name);
    m_plot->setAccessibleName(name);
    m_plot->setMinimumHeight(leastKernelPlotHeight);
    m_plot->addGraph();
    m_plot->graph(0)->setLineStyle(QCPGraph::lsStepLeft); // a value holds until the next one is known
    m_plot->graph(0)->setAdaptiveSampling(true);
    m_plot->yAxis->setTicker(QSharedPointer<ShortTicker>::create());
    m_plot->xAxis->setTickLabels(false);
    m_plot->xAxis->setTicks(false);
    m_plot->setAttribute(Qt::WA_OpaquePaintEvent);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_title);
    layout->addWidget(m_plot, 1);
    connect(&Theme::instance(), &Theme::changed, this, &KernelPlot::takeColours);
    takeColours();
}

void KernelPlot::add(double seconds, double value, const QString& text)
{
    const QSharedPointer<QCPGraphDataContainer> points = m_plot->graph(0)->data();
    points->add(QCPGraphData(seconds, value));
    if (points->size() > maxPoints) {
        points->removeBefore(points->at(points->size() - maxPoints)->key);
    }
    m_title->setText(QStringLiteral("%1: %2").arg(m_name, text));
    m_plot->xAxis->setRange(seconds - span, seconds);
    m_plot->yAxis->setRange(0, std::max(1.0, greatest() * 1.1));
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void KernelPlot::clear()
{
    m_plot->graph(0)->data()->clear();
    m_title->setText(m_name);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

int KernelPlot::pointCount() const
{
    return m_plot->graph(0)->data()->size();
}

double KernelPlot::greatest() const
{
    double most = 0;
    const QSharedPointer<QCPGraphDataContainer> points = m_plot->graph(0)->data();
    for (auto point = points->constBegin(); point != points->constEnd(); ++point) {
        most = std::max(most, point->value);
    }
    return most;
}

void KernelPlot::takeColours()
{
    takeAccent(*m_plot->graph(0));
    takeTheme(*m_plot);
}

} // namespace sockeye
