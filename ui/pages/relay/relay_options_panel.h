// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/relay/relay_options.h"

#include <QJsonObject>
#include <QList>
#include <QWidget>

class QCheckBox;
class QLabel;

namespace sockeye {

class EngineBox;
class FamilyBox;
class NumberBox;
class SocketOptionsPanel;
class TlsClientPanel;
class TlsServerPanel;

/// What a relay does beyond its two addresses: TLS on either side, time-outs, limits, its sockets. Used at the next
/// start.
class RelayOptionsPanel final : public QWidget {
    Q_OBJECT
public:
    explicit RelayOptionsPanel(QWidget* parent = nullptr);

    /// Fills in what this panel is about, leaves the rest.
    void applyTo(RelayOptions& options) const;
    void setTransport(Transport transport); ///< TLS is for TCP; the idle time-out for UDP

    [[nodiscard]] QJsonObject saveState() const;
    void restoreState(const QJsonObject& state); ///< anything may stand in it

private:
    void alignLabels();

    QList<QLabel*> m_labels; ///< of the first column
    NumberBox* m_connectTimeout; ///< seconds, 0: the system's
    NumberBox* m_idleTimeout; ///< seconds, 0: never
    NumberBox* m_maxConnections;
    FamilyBox* m_family;
    EngineBox* m_engine;
    TlsServerPanel* m_tls; ///< with clients
    QCheckBox* m_tlsTarget;
    TlsClientPanel* m_target;
    SocketOptionsPanel* m_socket;
    Transport m_transport = Transport::Tcp;
};

} // namespace sockeye
