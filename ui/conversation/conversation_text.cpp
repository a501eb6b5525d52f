// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/conversation/conversation_text.h"

#include "protocol/text/hex_dump.h"
#include "protocol/text/visible_text.h"
#include "ui/hexview/byte_export.h"
#include "ui/text/byte_count_text.h"
#include "ui/text/display_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye {

namespace {

QString headingOf(const ConversationTurn& turn, Sender sender, qint64 since)
{
    constexpr qsizetype date = 11; // "2024-05-01 "
    const QString time = absoluteTimeText(turn.begin).sliced(date);
    const QString size = byteCountText(turn.size);
    if (since < 0) {
        return sender == Sender::Client
            ? QCoreApplication::translate("sockeye::Conversation", "Client, %1, %2").arg(time, size)
            : QCoreApplication::translate("sockeye::Conversation", "Server, %1, %2").arg(time, size);
    }
    const QString later = secondsText(since);
    return sender == Sender::Client
        ? QCoreApplication::translate("sockeye::Conversation", "Client, %1, %2 s later, %3").arg(time, later, size)
        : QCoreApplication::translate("sockeye::Conversation", "Server, %1, %2 s later, %3").arg(time, later, size);
}

QString hexDump(qint64 offset, QByteArrayView bytes)
{
    QByteArray out;
    for (qsizetype at = 0; at < bytes.size(); at += hexDumpLine) {
        appendHexDumpLine(out, offset + at, bytes.sliced(at, std::min(hexDumpLine, bytes.size() - at)));
    }
    return QString::fromLatin1(out);
}

QString withShortLines(const QString& text)
{
    QString out;
    out.reserve(text.size() + text.size() / maxConversationLine);
    qsizetype column = 0;
    for (const QChar character : text) {
        if (column >= maxConversationLine && character != u'\n' && !character.isLowSurrogate()) {
            out.append(u'\n');
            column = 0;
        }
        out.append(character);
        column = character == u'\n' ? 0 : column + 1;
    }
    return out;
}

QString bodyOf(const ConversationTurn& turn, QByteArrayView bytes, ConversationForm form, const QString& name)
{
    switch (form) {
    case ConversationForm::HexDump:
        return hexDump(turn.offset, bytes);
    case ConversationForm::CArrays:
        return cArray(bytes, name);
    case ConversationForm::Text:
        break;
    }
    QString text = withShortLines(visibleLines(exportBytes(bytes, ByteForm::Text)));
    if (!text.isEmpty() && !text.endsWith(u'\n')) {
        text.append(u'\n');
    }
    return text;
}

} // namespace

ConversationText conversationText(const Capture& capture, const ConnectionRecord& connection,
    const ConversationLook& look, const std::function<bool()>& isWanted)
{
    ConversationRules rules = look.rules;
    rules.first = connection.facts.weConnected ? Direction::Out : Direction::In;
    rules.isDatagrams = connection.facts.transport == Transport::Udp;
    const ConversationTurns conversation = turnsOf(capture, connection.id, rules);
    ConversationText out;
    out.isCut = conversation.isCut;
    qint64 before = -1;
    int clients = 0;
    int servers = 0;
    for (const ConversationTurn& turn : conversation.turns) {
        if (!isWanted()) {
            break;
        }
        const Sender sender = senderOf(connection.facts, turn.direction);
        const int number = sender == Sender::Client ? ++clients : ++servers;
        const qint64 since = before < 0 ? -1 : std::max<qint64>(turn.begin - before, 0);
        before = turn.end;
        if (look.sender != Sender::Either && look.sender != sender) {
            continue;
        }
        ++out.turns;
        out.bytes += turn.size;
        if (look.hasHeadings) {
            const QString heading = headingOf(turn, sender, since);
            const bool isCode = look.form == ConversationForm::CArrays;
            out.pieces.push_back(
                { isCode ? QString(u"/* " + heading + u" */\n") : QString(heading + u'\n'), sender, true });
        }
        const QByteArray bytes = capture.read(connection.id, turn.direction, turn.offset, turn.size);
        const QString name =
            (sender == Sender::Client ? QStringLiteral("client_%1") : QStringLiteral("server_%1")).arg(number);
        if (QString body = bodyOf(turn, bytes, look.form, name); !body.isEmpty()) {
            out.pieces.push_back({ std::move(body), sender, false });
        }
    }
    return out;
}

} // namespace sockeye
