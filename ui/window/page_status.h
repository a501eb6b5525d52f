// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>
#include <QObject>
#include <QPointer>

class QStatusBar;

namespace sockeye {

class Page;

/// What pages say in the status bar of the window that they share. A text is of one page: it goes when that page is no
/// longer to be seen, and what a page says while it is hidden waits until it is in front.
class PageStatus : public QObject {
    Q_OBJECT
public:
    explicit PageStatus(QStatusBar* bar);

    void add(Page* page); ///< from now on its texts are shown
    void remove(Page* page); ///< from now on not; what is shown or waits of it goes
    void follow(Page* page); ///< this one is in front; null: none

private:
    void tell(Page* page, const QString& text);

    QStatusBar* m_bar;
    QPointer<Page> m_shown; ///< whose text is in the bar
    QHash<Page*, QString> m_waiting;
};

} // namespace sockeye
