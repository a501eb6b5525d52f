// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/filtering/row_times.h"
#include "protocol/filter/filter.h"

#include <atomic>
#include <functional>
#include <memory>
#include <vector>

namespace sockeye {

/// Finds the rows of a capture that a filter matches, as many at a time as one likes, also while the capture grows: it
/// goes on behind the last row that it looked at. Background threads that are free help. One thread at a time, and not
/// the GUI thread.
class CaptureScan {
public:
    /// What besides the filter decides: asked first, from several threads. Empty: nothing.
    using Accepts = std::function<bool(const MessageRecord&)>;

    /// `where`: compiled for eventSchema() of the capture's protocol. `selected`: the row that $ stands for; -1: none.
    CaptureScan(std::shared_ptr<const Capture> capture, filter::Filter where, qsizetype selected, Accepts accepts);
    ~CaptureScan();
    CaptureScan(const CaptureScan&) = delete;
    CaptureScan& operator=(const CaptureScan&) = delete;

    struct Found {
        std::vector<quint32> rows; ///< in order
        qsizetype looked = 0; ///< rows that were looked at so far, all calls together
        qsizetype lacking = 0; ///< of those: they did not match, and lack a field that was asked for
    };
    /// Looks at the rows before `end`, but stops soon after `isEnough` says so; that is asked from several threads.
    [[nodiscard]] Found scan(qsizetype end, const std::function<bool()>& isEnough);
    [[nodiscard]] qsizetype looked() const { return m_next; }
    [[nodiscard]] qsizetype lacking() const { return m_lacking; }
    [[nodiscard]] const filter::Filter& where() const { return m_where; }
    [[nodiscard]] const std::shared_ptr<const Capture>& capture() const { return m_capture; }

private:
    class Worker;
    struct Round;
    void work(Worker& worker, Round& round) const;
    void addTimes(qsizetype end);

    const std::shared_ptr<const Capture> m_capture;
    const filter::Filter m_where;
    const qsizetype m_selected;
    const Accepts m_accepts;
    const bool m_needsTimes;
    std::vector<std::unique_ptr<Worker>> m_workers; ///< the first is the caller's
    RowTimes m_rowTimes;
    std::vector<ExchangeTimes::Times> m_times; ///< of the rows from m_timesBegin on
    qsizetype m_timesBegin = 0;
    qsizetype m_next = 0;
    qsizetype m_lacking = 0;
};

/// Whether a filter asks how long messages took, which only who sees all rows in order can say.
[[nodiscard]] bool asksForTimes(const filter::Filter& where);
/// Whether marks decide what it matches, which change.
[[nodiscard]] bool asksForMarks(const filter::Filter& where);
/// Whether it asks for the rule that a message met, or for the faults that struck it: known only after the message.
[[nodiscard]] bool asksForStrikes(const filter::Filter& where);

/// Whether one row matches, whatever row it is: for searches that go another way than CaptureScan. Not for filters with
/// asksForTimes(). One thread at a time.
class CaptureMatcher {
public:
    CaptureMatcher(std::shared_ptr<const Capture> capture, filter::Filter where, qsizetype selected);
    ~CaptureMatcher();
    [[nodiscard]] bool matches(qsizetype row);

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace sockeye
