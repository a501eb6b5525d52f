// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/services/chat_room.h"

#include "protocol/text/visible_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye {

namespace {

constexpr QByteArrayView nameCommand("/name");

/// English like everything that goes to peers.
QByteArray announcement(const QString& text)
{
    return "* " + text.toUtf8() + '\n';
}

QByteArrayView withoutLineEnd(QByteArrayView message)
{
    while (message.endsWith('\n') || message.endsWith('\r')) {
        message.chop(1);
    }
    return message;
}

bool isNameCommand(QByteArrayView text)
{
    return text.startsWith(nameCommand)
        && (text.size() == nameCommand.size() || text[nameCommand.size()] == ' ' || text[nameCommand.size()] == '\t');
}

RoomEvent event(RoomEvent::Kind kind, quint32 member, const QString& name, const QString& text = {})
{
    RoomEvent result;
    result.kind = kind;
    result.member = member;
    result.name = name;
    result.text = text;
    return result;
}

} // namespace

void ChatRoom::join(quint32 member, RoomOutput& out)
{
    if (m_names.emplace(member, QString()).second) {
        out.events.push_back(event(RoomEvent::Kind::Joined, member, {}));
    }
}

void ChatRoom::leave(quint32 member, RoomOutput& out)
{
    const auto found = m_names.find(member);
    if (member == host || found == m_names.end()) {
        return;
    }
    const QString name = found->second;
    m_names.erase(found);
    if (!name.isEmpty()) {
        out.deliveries.push_back({ member, true, announcement(name + QStringLiteral(" has left.")) });
    }
    out.events.push_back(event(RoomEvent::Kind::Left, member, name));
}

QByteArray ChatRoom::line(quint32 member, QByteArrayView message) const
{
    const QString& name = m_names.at(member);
    QByteArray bytes = name.isEmpty() ? QByteArray() : QByteArray(name.toUtf8() + ": ");
    bytes += message;
    if (!message.endsWith('\n')) { // the last line of a stream may have none
        bytes += '\n';
    }
    return bytes;
}

void ChatRoom::say(quint32 member, QByteArrayView message, RoomOutput& out)
{
    const auto found = m_names.find(member);
    if (found == m_names.end()) {
        return;
    }
    const QByteArrayView text = withoutLineEnd(message);
    if (isNameCommand(text)) {
        giveName(member, QString::fromUtf8(text.sliced(nameCommand.size())).trimmed(), out);
        return;
    }
    out.deliveries.push_back({ member, true, line(member, message) });
    out.events.push_back(event(RoomEvent::Kind::Said, member, found->second, visibleText(text)));
}

void ChatRoom::tell(quint32 member, QByteArrayView message, RoomOutput& out)
{
    if (member == host || !m_names.contains(member)) {
        return;
    }
    out.deliveries.push_back({ member, false, line(host, message) });
    RoomEvent told = event(RoomEvent::Kind::Told, host, m_names.at(host), QString::fromUtf8(withoutLineEnd(message)));
    told.to = member;
    out.events.push_back(std::move(told));
}

QString ChatRoom::whyNot(quint32 member, const QString& name) const
{
    if (name.isEmpty()) {
        return QStringLiteral("A name is wanted: /name NAME");
    }
    if (name.size() > maxName) {
        return QStringLiteral("A name has at most %1 characters.").arg(maxName);
    }
    // What would look like an announcement, or like somebody speaking, is no name.
    const bool isPlain = std::all_of(name.cbegin(), name.cend(), [](QChar c) {
        return c != u':' && c != u'*' && c != QChar::ReplacementCharacter && (c.isPrint() || c.isSurrogate());
    });
    if (!isPlain) {
        return QStringLiteral("A name has no colons, stars or control characters.");
    }
    const bool isTaken = std::any_of(m_names.cbegin(), m_names.cend(), [&](const auto& other) {
        return other.first != member && other.second.compare(name, Qt::CaseInsensitive) == 0;
    });
    return isTaken ? QStringLiteral("The name %1 is taken.").arg(name) : QString();
}

void ChatRoom::giveName(quint32 member, const QString& name, RoomOutput& out)
{
    const QString why = whyNot(member, name);
    if (!why.isEmpty()) {
        out.deliveries.push_back({ member, false, announcement(why) });
        return;
    }
    const QString before = std::exchange(m_names.at(member), name);
    if (before == name) {
        return;
    }
    out.deliveries.push_back({ member, true,
        announcement(before.isEmpty() ? QString(name + QStringLiteral(" is here."))
                                      : QStringLiteral("%1 is now %2.").arg(before, name)) });
    out.deliveries.push_back({ member, false, announcement(QStringLiteral("You are %1.").arg(name)) });
    out.events.push_back(event(RoomEvent::Kind::Named, member, name, before));
}

} // namespace sockeye
