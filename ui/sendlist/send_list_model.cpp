// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/sendlist/send_list_model.h"

#include "protocol/rules/table_reader.h"
#include "protocol/sendlist/list_reader.h"
#include "ui/sendlist/message_keys.h"

#include <algorithm>
#include <utility>

namespace sockeye {

void SendListModel::setList(const SendList& list)
{
    beginResetModel();
    m_list = list;
    m_rows.assign(list.messages.size(), {});
    endResetModel();
    Q_EMIT edited();
}

void SendListModel::setLoop(qint64 loop)
{
    if (m_list.loop != loop) {
        m_list.loop = loop;
        Q_EMIT edited();
    }
}

void SendListModel::setGoesOn(bool goesOn)
{
    if (m_list.goesOn != goesOn) {
        m_list.goesOn = goesOn;
        Q_EMIT edited();
    }
}

bool SendListModel::insert(int row, const ListMessage& message)
{
    if (m_list.messages.size() >= maxListMessages || row < 0 || row > rowCount()) {
        return false;
    }
    beginInsertRows({}, row, row);
    m_list.messages.insert(m_list.messages.begin() + row, message);
    m_rows.insert(m_rows.begin() + row, Row());
    endInsertRows();
    Q_EMIT edited();
    return true;
}

bool SendListModel::move(int row, int by)
{
    const int to = row + by;
    if (row < 0 || row >= rowCount() || to < 0 || to >= rowCount() || std::abs(by) != 1) {
        return false;
    }
    beginMoveRows({}, row, row, {}, by > 0 ? to + 1 : to);
    std::swap(m_list.messages[static_cast<std::size_t>(row)], m_list.messages[static_cast<std::size_t>(to)]);
    std::swap(m_rows[static_cast<std::size_t>(row)], m_rows[static_cast<std::size_t>(to)]);
    endMoveRows();
    Q_EMIT edited();
    return true;
}

void SendListModel::setContent(int row, const ListMessage& message)
{
    if (row < 0 || row >= rowCount()) {
        return;
    }
    ListMessage& changed = m_list.messages[static_cast<std::size_t>(row)];
    changed.content = message.content;
    changed.value = message.value;
    changed.escapes = message.escapes;
    changed.macros = message.macros;
    changed.encoding = message.encoding;
    changed.checksum = message.checksum;
    m_rows[static_cast<std::size_t>(row)] = {};
    Q_EMIT dataChanged(index(row, 0), index(row, columns - 1));
    Q_EMIT edited();
}

void SendListModel::setStep(const ListStep& step)
{
    if (step.message >= 0 && step.message < static_cast<qsizetype>(m_rows.size())) {
        Row& row = m_rows[static_cast<std::size_t>(step.message)];
        row.step = step;
        row.isDone = true;
        const QModelIndex cell = index(static_cast<int>(step.message), Outcome);
        Q_EMIT dataChanged(cell, cell);
    }
}

void SendListModel::setWaiting(int row, std::chrono::milliseconds time, bool forReply)
{
    const Waiting now { row < rowCount() ? row : -1, time, forReply };
    if (now == m_waiting) {
        return;
    }
    const Waiting before = std::exchange(m_waiting, now);
    for (const int changed : { before.row, now.row }) {
        if (changed >= 0 && changed < rowCount()) {
            const QModelIndex cell = index(changed, Outcome);
            Q_EMIT dataChanged(cell, cell);
        }
    }
}

bool SendListModel::isWaiting(const Row& row) const
{
    return m_waiting.row >= 0 && m_waiting.row < rowCount() && &row == &m_rows[static_cast<std::size_t>(m_waiting.row)];
}

void SendListModel::clearSteps()
{
    for (Row& row : m_rows) {
        row.isDone = false;
        row.failures = 0;
    }
    if (rowCount() > 0) {
        Q_EMIT dataChanged(index(0, Outcome), index(rowCount() - 1, Outcome));
    }
}

void SendListModel::addFailures(int row, qint64 count, const QString& reason)
{
    if (row >= 0 && row < rowCount() && count > 0) {
        Row& failed = m_rows[static_cast<std::size_t>(row)];
        failed.failures += count;
        failed.failure = reason;
        rowChanged(row);
    }
}

void SendListModel::clearFailures(int row)
{
    if (row >= 0 && row < rowCount()) {
        m_rows[static_cast<std::size_t>(row)].failures = 0;
        rowChanged(row);
    }
}

void SendListModel::rowChanged(int row)
{
    Q_EMIT dataChanged(index(row, 0), index(row, columns - 1));
}

void SendListModel::setProblems(const QList<QStringList>& problems)
{
    for (int row = 0; row < rowCount(); ++row) {
        QStringList& now = m_rows[static_cast<std::size_t>(row)].problems;
        if (now != problems.value(row)) {
            now = problems.value(row);
            rowChanged(row);
        }
    }
}

void SendListModel::setKeyProblems(const QHash<int, QString>& problems)
{
    for (int row = 0; row < rowCount(); ++row) {
        QString& now = m_rows[static_cast<std::size_t>(row)].keyProblem;
        if (now != problems.value(row)) {
            now = problems.value(row);
            rowChanged(row);
        }
    }
}

void SendListModel::setPreviews(const QStringList& previews)
{
    for (int row = 0; row < rowCount(); ++row) {
        m_rows[static_cast<std::size_t>(row)].preview = previews.value(row);
    }
}

QStringList SendListModel::complaints(int row) const
{
    const Row& asked = m_rows[static_cast<std::size_t>(row)];
    QStringList all = asked.problems;
    if (!asked.keyProblem.isEmpty()) {
        all.append(asked.keyProblem);
    }
    if (asked.failures > 1) {
        const int times = static_cast<int>(std::min<qint64>(asked.failures, maxListLoops));
        all.append(tr("%n time(s), last: %1", nullptr, times).arg(asked.failure));
    } else if (asked.failures == 1) {
        all.append(asked.failure);
    }
    return all;
}

QString SendListModel::title(int row) const
{
    const QString& name = m_list.messages[static_cast<std::size_t>(row)].name;
    return name.isEmpty() ? tr("message %1").arg(row + 1) : name;
}

bool SendListModel::removeRows(int row, int count, const QModelIndex& parent)
{
    if (parent.isValid() || row < 0 || count < 1 || row > rowCount() - count) {
        return false;
    }
    beginRemoveRows(parent, row, row + count - 1);
    m_list.messages.erase(m_list.messages.begin() + row, m_list.messages.begin() + row + count);
    m_rows.erase(m_rows.begin() + row, m_rows.begin() + row + count);
    endRemoveRows();
    Q_EMIT edited();
    return true;
}

int SendListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_list.messages.size());
}

int SendListModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : columns;
}

QVariant SendListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const ListMessage& message = m_list.messages[static_cast<std::size_t>(index.row())];
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == Name ? title(index.row()) : text(message, row, index.column());
    case Qt::EditRole:
        return index.column() == Message                  ? message.value.text
            : index.column() == Key                       ? message.key
            : index.column() == Expects && !message.reply ? QString()
                                                          : text(message, row, index.column());
    case Qt::ToolTipRole:
        return toolTip(message, row, index.column());
    case Qt::ForegroundRole:
        return colour(message, row, index.column());
    case Qt::TextAlignmentRole:
        return int(
            (index.column() == Within || index.column() == Pause ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    default:
        return {};
    }
}

/// A key sends one message, and does nothing else.
bool SendListModel::setKey(int row, const QString& key)
{
    const QKeySequence keys = messageKey(key);
    for (int other = 0; other < rowCount() && !key.isEmpty(); ++other) {
        const QString& taken = m_list.messages[static_cast<std::size_t>(other)].key;
        if (other != row && !taken.isEmpty() && messageKey(taken) == keys) {
            Q_EMIT refused(tr("%1 sends “%2” already: press another key.")
                               .arg(keys.toString(QKeySequence::NativeText), title(other)));
            return false;
        }
    }
    if (const QString why = m_keyObjection && !key.isEmpty() ? m_keyObjection(key) : QString(); !why.isEmpty()) {
        Q_EMIT refused(why);
        return false;
    }
    m_list.messages[static_cast<std::size_t>(row)].key = key;
    return true;
}

bool SendListModel::set(int row, int column, const QString& text)
{
    ListMessage& message = m_list.messages[static_cast<std::size_t>(row)];
    switch (column) {
    case Name:
        message.name = text.simplified();
        return true;
    case Message:
        message.value.text = text;
        return true;
    case Expects: {
        const bool isQuoted = text.size() >= 2 && text.startsWith(u'"') && text.endsWith(u'"')
            && !QStringView(text).sliced(1, text.size() - 2).contains(u'"');
        message.expectText = isQuoted ? text.sliced(1, text.size() - 2) : QString();
        message.expect = isQuoted ? QString() : text;
        message.reply = message.reply || !text.isEmpty();
        return true;
    }
    case Within:
    case Pause: {
        bool isNumber = false;
        text.toDouble(&isNumber);
        const auto time = rules::readDuration(isNumber ? QString(text + u"ms") : text);
        if (!text.isEmpty() && (!time || *time > rules::longestDuration)) {
            Q_EMIT refused(tr("A time is a number with its unit, such as 20ms or 1.5s, and no longer than an hour."));
            return false;
        }
        if (column == Pause) {
            message.pause = time.value_or(std::chrono::microseconds(0));
        } else {
            message.within = time;
        }
        return true;
    }
    case Key:
        return setKey(row, text);
    default:
        return false;
    }
}

bool SendListModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || role != Qt::EditRole) {
        return false;
    }
    const bool isMessage = index.column() == Message;
    const QString text = isMessage ? value.toString() : value.toString().trimmed();
    if (text == data(index, Qt::EditRole).toString()) {
        return false;
    }
    if (!set(index.row(), index.column(), text)) {
        return false;
    }
    m_rows[static_cast<std::size_t>(index.row())].preview.clear();
    rowChanged(index.row());
    Q_EMIT edited();
    return true;
}

Qt::ItemFlags SendListModel::flags(const QModelIndex& index) const
{
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (!index.isValid() || index.column() == Outcome) {
        return flags;
    }
    const ListMessage& message = m_list.messages[static_cast<std::size_t>(index.row())];
    const bool isTree =
        message.content == ListMessage::Content::Json || message.content == ListMessage::Content::Fields;
    const bool hasLines = message.value.text.contains(u'\n') || message.value.text.contains(u'\r');
    if (index.column() != Message || (!isTree && !hasLines)) { // what one line cannot show, it would change
        flags |= Qt::ItemIsEditable;
    }
    return flags;
}

} // namespace sockeye
