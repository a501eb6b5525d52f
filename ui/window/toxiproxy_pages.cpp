// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/toxiproxy_pages.h"

#include "ui/pages/relay/relay_page.h"

namespace sockeye {

ToxiproxyPages::ToxiproxyPages(IoThreads& threads, QObject* parent)
    : QObject(parent)
    , m_threads(threads)
    , m_api(*this, threads)
{
}

ToxiproxyPages::~ToxiproxyPages() = default;

Failure ToxiproxyPages::listen(quint16 port)
{
    return m_api.listen({ QHostAddress(QHostAddress::LocalHost), port });
}

Relay* ToxiproxyPages::newRelay(const QString& name, RelayOptions& options)
{
    Q_UNUSED(options)
    m_pages.removeIf([](const auto& each) { return each.value().isNull(); });
    if (RelayPage* const known = m_pages.value(name)) {
        Relay& relay = known->drivenRelay(name);
        (void)relay.setFaults({});
        return &relay;
    }
    if (m_pages.size() >= mostPages) {
        return nullptr;
    }
    auto* const page = new RelayPage(m_threads);
    m_pages.insert(name, page);
    Relay& relay = page->drivenRelay(name);
    Q_EMIT pageMade(page);
    return &relay;
}

void ToxiproxyPages::letGo(Relay& relay)
{
    Q_UNUSED(relay) // its page goes on showing what happened
}

} // namespace sockeye
