// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/relay/held_model.h"

#include "protocol/protocols/registry.h"
#include "protocol/text/describe_bytes.h"

#include <algorithm>

namespace sockeye {

void HeldModel::take(const std::vector<HeldMessage>& messages)
{
    // Both are by id: some have gone, and others have come at the end.
    std::size_t at = 0;
    for (const HeldMessage& each : messages) {
        std::size_t gone = at;
        while (gone < m_rows.size() && m_rows[gone].message.id < each.id) {
            ++gone;
        }
        if (gone > at) {
            beginRemoveRows({}, static_cast<int>(at), static_cast<int>(gone) - 1);
            m_rows.erase(
                m_rows.begin() + static_cast<std::ptrdiff_t>(at), m_rows.begin() + static_cast<std::ptrdiff_t>(gone));
            endRemoveRows();
        }
        if (at == m_rows.size()) {
            break;
        }
        m_rows[at].message.isDecided = each.isDecided;
        ++at;
    }
    if (at < m_rows.size()) {
        beginRemoveRows({}, static_cast<int>(at), static_cast<int>(m_rows.size()) - 1);
        m_rows.resize(at);
        endRemoveRows();
    }
    if (at < messages.size()) {
        beginInsertRows({}, static_cast<int>(at), static_cast<int>(messages.size()) - 1);
        const ProtocolPtr& spoken = m_protocol ? m_protocol : defaultProtocol();
        for (; at < messages.size(); ++at) {
            const QByteArray& bytes = messages[at].bytes;
            const bool isFromClient = messages[at].direction == Direction::In;
            const ProtocolPtr protocol = spokenBy(spoken, isFromClient ? Sender::Client : Sender::Server);
            const qint64 first = std::clamp<qint64>(protocol->summaryBytes(bytes), 0, bytes.size());
            m_rows.push_back(
                { messages[at], protocol->summary(QByteArrayView(bytes).first(first), bytes.size()).text });
        }
        endInsertRows();
    }
}

void HeldModel::setTime(std::chrono::microseconds now)
{
    m_now = now;
    const auto second = std::chrono::floor<std::chrono::seconds>(now);
    if (second != m_shownAt && !m_rows.empty()) {
        m_shownAt = second;
        Q_EMIT dataChanged(index(0, Left), index(rowCount() - 1, Left), { Qt::DisplayRole });
    }
}

int HeldModel::rowOf(quint64 id) const
{
    const auto found = std::ranges::lower_bound(m_rows, id, {}, [](const Row& row) { return row.message.id; });
    return found != m_rows.end() && found->message.id == id ? static_cast<int>(found - m_rows.begin()) : -1;
}

int HeldModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int HeldModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : columns;
}

QString HeldModel::wayText(Direction direction)
{
    return direction == Direction::In ? tr("to target") : tr("to client");
}

QString HeldModel::leftText(const HeldMessage& message) const
{
    if (message.isDecided) {
        return tr("decided");
    }
    if (message.due == HeldMessage::never) {
        return tr("no limit");
    }
    const auto left = std::chrono::ceil<std::chrono::seconds>(message.due - m_now);
    return tr("%1 s").arg(std::max<qint64>(left.count(), 0));
}

QString HeldModel::text(const Row& row, int column) const
{
    switch (column) {
    case Connection:
        return u'#' + QString::number(row.message.connection);
    case Way:
        return wayText(row.message.direction);
    case Size:
        return groupedDigits(row.message.bytes.size());
    case Summary:
        return row.summary;
    default:
        return leftText(row.message);
    }
}

QVariant HeldModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount()) {
        return {};
    }
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    if (role == Qt::DisplayRole) {
        return text(row, index.column());
    }
    if (role == Qt::TextAlignmentRole && (index.column() == Size || index.column() == Left)) {
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    }
    if (role == Qt::ToolTipRole && index.column() == Left && row.message.isDecided) {
        return tr("It goes as soon as those before it in its direction have gone");
    }
    return {};
}

QVariant HeldModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        const bool isNumber = section == Size || section == Left;
        return QVariant((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case Connection:
        return tr("#");
    case Way:
        return tr("Direction");
    case Size:
        return tr("Bytes");
    case Summary:
        return tr("Message");
    default:
        return tr("Time left");
    }
}

} // namespace sockeye
