// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/endpoint/many_connections.h"
#include "ui/pages/page.h"

#include <QJsonObject>
#include <QWidget>

class QCheckBox;
class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;
class QSpinBox;

namespace sockeye {

class FlatScrollArea;
class ProtocolBox;
class SocketOptionsPanel;
class TlsClientPanel;

/// The top of the page of many connections: where to, how many, what is sent on each, and what became of them.
class ManyBar : public QWidget {
    Q_OBJECT
public:
    explicit ManyBar(QWidget* parent = nullptr);

    void setTarget(const Destination& there);
    [[nodiscard]] ManyOptions options() const;
    [[nodiscard]] const ProtocolPtr& protocol() const;
    void setProtocol(const ProtocolPtr& protocol);
    /// Nothing to send, or nowhere to send it: why it cannot start; empty if it can.
    [[nodiscard]] QString obstacle() const;

    void setRunning(bool running);
    void showSummary(const ManySummary& summary, int connections, bool over);

    [[nodiscard]] QJsonObject saveState() const;
    void restoreState(const QJsonObject& state);

Q_SIGNALS:
    void startWanted();
    void cancelWanted();
    void protocolChosen(const sockeye::ProtocolPtr& protocol);
    void changed(); ///< one of the fields

private:
    void buildFields();
    void buildLayout();
    void connectParts();
    void updateStart();
    void applyTheme();
    [[nodiscard]] QList<QByteArray> messages() const;

    QLineEdit* m_host;
    QSpinBox* m_port;
    QSpinBox* m_connections;
    QDoubleSpinBox* m_timeout;
    ProtocolBox* m_protocol;
    QPlainTextEdit* m_messages;
    QCheckBox* m_lineFeed;
    QCheckBox* m_tls;
    TlsClientPanel* m_trust; ///< whom, over TLS
    SocketOptionsPanel* m_socket; ///< a proxy among them
    FlatScrollArea* m_socketArea;
    QPushButton* m_start;
    QPushButton* m_cancel;
    QProgressBar* m_progress;
    QLabel* m_summary;
    QLabel* m_failure;
    QString m_wentWrong; ///< in the last run
    bool m_running = false;
};

} // namespace sockeye
