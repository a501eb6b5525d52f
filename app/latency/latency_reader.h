// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/filtering/row_latencies.h"
#include "app/latency/latency_picture.h"

#include <functional>
#include <memory>
#include <optional>

namespace sockeye {

/// Makes pictures of the latencies of one capture.
class LatencyReader {
public:
    explicit LatencyReader(std::shared_ptr<const Capture> capture); ///< not null

    /// Looks at every row: not for the GUI thread, and by one thread at a time. Nothing when `isWanted` says no.
    [[nodiscard]] std::optional<LatencyPicture> picture(
        const LatencyRequest& request, const std::function<bool()>& isWanted);
    /// Of a row; nothing if it is no reply, or later than the last picture. Any thread.
    [[nodiscard]] std::optional<qint64> latency(qsizetype row) const { return m_latencies.at(row); }

private:
    class Columns;
    const std::shared_ptr<const Capture> m_capture;
    RowLatencies m_latencies;
};

} // namespace sockeye
