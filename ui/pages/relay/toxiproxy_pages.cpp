// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/relay/toxiproxy_pages.h"

#include "ui/pages/relay/relay_page.h"

namespace sockeye {

ToxiproxyPages::ToxiproxyPages(IoThreads& threads, QObject* parent)
    : QObject(parent)
    , m_threads(threads)
    , m_api(*this, threads)
{
    connect(&m_api, &ToxiproxyApi::answered, this, &ToxiproxyPages::answered);
}

ToxiproxyPages::~ToxiproxyPages() = default;

Failure ToxiproxyPages::listen(quint16 port)
{
    return m_api.listen({ QHostAddress(QHostAddress::LocalHost), port });
}

Relay& ToxiproxyPages::driven(const QString& name, RelayPage& page)
{
    return page.drivenRelay(name == m_adopted ? QString() : name);
}

void ToxiproxyPages::adopt(const QString& name, RelayPage& page, const RelayOptions& options)
{
    if (page.relay() == nullptr || !m_api.isProxy(*page.relay())) {
        m_adopted = name;
        m_pages.insert(name, &page);
        m_api.adopt(name, driven(name, page), options);
    }
}

Relay* ToxiproxyPages::newRelay(const QString& name, RelayOptions& options)
{
    Q_UNUSED(options)
    m_pages.removeIf([](const auto& each) { return each.value().isNull(); });
    if (RelayPage* const known = m_pages.value(name)) {
        Relay& relay = driven(name, *known);
        (void)relay.setFaults({});
        return &relay;
    }
    if (m_pages.size() >= mostPages) {
        return nullptr;
    }
    auto* const page = new RelayPage(m_threads);
    m_pages.insert(name, page);
    Relay& relay = driven(name, *page);
    Q_EMIT pageMade(page);
    return &relay;
}

void ToxiproxyPages::start(Relay& relay, const RelayOptions& options)
{
    for (const QPointer<RelayPage>& page : std::as_const(m_pages)) {
        if (page != nullptr && page->relay() == &relay) {
            page->startDriven(options);
            return;
        }
    }
    relay.start(options);
}

void ToxiproxyPages::letGo(Relay& relay)
{
    Q_UNUSED(relay) // its page goes on showing what happened
}

} // namespace sockeye
