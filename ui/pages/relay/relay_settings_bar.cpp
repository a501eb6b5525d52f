// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/relay/relay_settings_bar.h"

#include "app/net/host_text.h"
#include "ui/pages/relay/relay_options_panel.h"
#include "ui/protocols/protocol_box.h"
#include "ui/protocols/protocol_library.h"
#include "ui/text/reach_text.h"
#include "ui/theme/theme.h"
#include "ui/tls/certificate_label.h"
#include "ui/widgets/coloured_text.h"
#include "ui/widgets/disclosure_button.h"
#include "ui/widgets/flat_scroll_area.h"
#include "ui/widgets/listen_address_box.h"
#include "ui/widgets/start_stop_buttons.h"

#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSpinBox>

#include <algorithm>

namespace sockeye {

namespace {

constexpr int longestHost = 255;
constexpr int leastOptions = 2; ///< lines of them that are always seen
constexpr int protocolCharacters = 16; ///< the state beside it needs the room

/// As it was typed where it cannot be read: whoever uses it says what is wrong.
void takeHost(const QString& typed, QString& host, quint16& port)
{
    const QString text = typed.trimmed();
    const auto read = readHost(text);
    host = read ? read->host : text;
    port = read ? read->port.value_or(port) : port;
}

} // namespace

RelaySettingsBar::RelaySettingsBar(QWidget* parent)
    : QWidget(parent)
    , m_address(new ListenAddressBox(RelayOptions().host, this))
    , m_port(new QSpinBox(this))
    , m_targetHost(new QLineEdit(RelayOptions().targetHost, this))
    , m_targetPort(new QSpinBox(this))
    , m_transport(new QComboBox(this))
    , m_protocol(new ProtocolBox(this))
    , m_buttons(new StartStopButtons(tr("Start relay"), tr("Stop relay"), this))
    , m_state(new QLabel(this))
    , m_problem(new QLabel(this))
    , m_targetProblem(new QLabel(this))
    , m_reach(new QLabel(this))
    , m_certificate(new CertificateLabel(this))
    , m_showOptions(new DisclosureButton(tr("Optio&ns"), this))
    , m_options(new RelayOptionsPanel)
    , m_optionsArea(new FlatScrollArea(m_options, leastOptions, this))
    , m_stateText(stateWord(Relay::State::Stopped))
{
    buildFields();
    buildLayout();
    connectParts();
    showColours();
    setFocusProxy(m_address);
}

void RelaySettingsBar::buildFields()
{
    const RelayOptions defaults;
    m_port->setAccessibleName(tr("Listen port"));
    m_port->setRange(0, 65'535);
    m_port->setValue(defaults.port);
    m_port->setToolTip(tr("0 takes any free port and shows which one it is"));
    m_targetHost->setAccessibleName(tr("Target host"));
    m_targetHost->setMaxLength(longestHost);
    m_targetHost->setToolTip(tr("The server that clients would connect to without the relay: a name, an address, or a "
                                "Unix socket as unix:/path or @name"));
    m_targetPort->setAccessibleName(tr("Target port"));
    m_targetPort->setRange(1, 65'535);
    m_targetPort->setValue(defaults.targetPort);
    for (QSpinBox* port : { m_port, m_targetPort }) {
        port->setButtonSymbols(QAbstractSpinBox::NoButtons);
    }
    m_transport->setAccessibleName(tr("Transport"));
    m_transport->addItem(tr("TCP"), static_cast<int>(Transport::Tcp));
    m_transport->addItem(tr("UDP"), static_cast<int>(Transport::Udp));
    m_transport->setToolTip(tr("TCP: streams over connections. UDP: datagrams, of which any may get lost."));
    m_protocol->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_protocol->setMinimumContentsLength(protocolCharacters);
    m_buttons->setToolTips(tr("Listen, and pass on to the target what clients send"),
        tr("Stop accepting, let what is on its way arrive, close all connections"));
    m_state->setAccessibleName(tr("Relay state"));
    m_showOptions->setToolTip(tr("TLS on either side, time-outs, limits, options of sockets"));
    m_optionsArea->hide();
    m_certificate->setAccessibleName(tr("Relay certificate"));
    m_problem->setAccessibleName(tr("What went wrong"));
    m_targetProblem->setAccessibleName(tr("What is wrong with the target"));
    for (QLabel* label : { m_state, m_problem, m_targetProblem, m_reach }) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    for (QLabel* label : { m_problem, m_targetProblem, m_reach }) {
        label->setTextFormat(Qt::PlainText);
        label->hide();
    }
}

void RelaySettingsBar::addField(QGridLayout& grid, int row, int column, const QString& text, QWidget* field)
{
    auto* label = new QLabel(text, this);
    label->setBuddy(field);
    grid.addWidget(label, row, column);
    grid.addWidget(field, row, column + 1);
}

void RelaySettingsBar::buildLayout()
{
    auto* fields = new QGridLayout;
    fields->setHorizontalSpacing(8);
    fields->setVerticalSpacing(4);
    addField(*fields, 0, 0, tr("&Listen address"), m_address);
    addField(*fields, 0, 2, tr("Listen &port"), m_port);
    fields->addWidget(m_transport, 0, 4);
    addField(*fields, 1, 0, tr("&Target host"), m_targetHost);
    addField(*fields, 1, 2, tr("Target p&ort"), m_targetPort);
    fields->addWidget(m_buttons, 1, 4);
    fields->setColumnStretch(5, 1);

    auto* protocolLabel = new QLabel(tr("P&rotocol"), this);
    protocolLabel->setBuddy(m_protocol);
    auto* state = new QHBoxLayout;
    state->setSpacing(8);
    state->addWidget(m_state, 1);
    state->addWidget(m_showOptions);
    state->addWidget(protocolLabel);
    state->addWidget(m_protocol);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 4);
    layout->setSpacing(4);
    layout->addLayout(fields);
    layout->addLayout(state);
    layout->addWidget(m_problem);
    layout->addWidget(m_targetProblem);
    layout->addWidget(m_certificate);
    layout->addWidget(m_reach);
}

void RelaySettingsBar::connectParts()
{
    connect(m_address, &QComboBox::editTextChanged, this, &RelaySettingsBar::updateReach);
    connect(m_address, &QComboBox::editTextChanged, this, &RelaySettingsBar::enablePorts);
    connect(m_targetHost, &QLineEdit::textChanged, this, &RelaySettingsBar::enablePorts);
    connect(m_address, &QComboBox::editTextChanged, this, &RelaySettingsBar::settingsChanged);
    connect(m_targetHost, &QLineEdit::textChanged, this, &RelaySettingsBar::settingsChanged);
    connect(m_targetPort, &QSpinBox::valueChanged, this, &RelaySettingsBar::settingsChanged);
    connect(m_port, &QSpinBox::valueChanged, this, [this](int port) {
        m_askedPort = static_cast<quint16>(port);
        Q_EMIT settingsChanged();
    });
    connect(m_transport, &QComboBox::currentIndexChanged, this, [this] {
        m_protocol->setTransport(transport());
        m_options->setTransport(transport());
        Q_EMIT settingsChanged();
    });
    connect(m_protocol, &ProtocolBox::chosen, this, &RelaySettingsBar::protocolChosen);
    connect(m_buttons, &StartStopButtons::startWanted, this, &RelaySettingsBar::startWanted);
    connect(m_buttons, &StartStopButtons::stopWanted, this, &RelaySettingsBar::stopWanted);
    connect(m_showOptions, &QToolButton::toggled, m_optionsArea, &QWidget::setVisible);
    connect(m_address, &ListenAddressBox::returnPressed, m_buttons, &StartStopButtons::startFromField);
    connect(m_targetHost, &QLineEdit::returnPressed, m_buttons, &StartStopButtons::startFromField);
    for (QSpinBox* port : { m_port, m_targetPort }) {
        connect(port, &QSpinBox::editingFinished, this, [this, port] {
            if (port->hasFocus()) { // Return in the field, not leaving it
                m_buttons->startFromField();
            }
        });
    }
    connect(&Theme::instance(), &Theme::changed, this, &RelaySettingsBar::showColours);
}

QWidget* RelaySettingsBar::optionsArea() const
{
    return m_optionsArea;
}

RelayOptions RelaySettingsBar::options() const
{
    RelayOptions options;
    options.port = m_askedPort;
    options.targetPort = static_cast<quint16>(m_targetPort->value());
    takeHost(m_address->currentText(), options.host, options.port);
    takeHost(m_targetHost->text(), options.targetHost, options.targetPort);
    options.transport = transport();
    m_options->applyTo(options);
    options.protocol = options.transport == Transport::Udp ? protocolForDatagrams(protocol()) : protocol();
    return options;
}

void RelaySettingsBar::setListenHost(const QString& host)
{
    m_address->restore(host);
}

void RelaySettingsBar::setListenPort(quint16 port)
{
    m_port->setValue(port);
}

void RelaySettingsBar::setTarget(const QString& host, quint16 port)
{
    m_targetHost->setText(host);
    m_targetPort->setValue(port);
}

Transport RelaySettingsBar::transport() const
{
    return static_cast<Transport>(m_transport->currentData().toInt());
}

void RelaySettingsBar::setProtocol(const ProtocolPtr& protocol)
{
    m_protocol->setProtocol(protocol);
}

const ProtocolPtr& RelaySettingsBar::protocol() const
{
    return m_protocol->protocol();
}

QString RelaySettingsBar::stateWord(Relay::State state)
{
    switch (state) {
    case Relay::State::Stopped:
        break;
    case Relay::State::Starting:
        return tr("starting");
    case Relay::State::Listening:
        return tr("listening");
    case Relay::State::Stopping:
        return tr("stopping");
    case Relay::State::Failed:
        return tr("failed");
    }
    return tr("stopped");
}

QString RelaySettingsBar::listeningText(const Relay& relay)
{
    const RelayOptions& options = relay.options();
    const QString target = hostAndPort(options.targetHost, options.targetPort);
    const QString here = relay.address().toString();
    if (options.transport == Transport::Udp && relay.address().isUnix()) {
        return tr("listening on %1, datagrams, passing on to %2").arg(here, target);
    }
    if (options.transport == Transport::Udp) {
        return tr("listening on %1, UDP, passing on to %2").arg(here, target);
    }
    if (options.tls.isOn()) {
        return options.tlsTarget.on ? tr("listening on %1, TLS, passing on to %2, TLS").arg(here, target)
                                    : tr("listening on %1, TLS, passing on to %2").arg(here, target);
    }
    return options.tlsTarget.on ? tr("listening on %1, passing on to %2, TLS").arg(here, target)
                                : tr("listening on %1, passing on to %2").arg(here, target);
}

void RelaySettingsBar::showState(const Relay& relay)
{
    m_shownState = relay.state();
    const bool isIdle = m_shownState == Relay::State::Stopped || m_shownState == Relay::State::Failed;
    const bool isListening = m_shownState == Relay::State::Listening;
    m_stateText = isListening ? listeningText(relay) : stateWord(m_shownState);
    m_certificate->showCertificate(relay.certificate(), relay.address());
    m_buttons->show(isIdle                           ? StartStopButtons::Shown::Start
            : m_shownState == Relay::State::Stopping ? StartStopButtons::Shown::Stopping
                                                     : StartStopButtons::Shown::Stop);
    for (QWidget* field : { static_cast<QWidget*>(m_address), static_cast<QWidget*>(m_port),
             static_cast<QWidget*>(m_targetHost), static_cast<QWidget*>(m_targetPort),
             static_cast<QWidget*>(m_transport), static_cast<QWidget*>(m_options) }) {
        field->setEnabled(isIdle);
    }
    enablePorts();
    const QSignalBlocker blocker(m_port);
    m_port->setValue(isListening && !relay.address().isUnix() ? relay.address().port : m_askedPort);
    showColours();
}

/// Unix sockets have none.
void RelaySettingsBar::enablePorts()
{
    const RelayOptions typed = options();
    m_port->setEnabled(m_address->isEnabled() && !isUnixHost(typed.host));
    m_targetPort->setEnabled(m_targetHost->isEnabled() && !isUnixHost(typed.targetHost));
}

void RelaySettingsBar::showProblem(const QString& text)
{
    m_problem->setText(text);
    m_problem->setVisible(!text.isEmpty());
}

void RelaySettingsBar::showTargetProblem(const QString& text)
{
    if (m_targetProblem->text() != text) { // asked for many times a second
        m_targetProblem->setText(text);
        m_targetProblem->setVisible(!text.isEmpty());
    }
}

void RelaySettingsBar::updateReach()
{
    m_reach->setText(reachText(m_address->currentText()));
    m_reach->setVisible(!m_reach->text().isEmpty());
}

void RelaySettingsBar::showColours()
{
    const Theme& theme = Theme::instance();
    const bool isListening = m_shownState == Relay::State::Listening;
    const bool isFailed = m_shownState == Relay::State::Failed;
    const QColor dot = isListening ? theme.good() : isFailed ? theme.error() : theme.muted();
    m_state->setText(dotAndWords(isListening, dot, m_stateText));
    setTextColour(*m_problem, theme.error());
    setTextColour(*m_targetProblem, theme.error());
    setTextColour(*m_reach, theme.muted());
}

QJsonObject RelaySettingsBar::saveState() const
{
    return { { QStringLiteral("host"), m_address->currentText() }, { QStringLiteral("port"), m_askedPort },
        { QStringLiteral("targetHost"), m_targetHost->text() }, { QStringLiteral("targetPort"), m_targetPort->value() },
        { QStringLiteral("udp"), transport() == Transport::Udp }, { QStringLiteral("protocol"), protocol()->id() },
        { QStringLiteral("options"), m_options->saveState() },
        { QStringLiteral("showOptions"), m_showOptions->isChecked() } };
}

void RelaySettingsBar::restoreState(const QJsonObject& state)
{
    m_address->restore(state.value(QLatin1StringView("host")));
    m_port->setValue(std::clamp(state.value(QLatin1StringView("port")).toInt(m_askedPort), 0, 65'535));
    m_targetHost->setText(
        state.value(QLatin1StringView("targetHost")).toString(m_targetHost->text()).left(longestHost));
    m_targetPort->setValue(
        std::clamp(state.value(QLatin1StringView("targetPort")).toInt(m_targetPort->value()), 1, 65'535));
    const bool isUdp = state.value(QLatin1StringView("udp")).toBool();
    m_transport->setCurrentIndex(m_transport->findData(static_cast<int>(isUdp ? Transport::Udp : Transport::Tcp)));
    m_options->restoreState(state.value(QLatin1StringView("options")).toObject());
    m_showOptions->setChecked(state.value(QLatin1StringView("showOptions")).toBool());
    ProtocolLibrary::instance().restore(
        state.value(QLatin1StringView("protocol")).toString(), this, [this](const ProtocolPtr& protocol) {
            setProtocol(protocol);
            Q_EMIT settingsChanged(); // who goes by it learns of it
        });
}

} // namespace sockeye
