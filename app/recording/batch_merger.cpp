// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/recording/batch_merger.h"

#include <algorithm>

namespace sockeye {

qint64 BatchMerger::timeOf(const WriterLane& lane)
{
    return lane.m_batches.front()->timeAt(lane.m_position);
}

void BatchMerger::add(const std::shared_ptr<WriterLane>& lane, std::unique_ptr<WriterBatch> batch)
{
    if (lane->m_batches.empty()) {
        m_lanes.push_back(lane);
    }
    lane->m_batches.push_back(std::move(batch));
}

std::optional<BatchMerger::Run> BatchMerger::next(qint64 bound)
{
    // There are as many lanes as I/O threads: a handful.
    qint64 first = std::numeric_limits<qint64>::max();
    qint64 second = first;
    for (std::size_t index = 0; index < m_lanes.size(); ++index) {
        const qint64 time = timeOf(*m_lanes[index]);
        if (index == 0 || time < first) {
            second = first;
            first = time;
            m_current = index;
        } else {
            second = std::min(second, time);
        }
    }
    if (m_lanes.empty() || first > bound) {
        return std::nullopt;
    }
    const WriterLane& lane = *m_lanes[m_current];
    return Run { lane.m_batches.front().get(), lane.m_position, std::min(second, bound) };
}

std::unique_ptr<WriterBatch> BatchMerger::advance(qsizetype position)
{
    WriterLane& lane = *m_lanes[m_current];
    lane.m_position = position;
    if (position < lane.m_batches.front()->used()) {
        return nullptr;
    }
    auto done = std::move(lane.m_batches.front());
    lane.m_batches.pop_front();
    lane.m_position = 0;
    if (lane.m_batches.empty()) {
        m_lanes.erase(m_lanes.begin() + static_cast<std::ptrdiff_t>(m_current));
    }
    return done;
}

} // namespace sockeye
