// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/endpoint/server.h"

#include <QPointer>
#include <QWidget>

namespace sockeye {

class ChatView;

/// The server's own seat in its chat: hears everything, and says something to all or to one.
class ServerChatPanel : public QWidget {
    Q_OBJECT
public:
    explicit ServerChatPanel(QWidget* parent = nullptr);

    void setServer(Server* server); ///< what was said in another one goes
    [[nodiscard]] ChatView& view() { return *m_view; }

private:
    void look();
    void showState();
    void say(const QString& text, quint32 to);
    [[nodiscard]] QString labelOf(quint32 member, const QString& name) const;

    ChatView* m_view;
    QPointer<Server> m_server;
    quint64 m_seen = 0; ///< events of the room
    quint64 m_revision = 0; ///< of its members
};

} // namespace sockeye
