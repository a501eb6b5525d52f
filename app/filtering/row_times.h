// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/filtering/exchange_times.h"
#include "app/reading/capture.h"

#include <unordered_map>

namespace sockeye {

/// How long the messages of all connections of a capture took: told of each row, from the first on. One thread at a
/// time.
class RowTimes {
public:
    explicit RowTimes(const Capture& capture) ///< outlives it
        : m_capture(capture)
    {
    }

    [[nodiscard]] ExchangeTimes::Times next(const MessageRecord& record);

private:
    const Capture& m_capture;
    std::unordered_map<quint32, ExchangeTimes> m_exchanges; ///< by connection
};

} // namespace sockeye
