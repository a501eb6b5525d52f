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
#include <iterator>

namespace sockeye {

namespace {

QString headingOf(const ConversationTurn& turn, Sender sender, qint64 since)
{
    constexpr qsizetype date = 11; // "2024-05-01 "
    const QString time = absoluteTimeText(turn.begin).sliced(date);
    const QString size = turn.isMissing
        ? QCoreApplication::translate("sockeye::Conversation", "%1 that are missing here").arg(byteCountText(turn.size))
        : byteCountText(turn.size);
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

ConversationTeller::ConversationTeller(
    const Capture& capture, const ConnectionRecord& connection, const ConversationLook& look)
    : m_capture(capture)
    , m_connection(connection)
    , m_look(look)
{
}

ConversationRules ConversationTeller::rulesOf(const ConnectionRecord& connection, const ConversationLook& look)
{
    ConversationRules rules = look.rules;
    rules.first = connection.facts.weConnected ? Direction::Out : Direction::In;
    rules.isDatagrams = connection.facts.transport == Transport::Udp;
    return rules;
}

bool ConversationTeller::shows(const ConversationTurn& turn) const
{
    return m_look.sender == Sender::Either || m_look.sender == senderOf(m_connection.facts, turn.direction);
}

std::vector<ConversationPiece> ConversationTeller::tell(const ConversationTurn& turn)
{
    std::vector<ConversationPiece> out;
    const Sender sender = senderOf(m_connection.facts, turn.direction);
    const int number = sender == Sender::Client ? ++m_clients : ++m_servers;
    const qint64 since = m_before < 0 ? -1 : std::max<qint64>(turn.begin - m_before, 0);
    m_before = turn.end;
    if (!shows(turn)) {
        return out;
    }
    if (m_look.hasHeadings || turn.isMissing) {
        const QString heading = headingOf(turn, sender, since);
        const bool isCode = m_look.form == ConversationForm::CArrays;
        out.push_back({ isCode ? QString(u"/* " + heading + u" */\n") : QString(heading + u'\n'), sender, true });
    }
    if (turn.isMissing) {
        return out;
    }
    const QByteArray bytes = m_capture.read(m_connection.id, turn.direction, turn.offset, turn.size);
    const QString name =
        (sender == Sender::Client ? QStringLiteral("client_%1") : QStringLiteral("server_%1")).arg(number);
    if (QString body = bodyOf(turn, bytes, m_look.form, name); !body.isEmpty()) {
        out.push_back({ std::move(body), sender, false });
    }
    return out;
}

ConversationText conversationText(const Capture& capture, const ConnectionRecord& connection,
    const ConversationLook& look, const std::function<bool()>& isWanted)
{
    const ConversationTurns conversation =
        turnsOf(capture, connection.id, ConversationTeller::rulesOf(connection, look));
    ConversationTeller teller(capture, connection, look);
    ConversationText out;
    out.isCut = conversation.isCut;
    for (const ConversationTurn& turn : conversation.turns) {
        if (!isWanted()) {
            break;
        }
        std::vector<ConversationPiece> pieces = teller.tell(turn);
        if (teller.shows(turn)) {
            ++out.turns;
            out.bytes += turn.isMissing ? 0 : turn.size;
        }
        out.pieces.insert(
            out.pieces.end(), std::make_move_iterator(pieces.begin()), std::make_move_iterator(pieces.end()));
    }
    return out;
}

} // namespace sockeye
