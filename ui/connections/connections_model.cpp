// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/connections/connections_model.h"

#include "ui/models/ticker.h"
#include "ui/theme/theme.h"

#include <algorithm>
#include <numeric>

namespace sockeye {

namespace {

constexpr qint64 passMilliseconds = 500;
// Beyond so many changed rows one signal for the range is cheaper for a view than one each.
constexpr std::size_t maxSingleChanges = 32;

bool isNumeric(ConnectionColumn column)
{
    switch (column) {
    case ConnectionColumn::Peer:
    case ConnectionColumn::State:
    case ConnectionColumn::Waiting:
    case ConnectionColumn::TcpState:
    case ConnectionColumn::Target:
        return false;
    default:
        return true;
    }
}

} // namespace

ConnectionsModel::ConnectionsModel(QObject* parent)
    : QAbstractTableModel(parent)
{
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        if (!m_order.empty()) {
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, connectionColumnCount - 1), { Qt::ForegroundRole });
        }
    });
}

void ConnectionsModel::setCapture(std::shared_ptr<Capture> capture, bool live)
{
    disconnect(&Ticker::instance(), nullptr, this, nullptr);
    beginResetModel();
    m_capture = std::move(capture);
    m_live = live;
    m_revision = 0;
    m_targetsRevision = 0;
    m_open = 0;
    m_latest = 0;
    m_entries.clear();
    m_entryOf.clear();
    m_order.clear();
    m_rowOf.clear();
    m_cleared.clear();
    endResetModel();
    if (m_capture) {
        connect(&Ticker::instance(), &Ticker::tick, this, &ConnectionsModel::takeNew);
        m_sincePass.start();
        takeNew();
    }
    Q_EMIT countsChanged();
}

WaitingContext ConnectionsModel::context() const
{
    return { m_capture ? m_capture->protocol() : defaultProtocol(), m_noneRead, m_live, captureNow(),
        m_idleLimit.count(), m_linger.count(), 0 };
}

void ConnectionsModel::takeNew()
{
    if (!m_capture) {
        return;
    }
    const QList<ConnectionRecord> records = m_capture->connectionsSince(m_revision);
    const int openBefore = m_open;
    std::vector<int> changedRows;
    std::vector<ConnectionRecord> fresh;
    for (const ConnectionRecord& record : records) {
        if (m_entryOf.contains(record.id)) {
            update(record, changedRows);
        } else if (!m_cleared.contains(record.id)) {
            fresh.push_back(record);
        }
    }
    emitChanged(std::move(changedRows));
    const bool grew = !fresh.empty();
    const std::size_t known = m_order.size();
    insert(std::move(fresh));
    if (grew && m_sortColumn < 0) {
        mergeNew(known);
    }
    lookAtTargets();
    if (grew || m_open != openBefore) {
        Q_EMIT countsChanged();
    }
    if (m_sincePass.hasExpired(passMilliseconds)) {
        m_sincePass.start();
        passTime();
    }
}

void ConnectionsModel::update(const ConnectionRecord& record, std::vector<int>& changedRows)
{
    const int at = m_entryOf.value(record.id);
    ConnectionEntry& entry = m_entries[static_cast<std::size_t>(at)];
    m_open -= entry.isOpen() ? 1 : 0;
    entry.record = record;
    m_open += entry.isOpen() ? 1 : 0;
    changedRows.push_back(m_rowOf[static_cast<std::size_t>(at)]);
}

void ConnectionsModel::emitChanged(std::vector<int> rows)
{
    if (rows.empty()) {
        return;
    }
    const auto changed = [this](int first, int last) {
        Q_EMIT dataChanged(index(first, 0), index(last, connectionColumnCount - 1));
    };
    std::sort(rows.begin(), rows.end());
    if (rows.size() > maxSingleChanges) {
        changed(rows.front(), rows.back());
        return;
    }
    for (const int row : rows) {
        changed(row, row);
    }
}

