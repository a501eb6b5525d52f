// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/export/row_list.h"

#include <memory>
#include <vector>

namespace sockeye {

/// Rows from `begin` to before `end`.
struct RowSpan {
    qsizetype begin = 0;
    qsizetype end = 0;
    friend bool operator==(const RowSpan&, const RowSpan&) = default;
};

/// Which messages of a capture are meant: spans of the rows of a table, cheap to make also where millions are selected.
struct RowChoice {
    std::vector<RowSpan> spans; ///< in any order
    /// The capture's rows that the table shows, by its own rows; null: the table shows the capture's rows as they are.
    std::shared_ptr<const RowList> shown;
};

/// The same as rows of the capture, in the order in which they happened, each once; rows from `count` on and rows that
/// are not there are left out. Takes time where many scattered rows are shown, and memory where they are sorted: not
/// for the GUI thread.
[[nodiscard]] std::vector<RowSpan> captureSpans(const RowChoice& choice, qsizetype count);

} // namespace sockeye
