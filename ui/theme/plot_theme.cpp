// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/theme/plot_theme.h"

#include "ui/theme/theme.h"

#include <qcustomplot.h>

namespace sockeye {

void takeTheme(QCustomPlot& plot)
{
    const Theme& theme = Theme::instance();
    const QFont font = plot.QWidget::font();
    plot.setBackground(plot.palette().color(QPalette::Base));
    for (QCPAxis* axis : { plot.xAxis, plot.yAxis }) {
        axis->setBasePen(QPen(theme.separator()));
        axis->setTickPen(QPen(theme.separator()));
        axis->setSubTickPen(Qt::NoPen);
        axis->setTickLabelColor(theme.muted());
        axis->setTickLabelFont(font);
        axis->grid()->setPen(QPen(theme.separator(), 0, Qt::DotLine));
        axis->grid()->setZeroLinePen(Qt::NoPen);
    }
    plot.xAxis->grid()->setVisible(false);
    plot.legend->setBrush(Qt::NoBrush);
    plot.legend->setFont(font);
    plot.legend->setTextColor(theme.muted());
    plot.replot(QCustomPlot::rpQueuedReplot);
}

void takeAccent(QCPGraph& graph)
{
    const QColor accent = Theme::instance().accent();
    QColor fill = accent;
    fill.setAlpha(48);
    graph.setPen(QPen(accent, 1.5));
    graph.setBrush(fill);
}

} // namespace sockeye
