// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/server/server_settings_bar.h"

#include "app/net/host_text.h"
#include "ui/pages/server/server_options_panel.h"
#include "ui/text/reach_text.h"
#include "ui/theme/theme.h"
#include "ui/tls/certificate_label.h"
#include "ui/widgets/coloured_text.h"
#include "ui/widgets/disclosure_button.h"
#include "ui/widgets/flat_scroll_area.h"
#include "ui/widgets/listen_address_box.h"
#include "ui/widgets/start_stop_buttons.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>

#include <algorithm>

namespace sockeye {

namespace {

constexpr int leastOptions = 3; ///< lines of them that are always seen

} // namespace

ServerSettingsBar::ServerSettingsBar(QWidget* parent)
    : QWidget(parent)
    , m_address(new ListenAddressBox(ServerOptions().host, this))
    , m_port(new QSpinBox(this))
    , m_service(new QComboBox(this))
    , m_buttons(new StartStopButtons(tr("Start server"), tr("Stop server"), this))
    , m_state(new QLabel(this))
    , m_reach(new QLabel(this))
    , m_certificate(new CertificateLabel(this))
    , m_failure(new QLabel(this))
    , m_showOptions(new DisclosureButton(tr("&Options"), this))
    , m_options(new ServerOptionsPanel)
    , m_optionsArea(new FlatScrollArea(m_options, leastOptions, this))
{
    buildFields();
    buildLayout();
    connectParts();
    showState(Server::State::Stopped, {});
    updateReach();
}

void ServerSettingsBar::buildFields()
{
    const ServerOptions defaults;
    m_askedPort = defaults.port;
    m_port->setAccessibleName(tr("Port"));
    m_port->setRange(0, 65'535);
    m_port->setValue(defaults.port);
    m_port->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_port->setToolTip(tr("0 takes any free port and shows which one it is"));

    m_service->setAccessibleName(tr("Service"));
    const QStringList names = serviceNames();
    for (const QString& name : names) {
        m_service->addItem(name);
        m_service->setItemData(m_service->count() - 1, serviceDescription(name), Qt::ToolTipRole);
    }
    m_service->setCurrentText(defaults.service);
    m_service->setToolTip(serviceDescription(m_service->currentText()));

    m_buttons->setToolTips(tr("Listen on the address and port"),
        tr("Stop accepting, finish what is being written, close all connections"));
    m_state->setAccessibleName(tr("Server state"));
    m_state->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_certificate->setAccessibleName(tr("Server certificate"));
    for (QLabel* label : { m_reach, m_failure }) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        label->hide();
    }
    m_failure->setAccessibleName(tr("What went wrong"));

    m_optionsArea->hide();
}

void ServerSettingsBar::buildLayout()
{
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    const auto add = [&](const QString& text, QWidget* field) {
        auto* label = new QLabel(text, this);
        label->setBuddy(field);
        row->addWidget(label);
        row->addWidget(field);
    };
    add(tr("&Listen address"), m_address);
    add(tr("&Port"), m_port);
    add(tr("Ser&vice"), m_service);
    row->addWidget(m_buttons);
    row->addStretch(1);

    auto* second = new QHBoxLayout;
    second->setSpacing(8);
    second->addWidget(m_state);
    second->addStretch(1);
    second->addWidget(m_showOptions);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 4);
    layout->setSpacing(4);
    layout->addLayout(row);
    layout->addLayout(second);
    layout->addWidget(m_optionsArea);
    layout->addWidget(m_failure);
    layout->addWidget(m_certificate);
    layout->addWidget(m_reach);
}

void ServerSettingsBar::connectParts()
{
    connect(m_address, &QComboBox::editTextChanged, this, &ServerSettingsBar::updateReach);
    connect(m_address, &QComboBox::editTextChanged, this, &ServerSettingsBar::enableFields);
    connect(m_port, &QSpinBox::valueChanged, this, &ServerSettingsBar::portEdited);
    connect(m_service, &QComboBox::currentTextChanged, this, [this](const QString& name) {
        m_service->setToolTip(serviceDescription(name));
        m_options->setTransport(serviceTransport(name));
        Q_EMIT settingsChanged();
    });
    connect(m_buttons, &StartStopButtons::startWanted, this, &ServerSettingsBar::startWanted);
    connect(m_buttons, &StartStopButtons::stopWanted, this, &ServerSettingsBar::stopWanted);
    connect(m_address, &ListenAddressBox::returnPressed, m_buttons, &StartStopButtons::startFromField);
    connect(m_port, &QSpinBox::editingFinished, this, [this] {
        // Return in the field, not leaving it.
        if (m_port->hasFocus()) {
            m_buttons->startFromField();
        }
    });
    connect(m_showOptions, &QToolButton::toggled, m_optionsArea, &QWidget::setVisible);
    connect(&Theme::instance(), &Theme::changed, this, &ServerSettingsBar::showColours);
}

