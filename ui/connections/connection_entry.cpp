// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/connections/connection_entry.h"

#include "app/platform/socket_source.h"
#include "ui/text/byte_count_text.h"
#include "ui/text/display_text.h"

#include <QCoreApplication>
#include <QtEndian>

namespace sockeye {

namespace {

class ConnectionTexts {
    Q_DECLARE_TR_FUNCTIONS(sockeye::ConnectionTexts)
public:
    static QString state(ConnectionState state)
    {
        // A filled dot for what is open, half a dot for half of it, a ring for what is over; and the word.
        switch (state) {
        case ConnectionState::Open:
            return tr("● open");
        case ConnectionState::PeerFinished:
            return tr("◐ peer done");
        case ConnectionState::WeFinished:
            return tr("◑ we are done");
        case ConnectionState::Closed:
            return tr("○ closed");
        case ConnectionState::Reset:
            return tr("○ reset");
        case ConnectionState::Failed:
            return tr("○ failed");
        }
        return {};
    }

    static QString stateMeaning(const ConnectionRecord& record)
    {
        QString meaning = stateMeaning(record.state);
        if (!record.facts.tls) {
            return meaning;
        }
        return QString(meaning + u' '
            + (record.tls ? summary(*record.tls) : tr("TLS: the handshake is not done, or came to nothing.")));
    }

    static QString stateMeaning(ConnectionState state)
    {
        switch (state) {
        case ConnectionState::Open:
            return tr("Both sides may send.");
        case ConnectionState::PeerFinished:
            return tr("The peer has sent its end of stream (FIN); we may still send.");
        case ConnectionState::WeFinished:
            return tr("We have sent our end of stream (FIN); the peer may still send.");
        case ConnectionState::Closed:
            return tr("Closed in good order by both sides.");
        case ConnectionState::Reset:
            return tr("Thrown away with a reset (RST): what was on its way is lost.");
        case ConnectionState::Failed:
            return tr("Never opened, or lost.");
        }
        return {};
    }

    static QString inAndOut(qint64 in, qint64 out)
    {
        return tr("%1 / %2", "messages in / messages out").arg(shortNumber(in, 1000), shortNumber(out, 1000));
    }

    static QString inAndOutMeaning(qint64 in, qint64 out)
    {
        return tr("Whole messages: %1 in, %2 out").arg(groupedNumber(in), groupedNumber(out));
    }

    static QString times(const ConnectionRecord& record)
    {
        const QString opened = tr("opened %1").arg(absoluteTimeText(record.openedAt));
        return record.closedAt > 0
            ? QString(opened + QLatin1Char('\n') + tr("closed %1").arg(absoluteTimeText(record.closedAt)))
            : opened;
    }

    static QString target(const TargetLeg& leg)
    {
        switch (leg.state) {
        case TargetLeg::State::Connecting:
            return tr("connecting…");
        case TargetLeg::State::Failed:
            return leg.failure.what;
        case TargetLeg::State::Open:
        case TargetLeg::State::Closed:
            break;
        }
        return leg.peer.toString();
    }

    static QString targetMeaning(const TargetLeg& leg)
    {
        const QString time = durationText(std::chrono::nanoseconds(leg.connectTime).count());
        switch (leg.state) {
        case TargetLeg::State::Connecting:
            return tr("The target is being connected to. What the client sends waits until it is there.");
        case TargetLeg::State::Failed:
            return leg.failure.oneLine();
        case TargetLeg::State::Open:
        case TargetLeg::State::Closed:
            break;
        }
        return tr("target %1\nhere %2\nconnected within %3").arg(leg.peer.toString(), leg.local.toString(), time);
    }

