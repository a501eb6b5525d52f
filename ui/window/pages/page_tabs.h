// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QTabWidget>

namespace sockeye {

class Page;

/// Pages in tabs. Its pages are its children while they are in it.
class PageTabs : public QTabWidget {
    Q_OBJECT
public:
    explicit PageTabs(QWidget* parent = nullptr);

    void add(Page* page); ///< as the last and current one
    void take(Page* page); ///< out of the tabs, without deleting it
    [[nodiscard]] Page* page(int index) const;
    [[nodiscard]] Page* current() const { return page(currentIndex()); }
    [[nodiscard]] QList<Page*> pages() const;

Q_SIGNALS:
    void closeRequested(Page* page);
    void tearOffRequested(Page* page, const QPoint& globalPosition);
    void menuRequested(Page* page, const QPoint& globalPosition);

private:
    void showTitle(Page* page);
};

} // namespace sockeye
