// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/system/socket_table.h"

#include "app/events/event.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye {

using namespace std::chrono_literals;

SocketTable readSockets(SocketOwners& owners, std::chrono::milliseconds budget, SocketsWanted wanted)
{
    SocketTable table;
    table.time = captureNow();
    std::vector<SocketEntry> entries;
    table.source = askForSockets(entries, wanted == SocketsWanted::Listening);
    if (wanted == SocketsWanted::All) {
        askForUnixSockets(entries);
    }
    if (wanted == SocketsWanted::Listening) {
        std::erase_if(entries, [](const SocketEntry& entry) {
            return !entry.isListening()
                && (entry.protocol == SocketProtocol::Tcp || entry.state == TcpState::Established);
        });
    }
    std::vector<SocketOwner> found = owners.find(entries, budget);
    table.rows.reserve(entries.size());
    for (std::size_t i = 0; i < entries.size(); ++i) {
        table.rows.push_back({ std::move(entries[i]), std::move(found[i]) });
    }
    return table;
}

QString sourceNote(SocketTable::Source source)
{
    switch (source) {
    case SocketTable::Source::Netlink:
        break;
    case SocketTable::Source::ProcNet:
        return QCoreApplication::translate("sockeye::SocketTable",
            "The kernel refuses sock_diag here, so this comes from /proc/net: sizes of backlogs are not known, nor "
            "queues and peers of Unix sockets.");
    case SocketTable::Source::None:
        return !asksForSockets()
            ? QCoreApplication::translate("sockeye::SocketTable",
                "The sockets of the machine are not available in this build: it knows no way to ask this system for "
                "them. What Sockeye's own servers and clients have is on their pages.")
            : QCoreApplication::translate("sockeye::SocketTable",
                "This system does not tell of its sockets in a way that Sockeye knows (Linux: sock_diag, /proc/net).");
    }
    return {};
}

bool covers(const SocketEntry& listening, const QHostAddress& host)
{
    if (listening.local.host == host) {
        return true;
    }
    const bool hostIsIPv6 = host.protocol() == QAbstractSocket::IPv6Protocol;
    if (listening.isIPv6) {
        // One that was told to be for IPv6 only cannot be told apart from here.
        return listening.local.host == QHostAddress(QHostAddress::AnyIPv6);
    }
    return !hostIsIPv6 && listening.local.host == QHostAddress(QHostAddress::AnyIPv4);
}

QString holderOf(const SocketAddress& address, SocketProtocol protocol)
{
    constexpr auto budget = 150ms;
    SocketOwners owners;
    const bool isUnix = address.isUnix();
    const SocketTable table = readSockets(owners, budget, isUnix ? SocketsWanted::All : SocketsWanted::Listening);
    const bool wantsEvery = address.host == QHostAddress(QHostAddress::AnyIPv4)
        || address.host == QHostAddress(QHostAddress::AnyIPv6) || address.host == QHostAddress(QHostAddress::Any);
    const auto found = std::find_if(table.rows.begin(), table.rows.end(), [&](const SocketRow& row) {
        if (isUnix) {
            return row.entry.local.unixName == address.unixName && row.entry.peerInode == 0;
        }
        return row.entry.protocol == protocol && row.entry.local.port == address.port
            && (wantsEvery || covers(row.entry, address.host));
    });
    if (found == table.rows.end()) {
        return {};
    }
    return ownerText(found->owner);
}

} // namespace sockeye
