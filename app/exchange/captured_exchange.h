// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/exchange/exchange_pairs.h"
#include "app/exchange/exchange_steps.h"

#include <functional>
#include <mutex>

namespace sockeye {

/// A request and its reply in a capture, and what the capture tells of how long their steps took: a name is resolved
/// and a connection made before it begins.
struct CapturedExchange {
    ExchangePairs::Pair rows;
    ExchangeSteps steps;
    bool isOver = true; ///< false: a reply may still come
};

/// Finds the exchanges of one capture. Any thread but the GUI's: it looks at rows, at all of them for a late one.
class ExchangeFinder {
public:
    explicit ExchangeFinder(std::shared_ptr<const Capture> capture); ///< not null

    /// The one that the message in that row is of. Nothing for what is no message, or when `isWanted` says no.
    [[nodiscard]] std::optional<CapturedExchange> of(qsizetype row, const std::function<bool()>& isWanted);

private:
    [[nodiscard]] std::optional<CapturedExchange> measured(qsizetype row) const;
    [[nodiscard]] qint64 beginOf(const MessageRecord& record) const;

    const std::shared_ptr<const Capture> m_capture;
    std::mutex m_mutex;
    std::optional<ExchangePairs> m_pairs; ///< of the connection that was asked for last
};

} // namespace sockeye