void ServerSettingsBar::portEdited(int port)
{
    m_askedPort = static_cast<quint16>(port);
    Q_EMIT settingsChanged();
}

void ServerSettingsBar::setPort(quint16 port)
{
    m_port->setValue(port);
}

QString ServerSettingsBar::service() const
{
    return m_service->currentText();
}

ServerOptions ServerSettingsBar::options() const
{
    ServerOptions options;
    const QString text = m_address->currentText().trimmed();
    const auto read = readHost(text);
    options.host = read ? read->host : text;
    options.port = read ? read->port.value_or(m_askedPort) : m_askedPort;
    options.service = service();
    m_options->applyTo(options);
    return options;
}

QString ServerSettingsBar::stateWord(Server::State state)
{
    switch (state) {
    case Server::State::Stopped:
        break;
    case Server::State::Starting:
        return tr("starting");
    case Server::State::Listening:
        return tr("listening");
    case Server::State::Stopping:
        return tr("stopping");
    case Server::State::Failed:
        return tr("failed");
    }
    return tr("stopped");
}

void ServerSettingsBar::showState(
    Server::State state, const SocketAddress& address, const std::optional<CertificateFacts>& certificate)
{
    m_certificate->showCertificate(certificate, address);
    m_shownState = state;
    m_shownAddress = address;
    const bool isIdle = state == Server::State::Stopped || state == Server::State::Failed;
    m_buttons->show(isIdle                     ? StartStopButtons::Shown::Start
            : state == Server::State::Stopping ? StartStopButtons::Shown::Stopping
                                               : StartStopButtons::Shown::Stop);
    for (QWidget* field : { static_cast<QWidget*>(m_address), static_cast<QWidget*>(m_port),
             static_cast<QWidget*>(m_service), static_cast<QWidget*>(m_options) }) {
        field->setEnabled(isIdle);
    }
    enableFields();
    const QSignalBlocker blocker(m_port);
    m_port->setValue(state == Server::State::Listening && !address.isUnix() ? address.port : m_askedPort);
    showColours();
}

/// A Unix socket has no port.
void ServerSettingsBar::enableFields()
{
    m_port->setEnabled(m_address->isEnabled() && !isUnixHost(options().host));
}

void ServerSettingsBar::showColours()
{
    const bool isListening = m_shownState == Server::State::Listening;
    const bool isFailed = m_shownState == Server::State::Failed;
    const bool isUdp = serviceTransport(service()) == Transport::Udp;
    ServerOptions options;
    m_options->applyTo(options);
    const QString groups = groupsText(options.socket);
    const QString words = !isListening ? stateWord(m_shownState)
        : isUdp && !groups.isEmpty()   ? tr("listening on %1, UDP, joined %2").arg(m_shownAddress.toString(), groups)
        : isUdp && m_shownAddress.isUnix() ? tr("listening on %1, datagrams").arg(m_shownAddress.toString())
        : isUdp                            ? tr("listening on %1, UDP").arg(m_shownAddress.toString())
        : m_certificate->isHidden()        ? tr("listening on %1").arg(m_shownAddress.toString())
                                           : tr("listening on %1, TLS").arg(m_shownAddress.toString());
    const Theme& theme = Theme::instance();
    const QColor dot = isListening ? theme.good() : isFailed ? theme.error() : theme.muted();
    m_state->setText(dotAndWords(isListening, dot, words));
    setTextColour(*m_reach, theme.muted());
    setTextColour(*m_certificate, theme.muted());
    setTextColour(*m_failure, theme.error());
}

void ServerSettingsBar::showFailure(const Failure& failure)
{
    m_failure->setText(failure.oneLine());
    m_failure->setVisible(static_cast<bool>(failure));
}

void ServerSettingsBar::updateReach()
{
    m_reach->setText(reachText(m_address->currentText()));
    m_reach->setVisible(!m_reach->text().isEmpty());
}

QJsonObject ServerSettingsBar::saveState() const
{
    return { { QStringLiteral("host"), m_address->currentText() }, { QStringLiteral("port"), m_askedPort },
        { QStringLiteral("service"), service() }, { QStringLiteral("options"), m_options->saveState() },
        { QStringLiteral("showOptions"), m_showOptions->isChecked() } };
}

void ServerSettingsBar::restoreState(const QJsonObject& state)
{
    m_address->restore(state.value(QLatin1StringView("host")));
    m_port->setValue(std::clamp(state.value(QLatin1StringView("port")).toInt(m_askedPort), 0, 65'535));
    const int found = m_service->findText(state.value(QLatin1StringView("service")).toString());
    m_service->setCurrentIndex(found >= 0 ? found : m_service->currentIndex());
    m_options->restoreState(state.value(QLatin1StringView("options")).toObject());
    m_showOptions->setChecked(state.value(QLatin1StringView("showOptions")).toBool());
}

} // namespace sockeye
