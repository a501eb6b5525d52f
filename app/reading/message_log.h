// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/reading/packed_record.h"
#include "app/storage/row_log.h"

#include <deque>
#include <mutex>

namespace sockeye {

/// The rows of the messages table, and the texts of those that have one. One writer; readers from any thread.
class MessageLog {
public:
    /// Writer: `text` may be empty; what `fault` says is kept with it.
    void append(MessageRecord record, const QString& text = {}, const RecordFault& fault = {});
    /// Writer: shows the rows to everybody.
    void publish()
    {
        m_wide.publish(); // first: who sees the row, sees it whole
        m_rows.publish();
    }

    [[nodiscard]] qsizetype count() const { return m_rows.count(); }
    [[nodiscard]] MessageRecord at(qsizetype row) const;
    [[nodiscard]] QString text(quint32 index) const;
    [[nodiscard]] RecordFault fault(quint32 index) const;

private:
    struct Text {
        QString text;
        RecordFault fault;
    };
    RowLog<PackedRecord> m_rows;
    RowLog<MessageRecord> m_wide; ///< those that do not fit into the short form
    qsizetype m_wideCount = 0; ///< the writer's
    mutable std::mutex m_mutex;
    std::deque<Text> m_texts; ///< under m_mutex; index 1 is the first
};

} // namespace sockeye
