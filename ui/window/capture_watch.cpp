// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/capture_watch.h"

#include "ui/models/ticker.h"
#include "ui/pages/page.h"
#include "ui/window/pages/page_set.h"

namespace sockeye {

CaptureWatch::CaptureWatch(const PageSet& pages, QObject* parent)
    : QObject(parent)
    , m_pages(pages)
{
    connect(&Ticker::instance(), &Ticker::tick, this, &CaptureWatch::look);
    connect(&pages, &PageSet::removed, this, [this](const Page* page) { m_told.remove(page); });
}

void CaptureWatch::setOverloadPolicy(OverloadPolicy choice)
{
    m_overloadPolicy = choice;
    look();
}

void CaptureWatch::look()
{
    for (Page* page : m_pages.pages()) {
        if (const std::shared_ptr<Capture> capture = page->capture()) {
            capture->setOverloadPolicy(m_overloadPolicy); // a page may have begun another one
            lookAt(page, capture);
        }
    }
}

void CaptureWatch::lookAt(Page* page, const std::shared_ptr<Capture>& capture)
{
    Told& told = m_told[page];
    if (told.capture.lock() != capture) {
        told = { capture };
    }
    if (!told.leavesOut && capture->leftOut().chunks > 0) {
        told.leavesOut = true;
        Q_EMIT leavesOut(page,
            tr("%1: bytes are left out of the capture, because they come faster than it can be written. Connections go "
               "on; a line says where how many are missing. To have connections wait instead: File › When a capture "
               "cannot keep up.")
                .arg(page->title()));
    }
    Failure failure = capture->failure();
    // What is wrong with a file that was opened stands in its page.
    if (failure.code != FailureCode::SpoolFull || told.failed) {
        return;
    }
    told.failed = true;
    if (!failure.meaning.isEmpty() && !failure.meaning.endsWith(u'.')) {
        failure.meaning += u'.'; // the system's own words have none
    }
    failure.meaning +=
        u' ' + tr("Connections go on; what is captured of them from here on is kept in memory, up to 256 MiB.");
    failure.advice = tr("Make room, or save the capture to another place.");
    Q_EMIT failed(page, failure);
}

} // namespace sockeye
