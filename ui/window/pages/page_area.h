// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

#include <array>

class QSplitter;

namespace sockeye {

class Page;
class PageTabs;

/// The middle of the window: pages in tabs, on one side or, when split, on two, so that a client and its server are
/// seen together. An empty side takes no room.
class PageArea : public QWidget {
    Q_OBJECT
public:
    enum class Side : quint8 { First, Second };

    explicit PageArea(QWidget* parent = nullptr);

    void add(Page* page, Side side);
    void add(Page* page) { add(page, m_focused); } ///< on the side that has the focus
    void take(Page* page); ///< out of the area, without deleting it
    void setCurrent(Page* page); ///< to the front of its side, which gets the focus
    void moveToOtherSide(Page* page);
    void stepCurrent(int step); ///< to the next (1) or previous (-1) tab of the focused side, round and round

    [[nodiscard]] Page* current() const; ///< the front page of the side with the focus
    [[nodiscard]] bool contains(const Page* page) const;
    [[nodiscard]] Side sideOf(const Page* page) const;
    [[nodiscard]] bool isSplit() const;
    [[nodiscard]] bool isEmpty() const;

    /// Side by side, or one above the other.
    void setOrientation(Qt::Orientation orientation);
    [[nodiscard]] Qt::Orientation orientation() const;

Q_SIGNALS:
    void currentChanged(Page* page);
    void closeRequested(Page* page);
    void tearOffRequested(Page* page, const QPoint& globalPosition);
    void menuRequested(Page* page, const QPoint& globalPosition);

private:
    [[nodiscard]] PageTabs* tabs(Side side) const { return m_sides.at(static_cast<std::size_t>(side)); }
    void focusMoved(const QWidget* now);
    void settle();

    QSplitter* m_splitter = nullptr;
    std::array<PageTabs*, 2> m_sides {};
    Side m_focused = Side::First;
    Page* m_current = nullptr; ///< what currentChanged() told last
};

} // namespace sockeye
