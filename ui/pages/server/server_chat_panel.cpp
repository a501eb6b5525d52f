// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/server/server_chat_panel.h"

#include "ui/models/ticker.h"
#include "ui/transcript/chat_view.h"

#include <QVBoxLayout>

namespace sockeye {

ServerChatPanel::ServerChatPanel(QWidget* parent)
    : QWidget(parent)
    , m_view(new ChatView(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->addWidget(m_view);
    setFocusProxy(m_view);
    m_view->setRecipients({});
    connect(m_view, &ChatView::said, this, &ServerChatPanel::say);
    connect(&Ticker::instance(), &Ticker::tick, this, &ServerChatPanel::look);
    showState();
}

void ServerChatPanel::setServer(Server* server)
{
    if (m_server) {
        m_server->disconnect(this);
    }
    m_server = server;
    m_seen = 0;
    m_revision = 0;
    m_view->clear();
    if (server) {
        connect(server, &Server::stateChanged, this, &ServerChatPanel::showState);
    }
    showState();
}

void ServerChatPanel::showState()
{
    const bool isListening = m_server && m_server->state() == Server::State::Listening;
    m_view->setCanSay(isListening,
        isListening ? tr("Say something to those who are there. /name NAME gives you a name")
                    : tr("Start the server to talk"));
}

QString ServerChatPanel::labelOf(quint32 member, const QString& name) const
{
    if (member == Room::host) {
        return name.isEmpty() ? tr("this window") : name;
    }
    return name.isEmpty() ? tr("#%1").arg(member) : tr("#%1 %2").arg(QString::number(member), name);
}

void ServerChatPanel::look()
{
    if (!m_server) {
        return;
    }
    const RoomLog& log = m_server->room();
    std::vector<ChatLine> lines;
    for (const RoomEvent& event : log.eventsSince(m_seen)) {
        ChatLine line { event.time, {}, event.text, ChatLine::Tone::Notice };
        const QString who = labelOf(event.member, event.name);
        switch (event.kind) {
        case RoomEvent::Kind::Joined:
            line.text = tr("%1 has joined.").arg(who);
            break;
        case RoomEvent::Kind::Left:
            line.text = tr("%1 has left.").arg(who);
            break;
        case RoomEvent::Kind::Named:
            line.text = tr("%1 is now called %2.").arg(labelOf(event.member, event.text), event.name);
            break;
        case RoomEvent::Kind::Said:
            line.who = who;
            line.tone = event.member == Room::host ? ChatLine::Tone::Ours : ChatLine::Tone::Said;
            break;
        case RoomEvent::Kind::Told:
            line.who = tr("%1 → #%2").arg(who, QString::number(event.to));
            line.tone = ChatLine::Tone::Ours;
            break;
        case RoomEvent::Kind::Lost:
            line.tone = ChatLine::Tone::Trouble;
            break;
        }
        lines.push_back(std::move(line));
    }
    m_view->append(lines);

    QList<RoomMember> members;
    if (log.membersChanged(m_revision, members)) {
        QList<std::pair<quint32, QString>> recipients;
        for (const RoomMember& member : std::as_const(members)) {
            recipients.append({ member.id, labelOf(member.id, member.name) });
        }
        m_view->setRecipients(recipients);
    }
}

void ServerChatPanel::say(const QString& text, quint32 to)
{
    if (m_server) {
        m_server->say(text, to);
    }
}

} // namespace sockeye
