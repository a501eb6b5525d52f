// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/filtering/row_times.h"
#include "app/storage/row_log.h"

#include <functional>
#include <optional>

namespace sockeye {

/// How long each reply of a capture took since its request, kept in four bytes a row. Grows as the capture does, but
/// only when told to.
class RowLatencies {
public:
    explicit RowLatencies(const Capture& capture); ///< outlives it

    /// Looks at the rows before `end`, but stops soon after `isEnough` says so. One thread at a time, and not the GUI
    /// thread: millions take a second.
    void lookAt(qsizetype end, const std::function<bool()>& isEnough);

    [[nodiscard]] qsizetype looked() const { return m_rows.count(); } ///< rows; any thread
    /// Nanoseconds. Nothing of a row that is no reply, or was not looked at. Any thread.
    [[nodiscard]] std::optional<qint64> at(qsizetype row) const;

private:
    struct Long {
        quint32 row = 0;
        qint64 nanoseconds = 0;
    };

    const Capture& m_capture;
    RowTimes m_times;
    RowLog<quint32> m_rows; ///< nanoseconds, or one of two other words
    RowLog<Long> m_long; ///< in order: those of four seconds and more
};

} // namespace sockeye
