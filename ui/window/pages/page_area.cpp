// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/pages/page_area.h"

#include "ui/pages/page.h"
#include "ui/window/pages/page_tabs.h"

#include <QApplication>
#include <QSplitter>
#include <QVBoxLayout>

namespace sockeye {

namespace {

PageArea::Side other(PageArea::Side side)
{
    return side == PageArea::Side::First ? PageArea::Side::Second : PageArea::Side::First;
}

} // namespace

PageArea::PageArea(QWidget* parent)
    : QWidget(parent)
    , m_splitter(new QSplitter(Qt::Horizontal, this))
{
    for (PageTabs*& side : m_sides) {
        side = new PageTabs(m_splitter);
        side->hide();
        m_splitter->addWidget(side);
        connect(side, &QTabWidget::currentChanged, this, &PageArea::settle);
        connect(side, &QTabWidget::tabBarClicked, this, [this, side] {
            m_focused = side == m_sides.front() ? Side::First : Side::Second;
            settle();
        });
        connect(side, &PageTabs::closeRequested, this, &PageArea::closeRequested);
        connect(side, &PageTabs::tearOffRequested, this, &PageArea::tearOffRequested);
        connect(side, &PageTabs::menuRequested, this, &PageArea::menuRequested);
    }
    m_splitter->setChildrenCollapsible(false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_splitter);
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) { focusMoved(now); });
}

void PageArea::add(Page* page, Side side)
{
    m_focused = side;
    tabs(side)->add(page);
    settle();
}

void PageArea::take(Page* page)
{
    if (contains(page)) {
        tabs(sideOf(page))->take(page);
        settle();
    }
}

void PageArea::setCurrent(Page* page)
{
    if (contains(page)) {
        m_focused = sideOf(page);
        tabs(m_focused)->setCurrentWidget(page);
        settle();
    }
}

void PageArea::moveToOtherSide(Page* page)
{
    const Side target = other(sideOf(page));
    take(page);
    add(page, target);
    if (isSplit()) {
        const int half = (orientation() == Qt::Horizontal ? width() : height()) / 2;
        m_splitter->setSizes({ half, half });
    }
}

void PageArea::stepCurrent(int step)
{
    PageTabs* side = tabs(m_focused);
    if (side->count() > 0) {
        side->setCurrentIndex((side->currentIndex() + step + side->count()) % side->count());
    }
}

Page* PageArea::current() const
{
    return tabs(m_focused)->current();
}

bool PageArea::contains(const Page* page) const
{
    return page != nullptr && (m_sides.front()->indexOf(page) >= 0 || m_sides.back()->indexOf(page) >= 0);
}

PageArea::Side PageArea::sideOf(const Page* page) const
{
    return m_sides.back()->indexOf(page) >= 0 ? Side::Second : Side::First;
}

bool PageArea::isSplit() const
{
    return m_sides.front()->count() > 0 && m_sides.back()->count() > 0;
}

bool PageArea::isEmpty() const
{
    return m_sides.front()->count() == 0 && m_sides.back()->count() == 0;
}

void PageArea::setOrientation(Qt::Orientation orientation)
{
    m_splitter->setOrientation(orientation);
}

Qt::Orientation PageArea::orientation() const
{
    return m_splitter->orientation();
}

void PageArea::focusMoved(const QWidget* now)
{
    for (const Side side : { Side::First, Side::Second }) {
        if (now != nullptr && tabs(side)->isAncestorOf(now) && side != m_focused) {
            m_focused = side;
            settle();
        }
    }
}

void PageArea::settle()
{
    for (PageTabs* side : m_sides) {
        side->setVisible(side->count() > 0);
    }
    if (tabs(m_focused)->count() == 0) {
        m_focused = other(m_focused);
    }
    if (current() != m_current) {
        m_current = current();
        Q_EMIT currentChanged(m_current);
    }
}

} // namespace sockeye
