// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/relay_script.h"

#include "app/lines/json_line.h"
#include "protocol/text/describe_bytes.h"

#include <QCoreApplication>
#include <QJsonDocument>

namespace sockeye {

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
    QByteArray line;
    JsonLine(line, "fault")
        .time("time", captureNow())
        .integer("connection", connection)
        .string("direction", direction == Direction::In ? QByteArrayView("in") : QByteArrayView("out"))
        .string("name", fault.kind)
        .string("fault", fault.name)
        .integer("offset", strike.offset)
        .integer("size", strike.size)
        .json("detail", QJsonDocument(strike.detail).toJson(QJsonDocument::Compact))
        .end();
    return line;
}

QString strikeText(Direction direction, const FaultSettings& fault, const FaultStrike& strike)
{
    const QString way = direction == Direction::In
        ? QCoreApplication::translate("sockeye::RelayScript", "from the client")
        : QCoreApplication::translate("sockeye::RelayScript", "from the target");
    QStringList details;
    for (auto it = strike.detail.begin(); it != strike.detail.end(); ++it) {
        details.append(it.key() + u' ' + it.value().toVariant().toString());
    }
    const QString text = QCoreApplication::translate("sockeye::RelayScript", "Fault %1 struck %2 bytes %3, at byte %4.")
                             .arg(fault.name, groupedDigits(strike.size), way, groupedDigits(strike.offset));
    return details.isEmpty() ? text : text + u' ' + details.join(QStringLiteral(", "));
}

} // namespace sockeye
