// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/load/load_plan.h"

#include <QJsonObject>
#include <QWidget>

class QCheckBox;

namespace sockeye {

class SocketOptionsPanel;
class TlsClientPanel;

/// By what way a load reaches the server: whom it trusts over TLS, and the options of its sockets, a proxy among them.
class LoadWayPanel : public QWidget {
    Q_OBJECT
public:
    explicit LoadWayPanel(QWidget* parent = nullptr);

    void setTransport(Transport transport, bool isTls); ///< shows what that has
    void applyTo(LoadPlan& plan) const; ///< transport, TLS, socket, proxy

    [[nodiscard]] QJsonObject saveState() const; ///< without the proxy's password
    void restoreState(const QJsonObject& state); ///< ignores what it cannot read

private:
    TlsClientPanel* m_trust;
    QCheckBox* m_resume;
    SocketOptionsPanel* m_socket;
    Transport m_transport = Transport::Tcp;
    bool m_isTls = false;
};

} // namespace sockeye
