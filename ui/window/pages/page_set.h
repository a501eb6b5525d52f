// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QObject>

namespace sockeye {

class Page;

/// All pages that are open, in the order in which they were opened, wherever they are shown. Owns none of them.
class PageSet : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    void add(Page* page);
    void remove(Page* page);
    [[nodiscard]] const QList<Page*>& pages() const { return m_pages; }

Q_SIGNALS:
    void added(Page* page, qsizetype index);
    void removed(Page* page, qsizetype index); ///< still alive
    void changed(Page* page, qsizetype index); ///< its title or state

private:
    QList<Page*> m_pages;
};

} // namespace sockeye
