// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the server sends of itself, from the page's composer.

#include "protocol/protocols/encoded/encoded_protocol.h"
#include "protocol/protocols/registry.h"
#include "ui/connections/connections_model.h"
#include "ui/connections/connections_panel.h"
#include "ui/pages/server/server_page.h"
#include "ui/pages/server/server_send_panel.h"

#include <QTabWidget>

namespace sockeye {

void ServerPage::connectSending()
{
    connect(m_connections, &ConnectionsPanel::selectionChanged, m_sending,
        [this] { m_sending->setSelected(m_connections->selectedConnections()); });
    connect(m_connections->model(), &ConnectionsModel::countsChanged, m_sending,
        [this] { m_sending->setOpenCount(m_connections->model()->openCount()); });
    connect(m_connections, &ConnectionsPanel::sendRequested, m_sending, [this] {
        m_tabs->setCurrentWidget(m_sending);
        m_sending->sendToSelected();
    });
    connect(m_sending, &ServerSendPanel::encodingChosen, this, [this](const QByteArray& encoding) {
        if (const std::shared_ptr<const Service> service = chosenService()) {
            setProtocol(protocolInEncoding(wantedProtocol(*service), encoding));
        }
    });
}

/// Its messages are those of the protocol that is shown; over UDP, datagrams.
void ServerPage::updateSending()
{
    if (const std::shared_ptr<const Service> service = chosenService()) {
        const bool isDatagrams = service->transport() == Transport::Udp;
        const ProtocolPtr spoken = m_chosenProtocol ? m_chosenProtocol : service->protocol();
        m_sending->setTransport(service->transport());
        m_sending->setProtocol(isDatagrams ? protocolForDatagrams(spoken) : spoken);
    }
}

} // namespace sockeye
