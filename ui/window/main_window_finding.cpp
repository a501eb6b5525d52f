// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/bytesearch/find_bytes_window.h"
#include "ui/messages/messages_panel.h"
#include "ui/pages/page.h"
#include "ui/window/main_window.h"
#include "ui/window/pages/page_set.h"

#include <QStatusBar>

// Bytes that are looked for in all pages.
namespace sockeye {

/// `page`: the one in front of the window that asks; null: none.
void MainWindow::findBytes(Page* page)
{
    m_findsIn = page;
    if (m_findBytes == nullptr) {
        m_findBytes = new FindBytesWindow([this](bool all) { return searchTargets(all); }, this);
        connect(m_findBytes, &FindBytesWindow::chosen, this, &MainWindow::showBytes);
    }
    m_findBytes->activate();
}

QList<SearchTarget> MainWindow::searchTargets(bool all) const
{
    QList<SearchTarget> targets;
    // A torn-off page is alone in its window; in this one another page may have come to the front since.
    const Page* const front =
        m_findsIn != nullptr && !m_area->contains(m_findsIn) ? m_findsIn.data() : m_area->current();
    for (Page* const page : m_pages->pages()) {
        if ((all || page == front) && page->capture() && page->messagesPanel(false) != nullptr) {
            targets.append({ page->title(), page->capture(), page });
        }
    }
    return targets;
}

void MainWindow::showBytes(
    QObject* found, const std::shared_ptr<Capture>& capture, const StreamPlace& place, qint64 size)
{
    auto* const page = qobject_cast<Page*>(found);
    if (page == nullptr || !m_pages->pages().contains(page)) {
        return;
    }
    // Whoever reads it: the recording is the same as long as its marks are.
    if (!page->capture() || &page->capture()->marks() != &capture->marks()) {
        m_findBytes->say(tr("“%1” has begun a new recording since: find the bytes again.").arg(page->title()));
        return;
    }
    bringToFront(page);
    page->messagesPanel(true)->goTo(place, size);
}

} // namespace sockeye
