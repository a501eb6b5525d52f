// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/client/client_target_bar.h"

#include "app/net/host_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/disclosure_button.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

namespace sockeye {

namespace {
// An entry of the transport's box that is no transport of its own.
constexpr int tlsEntry = -1;
} // namespace

ClientTargetBar::ClientTargetBar(QWidget* parent)
    : QWidget(parent)
    , m_host(new QLineEdit(QStringLiteral("127.0.0.1"), this))
    , m_port(new QSpinBox(this))
    , m_transport(new QComboBox(this))
    , m_persistent(new QCheckBox(tr("&Keep connection"), this))
    , m_connect(new QToolButton(this))
    , m_options(new DisclosureButton(tr("&Options"), this))
    , m_state(new QLabel(this))
{
    m_host->setAccessibleName(tr("Host"));
    m_host->setToolTip(tr("A name or an address; or a Unix socket: unix:/path, or @name for an abstract one"));
    m_host->setMinimumWidth(96);
    m_host->setMaximumWidth(280);
    m_port->setAccessibleName(tr("Port"));
    m_port->setRange(1, 65'535);
    m_port->setValue(65'432);
    m_port->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_transport->setAccessibleName(tr("Transport"));
    m_transport->addItem(tr("TCP"), static_cast<int>(Transport::Tcp));
    m_transport->addItem(tr("UDP"), static_cast<int>(Transport::Udp));
    m_transport->addItem(tr("TLS"), tlsEntry);
    m_transport->setToolTip(tr("TCP: a stream over a connection. UDP: datagrams, of which any may get lost. TLS: a "
                               "stream that nobody in between reads or changes; see Options. Unix sockets have streams "
                               "and datagrams, too."));

    auto* menu = new QMenu(m_connect);
    m_halfClose = menu->addAction(tr("&Half-close (send our end of stream)"), this, &ClientTargetBar::halfCloseWanted);
    m_reset = menu->addAction(tr("&Reset (throw the connection away)"), this, &ClientTargetBar::resetWanted);
    menu->addSeparator();
    m_many = menu->addAction(tr("&Many connections…"), this, &ClientTargetBar::manyWanted);
    m_connect->setMenu(menu);
    m_connect->setPopupMode(QToolButton::MenuButtonPopup);
    m_connect->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_connect->setFocusPolicy(Qt::StrongFocus);
    m_options->setAutoRaise(false); // beside a button with a frame
    m_state->setAccessibleName(tr("Connection state"));
    m_state->setTextInteractionFlags(Qt::TextSelectableByMouse);

    auto* hostLabel = new QLabel(tr("&Host"), this);
    hostLabel->setBuddy(m_host);
    auto* portLabel = new QLabel(tr("&Port"), this);
    portLabel->setBuddy(m_port);

    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(hostLabel);
    row->addWidget(m_host, 1);
    row->addWidget(portLabel);
    row->addWidget(m_port);
    row->addWidget(m_transport);
    row->addWidget(m_persistent);
    row->addWidget(m_connect);
    row->addWidget(m_options);
    row->addStretch(0);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addLayout(row);
    column->addWidget(m_state);

    connect(m_host, &QLineEdit::textChanged, this, [this] {
        m_port->setEnabled(!isUnixHost(host()));
        Q_EMIT targetChanged();
    });
    connect(m_host, &QLineEdit::editingFinished, this, [this] {
        if (const auto read = readHost(m_host->text()); read && read->port.value_or(0) > 0) {
            m_port->setValue(*read->port);
            m_host->setText(read->host);
        }
    });
    connect(m_host, &QLineEdit::returnPressed, this, &ClientTargetBar::sendWanted);
    connect(m_port, &QSpinBox::valueChanged, this, &ClientTargetBar::targetChanged);
    connect(m_transport, &QComboBox::currentIndexChanged, this, [this] {
        showTransport();
        Q_EMIT transportChanged();
    });
    connect(m_connect, &QToolButton::clicked, this, &ClientTargetBar::toggleConnection);
    connect(m_options, &QToolButton::toggled, this, &ClientTargetBar::optionsToggled);
    connect(&Theme::instance(), &Theme::changed, this, &ClientTargetBar::showTheme);
    showTransport();
}

void ClientTargetBar::setTarget(const QString& host, quint16 port)
{
    m_host->setText(host);
    m_port->setValue(port);
}

QString ClientTargetBar::host() const
{
    const auto read = readHost(m_host->text());
    return read ? read->host : m_host->text().trimmed();
}

quint16 ClientTargetBar::port() const
{
    const auto read = readHost(m_host->text());
    const quint16 written = read ? read->port.value_or(0) : quint16(0);
    return written > 0 ? written : static_cast<quint16>(m_port->value());
}

Destination ClientTargetBar::destination() const
{
    return { host(), port(), isTls() };
}

Transport ClientTargetBar::transport() const
{
    return isTls() ? Transport::Tcp : static_cast<Transport>(m_transport->currentData().toInt());
}

void ClientTargetBar::setTransport(Transport transport)
{
    m_transport->setCurrentIndex(m_transport->findData(static_cast<int>(transport)));
}

bool ClientTargetBar::isTls() const
{
    return m_transport->currentData().toInt() == tlsEntry;
}

void ClientTargetBar::setTls()
{
    m_transport->setCurrentIndex(m_transport->findData(tlsEntry));
}

void ClientTargetBar::showTransport()
{
    const bool isStream = transport() == Transport::Tcp;
    m_persistent->setText(isStream ? tr("&Keep connection") : tr("&Keep socket"));
    m_persistent->setToolTip(isStream
            ? tr("Send further requests over the same connection. The server must do so too.")
            : tr("Send further datagrams from the same port: to the server they come from the same peer."));
    m_connect->setToolTip(isStream ? QString() : tr("Opens a socket for the peer; nothing is sent."));
    showState(m_shownState, m_peer);
}

bool ClientTargetBar::isPersistent() const
{
    return m_persistent->isChecked();
}

void ClientTargetBar::setPersistent(bool persistent)
{
    m_persistent->setChecked(persistent);
}

bool ClientTargetBar::showsOptions() const
{
    return m_options->isChecked();
}

void ClientTargetBar::setShowsOptions(bool shows)
{
    m_options->setChecked(shows);
}

QString ClientTargetBar::stateWord(Client::State state)
{
    switch (state) {
    case Client::State::Disconnected:
        break;
    case Client::State::Resolving:
        return tr("resolving");
    case Client::State::Connecting:
        return tr("connecting");
    case Client::State::Connected:
        return tr("connected");
    case Client::State::HalfClosed:
        return tr("half-closed");
    }
    return tr("not connected");
}

void ClientTargetBar::showState(Client::State state, const SocketAddress& peer)
{
    m_shownState = state;
    m_peer = peer;
    const bool isOpen = state == Client::State::Connected || state == Client::State::HalfClosed;
    const bool isIdle = state == Client::State::Disconnected;
    m_connect->setText(isIdle ? tr("&Connect") : tr("Dis&connect"));
    m_connect->setAccessibleName(isIdle ? tr("Connect") : tr("Disconnect"));
    const bool isStream = transport() == Transport::Tcp;
    m_halfClose->setEnabled(isStream && state == Client::State::Connected);
    m_reset->setEnabled(isStream && isOpen);
    m_many->setEnabled(isStream);
    showTheme();
}

void ClientTargetBar::showTheme()
{
    const bool isIdle = m_shownState == Client::State::Disconnected;
    QString text = stateWord(m_shownState);
    if (m_shownState == Client::State::Connected) {
        text = isTls()                      ? tr("connected to %1, TLS").arg(m_peer.toString())
            : transport() == Transport::Tcp ? tr("connected to %1").arg(m_peer.toString())
            : m_peer.isUnix()
            ? tr("socket open for %1").arg(m_peer.toString())
            : tr("socket open for %1: over UDP nobody says whether anyone is there").arg(m_peer.toString());
    } else if (m_shownState == Client::State::HalfClosed) {
        text = tr("half-closed: our end of stream is sent, %1 may go on").arg(m_peer.toString());
    } else if (isIdle && !m_peer.isNull()) {
        text = tr("not connected, last to %1").arg(m_peer.toString());
    }
    const QColor dot = isIdle ? Theme::instance().muted() : Theme::instance().good();
    m_state->setText(QStringLiteral("<span style=\"color:%1\">%2</span> %3")
                         .arg(dot.name(), isIdle ? QStringLiteral("○") : QStringLiteral("●"), text.toHtmlEscaped()));
}

void ClientTargetBar::toggleConnection()
{
    if (m_shownState == Client::State::Disconnected) {
        Q_EMIT connectWanted();
    } else {
        Q_EMIT disconnectWanted();
    }
}

} // namespace sockeye
