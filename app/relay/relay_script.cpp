// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/relay_script.h"

#include "app/channel/recorder.h"
#include "app/lines/json_line.h"
#include "app/words/latency_text.h"
#include "protocol/text/describe_bytes.h"
#include "protocol/text/plain_text.h"
#include "protocol/text/utf8.h"
#include "protocol/text/visible_text.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <algorithm>

namespace sockeye {

QString sentInPlaceText(const QByteArray& sent, bool isAnswer)
{
    constexpr qsizetype mostCharacters = 200;
    constexpr qsizetype mostBytes = 48;
    if (sent.isEmpty() && !isAnswer) {
        return QCoreApplication::translate("sockeye::RelayScript", "Nothing went in its place.");
    }
    QByteArray begin = sent.first(std::min(sent.size(), mostCharacters * 4));
    constexpr qsizetype longestCharacter = 4; // in UTF-8: one that is cut here makes no text unreadable
    if (const qsizetype whole = validUtf8Prefix(begin);
        begin.size() < sent.size() && begin.size() - whole < longestCharacter) {
        begin.truncate(whole);
    }
    const bool isText = looksLikeText(begin);
    const QString words = isText ? visibleText(begin, mostCharacters)
                                 : QString(QString::fromLatin1(sent.first(std::min(sent.size(), mostBytes)).toHex(' '))
                                     + (sent.size() > mostBytes ? QStringLiteral(" …") : QString()));
    return (isAnswer ? QCoreApplication::translate("sockeye::RelayScript", "The answer, %1: %2")
                     : QCoreApplication::translate("sockeye::RelayScript", "In its place went %1: %2"))
        .arg(byteCount(sent.size()), words);
}

namespace {

/// What a strike's number says, in a few words.
QString detailText(const QString& key, const QJsonValue& value)
{
    const auto words = [](const char* text) { return QCoreApplication::translate("sockeye::RelayScript", text); };
    const auto counted = [](const char* text, qint64 number) {
        return QCoreApplication::translate("sockeye::RelayScript", text, nullptr, static_cast<int>(number));
    };
    const qint64 number = value.toInteger();
    if (key == u"delay_us") {
        return words("%1 later").arg(latencyText(number * 1000));
    }
    if (key == u"bytes") {
        return words("%1 now").arg(byteCount(number));
    }
    if (key == u"xor") {
        return words("XOR 0x%1").arg(number, 2, 16, QLatin1Char('0'));
    }
    return key == u"lost"        ? words("lost")
        : key == u"closed"       ? words("the conversation was closed")
        : key == u"reset"        ? words("the conversation was reset")
        : key == u"shared"       ? words("of what all share")
        : key == u"copies"       ? counted("sent %n time(s)", number)
        : key == u"slices"       ? counted("in %n piece(s)", number)
        : key == u"glued"        ? counted("%n message(s) glued", number)
        : key == u"overtaken_by" ? counted("behind %n that came later", number)
        : key == u"tries"        ? counted("lost %n time(s) before", number)
                                 : QString(key + u' ' + value.toVariant().toString());
}

} // namespace

QByteArray targetOpenedScript(quint32 connection, const TargetLeg& leg)
{
    QByteArray line;
    JsonLine(line, "opened")
        .time("time", captureNow())
        .integer("connection", connection)
        .string("leg", QByteArrayView("target"))
        .string("peer", leg.peer.toString())
        .string("local", leg.local.toString())
        .integer("connect_us", leg.connectTime.count())
        .end();
    return line;
}

QByteArray strikeScript(quint32 connection, Direction direction, const FaultSettings& fault, const FaultStrike& strike)
{
    QJsonObject detail = strike.detail;
    if (!strike.undone.isEmpty()) {
        detail.insert(QStringLiteral("undone"), strike.undone);
    }
    QByteArray line;
    JsonLine json(line, "fault");
    json.time("time", captureNow())
        .integer("connection", connection)
        .string("direction", direction == Direction::In ? QByteArrayView("in") : QByteArrayView("out"))
        .string("name", fault.kind)
        .string("fault", fault.name)
        .integer("offset", strike.offset)
        .integer("size", strike.undone.isEmpty() ? strike.size : 0)
        .json("detail", QJsonDocument(detail).toJson(QJsonDocument::Compact));
    if (!strike.sent.isNull()) {
        json.hex("sent_hex", strike.sent);
    }
    json.end();
    return line;
}

QString strikeText(Direction direction, const FaultSettings& fault, const FaultStrike& strike)
{
    const QString way = direction == Direction::In
        ? QCoreApplication::translate("sockeye::RelayScript", "from the client")
        : QCoreApplication::translate("sockeye::RelayScript", "from the target");
    if (!strike.undone.isEmpty()) {
        return QCoreApplication::translate(
            "sockeye::RelayScript", "Fault %1 could not strike the message %2 at byte %3, which passes as it is. %4")
            .arg(fault.name, way, groupedDigits(strike.offset), strike.undone);
    }
    QStringList details;
    for (auto it = strike.detail.begin(); it != strike.detail.end(); ++it) {
        details.append(detailText(it.key(), it.value()));
    }
    const QString size = byteCount(strike.size);
    const QString text = details.isEmpty()
        ? QCoreApplication::translate("sockeye::RelayScript", "Fault %1 struck %2 %3, at byte %4.")
              .arg(fault.name, size, way, groupedDigits(strike.offset))
        : QCoreApplication::translate("sockeye::RelayScript", "Fault %1 struck %2 %3, at byte %4: %5.")
              .arg(fault.name, size, way, groupedDigits(strike.offset), details.join(QStringLiteral(", ")));
    return strike.sent.isNull() ? text : text + u' ' + sentInPlaceText(strike.sent);
}

void recordStrike(
    Recorder& recorder, quint32 connection, Direction direction, const PlannedFault& fault, const FaultStrike& strike)
{
    if (strike.undone.isEmpty()) {
        fault.strikes->fetch_add(1, std::memory_order_relaxed);
        recorder.struck(connection, direction, strike.offset, strike.size, strikeName(fault.settings));
    }
    recorder.told(connection, strikeText(direction, fault.settings, strike),
        strikeScript(connection, direction, fault.settings, strike));
}

} // namespace sockeye