void ConnectionsModel::insert(std::vector<ConnectionRecord> records)
{
    if (records.empty()) {
        return;
    }
    // The capture names what changed, in any order; people expect connections in the order of their numbers.
    std::sort(records.begin(), records.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    const int first = static_cast<int>(m_entries.size());
    beginInsertRows({}, first, first + static_cast<int>(records.size()) - 1);
    for (ConnectionRecord& record : records) {
        const int at = static_cast<int>(m_entries.size());
        m_entryOf.insert(record.id, at);
        m_entries.emplace_back().record = std::move(record);
        m_open += m_entries.back().isOpen() ? 1 : 0;
        m_latest = std::max(m_latest, m_entries.back().record.id);
        m_order.push_back(at);
        m_rowOf.push_back(at);
    }
    endInsertRows();
    m_targetsRevision = 0; // their targets may have been told of before they were here
}

void ConnectionsModel::passTime()
{
    if (m_live && !m_entries.empty()) {
        for (ConnectionEntry& entry : m_entries) {
            entry.sample();
        }
        Q_EMIT dataChanged(index(0, int(ConnectionColumn::Rate)), index(rowCount() - 1, int(ConnectionColumn::Waiting)),
            { Qt::DisplayRole });
    }
    if (m_sortColumn >= 0) {
        renewOrder();
    }
}

void ConnectionsModel::sort(int column, Qt::SortOrder order)
{
    m_sortColumn = column < connectionColumnCount ? column : -1;
    m_sortOrder = order;
    renewOrder();
}

void ConnectionsModel::mergeNew(std::size_t known)
{
    // Several I/O threads tell of new connections in no particular order: without a choice it is that of the numbers.
    // What is new is sorted, and only the last rows before it can belong behind its first.
    const auto byNumber = [this](int a, int b) {
        return m_entries[static_cast<std::size_t>(a)].record.id < m_entries[static_cast<std::size_t>(b)].record.id;
    };
    const auto middle = m_order.cbegin() + static_cast<std::ptrdiff_t>(known);
    const auto first = std::upper_bound(m_order.cbegin(), middle, *middle, byNumber);
    if (first == middle) {
        return;
    }
    std::vector<int> order = m_order;
    std::inplace_merge(
        order.begin() + (first - m_order.cbegin()), order.begin() + (middle - m_order.cbegin()), order.end(), byNumber);
    setOrder(std::move(order));
}

void ConnectionsModel::renewOrder()
{
    std::vector<int> order(m_entries.size());
    std::iota(order.begin(), order.end(), 0);
    const bool chosen = m_sortColumn >= 0;
    const auto column = chosen ? static_cast<ConnectionColumn>(m_sortColumn) : ConnectionColumn::Number;
    const bool ascending = !chosen || m_sortOrder == Qt::AscendingOrder;
    std::vector<ConnectionSortKey> keys;
    keys.reserve(m_entries.size());
    const WaitingContext now = context();
    for (const ConnectionEntry& entry : m_entries) {
        keys.push_back(sortKey(entry, column, now));
    }
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
        const ConnectionSortKey& left = keys[static_cast<std::size_t>(a)];
        const ConnectionSortKey& right = keys[static_cast<std::size_t>(b)];
        return ascending ? left < right : right < left;
    });
    if (order != m_order) {
        setOrder(std::move(order));
    }
}

void ConnectionsModel::setOrder(std::vector<int> order)
{
    Q_EMIT layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    const std::vector<int> orderBefore = std::exchange(m_order, std::move(order));
    for (std::size_t row = 0; row < m_order.size(); ++row) {
        m_rowOf[static_cast<std::size_t>(m_order[row])] = static_cast<int>(row);
    }
    QModelIndexList after;
    after.reserve(before.size());
    for (const QModelIndex& old : before) {
        const int at = orderBefore[static_cast<std::size_t>(old.row())];
        after.append(index(m_rowOf[static_cast<std::size_t>(at)], old.column()));
    }
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

void ConnectionsModel::setNotReading(quint32 connection, bool notReading)
{
    const auto found = m_entryOf.constFind(connection);
    if (found != m_entryOf.cend()) {
        m_entries[static_cast<std::size_t>(*found)].notReading = notReading;
        emitChanged({ m_rowOf[static_cast<std::size_t>(*found)] });
    }
}

void ConnectionsModel::setHalfClosed(quint32 connection)
{
    const auto found = m_entryOf.constFind(connection);
    if (found != m_entryOf.cend()) {
        m_entries[static_cast<std::size_t>(*found)].halfClosed = true;
    }
}

void ConnectionsModel::setPatience(std::chrono::nanoseconds idle, std::chrono::nanoseconds linger)
{
    m_idleLimit = idle;
    m_linger = linger;
}

void ConnectionsModel::setKernelFacts(const QList<KernelSample>& samples)
{
    std::vector<int> rows;
    for (const KernelSample& sample : samples) {
        const auto found = m_entryOf.constFind(sample.connection);
        if (found != m_entryOf.cend()) {
            m_entries[static_cast<std::size_t>(*found)].kernel = sample.facts;
            rows.push_back(m_rowOf[static_cast<std::size_t>(*found)]);
        }
    }
    emitChanged(std::move(rows));
}

void ConnectionsModel::setTargets(const TargetSource& targets)
{
    m_targets = targets;
    m_targetsRevision = 0;
}

void ConnectionsModel::lookAtTargets()
{
    const quint64 revision = m_targets.revision ? m_targets.revision() : 0;
    if (revision == m_targetsRevision) {
        return;
    }
    m_targetsRevision = revision;
    std::vector<int> rows;
    for (std::size_t at = 0; at < m_entries.size(); ++at) {
        std::optional<TargetLeg>& known = m_entries[at].target;
        const bool isOver =
            known && (known->state == TargetLeg::State::Closed || known->state == TargetLeg::State::Failed);
        if (isOver) {
            continue;
        }
        std::optional<TargetLeg> now = m_targets.of(m_entries[at].record.id);
        if (now && (!known || known->state != now->state)) {
            known = std::move(now);
            rows.push_back(m_rowOf[at]);
        }
    }
    emitChanged(std::move(rows));
}

void ConnectionsModel::setNoneRead(bool none)
{
    m_noneRead = none;
    if (!m_order.empty()) {
        emitChanged({ 0, rowCount() - 1 });
    }
}

bool ConnectionsModel::isNotReading(quint32 connection) const
{
    const auto found = m_entryOf.constFind(connection);
    return found != m_entryOf.cend() && m_entries[static_cast<std::size_t>(*found)].notReading;
}

void ConnectionsModel::clearClosed()
{
    beginResetModel();
    std::erase_if(m_entries, [this](const ConnectionEntry& entry) {
        if (!entry.isOpen()) {
            m_cleared.insert(entry.record.id);
        }
        return !entry.isOpen();
    });
    m_entries.shrink_to_fit(); // there may have been ten thousand
    m_entryOf.clear();
    for (std::size_t at = 0; at < m_entries.size(); ++at) {
        m_entryOf.insert(m_entries[at].record.id, static_cast<int>(at));
    }
    m_order.resize(m_entries.size());
    std::iota(m_order.begin(), m_order.end(), 0);
    m_rowOf = m_order;
    endResetModel();
    renewOrder();
    Q_EMIT countsChanged();
}

const ConnectionEntry& ConnectionsModel::entry(int row) const
{
    return m_entries[static_cast<std::size_t>(m_order[static_cast<std::size_t>(row)])];
}

int ConnectionsModel::rowOf(quint32 connection) const
{
    const auto found = m_entryOf.constFind(connection);
    return found != m_entryOf.cend() ? m_rowOf[static_cast<std::size_t>(*found)] : -1;
}

Waiting ConnectionsModel::waiting(int row) const
{
    return waitingOf(entry(row), context());
}

int ConnectionsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_order.size());
}

int ConnectionsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : connectionColumnCount;
}

QVariant ConnectionsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const auto column = static_cast<ConnectionColumn>(index.column());
    const ConnectionEntry& shown = entry(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return cellText(shown, column, context());
    case Qt::ToolTipRole:
        return cellToolTip(shown, column, context());
    case Qt::TextAlignmentRole:
        return int((isNumeric(column) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case Qt::ForegroundRole:
        if (!shown.record.error.isEmpty()
            && (column == ConnectionColumn::State || column == ConnectionColumn::Waiting)) {
            return Theme::instance().error();
        }
        if (column == ConnectionColumn::Target && shown.target && shown.target->state == TargetLeg::State::Failed) {
            return Theme::instance().error();
        }
        if (column == ConnectionColumn::State && shown.isOpen()) {
            return Theme::instance().good();
        }
        return shown.isOpen() ? QVariant() : QVariant(Theme::instance().muted());
    default:
        return {};
    }
}

QVariant ConnectionsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= connectionColumnCount) {
        return {};
    }
    const auto column = static_cast<ConnectionColumn>(section);
    if (role == Qt::TextAlignmentRole) {
        return int((isNumeric(column) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) {
        return {};
    }
    const bool toolTip = role == Qt::ToolTipRole;
    switch (column) {
    case ConnectionColumn::Number:
        return toolTip ? tr("Connections are numbered as they open") : tr("#", "number of a connection");
    case ConnectionColumn::Peer:
        return toolTip ? tr("Address and port of the other side") : tr("Peer");
    case ConnectionColumn::Target:
        return toolTip ? tr("Address and port that the relay connected to for it") : tr("Target");
    case ConnectionColumn::State:
        return toolTip ? QString() : tr("State");
    case ConnectionColumn::In:
        return toolTip ? tr("Bytes that came in") : tr("In");
    case ConnectionColumn::Out:
        return toolTip ? tr("Bytes that went out") : tr("Out");
    case ConnectionColumn::Messages:
        return toolTip ? tr("Whole messages, in / out") : tr("Messages");
    case ConnectionColumn::Rate:
        return toolTip ? tr("Bytes a second over the last second, both ways together") : tr("Rate");
    case ConnectionColumn::Age:
        return toolTip ? tr("Since it was opened; how long it lasted, once it is closed") : tr("Age");
    case ConnectionColumn::Waiting:
        return toolTip ? tr("What it waits for, and why nothing happens. Point at a row for what to try")
                       : tr("Waiting for");
    default:
        return toolTip ? kernelToolTip(column) : kernelTitle(column);
    }
}

} // namespace sockeye
