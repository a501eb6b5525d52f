// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/relay/relay.h"

#include <QJsonObject>
#include <QWidget>

class QComboBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QSpinBox;
class QToolButton;

namespace sockeye {

class CertificateLabel;
class FlatScrollArea;
class ListenAddressBox;
class ProtocolBox;
class RelayOptionsPanel;
class StartStopButtons;

/// The top of the relay page: where clients connect and where that is passed on to, start and stop, and how it is
/// going.
class RelaySettingsBar final : public QWidget {
    Q_OBJECT
public:
    explicit RelaySettingsBar(QWidget* parent = nullptr);

    [[nodiscard]] RelayOptions options() const; ///< as entered; without faults
    void setListenHost(const QString& host);
    void setListenPort(quint16 port); ///< 0: a free one
    void setTarget(const QString& host, quint16 port);
    [[nodiscard]] quint16 listenPort() const { return m_askedPort; } ///< as entered
    [[nodiscard]] Transport transport() const;
    void setProtocol(const ProtocolPtr& protocol);
    [[nodiscard]] const ProtocolPtr& protocol() const;

    /// For the layout, beneath this: apart, since what has lines that wrap is never given less than it asks for.
    [[nodiscard]] QWidget* optionsArea() const;

    /// Follows a relay: what can be changed, which buttons can be pressed, the line about its state.
    void showState(const Relay& relay);
    void showProblem(const QString& text); ///< of the relay itself; empty: there is none
    void showTargetProblem(const QString& text); ///< of the target, as it was met last; empty: there is none

    /// "listening", "stopped", …
    [[nodiscard]] static QString stateWord(Relay::State state);

    [[nodiscard]] QJsonObject saveState() const;
    void restoreState(const QJsonObject& state);

Q_SIGNALS:
    void startWanted();
    void stopWanted();
    void settingsChanged(); ///< either end, the transport, or a protocol that came back
    void protocolChosen(const sockeye::ProtocolPtr& protocol);

private:
    void buildFields();
    void buildLayout();
    void connectParts();
    void addField(QGridLayout& grid, int row, int column, const QString& text, QWidget* field);
    [[nodiscard]] static QString listeningText(const Relay& relay);
    void updateReach();
    void enablePorts();
    void showColours();

    ListenAddressBox* m_address;
    QSpinBox* m_port;
    QLineEdit* m_targetHost;
    QSpinBox* m_targetPort;
    QComboBox* m_transport;
    ProtocolBox* m_protocol;
    StartStopButtons* m_buttons;
    QLabel* m_state;
    QLabel* m_problem;
    QLabel* m_targetProblem;
    QLabel* m_reach;
    CertificateLabel* m_certificate;
    QToolButton* m_showOptions;
    RelayOptionsPanel* m_options;
    FlatScrollArea* m_optionsArea;
    quint16 m_askedPort = 0; ///< the port field shows the real one while the relay listens
    Relay::State m_shownState = Relay::State::Stopped;
    QString m_stateText;
};

} // namespace sockeye
