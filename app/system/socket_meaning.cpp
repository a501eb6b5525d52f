// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/system/socket_meaning.h"

#include "protocol/text/describe_bytes.h"

#include <QCoreApplication>

namespace sockeye {

namespace {

class Meanings {
    Q_DECLARE_TR_FUNCTIONS(sockeye::SocketMeaning)
public:
    static SocketMeaning ofTcp(const SocketRow& row);
    static SocketMeaning ofUdp(const SocketEntry& entry);
    static SocketMeaning ofUnix(const SocketRow& row);
    static SocketMeaning established(const SocketRow& row);
    static SocketMeaning listening(const SocketEntry& entry);
    static SocketMeaning closing(TcpState state);
    static QString queues(const SocketEntry& entry);
};

SocketMeaning Meanings::listening(const SocketEntry& entry)
{
    const bool full = entry.sendQueue >= 0 && entry.receiveQueue > entry.sendQueue;
    if (full) {
        return { tr("It listens, but its backlog is full: new connections get no answer and time out."),
            tr("Its own program: it must call accept()."),
            tr("See what the program is busy with. One thread that serves one client at a time accepts nobody "
               "meanwhile.") };
    }
    return { tr("It waits for connections (LISTEN)."), tr("Nobody: the next client that connects."),
        entry.receiveQueue > 0
            ? tr("Connections stand in its backlog: the program has not accepted them yet. If the number stays, it is "
                 "busy with something else.")
            : entry.isUnix() ? tr("To take this name, stop this program or choose another one.")
                             : tr("To take this port, stop this program or choose another port.") };
}

SocketMeaning Meanings::established(const SocketRow& row)
{
    if (row.owner.known == SocketOwner::Known::NotAccepted) {
        return { tr("The connection stands, but the listening program has not taken it out of its backlog."),
            tr("The program that listens on this port: it must call accept()."),
            tr("The client can send already; nobody reads it. See what the program is busy with.") };
    }
    if (row.entry.receiveQueue > 0) {
        return { tr("The connection stands, and bytes have come that the program has not read."),
            tr("This program: it must call recv()."),
            tr("If Recv-Q stays or grows, it is not reading: the other side's writes will block once the window is "
               "full.") };
    }
    if (row.entry.sendQueue > 0) {
        return { tr("The connection stands, and bytes were written that the other side has not confirmed."),
            tr("The other side: it must take them."),
            tr("If Send-Q stays, the other program does not read, or the network loses packets.") };
    }
    return { tr("The connection stands, and nothing waits in the kernel on this side."),
        tr("Either program: whoever has something to say."),
        tr("If nothing happens, both programs may be waiting in recv() for the other one.") };
}

SocketMeaning Meanings::closing(TcpState state)
{
    switch (state) {
    case TcpState::TimeWait:
        return { tr("The connection is over. This side closed first, and keeps the address pair reserved for about a "
                    "minute (TIME_WAIT), so that a late packet cannot be taken for one of a new connection."),
            tr("Nobody: it goes away by itself."),
            tr("This is as it should be. A server that cannot start again because of it (address in use) must set "
               "SO_REUSEADDR before bind(); with very many of them, keep connections open for several requests.") };
    case TcpState::CloseWait:
        return { tr("The other side has closed (its FIN has come), and the program on this side has not closed yet "
                    "(CLOSE_WAIT)."),
            tr("The program on this side: it must read to the end of the stream and call close()."),
            tr("It stays for ever if the program does not. Many of them mean that a close() is missing, most often "
               "after recv() returned nothing; in the end the program runs out of descriptors.") };
    case TcpState::FinWait1:
        return { tr("This side has closed; its FIN is under way, or what was written before it still is (FIN_WAIT1)."),
            tr("The other side's system: it must confirm."),
            tr("With something in Send-Q the other program is not reading; otherwise it is over in a moment.") };
    case TcpState::FinWait2:
        return { tr("This side has closed and the other side's system knows it; its program has not closed yet "
                    "(FIN_WAIT2)."),
            tr("The program on the other side, whose socket is in CLOSE_WAIT: it must call close()."),
            tr("After a half-close (shutdown) this is how one waits for the rest of the reply. Without a process it "
               "goes away after a minute.") };
    case TcpState::LastAck:
        return { tr("Both sides have closed, and the other one must still confirm our FIN (LAST_ACK)."),
            tr("The other side's system."), tr("It is over in a moment, unless packets get lost.") };
    default:
        return { tr("Both sides closed at the same time, and their FINs crossed (CLOSING)."),
            tr("The other side's system: it must confirm."), tr("It is over in a moment.") };
    }
}

SocketMeaning Meanings::ofTcp(const SocketRow& row)
{
    switch (row.entry.state) {
    case TcpState::Established:
        return established(row);
    case TcpState::Listen:
        return listening(row.entry);
    case TcpState::SynSent:
        return { tr("A connection was asked for (SYN), and there is no answer yet."),
            tr("The other side's system: it must answer yes or no."),
            tr("If it stays, the machine is not there or a firewall drops the packets. Tools › Diagnose tells more.") };
    case TcpState::SynReceived:
    case TcpState::NewSynReceived:
        return { tr("Somebody asked for a connection and was answered; the last step of the handshake is missing."),
            tr("The other side's system: it must confirm."),
            tr("Many of them that stay come from senders that never go on, or from packets that get lost.") };
    case TcpState::Closed:
        return { tr("A socket without a connection: made or bound, not yet connected and not listening."),
            tr("Its program: it must call connect() or listen()."), tr("A bound one keeps its port from others.") };
    case TcpState::Unknown:
        return { tr("The kernel names a state that Sockeye does not know."), tr("Nobody knows."),
            tr("Compare with what ss -tan says.") };
    default:
        return closing(row.entry.state);
    }
}

SocketMeaning Meanings::ofUdp(const SocketEntry& entry)
{
    const QString unread = tr("Datagrams wait in Recv-Q: the program has not read them; when it is full, further ones "
                              "are dropped without a word.");
    if (entry.state == TcpState::Established) {
        return { tr("A UDP socket that was given a peer: it sends there, and takes datagrams from there only."),
            tr("Either program: UDP knows no connection, so nobody owes anything."),
            entry.receiveQueue > 0 ? unread : tr("Whether the peer is there shows only when it answers.") };
    }
    return { tr("A UDP socket without a peer (UNCONN): it takes datagrams from anybody, as a server does."),
        tr("Nobody: whoever sends the next datagram."),
        entry.receiveQueue > 0 ? unread : tr("To take this port, stop this program or choose another port.") };
}

SocketMeaning Meanings::ofUnix(const SocketRow& row)
{
    const SocketEntry& entry = row.entry;
    if (entry.isListening()) {
        return listening(entry);
    }
    if (entry.state != TcpState::Established) {
        return entry.isDatagrams()
            ? SocketMeaning { tr("A Unix socket of datagrams without a peer (UNCONN): it takes them from anybody who "
                                 "may "
                                 "write to it."),
                  tr("Nobody: whoever sends the next datagram."),
                  tr("If datagrams wait in Recv-Q the program does not read; those who send to it then wait, too.") }
            : SocketMeaning {
                  tr("A Unix socket without a connection: made or bound, not yet connected and not listening, "
                     "or its other side is gone."),
                  tr("Its program: it must call connect(), listen() or close()."),
                  tr("The file of a bound one stays when the program ends; the next server has to remove it first.")
              };
    }
    if (entry.receiveQueue > 0) {
        return { tr("The connection stands, and bytes have come that the program has not read."),
            tr("This program: it must call recv()."),
            tr("If Recv-Q stays or grows, it is not reading: the other side's writes will block once the buffer is "
               "full.") };
    }
    return { tr("The connection stands, within this machine, and nothing waits to be read on this side."),
        tr("Either program: whoever has something to say."),
        tr("The socket at the other end has the inode that stands there: filter for it to see whose it is.") };
}

QString Meanings::queues(const SocketEntry& entry)
{
    if (entry.isListening()) {
        return entry.sendQueue >= 0
            ? tr("Of a listening socket, Recv-Q counts connections that wait to be accepted (%1) and Send-Q how many "
                 "may wait (the backlog, %2).")
                  .arg(groupedDigits(entry.receiveQueue), groupedDigits(entry.sendQueue))
            : tr("Of a listening socket, Recv-Q counts connections that wait to be accepted (%1); how many may wait is "
                 "not told here.")
                  .arg(entry.receiveQueue);
    }
    if (entry.isUnix()) {
        return tr(
            "Recv-Q: %1 bytes that have come and nobody has read. Send-Q: %2 bytes that were written and the other "
            "program has not read.")
            .arg(groupedDigits(entry.receiveQueue),
                entry.sendQueue < 0 ? QStringLiteral("?") : groupedDigits(entry.sendQueue));
    }
    if (entry.protocol == SocketProtocol::Udp) {
        return tr("Recv-Q: %1 bytes of datagrams (with what they cost the kernel) that nobody has read. Send-Q: %2 "
                  "bytes not handed to the network yet.")
            .arg(groupedDigits(entry.receiveQueue), groupedDigits(entry.sendQueue));
    }
    return tr("Recv-Q: %1 bytes that have come and nobody has read. Send-Q: %2 bytes that were written and the other "
              "side has not confirmed.")
        .arg(groupedDigits(entry.receiveQueue), groupedDigits(entry.sendQueue));
}

} // namespace

SocketMeaning meaningOf(const SocketRow& row)
{
    return row.entry.isUnix()                       ? Meanings::ofUnix(row)
        : row.entry.protocol == SocketProtocol::Udp ? Meanings::ofUdp(row.entry)
                                                    : Meanings::ofTcp(row);
}

QString queuesText(const SocketEntry& entry)
{
    return Meanings::queues(entry);
}

} // namespace sockeye
