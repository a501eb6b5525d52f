// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/capture/capture_help.h"

#include "protocol/protocols/app/message.h"

namespace sockeye {

QByteArray jsonMessage(const QByteArray& content)
{
    QByteArray message;
    appendMessage(message, "text/json", "utf-8", ByteOrder::Little, content);
    return message;
}

QByteArray binaryMessage(const QByteArray& content)
{
    QByteArray message;
    appendMessage(message, "binary/custom-client-binary-type", "binary", ByteOrder::Little, content);
    return message;
}

ConnectionFacts factsFor(quint16 peerPort, Transport transport, bool weConnected, bool ipv6)
{
    ConnectionFacts facts;
    facts.transport = transport;
    const QHostAddress host(ipv6 ? QHostAddress::LocalHostIPv6 : QHostAddress::LocalHost);
    facts.local = { host, 65432 };
    facts.peer = { host, peerPort };
    facts.weConnected = weConnected;
    return facts;
}

QStringList messageLines(const Capture& capture, bool withTimes)
{
    static const QStringList kinds { QStringLiteral("message"), QStringLiteral("bad"), QStringLiteral("error"),
        QStringLiteral("note") };
    QStringList lines;
    for (qsizetype row = 0; row < capture.messageCount(); ++row) {
        const MessageRecord record = capture.message(row);
        QString line = QStringLiteral("%1 #%2 %3 %4+%5 \"%6\"")
                           .arg(kinds[static_cast<qsizetype>(record.kind)])
                           .arg(record.connection)
                           .arg(record.direction == Direction::In ? u"in" : u"out")
                           .arg(record.offset)
                           .arg(record.size)
                           .arg(capture.text(record.text));
        if (withTimes) {
            line += QStringLiteral(" at %1").arg(record.time);
        }
        lines += line;
    }
    return lines;
}

QStringList connectionLines(const Capture& capture)
{
    quint64 revision = 0;
    QStringList lines;
    for (const ConnectionRecord& record : capture.connectionsSince(revision)) {
        lines += QStringLiteral("#%1 %2 %3→%4 we connected %5 state %6 opened %7 closed %8")
                     .arg(record.id)
                     .arg(record.facts.transport == Transport::Tcp ? u"tcp" : u"udp")
                     .arg(record.facts.local.host.toString() + u' ' + QString::number(record.facts.local.port),
                         record.facts.peer.host.toString() + u' ' + QString::number(record.facts.peer.port))
                     .arg(record.facts.weConnected)
                     .arg(static_cast<int>(record.state))
                     .arg(record.openedAt)
                     .arg(record.closedAt)
            + QStringLiteral(" bytes %1/%2 messages %3/%4 last %5/%6 waits %7/%8 error \"%9\"")
                  .arg(record.bytesIn)
                  .arg(record.bytesOut)
                  .arg(record.messagesIn)
                  .arg(record.messagesOut)
                  .arg(record.lastInAt)
                  .arg(record.lastOutAt)
                  .arg(static_cast<int>(record.waitingIn.part))
                  .arg(static_cast<int>(record.waitingOut.part))
                  .arg(record.error);
    }
    return lines;
}

QStringList segmentLines(const Capture& capture)
{
    quint64 revision = 0;
    QStringList lines;
    for (const ConnectionRecord& record : capture.connectionsSince(revision)) {
        for (const Direction direction : { Direction::In, Direction::Out }) {
            const qint64 size = direction == Direction::In ? record.bytesIn : record.bytesOut;
            for (const SegmentMark& mark : capture.segments(record.id, direction, 0, size)) {
                lines += QStringLiteral("#%1 %2 %3+%4 at %5")
                             .arg(record.id)
                             .arg(static_cast<int>(direction))
                             .arg(mark.offset)
                             .arg(mark.size)
                             .arg(mark.time);
            }
        }
    }
    return lines;
}

QByteArray noise(qsizetype size, quint32 seed)
{
    QByteArray bytes(size, Qt::Uninitialized);
    for (char& byte : bytes) {
        seed = seed * 1664525 + 1013904223;
        byte = static_cast<char>(seed >> 24);
    }
    return bytes;
}

void Recorder::event(const CaptureEvent& event)
{
    static const QStringList kinds { QStringLiteral("opened"), QStringLiteral("segment"), QStringLiteral("finished"),
        QStringLiteral("closed"), QStringLiteral("error"), QStringLiteral("note") };
    QString line = kinds[static_cast<qsizetype>(event.kind)] + u' ' + QString::number(event.connection);
    switch (event.kind) {
    case EventKind::Segment:
    case EventKind::Finished:
        line += event.direction == Direction::In ? u" in" : u" out";
        break;
    case EventKind::Closed:
        line += u' ' + QString::number(static_cast<int>(event.closeKind));
        break;
    case EventKind::Error:
        line += u' ' + event.code + u' ' + QString::number(event.offset) + u' ' + event.text;
        break;
    case EventKind::Note:
        line += u' ' + event.text;
        break;
    case EventKind::Opened:
        line += u' ' + event.facts.peer.toString();
        break;
    }
    if (event.kind == EventKind::Segment) {
        bytes += event.bytes.toByteArray();
    }
    lines += line;
    times += event.time;
}

} // namespace sockeye
