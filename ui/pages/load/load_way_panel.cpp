// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/load/load_way_panel.h"

#include "ui/tls/tls_client_panel.h"
#include "ui/widgets/socket_options_panel.h"

#include <QCheckBox>
#include <QVBoxLayout>

namespace sockeye {

LoadWayPanel::LoadWayPanel(QWidget* parent)
    : QWidget(parent)
    , m_trust(new TlsClientPanel(this))
    , m_resume(new QCheckBox(tr("Res&ume sessions"), this))
    , m_socket(new SocketOptionsPanel(SocketOptionsPanel::Side::Client, this))
{
    m_resume->setAccessibleName(tr("Resume sessions"));
    m_resume->setToolTip(
        tr("Each connection offers the TLS session of the one before, which makes its handshake cheaper. "
           "Off: every handshake is a whole one"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_trust);
    layout->addWidget(m_resume);
    layout->addWidget(m_socket);
    setTransport(Transport::Tcp, false);
}

void LoadWayPanel::setTransport(Transport transport, bool isTls)
{
    m_transport = transport;
    m_isTls = isTls;
    m_trust->setVisible(isTls);
    m_resume->setVisible(isTls);
    m_socket->setTransport(transport);
}

void LoadWayPanel::applyTo(LoadPlan& plan) const
{
    plan.transport = m_transport;
    plan.tls.on = m_isTls;
    if (m_isTls) {
        m_trust->apply(plan.tls);
    }
    plan.resume = m_isTls && m_resume->isChecked();
    plan.socket = m_socket->options();
    plan.proxy = m_socket->proxy();
}

QJsonObject LoadWayPanel::saveState() const
{
    return { { QStringLiteral("trust"), m_trust->saveState() }, { QStringLiteral("resume"), m_resume->isChecked() },
        { QStringLiteral("socket"), m_socket->saveState() } };
}

void LoadWayPanel::restoreState(const QJsonObject& state)
{
    m_trust->restore(state.value(u"trust").toObject());
    m_resume->setChecked(state.value(u"resume").toBool());
    m_socket->restore(state.value(u"socket").toObject());
}

} // namespace sockeye
