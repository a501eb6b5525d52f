// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/pages/page_tabs.h"

#include "ui/pages/page.h"
#include "ui/theme/theme.h"
#include "ui/window/pages/page_tab_bar.h"

namespace sockeye {

PageTabs::PageTabs(QWidget* parent)
    : QTabWidget(parent)
{
    auto* bar = new PageTabBar(this);
    setTabBar(bar);
    setDocumentMode(true);
    setTabsClosable(true);
    setMovable(true);
    bar->setAccessibleName(tr("Pages"));
    bar->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(bar, &QTabBar::tabCloseRequested, this, [this](int index) { Q_EMIT closeRequested(page(index)); });
    connect(bar, &PageTabBar::draggedOut, this, [this](int index, const QPoint& position) {
        if (Page* dragged = page(index)) {
            Q_EMIT tearOffRequested(dragged, position);
        }
    });
    connect(bar, &QWidget::customContextMenuRequested, this, [this, bar](const QPoint& position) {
        if (Page* asked = page(bar->tabAt(position))) {
            Q_EMIT menuRequested(asked, bar->mapToGlobal(position));
        }
    });
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        for (Page* shown : pages()) {
            showTitle(shown);
        }
    });
}

void PageTabs::add(Page* page)
{
    addTab(page, QString());
    showTitle(page);
    connect(page, &Page::titleChanged, this, [this, page] { showTitle(page); });
    setCurrentWidget(page);
}

void PageTabs::take(Page* page)
{
    disconnect(page, nullptr, this, nullptr);
    removeTab(indexOf(page));
}

Page* PageTabs::page(int index) const
{
    return qobject_cast<Page*>(widget(index));
}

QList<Page*> PageTabs::pages() const
{
    QList<Page*> all;
    for (int index = 0; index < count(); ++index) {
        all.append(page(index));
    }
    return all;
}

void PageTabs::showTitle(Page* page)
{
    const int index = indexOf(page);
    QString title = page->title();
    setTabText(index, title.replace(u'&', QStringLiteral("&&")));
    setTabIcon(index, page->icon());
    setTabToolTip(index, page->title() + u" – " + page->stateText());
}

} // namespace sockeye
