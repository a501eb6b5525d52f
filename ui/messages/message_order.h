// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/export/row_list.h"
#include "app/reading/capture.h"
#include "ui/messages/message_columns.h"
#include "ui/messages/message_filter.h"

#include <QPromise>

namespace sockeye {

/// Which messages to show, and in which order.
struct MessageArrangement {
    MessageFilter filter;
    bool sorted = false; ///< false: as they happened
    MessageColumn column = MessageColumn::Time; ///< sorted by
    Qt::SortOrder order = Qt::AscendingOrder;

    /// Every message where the capture has it: needs no list of rows.
    [[nodiscard]] bool isNatural() const { return filter.isEmpty() && !sorted; }
    friend bool operator==(const MessageArrangement&, const MessageArrangement&) = default;
};

/// Rows of a capture in the order in which a table shows them.
using MessageRows = RowList;

/// The rows of the first `count` messages that the arrangement asks for, in its order. Runs in a worker thread (sorting
/// by kind or summary reads every message), and takes little more memory than the result; stops early, with an empty
/// result, when `promise` was cancelled. `scan`: of the arrangement's filter, new, or null where it has none.
[[nodiscard]] MessageRows arrangedRows(const Capture& capture, const MessageArrangement& arrangement, qsizetype count,
    CaptureScan* scan, QPromise<MessageRows>& promise);

} // namespace sockeye
