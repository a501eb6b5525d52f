// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/endpoint/server.h"

#include <QJsonObject>
#include <QWidget>

class QCheckBox;
class QComboBox;

namespace sockeye {

class EngineBox;
class NumberBox;
class SocketOptionsPanel;
class TlsServerPanel;

/// What a server does beyond address, port and service: used at the next start.
class ServerOptionsPanel : public QWidget {
    Q_OBJECT
public:
    explicit ServerOptionsPanel(QWidget* parent = nullptr);

    /// Fills in what this panel is about, leaves the rest.
    void applyTo(ServerOptions& options) const;
    void setTransport(Transport transport); ///< TLS and some options of sockets are not for UDP, others for UDP alone

    [[nodiscard]] QJsonObject saveState() const;
    void restoreState(const QJsonObject& state);

private:
    QCheckBox* m_persistent;
    NumberBox* m_idleTimeout;
    NumberBox* m_linger; ///< seconds, 0: never
    NumberBox* m_maxConnections;
    NumberBox* m_maxContent; ///< bytes
    QComboBox* m_byteOrder;
    EngineBox* m_engine;
    TlsServerPanel* m_tls;
    SocketOptionsPanel* m_socket;
};

} // namespace sockeye
