// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/endpoint/client.h"
#include "ui/pages/page.h"

#include <QWidget>

class QAction;
class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QSpinBox;
class QToolButton;

namespace sockeye {

/// The first row of the client page: where to connect, whether to stay, and what the connection is doing now.
class ClientTargetBar : public QWidget {
    Q_OBJECT
public:
    explicit ClientTargetBar(QWidget* parent = nullptr);

    void setTarget(const QString& host, quint16 port);
    [[nodiscard]] QString host() const;
    [[nodiscard]] quint16 port() const;
    [[nodiscard]] Destination destination() const;
    [[nodiscard]] Transport transport() const;
    void setTransport(Transport transport); ///< without TLS
    [[nodiscard]] bool isTls() const;
    void setTls(); ///< over TCP
    [[nodiscard]] bool isPersistent() const;
    void setPersistent(bool persistent);
    [[nodiscard]] bool showsOptions() const;
    void setShowsOptions(bool shows);

    void showState(Client::State state, const SocketAddress& peer);

    /// "connected", "not connected", …
    [[nodiscard]] static QString stateWord(Client::State state);

Q_SIGNALS:
    void targetChanged();
    void transportChanged();
    void sendWanted(); ///< Return in a field
    void connectWanted();
    void disconnectWanted();
    void halfCloseWanted();
    void resetWanted();
    void manyWanted(); ///< many connections to the same place
    void optionsToggled(bool shows);

private:
    void showTheme();
    void showTransport();
    void toggleConnection();

    QLineEdit* m_host;
    QSpinBox* m_port;
    QComboBox* m_transport;
    QCheckBox* m_persistent;
    QToolButton* m_connect;
    QToolButton* m_options;
    QLabel* m_state;
    QAction* m_halfClose;
    QAction* m_reset;
    QAction* m_many;
    Client::State m_shownState = Client::State::Disconnected;
    SocketAddress m_peer;
};

} // namespace sockeye
