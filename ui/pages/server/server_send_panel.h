// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/endpoint/server.h"
#include "protocol/base/protocol.h"

#include <QJsonObject>
#include <QList>
#include <QPointer>
#include <QWidget>

class QComboBox;
class QLabel;
class QPushButton;

namespace sockeye {

class ComposerDesk;
class ElidedLabel;

/// What the server says of itself: a message from the composer, to the selected connections or to all.
class ServerSendPanel final : public QWidget {
    Q_OBJECT
public:
    explicit ServerSendPanel(QWidget* parent = nullptr);

    void setServer(Server* server); ///< whose connections they are
    void setProtocol(const ProtocolPtr& protocol); ///< what a message is
    void setTransport(Transport transport); ///< a datagram may be empty
    void setSelected(const QList<quint32>& connections);
    void setOpenCount(int open); ///< connections
    void sendToSelected(); ///< offers it: the focus goes where the message is written

    [[nodiscard]] ComposerDesk& desk() const { return *m_desk; }
    [[nodiscard]] QJsonObject saveState() const;
    void restoreState(const QJsonObject& state); ///< anything may stand in it

Q_SIGNALS:
    void encodingChosen(const QByteArray& encoding); ///< of the page

private:
    void buildLayout();
    void send();
    void take(quint64 number, const SentReport& report);
    void say(const QString& text, bool isError);
    void showSaid();
    void showState();
    [[nodiscard]] bool isToAll() const;
    [[nodiscard]] QString whoText() const;

    ComposerDesk* m_desk;
    QPushButton* m_send;
    QComboBox* m_to;
    ElidedLabel* m_who;
    QLabel* m_said;
    QPointer<Server> m_server;
    ProtocolPtr m_protocol;
    Transport m_transport = Transport::Tcp;
    QList<quint32> m_selected;
    int m_open = 0;
    quint64 m_underWay = 0; ///< the number of what is being sent; 0: nothing is
    quint64 m_made = 0; ///< messages that went out, for macros
    bool m_saidIsError = false;
};

} // namespace sockeye
