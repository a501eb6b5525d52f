// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/live/live_capture.h"
#include "app/live/network_interface.h"

#include <QJsonObject>
#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;
class QTimer;

namespace sockeye {

class FillingComboBox;
class ProtocolBox;

/// The top of the page of a live capture: from which interface, which packets, start and stop, and how it is going.
class LiveBar : public QWidget {
    Q_OBJECT
public:
    explicit LiveBar(QWidget* parent = nullptr);

    /// What there is to choose from; what was chosen stays chosen.
    void setInterfaces(const QList<NetworkInterface>& interfaces);
    [[nodiscard]] QString interface() const; ///< its name; empty before there is one
    [[nodiscard]] QString filter() const; ///< as entered
    [[nodiscard]] const ProtocolPtr& protocol() const;
    void setProtocol(const ProtocolPtr& protocol);

    void showState(const LiveCapture& live);
    void showFailure(const QString& text); ///< empty: nothing went wrong
    void showFilterError(const QString& text); ///< next to the filter; empty: nothing is wrong with it

    [[nodiscard]] static QString stateWord(LiveCapture::State state); ///< "capturing", "stopped", …

    [[nodiscard]] QJsonObject saveState() const;
    void restoreState(const QJsonObject& state);

Q_SIGNALS:
    void startWanted();
    void stopWanted();
    void interfacesWanted(); ///< the list is about to be looked at
    void filterEntered(); ///< typing has paused: a good time to check it
    void protocolChosen(const sockeye::ProtocolPtr& protocol);
    void interfaceChanged();

private:
    void buildFields();
    void buildLayout();
    void connectParts();
    void applyTheme();
    [[nodiscard]] QString progressText(const LiveCapture& live) const;

    FillingComboBox* m_interface;
    QLineEdit* m_filter;
    ProtocolBox* m_protocol;
    QPushButton* m_start;
    QPushButton* m_stop;
    QLabel* m_filterError;
    QLabel* m_state;
    QLabel* m_failure;
    QTimer* m_typing;
    QList<NetworkInterface> m_known;
    QString m_stateText;
    bool m_capturing = false;
    bool m_failed = false;
};

} // namespace sockeye
