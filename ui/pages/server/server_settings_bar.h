// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/endpoint/server.h"

#include <QJsonObject>
#include <QWidget>

class QComboBox;
class QLabel;
class QSpinBox;
class QToolButton;

namespace sockeye {

class CertificateLabel;
class ListenAddressBox;
class FlatScrollArea;
class ServerOptionsPanel;
class StartStopButtons;

/// The top of the server page: where to listen, what to serve, start and stop, and how it is going.
class ServerSettingsBar : public QWidget {
    Q_OBJECT
public:
    explicit ServerSettingsBar(QWidget* parent = nullptr);

    [[nodiscard]] ServerOptions options() const; ///< as entered; without a catalogue
    void setPort(quint16 port);
    [[nodiscard]] quint16 port() const { return m_askedPort; } ///< as entered; 0: a free one
    [[nodiscard]] QString service() const;

    /// Follows a server: what can be changed, which buttons can be pressed, the line about its state. `address` is what
    /// it really listens on.
    void showState(Server::State state, const SocketAddress& address,
        const std::optional<CertificateFacts>& certificate = std::nullopt);
    /// What went wrong, or None.
    void showFailure(const Failure& failure);

    /// "listening", "stopped", …
    [[nodiscard]] static QString stateWord(Server::State state);

    [[nodiscard]] QJsonObject saveState() const;
    void restoreState(const QJsonObject& state);

Q_SIGNALS:
    void startWanted();
    void stopWanted();
    void settingsChanged(); ///< port or service

private:
    void buildFields();
    void buildLayout();
    void connectParts();
    void updateReach();
    void enableFields();
    void showColours();
    void portEdited(int port);

    ListenAddressBox* m_address;
    QSpinBox* m_port;
    QComboBox* m_service;
    StartStopButtons* m_buttons;
    QLabel* m_state;
    QLabel* m_reach;
    CertificateLabel* m_certificate; ///< over TLS: who the server is, and how to connect
    QLabel* m_failure;
    QToolButton* m_showOptions;
    ServerOptionsPanel* m_options;
    FlatScrollArea* m_optionsArea;
    quint16 m_askedPort = 0; ///< the port field shows the real one while the server listens
    Server::State m_shownState = Server::State::Stopped;
    SocketAddress m_shownAddress;
};

} // namespace sockeye
