// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/pages/page_set.h"

#include "ui/pages/page.h"

namespace sockeye {

void PageSet::add(Page* page)
{
    m_pages.append(page);
    connect(page, &Page::titleChanged, this, [this, page] { Q_EMIT changed(page, m_pages.indexOf(page)); });
    Q_EMIT added(page, m_pages.size() - 1);
}

void PageSet::remove(Page* page)
{
    const qsizetype index = m_pages.indexOf(page);
    if (index < 0) {
        return;
    }
    disconnect(page, nullptr, this, nullptr);
    m_pages.removeAt(index);
    Q_EMIT removed(page, index);
}

} // namespace sockeye
