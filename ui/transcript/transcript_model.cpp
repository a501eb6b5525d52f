// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transcript/transcript_model.h"

#include "ui/models/ticker.h"

#include <algorithm>

namespace sockeye {

TranscriptModel::TranscriptModel(QObject* parent)
    : QAbstractListModel(parent)
{
}

int TranscriptModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

QVariant TranscriptModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const TranscriptEntry& shown = entry(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole: {
        const QString direction = shown.kind == TranscriptEntry::Kind::Request ? tr("Request")
            : shown.kind == TranscriptEntry::Kind::Reply                       ? tr("Reply")
                                                                               : tr("Failure");
        return QString(direction + u": " + shown.text);
    }
    case Qt::AccessibleDescriptionRole:
        return shown.failure ? shown.failure.oneLine() : QString(shown.detail + u' ' + shown.steps.text());
    default:
        return {};
    }
}

void TranscriptModel::append(TranscriptEntry entry)
{
    m_new.push_back(std::move(entry));
    // Of a flood that nobody can read only the end counts.
    if (m_new.size() > 2 * maxEntries) {
        m_new.erase(m_new.begin(), m_new.begin() + maxEntries);
        m_dropped = true;
    }
    if (!m_listening) {
        m_listening = true;
        connect(&Ticker::instance(), &Ticker::tick, this, &TranscriptModel::takeNew);
    }
}

void TranscriptModel::takeNew()
{
    disconnect(&Ticker::instance(), &Ticker::tick, this, &TranscriptModel::takeNew);
    m_listening = false;
    if (m_new.empty()) {
        return;
    }
    if (std::ssize(m_new) > maxEntries) {
        m_new.erase(m_new.begin(), m_new.end() - maxEntries);
        m_dropped = true;
    }
    const auto excess = static_cast<int>(std::ssize(m_entries) + std::ssize(m_new) - maxEntries);
    if (excess > 0) {
        beginRemoveRows({}, 0, excess - 1);
        m_entries.erase(m_entries.begin(), m_entries.begin() + excess);
        endRemoveRows();
        m_dropped = true;
    }
    const int first = rowCount();
    beginInsertRows({}, first, first + static_cast<int>(m_new.size()) - 1);
    std::move(m_new.begin(), m_new.end(), std::back_inserter(m_entries));
    m_new.clear();
    endInsertRows();
    Q_EMIT appended();
}

void TranscriptModel::changeRequest(quint64 exchange, const std::function<void(TranscriptEntry&)>& change)
{
    const auto isIt = [exchange](const TranscriptEntry& entry) {
        return entry.exchange == exchange && entry.kind == TranscriptEntry::Kind::Request;
    };
    if (const auto waiting = std::find_if(m_new.begin(), m_new.end(), isIt); waiting != m_new.end()) {
        change(*waiting);
        return;
    }
    // What is asked for is near the end.
    const auto found = std::find_if(m_entries.rbegin(), m_entries.rend(), isIt);
    if (found != m_entries.rend()) {
        change(*found);
        const QModelIndex changed = index(static_cast<int>(std::distance(found, m_entries.rend())) - 1);
        Q_EMIT dataChanged(changed, changed);
    }
}

void TranscriptModel::showReading(const std::shared_ptr<Capture>& capture)
{
    const auto change = [&capture](TranscriptEntry& entry) {
        if (entry.capture) {
            entry.capture = capture;
            entry.rowHint = 0;
        }
    };
    std::for_each(m_entries.begin(), m_entries.end(), change);
    std::for_each(m_new.begin(), m_new.end(), change);
}

void TranscriptModel::clear()
{
    beginResetModel();
    m_entries.clear();
    m_new.clear();
    m_dropped = false;
    endResetModel();
}

} // namespace sockeye
