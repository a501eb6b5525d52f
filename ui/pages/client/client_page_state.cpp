// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/composer_panel.h"
#include "ui/messages/messages_panel.h"
#include "ui/pages/client/client_options_panel.h"
#include "ui/pages/client/client_page.h"
#include "ui/pages/client/client_results.h"
#include "ui/pages/client/client_target_bar.h"
#include "ui/sendlist/send_list_panel.h"

#include <QJsonObject>
#include <QSplitter>

// What of a client page comes back at the next start.
namespace sockeye {

QJsonObject ClientPage::saveState() const
{
    return {
        { QStringLiteral("kind"), QStringLiteral("client") },
        { QStringLiteral("host"), m_target->host() },
        { QStringLiteral("port"), m_target->port() },
        { QStringLiteral("persistent"), m_target->isPersistent() },
        { QStringLiteral("udp"), m_target->transport() == Transport::Udp },
        { QStringLiteral("tls"), m_target->isTls() },
        { QStringLiteral("showsOptions"), m_target->showsOptions() },
        { QStringLiteral("options"), m_options->saveState() },
        { QStringLiteral("composer"), m_composer->saveState() },
        { QStringLiteral("messages"), messages().saveState() },
        { QStringLiteral("sendList"), sendList().saveState() },
        { QStringLiteral("parts"), QString::fromLatin1(m_parts->saveState().toBase64()) },
    };
}

void ClientPage::restore(const QJsonObject& state)
{
    const int port = state.value(u"port").toInt(m_target->port());
    if (port > 0 && port <= 65'535) {
        m_target->setTarget(state.value(u"host").toString(m_target->host()), static_cast<quint16>(port));
    }
    m_target->setPersistent(state.value(u"persistent").toBool());
    m_target->setTransport(state.value(u"udp").toBool() ? Transport::Udp : Transport::Tcp);
    if (state.value(u"tls").toBool()) {
        m_target->setTls();
    }
    m_target->setShowsOptions(state.value(u"showsOptions").toBool());
    m_options->restore(state.value(u"options").toObject());
    m_composer->restore(state.value(u"composer").toObject());
    sendList().restore(state.value(u"sendList").toObject());
    messages().restoreState(state.value(u"messages").toObject());
    m_parts->restoreState(QByteArray::fromBase64(state.value(u"parts").toString().toLatin1()));
}

} // namespace sockeye
