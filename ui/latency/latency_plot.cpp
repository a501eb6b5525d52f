// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/latency/latency_plot.h"

#include "ui/text/display_text.h"
#include "ui/theme/plot_theme.h"
#include "ui/theme/theme.h"
#include "ui/widgets/latency_ticker.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QVBoxLayout>
#include <QWheelEvent>

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace sockeye {

namespace {

constexpr int leastHeight = 120;
constexpr int nearEnough = 12; ///< pixels
constexpr double zoomStep = 1.5;
constexpr qint64 nearestSpan = 1000; ///< nanoseconds
constexpr double nanosecond = 1e-9;
constexpr int errorGraph = 0;
constexpr int selectedGraph = 1;

/// Since the first message: "12.5 s".
class SecondsTicker final : public QCPAxisTicker {
protected:
    QString getTickLabel(double tick, const QLocale&, QChar, int) override
    {
        constexpr int digits = 9;
        return QString(QString::number(tick, 'g', digits) + u" s");
    }
};

} // namespace

LatencyPlot::LatencyPlot(QWidget* parent)
    : QWidget(parent)
    , m_plot(new QCustomPlot(this))
{
    setAccessibleName(tr("Latency over time"));
    setFocusPolicy(Qt::StrongFocus);
    m_plot->setFocusProxy(this);
    m_plot->setAccessibleName(accessibleName());
    m_plot->setMinimumHeight(leastHeight);
    m_plot->setAttribute(Qt::WA_OpaquePaintEvent);
    for (const int number : { errorGraph, selectedGraph }) {
        m_plot->addGraph();
        m_plot->graph(number)->setLineStyle(QCPGraph::lsNone);
    }
    m_plot->graph(errorGraph)->setAntialiasedScatters(true);
    new QCPCurve(m_plot->xAxis, m_plot->yAxis); // the plot owns it
    m_plot->xAxis->setTicker(QSharedPointer<SecondsTicker>::create());
    m_plot->installEventFilter(this);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 0, 8, 0);
    layout->addWidget(m_plot);
    connect(&Theme::instance(), &Theme::changed, this, &LatencyPlot::takeColours);
    setLogarithmic(true);
    takeColours();
}

void LatencyPlot::takeColours()
{
    const Theme& theme = Theme::instance();
    auto* replies = static_cast<QCPCurve*>(m_plot->plottable(m_plot->plottableCount() - 1));
    QColor line = theme.accent();
    line.setAlpha(128);
    replies->setPen(QPen(line, 1));
    replies->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, theme.accent(), 5));
    m_plot->graph(errorGraph)->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssCross, theme.error(), 8));
    m_plot->graph(selectedGraph)
        ->setScatterStyle(
            QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(palette().color(QPalette::Text), 2), Qt::NoBrush, 11));
    takeTheme(*m_plot);
    draw();
}

