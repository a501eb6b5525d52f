// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/page_status.h"

#include "ui/pages/page.h"
#include "ui/window/status_time.h"

#include <QStatusBar>

namespace sockeye {

PageStatus::PageStatus(QStatusBar* bar)
    : QObject(bar)
    , m_bar(bar)
{
}

void PageStatus::add(Page* page)
{
    connect(page, &Page::statusMessage, this, [this, page](const QString& text) { tell(page, text); });
    connect(page, &QObject::destroyed, this, [this, page] { m_waiting.remove(page); });
}

void PageStatus::remove(Page* page)
{
    disconnect(page, nullptr, this, nullptr);
    m_waiting.remove(page);
    if (m_shown == page) {
        m_shown = nullptr;
        m_bar->clearMessage();
    }
}

void PageStatus::follow(Page* page)
{
    if (m_shown != nullptr && m_shown != page && !m_shown->isVisible()) {
        m_shown = nullptr;
        m_bar->clearMessage();
    }
    if (const QString text = m_waiting.take(page); !text.isEmpty()) {
        tell(page, text);
    }
}

void PageStatus::tell(Page* page, const QString& text)
{
    if (!page->isVisible()) {
        m_waiting.insert(page, text);
        return;
    }
    m_shown = page;
    m_bar->showMessage(text, statusMilliseconds);
}

} // namespace sockeye