    static QString addresses(const ConnectionRecord& record)
    {
        return tr("peer %1\nhere %2").arg(record.facts.peer.toString(), record.facts.local.toString());
    }
};

qint64 age(const ConnectionRecord& record, const WaitingContext& context)
{
    if (record.closedAt > 0) {
        return record.closedAt - record.openedAt;
    }
    const qint64 until = context.live ? context.now : std::max(record.lastInAt, record.lastOutAt);
    return std::max<qint64>(0, until - record.openedAt);
}

/// What a cell of the kernel's side says; empty for a connection that is over or has no such side.
QString kernelText(const ConnectionEntry& entry, ConnectionColumn column, const WaitingContext& context)
{
    if (!entry.isOpen() || !context.live || entry.record.facts.transport != Transport::Tcp) {
        return {};
    }
    if (!entry.kernel) {
        return tellsKernelFacts() ? QStringLiteral("…") : ConnectionTexts::tr("not told");
    }
    const KernelFacts& facts = *entry.kernel;
    switch (column) {
    case ConnectionColumn::ReceiveQueue:
        return groupedNumber(facts.receiveQueue);
    case ConnectionColumn::SendQueue:
        return groupedNumber(facts.sendQueue);
    case ConnectionColumn::RoundTrip:
        return ConnectionTexts::tr("%1 ms").arg(QString::number(facts.roundTrip / 1000.0, 'f', 2));
    case ConnectionColumn::CongestionWindow:
        return groupedNumber(facts.congestionWindow);
    case ConnectionColumn::Retransmissions:
        return groupedNumber(facts.retransmissions);
    case ConnectionColumn::TcpState: {
        SocketEntry socket;
        socket.state = facts.state;
        return stateName(socket);
    }
    default:
        return {};
    }
}

qint64 kernelNumber(const ConnectionEntry& entry, ConnectionColumn column)
{
    if (!entry.kernel) {
        return -1;
    }
    const KernelFacts& facts = *entry.kernel;
    switch (column) {
    case ConnectionColumn::ReceiveQueue:
        return facts.receiveQueue;
    case ConnectionColumn::SendQueue:
        return facts.sendQueue;
    case ConnectionColumn::RoundTrip:
        return facts.roundTrip;
    case ConnectionColumn::CongestionWindow:
        return facts.congestionWindow;
    case ConnectionColumn::Retransmissions:
        return facts.retransmissions;
    default:
        return static_cast<qint64>(facts.state);
    }
}

quint64 numberKey(qint64 number)
{
    return static_cast<quint64>(number) ^ (quint64(1) << 63);
}

ConnectionSortKey addressKey(const SocketAddress& address)
{
    const Q_IPV6ADDR bytes = address.host.toIPv6Address();
    return { qFromBigEndian<quint64>(bytes.c), qFromBigEndian<quint64>(bytes.c + 8), address.port };
}

} // namespace

QString kernelTitle(ConnectionColumn column)
{
    switch (column) {
    case ConnectionColumn::ReceiveQueue:
        return ConnectionTexts::tr("Recv-Q");
    case ConnectionColumn::SendQueue:
        return ConnectionTexts::tr("Send-Q");
    case ConnectionColumn::RoundTrip:
        return ConnectionTexts::tr("Round trip");
    case ConnectionColumn::CongestionWindow:
        return ConnectionTexts::tr("Cwnd");
    case ConnectionColumn::Retransmissions:
        return ConnectionTexts::tr("Sent again");
    default:
        return ConnectionTexts::tr("TCP state");
    }
}

QString kernelToolTip(ConnectionColumn column)
{
    if (!asksForSockets()) {
        return ConnectionTexts::tr(
            "Not available in this build: it cannot ask the kernel what it knows of a connection");
    }
    if (!tellsKernelFacts()) {
        return ConnectionTexts::tr("This system does not tell what its kernel knows of a connection");
    }
    switch (column) {
    case ConnectionColumn::ReceiveQueue:
        return ConnectionTexts::tr("Bytes that have come and that we have not read (in our kernel)");
    case ConnectionColumn::SendQueue:
        return ConnectionTexts::tr(
            "Bytes that we have written and the peer's system has not confirmed (in our kernel)");
    case ConnectionColumn::RoundTrip:
        return ConnectionTexts::tr("How long a segment and its confirmation take, smoothed");
    case ConnectionColumn::CongestionWindow:
        return ConnectionTexts::tr("Congestion window: segments that may be on their way at once");
    case ConnectionColumn::Retransmissions:
        return ConnectionTexts::tr("Segments that had to be sent again since the connection began");
    default:
        return ConnectionTexts::tr("The state of our socket, as netstat names it");
    }
}

bool ConnectionEntry::isOpen() const
{
    return record.state == ConnectionState::Open || record.state == ConnectionState::PeerFinished
        || record.state == ConnectionState::WeFinished;
}

bool ConnectionEntry::isMidMessage() const
{
    return record.waitingIn.isWithin();
}

void ConnectionEntry::sample()
{
    const qint64 bytes = record.bytesIn + record.bytesOut;
    rate = isOpen() ? bytes - earlierBytes[0] : 0;
    earlierBytes = { earlierBytes[1], bytes };
}

Waiting waitingOf(const ConnectionEntry& entry, const WaitingContext& context)
{
    WaitingContext own = context;
    own.target = entry.target ? std::optional(entry.target->state) : std::nullopt;
    own.notReading = context.notReading || entry.notReading;
    own.linger = entry.halfClosed ? 0 : context.linger;
    own.stuckBytes = entry.kernel && entry.kernel->peerIsFull() ? entry.kernel->sendQueue : 0;
    return waitingText(entry.record, own);
}

QString cellText(const ConnectionEntry& entry, ConnectionColumn column, const WaitingContext& context)
{
    const ConnectionRecord& record = entry.record;
    switch (column) {
    case ConnectionColumn::Number:
        return QString::number(record.id);
    case ConnectionColumn::Peer:
        return record.facts.peer.toString();
    case ConnectionColumn::State:
        return record.facts.tls ? ConnectionTexts::tr("%1, TLS").arg(ConnectionTexts::state(record.state))
                                : ConnectionTexts::state(record.state);
    case ConnectionColumn::In:
        return shortNumber(record.bytesIn, 100'000);
    case ConnectionColumn::Out:
        return shortNumber(record.bytesOut, 100'000);
    case ConnectionColumn::Messages:
        return ConnectionTexts::inAndOut(record.messagesIn, record.messagesOut);
    case ConnectionColumn::Rate:
        return entry.isOpen() && context.live ? rateText(entry.rate) : QString();
    case ConnectionColumn::Age:
        return durationText(age(record, context));
    case ConnectionColumn::Waiting:
        return waitingOf(entry, context).text;
    case ConnectionColumn::Target:
        return entry.target ? ConnectionTexts::target(*entry.target) : QString();
    default:
        return kernelText(entry, column, context);
    }
}

QString cellToolTip(const ConnectionEntry& entry, ConnectionColumn column, const WaitingContext& context)
{
    const ConnectionRecord& record = entry.record;
    switch (column) {
    case ConnectionColumn::Number:
    case ConnectionColumn::Peer:
        return ConnectionTexts::addresses(record);
    case ConnectionColumn::State:
        return ConnectionTexts::stateMeaning(record);
    case ConnectionColumn::In:
        return byteCountText(record.bytesIn);
    case ConnectionColumn::Out:
        return byteCountText(record.bytesOut);
    case ConnectionColumn::Messages:
        return ConnectionTexts::inAndOutMeaning(record.messagesIn, record.messagesOut);
    case ConnectionColumn::Rate:
        return {};
    case ConnectionColumn::Age:
        return ConnectionTexts::times(record);
    case ConnectionColumn::Waiting: {
        // Rich text, so that a long sentence is wrapped; what came over the network must not be taken for markup.
        const Waiting waiting = waitingOf(entry, context);
        return waiting.text.isEmpty()
            ? QString()
            : QString(QStringLiteral("<p><b>") + waiting.text.toHtmlEscaped() + QStringLiteral("</b></p><p>")
                + waiting.advice.toHtmlEscaped() + QStringLiteral("</p>"));
    }
    case ConnectionColumn::Target:
        return entry.target ? ConnectionTexts::targetMeaning(*entry.target) : QString();
    default:
        return kernelToolTip(column);
    }
}

ConnectionSortKey sortKey(const ConnectionEntry& entry, ConnectionColumn column, const WaitingContext& context)
{
    const ConnectionRecord& record = entry.record;
    switch (column) {
    case ConnectionColumn::Number:
        return { record.id };
    case ConnectionColumn::Peer:
        return addressKey(record.facts.peer);
    case ConnectionColumn::State:
        return { static_cast<quint64>(record.state) };
    case ConnectionColumn::In:
        return { numberKey(record.bytesIn) };
    case ConnectionColumn::Out:
        return { numberKey(record.bytesOut) };
    case ConnectionColumn::Messages:
        return { numberKey(record.messagesIn + record.messagesOut) };
    case ConnectionColumn::Rate:
        return { numberKey(entry.rate) };
    case ConnectionColumn::Age:
        return { numberKey(age(record, context)) };
    case ConnectionColumn::Waiting:
        return { numberKey(waitingOf(entry, context).stuckFor) };
    case ConnectionColumn::Target:
        return entry.target ? addressKey(entry.target->peer) : ConnectionSortKey {};
    default:
        return { numberKey(kernelNumber(entry, column)) };
    }
}

} // namespace sockeye
