// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/system/socket_query.h"

#include <QtEndian>

#include <algorithm>
#include <numeric>

namespace sockeye {

namespace {

constexpr quint32 pairOf(quint16 local, quint16 foreign)
{
    return quint32(local) << 16 | foreign;
}

bool hasText(const SocketRow& row, const QString& text)
{
    for (int column = 0; column < socketColumnCount; ++column) {
        if (cellText(row, static_cast<SocketColumn>(column)).contains(text, Qt::CaseInsensitive)) {
            return true;
        }
    }
    return false;
}

/// What rows are sorted by: compared word by word, then the texts.
struct Key {
    std::array<quint64, 3> words {};
    QString text;

    friend auto operator<=>(const Key& a, const Key& b)
    {
        if (const auto order = a.words <=> b.words; order != 0) {
            return order;
        }
        const int texts = a.text.compare(b.text);
        return texts < 0 ? std::strong_ordering::less
            : texts > 0  ? std::strong_ordering::greater
                         : std::strong_ordering::equal;
    }
};

Key addressKey(const SocketAddress& address)
{
    Key key;
    if (address.isUnix()) {
        key.text = address.unixName.text();
        return key;
    }
    const Q_IPV6ADDR bytes = address.host.toIPv6Address();
    key.words = { qFromBigEndian<quint64>(bytes.c), qFromBigEndian<quint64>(bytes.c + 8), address.port };
    return key;
}

Key keyOf(const SocketRow& row, SocketColumn column)
{
    constexpr quint64 shift = quint64(1) << 63;
    switch (column) {
    case SocketColumn::Protocol:
        return { { static_cast<quint64>(row.entry.protocol), row.entry.isIPv6 ? 1U : 0U }, {} };
    case SocketColumn::ReceiveQueue:
        return { { static_cast<quint64>(row.entry.receiveQueue) ^ shift }, {} };
    case SocketColumn::SendQueue:
        return { { static_cast<quint64>(row.entry.sendQueue) ^ shift }, {} };
    case SocketColumn::Local:
        return addressKey(row.entry.local);
    case SocketColumn::Foreign:
        return addressKey(row.entry.foreign);
    case SocketColumn::State:
        return { {}, stateName(row.entry) };
    case SocketColumn::Process:
        return { { static_cast<quint64>(row.owner.known) }, row.owner.name };
    }
    return {};
}

bool isOfKind(const SocketEntry& entry, SocketKind kind)
{
    switch (kind) {
    case SocketKind::Any:
        break;
    case SocketKind::Tcp:
        return entry.protocol == SocketProtocol::Tcp;
    case SocketKind::Udp:
        return entry.protocol == SocketProtocol::Udp;
    case SocketKind::Unix:
        return entry.isUnix();
    }
    return true;
}

void sortRows(std::vector<SocketRow>& rows, const SocketQuery& query)
{
    // Where the chosen column says the same, the addresses decide: an order that does not change from look to look.
    struct Keys {
        Key first;
        Key second;
        Key third;
    };
    std::vector<Keys> keys;
    keys.reserve(rows.size());
    for (const SocketRow& row : rows) {
        keys.push_back({ keyOf(row, query.column), addressKey(row.entry.local), addressKey(row.entry.foreign) });
    }
    std::vector<std::size_t> order(rows.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        const auto first = query.descending ? keys[b].first <=> keys[a].first : keys[a].first <=> keys[b].first;
        if (first != 0) {
            return first < 0;
        }
        const auto second = keys[a].second <=> keys[b].second;
        return second != 0 ? second < 0 : (keys[a].third <=> keys[b].third) < 0;
    });
    std::vector<SocketRow> sorted;
    sorted.reserve(rows.size());
    for (const std::size_t at : order) {
        sorted.push_back(std::move(rows[at]));
    }
    rows = std::move(sorted);
}

} // namespace

QString cellText(const SocketRow& row, SocketColumn column)
{
    const SocketEntry& entry = row.entry;
    switch (column) {
    case SocketColumn::Protocol:
        return protocolName(entry);
    case SocketColumn::ReceiveQueue:
        return QString::number(entry.receiveQueue);
    case SocketColumn::SendQueue:
        return entry.sendQueue < 0 ? QStringLiteral("?") : QString::number(entry.sendQueue);
    case SocketColumn::Local:
        return localText(entry);
    case SocketColumn::Foreign:
        return foreignText(entry);
    case SocketColumn::State:
        return stateName(entry);
    case SocketColumn::Process:
        return ownerText(row.owner);
    }
    return {};
}

void SocketSelection::learnPorts(const SocketTable& table)
{
    m_pairs.clear();
    m_inodes.clear();
    for (const SocketRow& row : table.rows) {
        if (!row.owner.isOurs) {
            continue;
        }
        if (row.entry.isUnix()) {
            m_inodes.insert(row.entry.inode);
            continue;
        }
        if (row.entry.foreign.port == 0) {
            m_ports.insert(row.entry.local.port);
        } else {
            m_pairs.insert(pairOf(row.entry.foreign.port, row.entry.local.port));
        }
    }
}

/// Programs have Unix sockets that they never hear of: pairs without names, and those that lead to the desktop.
bool SocketSelection::isSockeyesUnix(const SocketRow& row) const
{
    static constexpr QStringView desktop[] = { u"/.X11-unix/", u"/.ICE-unix/", u"/wayland-", u"/bus", u"dbus",
        u"/pulse/", u"/pipewire", u"/systemd/", u"/at-spi" };
    const QString names = row.entry.local.unixName.text() + u'\n' + row.entry.foreign.unixName.text();
    const auto hasName = [](const UnixName& name) { return name.isPath() || name.isAbstract(); };
    return (row.owner.isOurs || m_inodes.contains(row.entry.peerInode))
        && (hasName(row.entry.local.unixName) || hasName(row.entry.foreign.unixName))
        && std::ranges::none_of(desktop, [&names](QStringView each) { return names.contains(each); });
}

std::vector<SocketRow> SocketSelection::select(const SocketTable& table, const SocketQuery& query)
{
    learnPorts(table);
    std::vector<SocketRow> rows;
    for (const SocketRow& row : table.rows) {
        const quint16 local = row.entry.local.port;
        const quint16 foreign = row.entry.foreign.port;
        if (query.port != 0 && local != query.port && foreign != query.port) {
            continue;
        }
        if (!isOfKind(row.entry, query.kind)) {
            continue;
        }
        const bool isSockeyes = row.entry.isUnix() ? isSockeyesUnix(row)
                                                   : row.owner.isOurs || m_ports.contains(local)
                || m_ports.contains(foreign) || (foreign != 0 && m_pairs.contains(pairOf(local, foreign)));
        if ((query.all || isSockeyes) && (query.text.isEmpty() || hasText(row, query.text))) {
            rows.push_back(row);
        }
    }
    sortRows(rows, query);
    return rows;
}

} // namespace sockeye
