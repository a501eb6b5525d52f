// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/server/server_settings_bar.h"

#include "app/endpoint/tls_names.h"
#include "app/net/host_text.h"
#include "ui/pages/server/server_options_panel.h"
#include "ui/pages/server/server_reach.h"
#include "ui/theme/theme.h"
#include "ui/widgets/filling_combo_box.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QNetworkInterface>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>

#include <algorithm>

namespace sockeye {

namespace {

void colour(QLabel& label, const QColor& text)
{
    QPalette palette = label.palette();
    palette.setColor(QPalette::WindowText, text);
    label.setPalette(palette);
}

QString dot(bool filled, const QColor& colour)
{
    return QStringLiteral("<span style=\"color:%1\">%2</span>")
        .arg(colour.name(), filled ? QStringLiteral("●") : QStringLiteral("○"));
}

} // namespace

ServerSettingsBar::ServerSettingsBar(QWidget* parent)
    : QWidget(parent)
    , m_address(new FillingComboBox(this))
    , m_port(new QSpinBox(this))
    , m_service(new QComboBox(this))
    , m_start(new QPushButton(tr("Start server"), this))
    , m_stop(new QPushButton(tr("Stop server"), this))
    , m_state(new QLabel(this))
    , m_reach(new QLabel(this))
    , m_certificate(new QLabel(this))
    , m_failure(new QLabel(this))
    , m_showOptions(new QToolButton(this))
    , m_options(new ServerOptionsPanel(this))
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
    m_address->setAccessibleName(tr("Listen address"));
    m_address->setEditable(true);
    m_address->lineEdit()->setAccessibleName(tr("Listen address"));
    m_address->setInsertPolicy(QComboBox::NoInsert);
    m_address->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_address->setMinimumContentsLength(12);
    m_address->setToolTip(tr("An address of this machine. 127.0.0.1 and ::1 are for programs of this machine alone"));
    m_address->addItem(defaults.host);

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

    m_start->setToolTip(tr("Listen on the address and port"));
    m_stop->setToolTip(tr("Stop accepting, finish what is being written, close all connections"));
    m_state->setAccessibleName(tr("Server state"));
    m_state->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_certificate->setAccessibleName(tr("Server certificate"));
    for (QLabel* label : { m_reach, m_certificate, m_failure }) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        label->hide();
    }
    m_failure->setAccessibleName(tr("What went wrong"));

    m_showOptions->setText(tr("&Options"));
    m_showOptions->setAccessibleName(tr("Options"));
    m_showOptions->setCheckable(true);
    m_showOptions->setArrowType(Qt::RightArrow);
    m_showOptions->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_showOptions->setFocusPolicy(Qt::StrongFocus);
    m_showOptions->setAutoRaise(true);
    m_options->hide();
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
    row->addWidget(m_start);
    row->addWidget(m_stop);
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
    layout->addWidget(m_options);
    layout->addWidget(m_failure);
    layout->addWidget(m_certificate);
    layout->addWidget(m_reach);
}

void ServerSettingsBar::connectParts()
{
    connect(m_address, &FillingComboBox::aboutToShow, this, &ServerSettingsBar::fillAddresses);
    connect(m_address, &QComboBox::editTextChanged, this, &ServerSettingsBar::updateReach);
    connect(m_port, &QSpinBox::valueChanged, this, &ServerSettingsBar::portEdited);
    connect(m_service, &QComboBox::currentTextChanged, this, [this](const QString& name) {
        m_service->setToolTip(serviceDescription(name));
        m_options->setTlsOffered(serviceTransport(name) == Transport::Tcp);
        Q_EMIT settingsChanged();
    });
    connect(m_start, &QPushButton::clicked, this, &ServerSettingsBar::startWanted);
    connect(m_stop, &QPushButton::clicked, this, &ServerSettingsBar::stopWanted);
    const auto startFromField = [this] {
        if (m_start->isEnabled() && m_start->isVisible()) {
            Q_EMIT startWanted();
        }
    };
    connect(m_address->lineEdit(), &QLineEdit::returnPressed, this, startFromField);
    connect(m_port, &QSpinBox::editingFinished, this, [this, startFromField] {
        // Return in the field, not leaving it.
        if (m_port->hasFocus()) {
            startFromField();
        }
    });
    connect(m_showOptions, &QToolButton::toggled, this, [this](bool shows) {
        m_showOptions->setArrowType(shows ? Qt::DownArrow : Qt::RightArrow);
        m_options->setVisible(shows);
    });
    connect(&Theme::instance(), &Theme::changed, this, &ServerSettingsBar::showColours);
}

