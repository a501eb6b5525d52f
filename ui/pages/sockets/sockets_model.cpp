// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/sockets/sockets_model.h"

#include "app/system/socket_meaning.h"
#include "ui/text/display_text.h"
#include "ui/theme/theme.h"

#include <QHash>

namespace sockeye {

namespace {

/// What makes a socket the same one at two moments. Those that no process holds are told apart by their addresses.
struct SocketKey {
    quint64 inode = 0;
    SocketAddress local;
    SocketAddress foreign;
    quint8 kind = 0;

    friend bool operator==(const SocketKey&, const SocketKey&) = default;
};

std::size_t qHash(const SocketKey& key, std::size_t seed = 0)
{
    return key.inode != 0 ? ::qHash(key.inode, seed) : qHashMulti(seed, key.local, key.foreign, key.kind);
}

SocketKey keyOf(const SocketEntry& entry)
{
    if (entry.inode != 0) {
        return { entry.inode, {}, {}, 0 };
    }
    const int kind = int(entry.protocol) * 2 + (entry.isIPv6 ? 1 : 0);
    return { 0, entry.local, entry.foreign, static_cast<quint8>(kind) };
}

bool isNumeric(SocketColumn column)
{
    return column == SocketColumn::ReceiveQueue || column == SocketColumn::SendQueue;
}

/// As rich text, so that long sentences are wrapped; what the system names must not be taken for markup.
QString meaningHtml(const SocketRow& row)
{
    const SocketMeaning meaning = meaningOf(row);
    return QStringLiteral("<p><b>%1</b></p><p>%2</p><p>%3</p><p>%4</p>")
        .arg(stateName(row.entry), meaning.means.toHtmlEscaped(),
            SocketsModel::tr("Who must act: %1").arg(meaning.who).toHtmlEscaped(), meaning.advice.toHtmlEscaped());
}

QVariant colourOf(const SocketRow& row, SocketColumn column)
{
    const Theme& theme = Theme::instance();
    const TcpState state = row.entry.state;
    if (column == SocketColumn::State && !row.entry.isDatagrams()) {
        if (state == TcpState::CloseWait) {
            return theme.error();
        }
        if (state == TcpState::Listen || state == TcpState::Established) {
            return theme.good();
        }
    }
    const bool isOver = state == TcpState::TimeWait;
    const bool isUnknownOwner = column == SocketColumn::Process && row.owner.known != SocketOwner::Known::Process;
    return isOver || isUnknownOwner ? QVariant(theme.muted()) : QVariant();
}

} // namespace

void SocketsModel::setRows(const std::vector<SocketRow>& rows)
{
    QHash<SocketKey, int> places;
    places.reserve(static_cast<qsizetype>(rows.size()));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        places.insert(keyOf(rows[i].entry), static_cast<int>(i));
    }
    // Where each row of the table goes: to its new place, or behind all of them, from where it is taken out.
    std::vector<int> newRowOf;
    newRowOf.reserve(m_rows.size());
    std::vector<SocketRow> all = rows;
    bool moved = false;
    for (const SocketRow& old : m_rows) {
        const auto place = places.find(keyOf(old.entry));
        if (place != places.end()) {
            newRowOf.push_back(*place);
            places.erase(place);
        } else {
            newRowOf.push_back(static_cast<int>(all.size()));
            all.push_back(old);
        }
        moved = moved || newRowOf.back() != static_cast<int>(newRowOf.size()) - 1;
    }
    const int before = rowCount();
    const auto between = static_cast<int>(all.size());
    const auto after = static_cast<int>(rows.size());
    if (between > before) {
        beginInsertRows({}, before, between - 1);
        m_rows.resize(all.size());
        endInsertRows();
        for (int row = before; row < between; ++row) {
            newRowOf.push_back(-1);
        }
    }
    if (moved) {
        rearrange(std::move(all), newRowOf);
    } else {
        m_rows = std::move(all);
    }
    if (after < between) {
        beginRemoveRows({}, after, between - 1);
        m_rows.resize(rows.size());
        endRemoveRows();
    }
    if (after > 0) {
        Q_EMIT dataChanged(index(0, 0), index(after - 1, socketColumnCount - 1));
    }
}

void SocketsModel::rearrange(std::vector<SocketRow> rows, const std::vector<int>& newRowOf)
{
    Q_EMIT layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    m_rows = std::move(rows);
    QModelIndexList after;
    after.reserve(before.size());
    for (const QModelIndex& old : before) {
        const int row = newRowOf[static_cast<std::size_t>(old.row())];
        after.append(row >= 0 ? index(row, old.column()) : QModelIndex());
    }
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

int SocketsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int SocketsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : socketColumnCount;
}

QVariant SocketsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const auto column = static_cast<SocketColumn>(index.column());
    const SocketRow& shown = row(index.row());
    switch (role) {
    case Qt::DisplayRole:
        if (isNumeric(column)) {
            const bool isReceive = column == SocketColumn::ReceiveQueue;
            const qint64 number = isReceive ? shown.entry.receiveQueue : shown.entry.sendQueue;
            return number < 0 ? QStringLiteral("?") : groupedNumber(number);
        }
        return cellText(shown, column);
    case Qt::ToolTipRole:
        return isNumeric(column) ? QString(u"<p>" + queuesText(shown.entry).toHtmlEscaped() + u"</p>")
            : column == SocketColumn::Local || column == SocketColumn::Foreign
            ? QString(u"<p>" + cellText(shown, column).toHtmlEscaped() + u"</p>" + meaningHtml(shown))
            : meaningHtml(shown);
    case Qt::TextAlignmentRole:
        return int((isNumeric(column) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case Qt::ForegroundRole:
        return colourOf(shown, column);
    default:
        return {};
    }
}

QVariant SocketsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= socketColumnCount) {
        return {};
    }
    const auto column = static_cast<SocketColumn>(section);
    if (role == Qt::TextAlignmentRole) {
        return int((isNumeric(column) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) {
        return {};
    }
    const bool toolTip = role == Qt::ToolTipRole;
    switch (column) {
    case SocketColumn::Protocol:
        return toolTip
            ? tr("TCP or UDP; 6: a socket for IPv6, which may also serve IPv4. Unix sockets: of streams (u_str), of "
                 "datagrams (u_dgr), of packets (u_seq)")
            : tr("Proto");
    case SocketColumn::ReceiveQueue:
        return toolTip ? tr("Bytes that have come and the program has not read. LISTEN: connections that wait to be "
                            "accepted")
                       : tr("Recv-Q");
    case SocketColumn::SendQueue:
        return toolTip ? tr("Bytes that were written and the other side has not confirmed. LISTEN: how many "
                            "connections may wait (the backlog)")
                       : tr("Send-Q");
    case SocketColumn::Local:
        return toolTip
            ? tr("Address and port on this machine; of a Unix socket its path, @name if it is abstract, or inode")
            : tr("Local address");
    case SocketColumn::Foreign:
        return toolTip
            ? tr("Address and port of the other side; of a Unix socket its name and inode; * where there is none")
            : tr("Foreign address");
    case SocketColumn::State:
        return toolTip ? tr("Point at a state to read what it means") : tr("State");
    case SocketColumn::Process:
        return toolTip ? tr("Who holds the socket, with its process id") : tr("Process");
    }
    return {};
}

} // namespace sockeye
