// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/diagnose/local_facts.h"

#include "app/platform/file_limit.h"
#include "app/system/socket_table.h"

#include <QCoreApplication>
#include <QNetworkInterface>

#include <algorithm>

namespace sockeye {

using namespace std::chrono_literals;

namespace {

constexpr auto ownerBudget = 1s;

void take(LocalFacts& facts, const SocketRow& row, const QList<QHostAddress>& local)
{
    const SocketEntry& entry = row.entry;
    const bool reached = std::any_of(
        local.begin(), local.end(), [&entry](const QHostAddress& address) { return covers(entry, address); });
    if (entry.isListening() && reached) {
        facts.listener = ownerText(row.owner);
        facts.listensOn = endText(entry.local);
        facts.waiting = entry.receiveQueue;
        facts.backlogFull = entry.sendQueue >= 0 && entry.receiveQueue > entry.sendQueue;
    } else if (entry.isListening()) {
        facts.elsewhere = QCoreApplication::translate("sockeye::LocalFacts", "%1 on %2")
                              .arg(ownerText(row.owner), endText(entry.local));
    } else if (entry.protocol == SocketProtocol::Udp && entry.foreign.port == 0 && reached) {
        facts.datagrams = ownerText(row.owner);
    } else if (entry.state == TcpState::TimeWait) {
        ++facts.leftBehind;
    }
}

} // namespace

LocalFacts lookAround(const QList<QHostAddress>& addresses, quint16 port)
{
    const QList<QHostAddress> own = QNetworkInterface::allAddresses();
    QList<QHostAddress> local;
    for (const QHostAddress& address : addresses) {
        QHostAddress bare = address;
        bare.setScopeId({});
        const bool isAny =
            address == QHostAddress(QHostAddress::AnyIPv4) || address == QHostAddress(QHostAddress::AnyIPv6);
        if (address.isLoopback() || isAny || own.contains(address) || own.contains(bare)) {
            local.append(isAny && address.protocol() == QAbstractSocket::IPv4Protocol
                    ? QHostAddress(QHostAddress::LocalHost)
                    : isAny ? QHostAddress(QHostAddress::LocalHostIPv6)
                            : address);
        }
    }
    LocalFacts facts;
    facts.isLocal = !local.isEmpty();
    if (!facts.isLocal) {
        return facts;
    }
    SocketOwners owners;
    const SocketTable table = readSockets(owners, ownerBudget);
    facts.isKnown = table.source != SocketTable::Source::None;
    for (const SocketRow& row : table.rows) {
        if (row.entry.local.port == port) {
            take(facts, row, local);
        }
    }
    return facts;
}

bool canLookAround()
{
    constexpr int needed = 6;
    return canOpenFiles(needed);
}

} // namespace sockeye
