// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/socket_options.h"
#include "protocol/proxy/proxy_options.h"
#include "protocol/transport.h"

#include <QJsonObject>
#include <QList>
#include <QWidget>

#include <optional>

class QCheckBox;
class QComboBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QSpinBox;
class QToolButton;

namespace sockeye {

/// The options of sockets, a row each with a sentence on what it does, beneath a button that shows and hides them.
class SocketOptionsPanel : public QWidget {
    Q_OBJECT
public:
    enum class Side : quint8 { Client, Server, Relay };

    explicit SocketOptionsPanel(Side side, QWidget* parent = nullptr);

    void setTransport(Transport transport); ///< shows those that it has
    [[nodiscard]] SocketOptions options() const; ///< what cannot be read is left out, and said in red
    [[nodiscard]] std::optional<ProxyOptions> proxy() const; ///< a client's over TCP, if one is wanted
    [[nodiscard]] QJsonObject saveState() const; ///< without the proxy's password
    void restore(const QJsonObject& state); ///< ignores what it cannot read

private:
    enum class Of : quint8 { Both, Tcp, Udp };
    struct Row {
        Of of = Of::Both;
        QList<QWidget*> widgets;
    };

    QWidget* add(Of of, const QString& text, QWidget* field, const QString& about);
    QSpinBox* addNumber(Of of, const QString& text, const QString& about, int most, const QString& unit = {});
    void addMulticast();
    void fillInterfaces();
    void showRows();
    void check();
    void showColours();
    [[nodiscard]] QList<QHostAddress> groups() const;

    Side m_side;
    Transport m_transport = Transport::Tcp;
    QToolButton* m_show;
    QWidget* m_rows;
    QGridLayout* m_grid;
    QList<Row> m_all;
    QLineEdit* m_ownEnd = nullptr; ///< of who connects: a client, a relay
    QLineEdit* m_proxy = nullptr; ///< a client's
    QCheckBox* m_noDelay;
    QCheckBox* m_keepAlive;
    QSpinBox* m_idle;
    QSpinBox* m_interval;
    QSpinBox* m_count;
    QSpinBox* m_sendBuffer;
    QSpinBox* m_receiveBuffer;
    QSpinBox* m_ttl;
    QSpinBox* m_trafficClass;
    QCheckBox* m_broadcast = nullptr; ///< a client's
    QLineEdit* m_groups = nullptr; ///< a client's and a server's
    QComboBox* m_interface = nullptr; ///< the same
    QCheckBox* m_loop = nullptr; ///< a client's
    QLabel* m_problem;
    QList<QLabel*> m_sentences;
};

} // namespace sockeye
