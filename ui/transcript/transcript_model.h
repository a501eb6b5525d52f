// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/transcript/transcript_entry.h"

#include <QAbstractListModel>

#include <deque>
#include <functional>
#include <vector>

namespace sockeye {

/// The last entries of a transcript. What is new becomes visible in batches, about thirty times a second.
class TranscriptModel : public QAbstractListModel {
    Q_OBJECT
public:
    static constexpr qsizetype maxEntries = 1000;

    explicit TranscriptModel(QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

    [[nodiscard]] const TranscriptEntry& entry(int row) const { return m_entries[static_cast<std::size_t>(row)]; }
    [[nodiscard]] bool hasDropped() const { return m_dropped; } ///< older entries were left out

    void append(TranscriptEntry entry);
    /// Changes the request of that exchange, if it is still there.
    void changeRequest(quint64 exchange, const std::function<void(TranscriptEntry&)>& change);
    /// Another reading of the recording that the entries' messages are in: their rows are other ones there.
    void showReading(const std::shared_ptr<Capture>& capture);
    void clear();

Q_SIGNALS:
    void appended(); ///< a batch has become visible

private:
    void takeNew();

    std::deque<TranscriptEntry> m_entries;
    std::vector<TranscriptEntry> m_new;
    bool m_dropped = false;
    bool m_listening = false;
};

} // namespace sockeye