void LatencyPlot::setLogarithmic(bool logarithmic)
{
    m_isLogarithmic = logarithmic;
    m_plot->yAxis->setScaleType(logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    if (logarithmic) {
        m_plot->yAxis->setTicker(QSharedPointer<LatencyTicker>::create());
    } else {
        m_plot->yAxis->setTicker(QSharedPointer<EvenLatencyTicker>::create());
    }
    draw();
}

void LatencyPlot::setPicture(const LatencyPicturePtr& picture)
{
    m_picture = picture;
    draw();
}

void LatencyPlot::setSelected(const std::optional<LatencyPoint>& point)
{
    m_selected = point;
    draw();
}

int LatencyPlot::columns() const
{
    return std::max(1, m_plot->axisRect()->width());
}

double LatencyPlot::secondsOf(qint64 time) const
{
    return static_cast<double>(time - m_picture->first) * nanosecond;
}

double LatencyPlot::valueOf(const LatencyPoint& point) const
{
    return point.latency > 0 ? static_cast<double>(point.latency) : m_plot->yAxis->range().lower;
}

void LatencyPlot::fitLatencies()
{
    double shortest = std::numeric_limits<double>::max();
    double longest = 1;
    for (const LatencyColumn& column : m_picture->columns) {
        shortest = std::min(shortest, std::max(1.0, static_cast<double>(column.shortest.latency)));
        longest = std::max(longest, static_cast<double>(column.longest.latency));
    }
    if (!m_isLogarithmic) {
        m_plot->yAxis->setRange(0, longest * 1.1);
        return;
    }
    // Whole powers of ten, so that the scale stays where it is.
    const double lowest = std::floor(std::log10(std::min(shortest, longest)));
    m_plot->yAxis->setRange(std::pow(10, lowest), std::pow(10, std::max(std::ceil(std::log10(longest)), lowest + 1)));
}

void LatencyPlot::draw()
{
    auto* replies = static_cast<QCPCurve*>(m_plot->plottable(m_plot->plottableCount() - 1));
    m_plot->clearItems();
    QVector<QCPCurveData> lines;
    QVector<QCPGraphData> errors;
    QVector<QCPGraphData> selected;
    if (m_picture && m_picture->first <= m_picture->last) {
        fitLatencies();
        constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
        for (const LatencyColumn& column : m_picture->columns) {
            for (const LatencyPoint* end : { &column.shortest, &column.longest }) {
                lines.append({ static_cast<double>(lines.size()), secondsOf(column.shortest.time), valueOf(*end) });
                if (column.count == 1) {
                    break;
                }
            }
            lines.append({ static_cast<double>(lines.size()), nothing, nothing });
        }
        for (const LatencyPoint& error : m_picture->errors) {
            errors.append({ secondsOf(error.time), m_plot->yAxis->range().lower });
        }
        if (m_selected) {
            selected.append({ secondsOf(m_selected->time), valueOf(*m_selected) });
        }
        const double begin = secondsOf(m_picture->begin);
        const double end = std::max(secondsOf(m_picture->end), begin + nanosecond);
        const double margin = (end - begin) / 100; // or the first and the last point would be cut in half
        m_plot->xAxis->setRange(begin - margin, end + margin);
        drawGaps();
    }
    replies->data()->set(lines, true);
    m_plot->graph(errorGraph)->data()->set(errors, true);
    m_plot->graph(selectedGraph)->data()->set(selected, true);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void LatencyPlot::drawGaps()
{
    const Theme& theme = Theme::instance();
    for (const IdleGap& gap : m_picture->idle.gaps) {
        const double from = std::max(secondsOf(gap.begin), m_plot->xAxis->range().lower);
        const double to = std::min(secondsOf(gap.end), m_plot->xAxis->range().upper);
        auto* area = new QCPItemRect(m_plot); // the plot owns it
        area->topLeft->setTypeX(QCPItemPosition::ptPlotCoords);
        area->topLeft->setTypeY(QCPItemPosition::ptAxisRectRatio);
        area->bottomRight->setTypeX(QCPItemPosition::ptPlotCoords);
        area->bottomRight->setTypeY(QCPItemPosition::ptAxisRectRatio);
        area->topLeft->setCoords(from, 0);
        area->bottomRight->setCoords(to, 1);
        area->setPen(QPen(theme.separator()));
        area->setBrush(QBrush(theme.separator(), Qt::BDiagPattern));
        area->setClipToAxisRect(true);
        const QString words = tr("silence, %1").arg(durationText(gap.length()));
        const double pixels = m_plot->xAxis->coordToPixel(to) - m_plot->xAxis->coordToPixel(from);
        if (pixels < fontMetrics().horizontalAdvance(words) + 8) {
            continue;
        }
        auto* text = new QCPItemText(m_plot);
        text->position->setTypeX(QCPItemPosition::ptPlotCoords);
        text->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
        text->position->setCoords((from + to) / 2, 0.5);
        text->setText(words);
        text->setFont(font());
        text->setColor(theme.muted());
        text->setBrush(palette().color(QPalette::Base)); // no hatching behind letters
        text->setPadding({ 4, 1, 4, 1 });
    }
}

QPoint LatencyPlot::placeOf(const LatencyPoint& point) const
{
    const QPointF place(
        m_plot->xAxis->coordToPixel(secondsOf(point.time)), m_plot->yAxis->coordToPixel(valueOf(point)));
    return m_plot->mapTo(this, place.toPoint());
}

std::optional<LatencyPoint> LatencyPlot::nearest(const QPoint& point) const
{
    std::optional<LatencyPoint> found;
    int best = nearEnough * nearEnough;
    const auto look = [&](const LatencyPoint& candidate, const LatencyPoint& drawn) {
        const QPoint away = placeOf(drawn) - point;
        const int distance = QPoint::dotProduct(away, away);
        if (distance <= best) {
            best = distance;
            found = candidate;
        }
    };
    if (m_picture) {
        for (const LatencyColumn& column : m_picture->columns) {
            look(column.shortest, column.shortest);
            LatencyPoint drawn = column.longest; // over the other end of its line
            drawn.time = column.shortest.time;
            look(column.longest, drawn);
        }
        for (const LatencyPoint& error : m_picture->errors) {
            look(error, error);
        }
    }
    return found;
}

void LatencyPlot::choose(qint64 begin, qint64 end)
{
    const qint64 span = std::max(end - begin, nearestSpan);
    if (!m_picture || span >= m_picture->last - m_picture->first) {
        Q_EMIT rangeChosen(0, 0);
        return;
    }
    begin = std::clamp(begin, m_picture->first, m_picture->last - span);
    Q_EMIT rangeChosen(begin, begin + span);
}

void LatencyPlot::zoom(double factor)
{
    if (m_picture && m_picture->first <= m_picture->last) {
        const qint64 middle = m_picture->begin + (m_picture->end - m_picture->begin) / 2;
        const auto half = static_cast<qint64>(static_cast<double>(m_picture->end - m_picture->begin) * factor / 2);
        choose(middle - half, middle + half);
    }
}

void LatencyPlot::showAll()
{
    Q_EMIT rangeChosen(0, 0);
}

/// From reply to reply, the longest of each column.
void LatencyPlot::step(int by)
{
    if (!m_picture || m_picture->columns.empty()) {
        return;
    }
    const std::vector<LatencyColumn>& columns = m_picture->columns;
    const auto count = static_cast<std::ptrdiff_t>(columns.size());
    std::ptrdiff_t at = by > 0 ? 0 : count - 1;
    if (m_selected) {
        const auto place = std::find_if(columns.begin(), columns.end(),
            [this](const LatencyColumn& column) { return column.longest.row == m_selected->row; });
        if (place != columns.end()) {
            at = std::clamp<std::ptrdiff_t>(place - columns.begin() + by, 0, count - 1);
        } else {
            const auto after = std::find_if(columns.begin(), columns.end(),
                [this](const LatencyColumn& column) { return column.longest.time > m_selected->time; });
            at = std::clamp<std::ptrdiff_t>(after - columns.begin() - (by > 0 ? 0 : 1), 0, count - 1);
        }
    }
    Q_EMIT chosen(columns[static_cast<std::size_t>(at)].longest);
}

bool LatencyPlot::eventFilter(QObject* watched, QEvent* event)
{
    const auto* mouse = dynamic_cast<QMouseEvent*>(event);
    if (watched != m_plot || !m_picture || m_picture->first > m_picture->last) {
        return QWidget::eventFilter(watched, event);
    }
    const qint64 span = m_picture->end - m_picture->begin;
    if (event->type() == QEvent::MouseButtonPress && mouse->button() == Qt::LeftButton) {
        setFocus();
        m_pressed = mouse->pos();
        m_pressedBegin = m_picture->begin;
        m_pressedEnd = m_picture->end;
        m_isDragged = false;
    } else if (event->type() == QEvent::MouseMove && (mouse->buttons() & Qt::LeftButton) != 0) {
        const int by = mouse->pos().x() - m_pressed.x();
        m_isDragged = m_isDragged || std::abs(by) >= QApplication::startDragDistance();
        if (m_isDragged) {
            const auto moved = static_cast<qint64>(static_cast<double>(m_pressedEnd - m_pressedBegin) * by / columns());
            choose(m_pressedBegin - moved, m_pressedEnd - moved);
        }
    } else if (event->type() == QEvent::MouseButtonRelease && mouse->button() == Qt::LeftButton && !m_isDragged) {
        if (const auto point = nearest(m_plot->mapTo(this, mouse->pos()))) {
            Q_EMIT chosen(*point);
        }
    } else if (event->type() == QEvent::Wheel) {
        const auto* wheel = static_cast<QWheelEvent*>(event);
        if ((wheel->modifiers() & Qt::ControlModifier) == 0 || wheel->angleDelta().y() == 0) {
            return false;
        }
        // Around the pointer.
        const double factor = wheel->angleDelta().y() > 0 ? 1 / zoomStep : zoomStep;
        const double part = std::clamp((wheel->position().x() - m_plot->axisRect()->left()) / columns(), 0.0, 1.0);
        const auto here = m_picture->begin + static_cast<qint64>(static_cast<double>(span) * part);
        const double wanted = static_cast<double>(span) * factor;
        const auto begin = here - static_cast<qint64>(wanted * part);
        choose(begin, begin + static_cast<qint64>(wanted));
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void LatencyPlot::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Plus:
        zoom(1 / zoomStep);
        break;
    case Qt::Key_Minus:
        zoom(zoomStep);
        break;
    case Qt::Key_0:
        showAll();
        break;
    case Qt::Key_Left:
        step(-1);
        break;
    case Qt::Key_Right:
        step(1);
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

void LatencyPlot::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    draw();
}

} // namespace sockeye
