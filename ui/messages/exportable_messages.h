// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/export/row_choice.h"

namespace sockeye {

/// Which messages of a page an export can be of.
struct ExportableMessages {
    qsizetype all = 0; ///< as many as the capture has now
    RowChoice shown; ///< by the table, in whatever order
    qsizetype shownCount = 0;
    bool isFiltered = false; ///< the table does not show all of them
    RowChoice selected;
    qsizetype selectedCount = 0;
};

} // namespace sockeye
