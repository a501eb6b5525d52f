// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/filtering/capture_scan.h"

#include "app/filtering/capture_row.h"
#include "app/threads/background_threads.h"

#include <QSemaphore>
#include <QThread>
#include <QThreadPool>

#include <algorithm>
#include <array>

namespace sockeye {

namespace {

constexpr qsizetype rowsInSlice = 512;
constexpr qsizetype slicesInRound = 128;
constexpr int mostHelpers = 3; ///< beside the caller's thread

/// $ means nothing where no row is selected.
void select(std::optional<CaptureRow>& row, const Capture& capture, qsizetype selected)
{
    if (selected >= 0 && selected < capture.messageCount()) {
        row.emplace(capture);
        row->setRow(selected, capture.message(selected));
    }
}

} // namespace

/// What a thread has of its own.
class CaptureScan::Worker {
public:
    Worker(const Capture& capture, qsizetype selected)
        : row(capture)
    {
        select(chosen, capture, selected);
    }
    CaptureRow row;
    std::optional<CaptureRow> chosen;
    filter::Run run;
};

/// Rows that are shared out among threads.
struct CaptureScan::Round {
    struct Slice {
        std::vector<quint32> rows;
        qsizetype lacking = 0;
    };
    qsizetype begin = 0;
    qsizetype end = 0;
    const std::function<bool()>& isEnough;
    std::atomic<qsizetype> next { 0 }; ///< slice that nobody has yet
    std::array<Slice, static_cast<std::size_t>(slicesInRound)> slices;
};

CaptureScan::CaptureScan(
    std::shared_ptr<const Capture> capture, filter::Filter where, qsizetype selected, Accepts accepts)
    : m_capture(std::move(capture))
    , m_where(std::move(where))
    , m_selected(selected)
    , m_accepts(std::move(accepts))
    , m_needsTimes(asksForTimes(m_where))
    , m_rowTimes(*m_capture)
{
}

CaptureScan::~CaptureScan() = default;

/// Slices are taken in order and each that was taken is finished, so that what was looked at has no holes.
void CaptureScan::work(Worker& worker, Round& round) const
{
    const qsizetype count = (round.end - round.begin + rowsInSlice - 1) / rowsInSlice;
    while (!round.isEnough()) {
        const qsizetype number = round.next.fetch_add(1);
        if (number >= count) {
            break;
        }
        Round::Slice& slice = round.slices.at(static_cast<std::size_t>(number));
        const qsizetype begin = round.begin + number * rowsInSlice;
        const qsizetype end = std::min(begin + rowsInSlice, round.end);
        for (qsizetype row = begin; row < end; ++row) {
            const MessageRecord record = m_capture->message(row);
            if (m_accepts && !m_accepts(record)) {
                continue;
            }
            worker.row.setRow(row, record,
                m_needsTimes ? m_times.at(static_cast<std::size_t>(row - m_timesBegin)) : ExchangeTimes::Times());
            if (m_where.matches(worker.row, worker.run, worker.chosen ? &*worker.chosen : nullptr)) {
                slice.rows.push_back(static_cast<quint32>(row));
            } else {
                slice.lacking += worker.run.lacksField() ? 1 : 0;
            }
        }
    }
}

void CaptureScan::addTimes(qsizetype end)
{
    m_times.erase(m_times.begin(), m_times.begin() + (m_next - m_timesBegin));
    m_timesBegin = m_next;
    for (qsizetype row = m_timesBegin + static_cast<qsizetype>(m_times.size()); row < end; ++row) {
        m_times.push_back(m_rowTimes.next(m_capture->message(row)));
    }
}

CaptureScan::Found CaptureScan::scan(qsizetype end, const std::function<bool()>& isEnough)
{
    Found found;
    found.looked = m_next;
    found.lacking = m_lacking;
    if (m_next >= end) {
        return found;
    }
    const int helpers = std::clamp(QThread::idealThreadCount() - 1, 0, mostHelpers);
    while (m_workers.size() <= static_cast<std::size_t>(helpers)) {
        m_workers.push_back(std::make_unique<Worker>(*m_capture, m_selected));
    }
    while (m_next < end && !isEnough()) {
        Round round { m_next, std::min(end, m_next + rowsInSlice * slicesInRound), isEnough, 0, {} };
        if (m_needsTimes) {
            addTimes(round.end);
        }
        // Who is free helps; nobody waits for a thread that has something else to do.
        QSemaphore done;
        int helping = 0;
        for (int i = 0; i < helpers && round.end - round.begin > rowsInSlice; ++i) {
            Worker& worker = *m_workers.at(static_cast<std::size_t>(i) + 1);
            helping += backgroundThreads().tryStart([this, &worker, &round, &done] {
                work(worker, round);
                done.release();
            });
        }
        work(*m_workers.front(), round);
        done.acquire(helping);
        const qsizetype count = (round.end - round.begin + rowsInSlice - 1) / rowsInSlice;
        const qsizetype taken = std::min(round.next.load(), count);
        for (qsizetype i = 0; i < taken; ++i) {
            const Round::Slice& slice = round.slices.at(static_cast<std::size_t>(i));
            found.rows.insert(found.rows.end(), slice.rows.cbegin(), slice.rows.cend());
            m_lacking += slice.lacking;
        }
        m_next = std::min(round.begin + taken * rowsInSlice, round.end);
    }
    found.looked = m_next;
    found.lacking = m_lacking;
    return found;
}

bool asksForTimes(const filter::Filter& where)
{
    return where.asksFor(static_cast<int>(EventField::Latency)) || where.asksFor(static_cast<int>(EventField::Gap));
}

bool asksForMarks(const filter::Filter& where)
{
    return where.asksFor(static_cast<int>(EventField::Marked)) || where.asksFor(static_cast<int>(EventField::Note));
}

bool asksForStrikes(const filter::Filter& where)
{
    return where.asksFor(static_cast<int>(EventField::Rule)) || where.asksFor(static_cast<int>(EventField::Fault));
}

struct CaptureMatcher::Parts {
    Parts(std::shared_ptr<const Capture> of, filter::Filter what)
        : capture(std::move(of))
        , where(std::move(what))
        , row(*capture)
    {
    }
    const std::shared_ptr<const Capture> capture;
    const filter::Filter where;
    CaptureRow row;
    std::optional<CaptureRow> chosen;
    filter::Run run;
};

CaptureMatcher::CaptureMatcher(std::shared_ptr<const Capture> capture, filter::Filter where, qsizetype selected)
    : m_parts(std::make_unique<Parts>(std::move(capture), std::move(where)))
{
    select(m_parts->chosen, *m_parts->capture, selected);
}

CaptureMatcher::~CaptureMatcher() = default;

bool CaptureMatcher::matches(qsizetype row)
{
    m_parts->row.setRow(row, m_parts->capture->message(row));
    return m_parts->where.matches(m_parts->row, m_parts->run, m_parts->chosen ? &*m_parts->chosen : nullptr);
}

} // namespace sockeye
