// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/page_factory.h"

#include "ui/pages/capture_page.h"
#include "ui/pages/client_page.h"
#include "ui/pages/live_page.h"
#include "ui/pages/server_page.h"

namespace sockeye {

Page* newPage(PageKind kind, IoThreads& threads)
{
    switch (kind) {
    case PageKind::Server:
        return new ServerPage(threads);
    case PageKind::Client:
        return new ClientPage(threads);
    case PageKind::LiveCapture:
        return new LivePage;
    }
    return nullptr;
}

Page* newCapturePage(const QString& file)
{
    return new CapturePage(file);
}

Page* restorePage(const QJsonObject& state, IoThreads& threads)
{
    const QString kind = state.value(QStringLiteral("kind")).toString();
    if (kind == u"server") {
        auto* page = new ServerPage(threads);
        page->restore(state);
        return page;
    }
    if (kind == u"client") {
        auto* page = new ClientPage(threads);
        page->restore(state);
        return page;
    }
    if (kind == u"live") {
        auto* page = new LivePage;
        page->restore(state);
        return page;
    }
    if (kind == u"capture") {
        auto* page = new CapturePage(state.value(QStringLiteral("file")).toString());
        page->restore(state);
        return page;
    }
    return nullptr;
}

} // namespace sockeye
