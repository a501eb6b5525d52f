// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/lanes/lanes_fetcher.h"
#include "ui/lanes/lanes_painter.h"

#include <QPoint>
#include <QWidget>

namespace sockeye {

/// The lanes of a connection: reads or writes, messages and fields of both directions, along stream offsets or over
/// time. Accessible name "Lanes"; the accessible description is sentence().
///
/// Ctrl+wheel, + and − zoom at the pointer or at what is current; the wheel, dragging, Page Up and Page Down move; Home
/// and End go to the ends, 0 shows all of it. Arrows go from thing to thing and from lane to lane, Enter shows the
/// current one as large as there is room, as a double click does.
class LanesView final : public QWidget {
    Q_OBJECT
public:
    explicit LanesView(QWidget* parent = nullptr);

    /// `connection` 0: the first that has messages. Null: nothing. Of another reading of the same recording the same
    /// part is seen.
    void setConnection(const std::shared_ptr<Capture>& capture, quint32 connection);
    void refresh(); ///< there may be more by now
    void setAxis(LaneAxis axis);
    [[nodiscard]] LaneAxis axis() const { return m_axis; }

    /// Marks a message, and moves so that it is seen. -1: none.
    void setSelected(const MessageRecord& record, qsizetype row);
    void setSelectedBytes(qint64 offset, qint64 size); ///< of that message, in its stream; size 0: none

    void zoom(double factor); ///< around what is current, or the middle
    void showAll();
    void showSelected(); ///< as large as there is room
    void moveTo(double part); ///< 0: to the beginning, 1: to the end

    [[nodiscard]] const LanesPicturePtr& picture() const { return m_picture; } ///< null before the first
    [[nodiscard]] const LaneScale& scale() const { return m_scale; } ///< what is seen
    [[nodiscard]] const LaneExtent& extent() const { return m_extent; }
    [[nodiscard]] bool isUpToDate() const { return !m_fetcher->isBusy(); }
    /// What is pointed at, or current, or selected, in words.
    [[nodiscard]] QString sentence() const;
    [[nodiscard]] LanesGeometry lanesGeometry() const { return { size(), fontMetrics() }; }
    void setEmptyText(const QString& text);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void pictureChanged();
    void scaleChanged(); ///< scale() or extent()
    void sentenceChanged();
    /// The user chose something: bytes [offset, offset + size) of a stream, and the message that has them, if any.
    void chosen(qsizetype row, qint64 offset, qint64 size);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    using Place = std::optional<std::pair<LaneId, LaneBox>>;
    void take(const LanesPicturePtr& picture);
    void ask();
    void setScale(const LaneScale& scale);
    void reveal();
    void choose(const Place& place);
    void setHovered(const Place& place);
    void told();
    void step(int by);
    void changeLane(int by);
    void enlarge(const Place& place);
    [[nodiscard]] Place placeAt(QPoint point) const;
    [[nodiscard]] double keysX() const; ///< where keys zoom

    LanesFetcher* m_fetcher;
    std::shared_ptr<Capture> m_capture;
    quint32 m_connection = 0; ///< that was asked for
    LanesPicturePtr m_picture;
    LaneAxis m_axis = LaneAxis::Offset;
    LaneScale m_scale;
    LaneExtent m_extent;
    bool m_all = true; ///< everything is seen, also what is still to come
    bool m_reveal = false; ///< the selected message is to be seen, as soon as its place is known
    LanesMarks m_marks;
    MessageRecord m_selected;
    QPoint m_pressed;
    LaneScale m_pressedScale;
    bool m_dragging = false;
    int m_wheel = 0; ///< angle that did not suffice for a step yet
    QString m_told;
    QString m_emptyText;
};

} // namespace sockeye
