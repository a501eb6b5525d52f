// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/capture_watch.h"

#include "app/capture/capture.h"
#include "ui/models/ticker.h"
#include "ui/pages/page.h"
#include "ui/window/page_set.h"

namespace sockeye {

CaptureWatch::CaptureWatch(const PageSet& pages, QObject* parent)
    : QObject(parent)
    , m_pages(pages)
{
    connect(&Ticker::instance(), &Ticker::tick, this, &CaptureWatch::look);
    connect(&pages, &PageSet::removed, this, [this](const Page* page) { m_told.remove(page); });
}

void CaptureWatch::look()
{
    for (Page* page : m_pages.pages()) {
        const std::shared_ptr<Capture> capture = page->capture();
        if (!capture) {
            continue;
        }
        Failure failure = capture->failure();
        // What is wrong with a file that was opened stands in its page.
        if (failure.code != FailureCode::SpoolFull || m_told.value(page).lock() == capture) {
            continue;
        }
        m_told.insert(page, capture);
        if (!failure.meaning.isEmpty() && !failure.meaning.endsWith(u'.')) {
            failure.meaning += u'.'; // the system's own words have none
        }
        failure.meaning +=
            u' ' + tr("Connections go on; what is captured of them from here on is kept in memory, up to 256 MiB.");
        failure.advice = tr("Make room, or save the capture to another place.");
        Q_EMIT failed(page, failure);
    }
}

} // namespace sockeye
