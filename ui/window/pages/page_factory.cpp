// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/pages/page_factory.h"

#include "app/net/host_text.h"
#include "protocol/protocols/registry.h"
#include "ui/pages/capture/capture_page.h"
#include "ui/pages/capture/live_page.h"
#include "ui/pages/client/client_page.h"
#include "ui/pages/client/many_page.h"
#include "ui/pages/diagnose/diagnose_page.h"
#include "ui/pages/load/load_page.h"
#include "ui/pages/relay/relay_page.h"
#include "ui/pages/server/server_page.h"
#include "ui/pages/sockets/sockets_page.h"
#include "ui/sendlist/open_lists.h"

#include <algorithm>

namespace sockeye {

Page* newPage(PageKind kind, IoThreads& threads)
{
    switch (kind) {
    case PageKind::Server:
        return new ServerPage(threads);
    case PageKind::Client:
        return new ClientPage(threads);
    case PageKind::Relay:
        return new RelayPage(threads);
    case PageKind::LiveCapture:
        return new LivePage;
    case PageKind::Load:
        return new LoadPage;
    case PageKind::Sockets:
        return new SocketsPage;
    case PageKind::Diagnose:
        return new DiagnosePage;
    case PageKind::ManyConnections:
        return new ManyPage(threads);
    }
    return nullptr;
}

Page* pageOf(PageKind kind, const QList<Page*>& pages)
{
    const auto isWanted = [kind](const Page* page) {
        switch (kind) {
        case PageKind::Server:
            return qobject_cast<const ServerPage*>(page) != nullptr;
        case PageKind::Client:
            return qobject_cast<const ClientPage*>(page) != nullptr;
        case PageKind::Relay:
            return qobject_cast<const RelayPage*>(page) != nullptr;
        case PageKind::LiveCapture:
            return qobject_cast<const LivePage*>(page) != nullptr;
        case PageKind::Load:
            return qobject_cast<const LoadPage*>(page) != nullptr;
        case PageKind::Sockets:
            return qobject_cast<const SocketsPage*>(page) != nullptr;
        case PageKind::Diagnose:
            return qobject_cast<const DiagnosePage*>(page) != nullptr;
        case PageKind::ManyConnections:
            return qobject_cast<const ManyPage*>(page) != nullptr;
        }
        return false;
    };
    const auto found = std::find_if(pages.begin(), pages.end(), isWanted);
    return found != pages.end() ? *found : nullptr;
}

void diagnose(Page& page, const Destination& there)
{
    if (auto* diagnosing = qobject_cast<DiagnosePage*>(&page)) {
        diagnosing->diagnose(there);
    }
}

void aimManyConnections(Page& page, const Destination& there)
{
    if (auto* many = qobject_cast<ManyPage*>(&page); many != nullptr && !many->isActive()) {
        many->setTarget(there);
    }
}

std::optional<Destination> destinationFor(const Page* front, const QList<Page*>& pages)
{
    if (const auto there = front != nullptr ? front->whereToReach() : std::nullopt) {
        return there;
    }
    for (auto page = pages.crbegin(); page != pages.crend(); ++page) {
        if (const auto there = (*page)->whereToReach()) {
            return there;
        }
    }
    return std::nullopt;
}

Page* newClientPage(IoThreads& threads, const std::optional<Destination>& there)
{
    auto* const page = new ClientPage(threads);
    if (there) {
        page->setTarget(*there);
    }
    return page;
}

Page* newListPage(const ListSource& source, IoThreads& threads)
{
    auto* const page = new ClientPage(threads);
    const std::optional<ConnectionRecord> connection = source.capture->connection(source.connection);
    if (connection) {
        const ConnectionFacts& facts = connection->facts;
        const SocketAddress& server = facts.weConnected ? facts.peer : facts.local;
        page->setTarget(Destination { reachableHost(server), server.port, facts.tls, facts.transport });
    }
    const ProtocolPtr& protocol = source.capture->protocol();
    // Where lines are exchanged there is a chat in the list's place; its bytes are sent all the same.
    page->setProtocol(protocol->talk() == Talk::Lines ? plainProtocol() : protocol);
    page->takeMessages(source.capture, source.rows);
    return page;
}

Page* newCapturePage(const QString& file)
{
    return new CapturePage(file);
}

Page* restorePage(const QJsonObject& state, IoThreads& threads)
{
    const QString kind = state.value(QStringLiteral("kind")).toString();
    const auto restored = [&state](auto* page) -> Page* {
        page->restore(state);
        return page;
    };
    if (kind == u"server") {
        return restored(new ServerPage(threads));
    }
    if (kind == u"client") {
        return restored(new ClientPage(threads));
    }
    if (kind == u"relay") {
        return restored(new RelayPage(threads));
    }
    if (kind == u"live") {
        return restored(new LivePage);
    }
    if (kind == u"load") {
        return restored(new LoadPage);
    }
    if (kind == u"sockets") {
        return restored(new SocketsPage);
    }
    if (kind == u"diagnose") {
        return restored(new DiagnosePage);
    }
    if (kind == u"many") {
        return restored(new ManyPage(threads));
    }
    if (kind == u"capture") {
        return restored(new CapturePage(state.value(QStringLiteral("file")).toString()));
    }
    return nullptr;
}

} // namespace sockeye
