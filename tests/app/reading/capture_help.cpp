// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/reading/capture_help.h"

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
                           .arg(kinds[static_cast<qsizetype>(record.kind)], QString::number(record.connection),
                               QLatin1StringView(record.direction == Direction::In ? "in" : "out"),
                               QString::number(record.offset), QString::number(record.size), capture.text(record.text));
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
        lines +=
            QStringLiteral("#%1 %2 %3→%4 we connected %5 state %6 opened %7 closed %8")
                .arg(QString::number(record.id),
                    QLatin1StringView(record.facts.transport == Transport::Tcp ? "tcp" : "udp"),
                    record.facts.local.host.toString() + u' ' + QString::number(record.facts.local.port),
                    record.facts.peer.host.toString() + u' ' + QString::number(record.facts.peer.port),
                    QString::number(int(record.facts.weConnected)), QString::number(static_cast<int>(record.state)),
                    QString::number(record.openedAt), QString::number(record.closedAt))
            + QStringLiteral(" bytes %1/%2 messages %3/%4 last %5/%6 waits %7/%8 error \"%9\"")
                  .arg(QString::number(record.bytesIn), QString::number(record.bytesOut),
                      QString::number(record.messagesIn), QString::number(record.messagesOut),
                      QString::number(record.lastInAt), QString::number(record.lastOutAt),
                      QString::number(static_cast<int>(record.waitingIn.part)),
                      QString::number(static_cast<int>(record.waitingOut.part)), record.error);
    }
    return lines;
}

QStringList chunkLines(const Capture& capture)
{
    quint64 revision = 0;
    QStringList lines;
    for (const ConnectionRecord& record : capture.connectionsSince(revision)) {
        for (const Direction direction : { Direction::In, Direction::Out }) {
            const qint64 size = direction == Direction::In ? record.bytesIn : record.bytesOut;
            for (const ChunkMark& mark : capture.chunks(record.id, direction, 0, size)) {
                lines += QStringLiteral("#%1 %2 %3+%4 at %5")
                             .arg(QString::number(record.id), QString::number(static_cast<int>(direction)),
                                 QString::number(mark.offset), QString::number(mark.size), QString::number(mark.time));
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

void EventList::event(const CaptureEvent& event)
{
    static const QStringList kinds { QStringLiteral("opened"), QStringLiteral("chunk"), QStringLiteral("finished"),
        QStringLiteral("closed"), QStringLiteral("error"), QStringLiteral("note") };
    QString line = kinds[static_cast<qsizetype>(event.kind)] + u' ' + QString::number(event.connection);
    switch (event.kind) {
    case EventKind::Chunk:
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
    if (event.kind == EventKind::Chunk) {
        bytes += event.bytes.toByteArray();
    }
    lines += line;
    times += event.time;
}

} // namespace sockeye
