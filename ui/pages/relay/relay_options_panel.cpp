// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/relay/relay_options_panel.h"

#include "ui/theme/theme.h"
#include "ui/tls/tls_client_panel.h"
#include "ui/tls/tls_server_panel.h"
#include "ui/widgets/engine_box.h"
#include "ui/widgets/family_box.h"
#include "ui/widgets/number_box.h"
#include "ui/widgets/socket_options_panel.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QLabel>

#include <algorithm>
#include <chrono>
#include <utility>

namespace sockeye {

namespace {

constexpr int longestConnectSeconds = 24 * 3600;
constexpr int longestIdleSeconds = 7 * 24 * 3600;
constexpr int mostConnections = 1'000'000;

int secondsOf(std::chrono::milliseconds time)
{
    return static_cast<int>(std::chrono::duration_cast<std::chrono::seconds>(time).count());
}

} // namespace

RelayOptionsPanel::RelayOptionsPanel(QWidget* parent)
    : QWidget(parent)
    , m_family(new FamilyBox(this))
    , m_engine(new EngineBox(this))
    , m_tls(new TlsServerPanel(tr("TLS with &clients"), this))
    , m_tlsTarget(new QCheckBox(tr("TLS with the tar&get"), this))
    , m_target(new TlsClientPanel(this))
    , m_socket(new SocketOptionsPanel(SocketOptionsPanel::Side::Relay, this))
{
    const RelayOptions defaults;
    const QString seconds = tr(" s", "seconds");
    m_connectTimeout =
        new NumberBox(tr("Connect time-out"), 0, longestConnectSeconds, secondsOf(defaults.connectTimeout), this);
    m_connectTimeout->setSuffix(seconds);
    m_connectTimeout->setSpecialValueText(tr("the system's"));
    m_connectTimeout->setToolTip(tr("A target that is not reached within it counts as silent; 0: as long as the system "
                                    "tries"));
    m_idleTimeout = new NumberBox(tr("Idle time-out"), 0, longestIdleSeconds, secondsOf(defaults.idleTimeout), this);
    m_idleTimeout->setSuffix(seconds);
    m_idleTimeout->setSpecialValueText(tr("never"));
    m_idleTimeout->setToolTip(
        tr("A peer over UDP that is silent for so long is forgotten; 0: never. TCP needs none: connections end by "
           "themselves"));
    m_maxConnections = new NumberBox(tr("Max. connections"), 1, mostConnections, defaults.maxConnections, this);
    m_maxConnections->setToolTip(tr("A further client is closed; over UDP it is ignored"));
    m_family->setToolTip(tr("Which addresses of the target are tried"));
    m_tlsTarget->setAccessibleName(tr("TLS with the target"));
    m_tlsTarget->setToolTip(tr("The relay is the target's client: it encrypts what it passes on, and looks at the "
                               "target's certificate"));

    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(8, 0, 8, 4);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(4);
    const auto add = [&](int row, int column, const QString& text, QWidget* field, int span = 1) {
        auto* label = new QLabel(text, this);
        label->setBuddy(field);
        if (column == 0) {
            m_labels.append(label);
        }
        grid->addWidget(label, row, column);
        grid->addWidget(field, row, column + 1, 1, span);
    };
    add(0, 0, tr("Connect ti&me-out"), m_connectTimeout);
    add(0, 2, tr("&Idle time-out"), m_idleTimeout);
    add(1, 0, tr("Ma&x. connections"), m_maxConnections);
    add(1, 2, tr("A&ddresses"), m_family);
    add(2, 0, tr("&Engine"), m_engine, 3);
    grid->addWidget(m_tls, 3, 0, 1, 5);
    grid->addWidget(m_tlsTarget, 4, 0, 1, 5);
    grid->addWidget(m_target, 5, 0, 1, 5);
    grid->addWidget(m_socket, 6, 0, 1, 5);
    grid->setColumnStretch(4, 1);
    m_labels.append(m_tls->caption());
    alignLabels();
    connect(&Theme::instance(), &Theme::changed, this, &RelayOptionsPanel::alignLabels);
    m_target->hide();
    connect(m_tlsTarget, &QCheckBox::toggled, m_target, &QWidget::setVisible);
    setTransport(m_transport);
}

/// The fields beside them begin at one line, also that of a panel of its own.
void RelayOptionsPanel::alignLabels()
{
    int width = 0;
    for (QLabel* const label : std::as_const(m_labels)) {
        label->setMinimumWidth(0);
        width = std::max(width, label->sizeHint().width());
    }
    for (QLabel* const label : std::as_const(m_labels)) {
        label->setMinimumWidth(width);
    }
}

void RelayOptionsPanel::applyTo(RelayOptions& options) const
{
    const bool isTcp = m_transport == Transport::Tcp;
    options.connectTimeout = std::chrono::seconds(m_connectTimeout->value());
    options.idleTimeout = std::chrono::seconds(m_idleTimeout->value());
    options.maxConnections = m_maxConnections->value();
    options.targetFamily = m_family->family();
    options.engine = m_engine->engine();
    options.tls = isTcp ? m_tls->options() : TlsServerOptions();
    options.tlsTarget.on = isTcp && m_tlsTarget->isChecked();
    if (options.tlsTarget.on) {
        m_target->apply(options.tlsTarget);
    }
    options.socket = m_socket->options();
}

void RelayOptionsPanel::setTransport(Transport transport)
{
    m_transport = transport;
    const bool isTcp = transport == Transport::Tcp;
    for (QWidget* const widget :
        { static_cast<QWidget*>(m_tls), static_cast<QWidget*>(m_tlsTarget), static_cast<QWidget*>(m_target) }) {
        widget->setEnabled(isTcp);
    }
    m_idleTimeout->setEnabled(!isTcp);
    m_socket->setTransport(transport);
}

QJsonObject RelayOptionsPanel::saveState() const
{
    return { { QStringLiteral("connectTimeout"), m_connectTimeout->value() },
        { QStringLiteral("idleTimeout"), m_idleTimeout->value() },
        { QStringLiteral("maxConnections"), m_maxConnections->value() },
        { QStringLiteral("family"), m_family->saveState() }, { QStringLiteral("engine"), m_engine->saveState() },
        { QStringLiteral("tls"), m_tls->saveState() }, { QStringLiteral("tlsTarget"), m_tlsTarget->isChecked() },
        { QStringLiteral("target"), m_target->saveState() }, { QStringLiteral("socket"), m_socket->saveState() } };
}

void RelayOptionsPanel::restoreState(const QJsonObject& state)
{
    m_connectTimeout->restore(state.value(QLatin1StringView("connectTimeout")));
    m_idleTimeout->restore(state.value(QLatin1StringView("idleTimeout")));
    m_maxConnections->restore(state.value(QLatin1StringView("maxConnections")));
    m_family->restore(state.value(QLatin1StringView("family")));
    m_engine->restore(state.value(QLatin1StringView("engine")));
    m_tls->restoreState(state.value(QLatin1StringView("tls")).toObject());
    m_tlsTarget->setChecked(state.value(QLatin1StringView("tlsTarget")).toBool());
    m_target->restore(state.value(QLatin1StringView("target")).toObject());
    m_socket->restore(state.value(QLatin1StringView("socket")).toObject());
}

} // namespace sockeye
