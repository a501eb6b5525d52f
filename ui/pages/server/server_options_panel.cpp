// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/server/server_options_panel.h"

#include "ui/tls/tls_server_panel.h"
#include "ui/widgets/engine_box.h"
#include "ui/widgets/number_box.h"
#include "ui/widgets/socket_options_panel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QLabel>

#include <algorithm>
#include <limits>

namespace sockeye {

namespace {

constexpr int longestIdleSeconds = 7 * 24 * 3600;
constexpr int longestLingerSeconds = 3600;
constexpr int mostConnections = 1'000'000;

} // namespace

ServerOptionsPanel::ServerOptionsPanel(QWidget* parent)
    : QWidget(parent)
    , m_persistent(new QCheckBox(tr("&Persistent connections"), this))
    , m_byteOrder(new QComboBox(this))
    , m_engine(new EngineBox(this))
    , m_tls(new TlsServerPanel(tr("&TLS"), this))
    , m_socket(new SocketOptionsPanel(SocketOptionsPanel::Side::Server, this))
{
    const ServerOptions defaults;
    const auto idle = std::chrono::duration_cast<std::chrono::seconds>(defaults.idleTimeout);
    m_persistent->setAccessibleName(tr("Persistent connections"));
    m_persistent->setToolTip(tr("Many messages on a connection; otherwise the server closes after its first reply"));
    m_idleTimeout = new NumberBox(tr("Idle time-out"), 0, longestIdleSeconds, static_cast<int>(idle.count()), this);
    m_idleTimeout->setSuffix(tr(" s", "seconds"));
    m_idleTimeout->setSpecialValueText(tr("never"));
    m_idleTimeout->setToolTip(tr("A peer that is silent for so long is closed; 0: never"));
    const auto linger = std::chrono::duration_cast<std::chrono::seconds>(defaults.linger);
    m_linger = new NumberBox(tr("Linger"), 0, longestLingerSeconds, static_cast<int>(linger.count()), this);
    m_linger->setSuffix(tr(" s", "seconds"));
    m_linger->setToolTip(tr("How long, after our last word, we wait for the peer to close its side, too. 0: let go at "
                            "once; what it still sends is then answered with a reset"));
    m_maxConnections = new NumberBox(tr("Max. connections"), 1, mostConnections, defaults.maxConnections, this);
    m_maxConnections->setToolTip(tr("A further connection is told that there are too many, and closed"));
    m_maxContent = new NumberBox(tr("Max. content"), 0, std::numeric_limits<int>::max(),
        static_cast<int>(defaults.serviceOptions.limits.maxContent), this);
    m_maxContent->setSuffix(tr(" bytes"));
    m_maxContent->setToolTip(tr("A message that announces more content is refused"));
    m_byteOrder->setAccessibleName(tr("Claimed byte order"));
    m_byteOrder->setToolTip(
        tr("What the JSON headers of replies say under “byteorder”. Informative: nothing else changes"));
    m_byteOrder->addItem(tr("this machine's"), static_cast<int>(nativeByteOrder()));
    m_byteOrder->addItem(tr("little"), static_cast<int>(ByteOrder::Little));
    m_byteOrder->addItem(tr("big"), static_cast<int>(ByteOrder::Big));

    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->setHorizontalSpacing(8);
    layout->setVerticalSpacing(4);
    const auto add = [&](int row, int column, const QString& text, QWidget* field, int span = 1) {
        auto* label = new QLabel(text, this);
        label->setBuddy(field);
        layout->addWidget(label, row, column);
        layout->addWidget(field, row, column + 1, 1, span);
    };
    layout->addWidget(m_persistent, 0, 0, 1, 2);
    add(0, 2, tr("&Idle time-out"), m_idleTimeout);
    add(0, 4, tr("Claimed &byte order"), m_byteOrder);
    add(1, 0, tr("Max. co&ntent"), m_maxContent);
    add(1, 2, tr("Max. &connections"), m_maxConnections);
    add(1, 4, tr("Lin&ger"), m_linger);
    add(2, 0, tr("&Engine"), m_engine, 3);
    layout->addWidget(m_tls, 3, 0, 1, 7);
    layout->addWidget(m_socket, 4, 0, 1, 7);
    layout->setColumnStretch(6, 1);
}

void ServerOptionsPanel::applyTo(ServerOptions& options) const
{
    options.serviceOptions.persistent = m_persistent->isChecked();
    options.serviceOptions.limits.maxContent = m_maxContent->value();
    options.serviceOptions.claimed = static_cast<ByteOrder>(m_byteOrder->currentData().toInt());
    options.maxConnections = m_maxConnections->value();
    options.tls = m_tls->isEnabledTo(this) ? m_tls->options() : TlsServerOptions();
    options.engine = m_engine->engine();
    options.socket = m_socket->options();
    options.linger = std::chrono::seconds(m_linger->value());
    options.idleTimeout = std::chrono::seconds(m_idleTimeout->value());
}

void ServerOptionsPanel::setTransport(Transport transport)
{
    m_tls->setEnabled(transport == Transport::Tcp);
    m_socket->setTransport(transport);
}

QJsonObject ServerOptionsPanel::saveState() const
{
    return { { QStringLiteral("persistent"), m_persistent->isChecked() },
        { QStringLiteral("idleTimeout"), m_idleTimeout->value() }, { QStringLiteral("linger"), m_linger->value() },
        { QStringLiteral("maxConnections"), m_maxConnections->value() },
        { QStringLiteral("maxContent"), m_maxContent->value() }, { QStringLiteral("engine"), m_engine->saveState() },
        { QStringLiteral("byteOrder"), m_byteOrder->currentIndex() }, { QStringLiteral("tls"), m_tls->saveState() },
        { QStringLiteral("socket"), m_socket->saveState() } };
}

void ServerOptionsPanel::restoreState(const QJsonObject& state)
{
    m_persistent->setChecked(state.value(QLatin1StringView("persistent")).toBool(m_persistent->isChecked()));
    m_idleTimeout->restore(state.value(QLatin1StringView("idleTimeout")));
    m_linger->restore(state.value(QLatin1StringView("linger")));
    m_maxConnections->restore(state.value(QLatin1StringView("maxConnections")));
    m_maxContent->restore(state.value(QLatin1StringView("maxContent")));
    const int order = state.value(QLatin1StringView("byteOrder")).toInt();
    m_byteOrder->setCurrentIndex(std::clamp(order, 0, m_byteOrder->count() - 1));
    m_engine->restore(state.value(QLatin1StringView("engine")));
    m_tls->restoreState(state.value(QLatin1StringView("tls")).toObject());
    m_socket->restore(state.value(QLatin1StringView("socket")).toObject());
}

} // namespace sockeye
