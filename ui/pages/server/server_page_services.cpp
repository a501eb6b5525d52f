// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What of the page is there for single services.

#include "app/net/host_text.h"
#include "ui/messages/messages_panel.h"
#include "ui/pages/server/catalog_panel.h"
#include "ui/pages/server/server_chat_panel.h"
#include "ui/pages/server/server_page.h"
#include "ui/pages/server/server_settings_bar.h"
#include "ui/protocols/protocol_box.h"
#include "ui/rules/rules_panel.h"

#include <QTabWidget>

#include <array>
#include <utility>

namespace sockeye {

namespace {

const QLatin1StringView appService("app");
const QLatin1StringView chatService("chat");
const QLatin1StringView rulesService("rules");

} // namespace

bool ServerPage::goesByRules() const
{
    const QString service = m_settings->service();
    return service == rulesService || service == datagramServiceName(QString(rulesService));
}

/// The messages that rules see are those of the protocol that is chosen.
void ServerPage::updateRules()
{
    const std::shared_ptr<const Service> service = chosenService();
    if (service && goesByRules()) {
        m_rules->setUse({ m_chosenProtocol ? m_chosenProtocol : service->protocol(), service->transport(), false });
    }
}

void ServerPage::showServiceTabs()
{
    m_tabs->setTabVisible(m_tabs->indexOf(m_catalog), m_settings->service() == appService);
    const std::array<std::pair<QWidget*, bool>, 2> ownTabs { { { m_chat, m_settings->service() == chatService },
        { m_rules, goesByRules() } } };
    for (const auto& [tab, isWanted] : ownTabs) {
        const bool was = m_tabs->isTabVisible(m_tabs->indexOf(tab));
        m_tabs->setTabVisible(m_tabs->indexOf(tab), isWanted);
        if (isWanted && !was) {
            m_tabs->setCurrentWidget(tab);
        } else if (was && !isWanted && m_tabs->currentWidget() != m_messages) {
            m_tabs->setCurrentWidget(m_messages);
        }
    }
}

void ServerPage::showServiceParts()
{
    showServiceTabs();
    updateRules();
    updateSending();
    if (const std::shared_ptr<const Service> service = chosenService(); service && !m_chosenProtocol) {
        m_protocol->setProtocol(service->protocol());
    }
    Q_EMIT titleChanged();
}

std::optional<Destination> ServerPage::whereToReach() const
{
    if (!isActive()) {
        return std::nullopt;
    }
    const SocketAddress& address = m_server->address();
    const bool isTls = m_settings->options().tls.certificate != TlsServerOptions::Certificate::None;
    const std::shared_ptr<const Service> service = chosenService();
    return Destination { reachableHost(address), address.port, isTls, service ? service->transport() : Transport::Tcp };
}

bool ServerPage::hasUnsaved() const
{
    return m_rules->hasUnsaved();
}

void ServerPage::whenClosable(const std::function<void()>& act)
{
    if (hasUnsaved() && m_tabs->isTabVisible(m_tabs->indexOf(m_rules))) {
        m_tabs->setCurrentWidget(m_rules);
    }
    m_rules->whenClosable(act);
}

} // namespace sockeye
