// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/client/client_options_panel.h"

#include "protocol/content/views/content_view.h"
#include "protocol/protocols/encoded/encoded_protocol.h"
#include "ui/protocols/protocol_box.h"
#include "ui/protocols/protocol_library.h"
#include "ui/tls/tls_client_panel.h"
#include "ui/widgets/engine_box.h"
#include "ui/widgets/family_box.h"
#include "ui/widgets/socket_options_panel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>

namespace sockeye {

namespace {

QDoubleSpinBox* secondsBox(double seconds, const QString& name, QWidget* parent)
{
    auto* box = new QDoubleSpinBox(parent);
    box->setRange(0, 86'400);
    box->setDecimals(1);
    box->setValue(seconds);
    box->setSuffix(QStringLiteral(" s"));
    box->setAccessibleName(name);
    return box;
}

std::chrono::milliseconds duration(const QDoubleSpinBox* box)
{
    return std::chrono::milliseconds(qRound64(box->value() * 1000));
}

} // namespace

ClientOptionsPanel::ClientOptionsPanel(QWidget* parent)
    : QWidget(parent)
    , m_connectTimeout(secondsBox(5, tr("Connect time-out"), this))
    , m_replyTimeout(secondsBox(10, tr("Reply time-out"), this))
    , m_linger(secondsBox(1, tr("Linger"), this))
    , m_family(new FamilyBox(this))
    , m_protocol(new ProtocolBox(this))
    , m_encoding(new QComboBox(this))
    , m_encoded(m_protocol->protocol())
    , m_engine(new EngineBox(this))
    , m_expectReply(new QCheckBox(tr("Wa&it for a reply"), this))
    , m_finishAfter(new QCheckBox(tr("Half-close after&wards"), this))
    , m_tls(new TlsClientPanel(this))
    , m_socket(new SocketOptionsPanel(SocketOptionsPanel::Side::Client, this))
{
    m_connectTimeout->setMinimum(0.1);
    m_replyTimeout->setSpecialValueText(tr("none"));
    m_replyTimeout->setToolTip(tr("0 waits for ever."));
    m_linger->setToolTip(
        tr("How long we wait for the other side's end of stream when we close. 0: let go at once; what "
           "it still sends is then answered with a reset."));
    m_protocol->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_protocol->setMinimumContentsLength(16);
    m_protocol->setToolTip(tr("What a request is made of, and when a reply is whole."));
    m_encoding->addItems(viewEncodings());
    m_encoding->setAccessibleName(tr("Encoding of texts"));
    m_encoding->setToolTip(
        tr("What text that is sent and shown here is in. Of protocols whose messages do not say it themselves."));
    m_expectReply->setChecked(true);
    m_expectReply->setToolTip(tr("Off: done as soon as everything is written, as for a server that only takes."));
    m_finishAfter->setToolTip(tr("Sends our end of stream after the request and goes on reading."));

    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(4);
    const auto add = [&](const QString& text, QWidget* field, int row, int column, int span = 1) {
        auto* label = new QLabel(text, this);
        label->setBuddy(field);
        grid->addWidget(label, row, column);
        grid->addWidget(field, row, column + 1, 1, span);
    };
    add(tr("Connect ti&me-out"), m_connectTimeout, 0, 0);
    add(tr("Rep&ly time-out"), m_replyTimeout, 1, 0);
    add(tr("A&ddresses"), m_family, 0, 2);
    add(tr("P&rotocol"), m_protocol, 1, 2);
    add(tr("Lin&ger"), m_linger, 2, 0);
    add(tr("&Engine"), m_engine, 2, 2, 2);
    add(tr("Te&xt in"), m_encoding, 3, 2);
    auto* checks = new QHBoxLayout; // below, not beside: a small window is not wide
    checks->setSpacing(16);
    checks->addWidget(m_expectReply);
    checks->addWidget(m_finishAfter);
    checks->addStretch(1);
    grid->addLayout(checks, 4, 0, 1, 5);
    grid->addWidget(m_tls, 5, 0, 1, 5);
    m_tls->hide();
    grid->addWidget(m_socket, 6, 0, 1, 5);
    grid->setColumnStretch(4, 1);
    connect(m_protocol, &ProtocolBox::chosen, this, &ClientOptionsPanel::chooseProtocol);
    connect(m_encoding, &QComboBox::activated, this, &ClientOptionsPanel::chooseProtocol);
    m_encoding->setEnabled(m_protocol->protocol()->requestShape() == RequestShape::Text);
}

void ClientOptionsPanel::setTransport(Transport transport, bool isTls)
{
    m_isTls = isTls;
    m_tls->setVisible(isTls);
    if (transport == m_transport) {
        return;
    }
    m_transport = transport;
    m_protocol->setTransport(transport);
    m_socket->setTransport(transport);
    m_finishAfter->setEnabled(transport == Transport::Tcp);
    m_linger->setEnabled(transport == Transport::Tcp);
    Q_EMIT protocolChanged();
}

const ProtocolPtr& ClientOptionsPanel::protocol() const
{
    return m_transport == Transport::Udp ? protocolForDatagrams(m_encoded) : m_encoded;
}

const ProtocolPtr& ClientOptionsPanel::streamProtocol() const
{
    return m_encoded;
}

void ClientOptionsPanel::setProtocol(const ProtocolPtr& protocol)
{
    const QByteArray encoding = textEncoding(*protocol);
    m_protocol->setProtocol(protocolInEncoding(protocol, {}));
    setEncoding(encoding.isEmpty() ? QByteArray("UTF-8") : encoding);
}

void ClientOptionsPanel::setEncoding(const QByteArray& encoding)
{
    const QString name = QString::fromLatin1(encoding);
    if (m_encoding->findText(name) < 0) {
        m_encoding->addItem(name);
    }
    m_encoding->setCurrentText(name);
    chooseProtocol();
}

void ClientOptionsPanel::chooseProtocol()
{
    const ProtocolPtr& plain = m_protocol->protocol();
    m_encoded = protocolInEncoding(plain, m_encoding->currentText().toLatin1());
    m_encoding->setEnabled(plain->requestShape() == RequestShape::Text && !plain->hasStructure());
    Q_EMIT protocolChanged();
}

void ClientOptionsPanel::apply(ClientOptions& options) const
{
    options.family = m_family->family();
    options.protocol = protocol();
    options.transport = m_transport;
    options.tls.on = m_isTls;
    m_tls->apply(options.tls);
    options.connectTimeout = duration(m_connectTimeout);
    options.replyTimeout = duration(m_replyTimeout);
    options.linger = duration(m_linger);
    options.engine = m_engine->engine();
    options.socket = m_socket->options();
    options.proxy = m_socket->proxy();
}

void ClientOptionsPanel::apply(SendPlan& plan) const
{
    plan.expectReply = m_expectReply->isChecked();
    plan.finishAfter = m_finishAfter->isChecked() && m_transport == Transport::Tcp;
}

QJsonObject ClientOptionsPanel::saveState() const
{
    return {
        { QStringLiteral("connectTimeout"), m_connectTimeout->value() },
        { QStringLiteral("replyTimeout"), m_replyTimeout->value() },
        { QStringLiteral("linger"), m_linger->value() },
        { QStringLiteral("engine"), m_engine->saveState() },
        { QStringLiteral("family"), m_family->saveState() },
        { QStringLiteral("protocol"), m_encoded->id() },
        { QStringLiteral("expectReply"), m_expectReply->isChecked() },
        { QStringLiteral("finishAfter"), m_finishAfter->isChecked() },
        { QStringLiteral("tls"), m_tls->saveState() },
        { QStringLiteral("socket"), m_socket->saveState() },
    };
}

void ClientOptionsPanel::restore(const QJsonObject& state)
{
    m_connectTimeout->setValue(state.value(u"connectTimeout").toDouble(m_connectTimeout->value()));
    m_replyTimeout->setValue(state.value(u"replyTimeout").toDouble(m_replyTimeout->value()));
    m_linger->setValue(state.value(u"linger").toDouble(m_linger->value()));
    m_engine->restore(state.value(u"engine"));
    m_family->restore(state.value(u"family"));
    ProtocolLibrary::instance().restore(
        state.value(u"protocol").toString(), this, [this](const ProtocolPtr& protocol) { setProtocol(protocol); });
    m_expectReply->setChecked(state.value(u"expectReply").toBool(m_expectReply->isChecked()));
    m_finishAfter->setChecked(state.value(u"finishAfter").toBool(m_finishAfter->isChecked()));
    m_tls->restore(state.value(u"tls").toObject());
    m_socket->restore(state.value(u"socket").toObject());
}

} // namespace sockeye
