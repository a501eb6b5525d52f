// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/latency/latency_picture.h"

#include <QWidget>

#include <memory>
#include <optional>

class QCustomPlot;

namespace sockeye {

using LatencyPicturePtr = std::shared_ptr<const LatencyPicture>;

/// A picture of latencies: a line from the shortest to the longest reply of each column, a dot at both ends; errors as
/// crosses at the bottom, silences hatched. Accessible name "Latency over time".
///
/// Ctrl+wheel, + and − zoom, dragging moves, 0 shows all of it; Left and Right choose the reply before and after.
class LatencyPlot final : public QWidget {
    Q_OBJECT
public:
    explicit LatencyPlot(QWidget* parent = nullptr);

    void setPicture(const LatencyPicturePtr& picture); ///< null: nothing
    void setLogarithmic(bool logarithmic);
    void setSelected(const std::optional<LatencyPoint>& point); ///< a ring around it; nothing: none
    void zoom(double factor); ///< around the middle; below 1: nearer
    void showAll();
    [[nodiscard]] int columns() const; ///< pixels that the plot is wide
    [[nodiscard]] std::optional<LatencyPoint> nearest(const QPoint& point) const; ///< that is near enough to be meant
    [[nodiscard]] QPoint placeOf(const LatencyPoint& point) const;

Q_SIGNALS:
    void chosen(const sockeye::LatencyPoint& point);
    void rangeChosen(qint64 begin, qint64 end); ///< what is to be seen; both 0: all of it

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void takeColours();
    void draw();
    void drawGaps();
    void fitLatencies();
    void step(int by);
    void choose(qint64 begin, qint64 end);
    [[nodiscard]] double secondsOf(qint64 time) const; ///< since the first
    [[nodiscard]] double valueOf(const LatencyPoint& point) const; ///< errors lie at the bottom

    QCustomPlot* m_plot;
    LatencyPicturePtr m_picture;
    std::optional<LatencyPoint> m_selected;
    bool m_isLogarithmic = true;
    QPoint m_pressed;
    qint64 m_pressedBegin = 0;
    qint64 m_pressedEnd = 0;
    bool m_isDragged = false;
};

} // namespace sockeye
