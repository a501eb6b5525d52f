// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/reading/records.h"

namespace sockeye {

/// Which messages of a capture a table shows.
struct MessageFilter {
    quint32 connection = 0; ///< only those of this one; 0: of all
    bool errorsOnly = false; ///< bad messages and errors

    [[nodiscard]] bool isEmpty() const { return connection == 0 && !errorsOnly; }
    [[nodiscard]] bool matches(const MessageRecord& record) const
    {
        return (connection == 0 || record.connection == connection)
            && (!errorsOnly || record.kind == RecordKind::Error || record.kind == RecordKind::BadMessage);
    }
    friend bool operator==(const MessageFilter&, const MessageFilter&) = default;
};

} // namespace sockeye