void ServerSettingsBar::fillAddresses()
{
    const QString entered = m_address->currentText();
    const QSignalBlocker blocker(m_address);
    m_address->clear();
    QStringList addresses = { QStringLiteral("127.0.0.1"), QStringLiteral("::1"), QStringLiteral("0.0.0.0"),
        QStringLiteral("::") };
    const QList<QHostAddress> own = QNetworkInterface::allAddresses();
    for (const QHostAddress& address : own) {
        if (!address.isLoopback()) {
            addresses.append(address.toString());
        }
    }
    m_address->addItems(addresses);
    m_address->setCurrentIndex(m_address->findText(entered));
    m_address->setEditText(entered);
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
    m_certificate->setVisible(certificate.has_value());
    if (certificate) {
        // In two lines: one that cannot be broken would hold the window wide.
        const QString print = certificate->fingerprint;
        const qsizetype half = (print.size() + 1) / 2;
        m_certificate->setText(
            tr("Certificate:\t%1\nSHA-256:\t%2\n\t%3\nTo connect:\t%4\n\t%5")
                .arg(certificate->subject, print.left(half), print.mid(half), lookLine(address), sendLine(address)));
    }
    m_shownState = state;
    m_shownAddress = address;
    const bool isIdle = state == Server::State::Stopped || state == Server::State::Failed;
    // Focus goes along, so that the keyboard starts and stops without searching.
    // A button that is switched off while the server stops loses the focus, and gives it back afterwards.
    const bool hadFocus = m_start->hasFocus() || m_stop->hasFocus() || m_focusLent;
    m_focusLent = hadFocus && state == Server::State::Stopping;
    m_start->setVisible(isIdle);
    m_stop->setVisible(!isIdle);
    m_stop->setEnabled(state != Server::State::Stopping);
    if (hadFocus && !m_focusLent) {
        (isIdle ? m_start : m_stop)->setFocus();
    }
    for (QWidget* field : { static_cast<QWidget*>(m_address), static_cast<QWidget*>(m_port),
             static_cast<QWidget*>(m_service), static_cast<QWidget*>(m_options) }) {
        field->setEnabled(isIdle);
    }
    const QSignalBlocker blocker(m_port);
    m_port->setValue(state == Server::State::Listening ? address.port : m_askedPort);
    showColours();
}

void ServerSettingsBar::showColours()
{
    const bool isListening = m_shownState == Server::State::Listening;
    const bool isFailed = m_shownState == Server::State::Failed;
    const bool isUdp = serviceTransport(service()) == Transport::Udp;
    const QString words = !isListening ? stateWord(m_shownState)
        : isUdp                        ? tr("listening on %1, UDP").arg(m_shownAddress.toString())
        : m_certificate->isHidden()    ? tr("listening on %1").arg(m_shownAddress.toString())
                                       : tr("listening on %1, TLS").arg(m_shownAddress.toString());
    const Theme& theme = Theme::instance();
    m_state->setText(dot(isListening,
                         isListening    ? theme.good()
                             : isFailed ? theme.error()
                                        : theme.muted())
        + QLatin1Char(' ') + words.toHtmlEscaped());
    colour(*m_reach, theme.muted());
    colour(*m_certificate, theme.muted());
    colour(*m_failure, theme.error());
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
    constexpr qsizetype longestName = 255;
    const QString host = state.value(QLatin1StringView("host")).toString(m_address->currentText());
    m_address->setEditText(host.left(longestName));
    m_port->setValue(std::clamp(state.value(QLatin1StringView("port")).toInt(m_askedPort), 0, 65'535));
    const int found = m_service->findText(state.value(QLatin1StringView("service")).toString());
    m_service->setCurrentIndex(found >= 0 ? found : m_service->currentIndex());
    m_options->restoreState(state.value(QLatin1StringView("options")).toObject());
    m_showOptions->setChecked(state.value(QLatin1StringView("showOptions")).toBool());
}

} // namespace sockeye
