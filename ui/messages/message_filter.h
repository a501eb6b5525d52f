// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/filtering/capture_scan.h"
#include "app/reading/records.h"
#include "protocol/filter/filter.h"

namespace sockeye {

/// Which messages of a capture a table shows.
struct MessageFilter {
    quint32 connection = 0; ///< only those of this one; 0: of all
    bool errorsOnly = false; ///< bad messages and errors
    filter::Filter where; ///< of the capture's fields
    qsizetype selected = -1; ///< capture row that $ stands for in it; -1: none

    [[nodiscard]] bool isEmpty() const { return connection == 0 && !errorsOnly && where.isEmpty(); }
    /// Whether a row passes all but `where`, which takes another thread.
    [[nodiscard]] bool accepts(const MessageRecord& record) const
    {
        return (connection == 0 || record.connection == connection)
            && (!errorsOnly || record.kind == RecordKind::Error || record.kind == RecordKind::BadMessage);
    }
    /// What finds the rows of `where`; null where that is empty.
    [[nodiscard]] std::shared_ptr<CaptureScan> newScan(const std::shared_ptr<Capture>& capture) const;
    friend bool operator==(const MessageFilter& a, const MessageFilter& b)
    {
        return a.connection == b.connection && a.errorsOnly == b.errorsOnly && a.where.text() == b.where.text()
            && a.selected == b.selected;
    }
};

inline std::shared_ptr<CaptureScan> MessageFilter::newScan(const std::shared_ptr<Capture>& capture) const
{
    if (where.isEmpty() || !capture) {
        return nullptr;
    }
    CaptureScan::Accepts facts;
    if (connection != 0 || errorsOnly) {
        facts = [filter = *this](const MessageRecord& record) { return filter.accepts(record); };
    }
    return std::make_shared<CaptureScan>(capture, where, selected, std::move(facts));
}

} // namespace sockeye
