// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/platform/linux/unix_sockets.h"

#include "app/platform/linux/netlink.h"
#include "app/platform/socket_source.h"

#include <QFile>
#include <QHash>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <optional>

#include <linux/rtnetlink.h>
#include <linux/unix_diag.h>

namespace sockeye {

namespace {

std::optional<SocketProtocol> protocolOf(quint64 type)
{
    switch (type) {
    case SOCK_STREAM:
        return SocketProtocol::UnixStream;
    case SOCK_DGRAM:
        return SocketProtocol::UnixDatagram;
    case SOCK_SEQPACKET:
        return SocketProtocol::UnixPacket;
    default:
        return std::nullopt;
    }
}

/// What of an attribute there is; the rest of `value` stays as it is.
template <typename T> void copyInto(T& value, QByteArrayView data)
{
    if (data.size() >= qsizetype(sizeof value)) {
        std::memcpy(&value, data.data(), sizeof value);
    }
}

void takeAttribute(SocketEntry& entry, int type, QByteArrayView data)
{
    quint32 number = 0;
    copyInto(number, data);
    switch (type) {
    case UNIX_DIAG_NAME:
        entry.local.unixName = UnixName::fromBytes(data.startsWith('\0')
                ? data.toByteArray()
                : data.first(static_cast<qsizetype>(qstrnlen(data.data(), static_cast<std::size_t>(data.size()))))
                      .toByteArray());
        break;
    case UNIX_DIAG_PEER:
        entry.peerInode = number;
        break;
    case UNIX_DIAG_RQLEN: {
        unix_diag_rqlen queues {};
        copyInto(queues, data);
        entry.receiveQueue = queues.udiag_rqueue;
        entry.sendQueue = queues.udiag_wqueue;
        break;
    }
    case UNIX_DIAG_UID:
        entry.user = number;
        break;
    default:
        break;
    }
}

void takeSocket(QByteArrayView body, std::vector<SocketEntry>& entries)
{
    unix_diag_msg message {};
    if (body.size() < qsizetype(sizeof message)) {
        return;
    }
    std::memcpy(&message, body.data(), sizeof message);
    const auto protocol = protocolOf(message.udiag_type);
    if (!protocol) {
        return;
    }
    SocketEntry entry;
    entry.protocol = *protocol;
    entry.state = message.udiag_state <= static_cast<quint8>(TcpState::NewSynReceived)
        ? static_cast<TcpState>(message.udiag_state)
        : TcpState::Unknown;
    entry.inode = message.udiag_ino;
    entry.local.unixName = UnixName::unnamed(0);
    for (QByteArrayView rest = body.sliced(NLMSG_ALIGN(sizeof message)); rest.size() >= qsizetype(sizeof(rtattr));) {
        rtattr attribute {};
        std::memcpy(&attribute, rest.data(), sizeof attribute);
        if (attribute.rta_len < sizeof attribute || attribute.rta_len > rest.size()) {
            break;
        }
        takeAttribute(entry, attribute.rta_type, rest.sliced(sizeof attribute, attribute.rta_len - sizeof attribute));
        rest = rest.sliced(std::min<qsizetype>(RTA_ALIGN(attribute.rta_len), rest.size()));
    }
    entries.push_back(entry);
}

/// Who has a peer has its inode: the name is that socket's.
void nameThePeers(std::vector<SocketEntry>& entries)
{
    QHash<quint64, UnixName> names;
    for (const SocketEntry& entry : entries) {
        names.insert(entry.inode, entry.local.unixName);
    }
    for (SocketEntry& entry : entries) {
        if (entry.peerInode != 0) {
            entry.foreign.unixName = names.value(entry.peerInode, UnixName::unnamed(0));
        }
    }
}

QByteArrayView nextWord(QByteArrayView& rest)
{
    qsizetype begin = 0;
    while (begin < rest.size() && rest[begin] == ' ') {
        ++begin;
    }
    const qsizetype space = rest.indexOf(' ', begin);
    const qsizetype end = space < 0 ? rest.size() : space;
    const QByteArrayView word = rest.sliced(begin, end - begin);
    rest = rest.sliced(end);
    return word;
}

struct UnixRequest {
    nlmsghdr header;
    unix_diag_req body;
};

int askNetlink(std::vector<SocketEntry>& entries)
{
    const Netlink netlink;
    if (netlink.descriptor() < 0) {
        return errno;
    }
    UnixRequest request {};
    request.header.nlmsg_len = sizeof request;
    request.header.nlmsg_type = SOCK_DIAG_BY_FAMILY;
    request.header.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
    request.body.sdiag_family = AF_UNIX;
    request.body.udiag_states = ~0U;
    request.body.udiag_show = UDIAG_SHOW_NAME | UDIAG_SHOW_PEER | UDIAG_SHOW_RQLEN | UDIAG_SHOW_UID;
    if (::send(netlink.descriptor(), &request, sizeof request, 0) != ssize_t(sizeof request)) {
        return errno;
    }
    return readDiagDump(netlink, [&entries](QByteArrayView bytes) { return parseUnixDiag(bytes, entries); });
}

} // namespace

int parseUnixDiag(QByteArrayView bytes, std::vector<SocketEntry>& entries)
{
    return eachDiagAnswer(bytes, [&entries](QByteArrayView body) { takeSocket(body, entries); });
}

void parseProcNetUnix(QByteArrayView text, std::vector<SocketEntry>& entries)
{
    // Num RefCount Protocol Flags Type St Inode Path: the path is the rest of the line, whatever it holds.
    constexpr qsizetype pathAt = 7;
    constexpr quint64 listens = 0x10000; // __SO_ACCEPTCON
    constexpr quint64 connected = 3; // SS_CONNECTED
    qsizetype begin = text.indexOf('\n') + 1; // the first line names the columns
    while (begin > 0 && begin < text.size()) {
        const qsizetype found = text.indexOf('\n', begin);
        const qsizetype end = found < 0 ? text.size() : found;
        QByteArrayView rest = text.sliced(begin, end - begin);
        begin = end + 1;
        std::array<QByteArrayView, pathAt> words;
        std::ranges::generate(words, [&rest] { return nextWord(rest); });
        const quint64 flags = words[3].toULongLong(nullptr, 16);
        const auto protocol = protocolOf(words[4].toULongLong(nullptr, 16));
        bool isNumber = false;
        SocketEntry entry;
        entry.inode = words[6].toULongLong(&isNumber);
        if (!isNumber || !protocol) {
            continue;
        }
        entry.protocol = *protocol;
        entry.state = (flags & listens) != 0                 ? TcpState::Listen
            : words[5].toULongLong(nullptr, 16) == connected ? TcpState::Established
                                                             : TcpState::Closed;
        entry.sendQueue = -1;
        QByteArray name = rest.isEmpty() ? QByteArray() : rest.sliced(1).toByteArray();
        if (name.startsWith('@')) {
            name[0] = '\0';
        }
        entry.local.unixName = UnixName::fromBytes(name);
        entries.push_back(entry);
    }
}

void readUnixSockets(std::vector<SocketEntry>& entries)
{
    std::vector<SocketEntry> read;
    if (askNetlink(read) != 0) {
        read.clear();
        QFile file(QStringLiteral("/proc/net/unix"));
        if (file.open(QIODevice::ReadOnly)) {
            parseProcNetUnix(file.readAll(), read);
        }
    }
    nameThePeers(read);
    entries.insert(entries.end(), std::make_move_iterator(read.begin()), std::make_move_iterator(read.end()));
}

void askForUnixSockets(std::vector<SocketEntry>& entries)
{
    readUnixSockets(entries);
}

} // namespace sockeye
