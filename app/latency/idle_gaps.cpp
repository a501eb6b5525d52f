// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/latency/idle_gaps.h"

#include <algorithm>

namespace sockeye {

namespace {

bool isLonger(const IdleGap& a, const IdleGap& b)
{
    return a.length() > b.length();
}

} // namespace

void IdleGapFinder::add(qint64 time)
{
    if (m_isFirst) {
        m_isFirst = false;
        m_last = time;
        return;
    }
    const IdleGap gap { m_last, time };
    m_all.add(gap.length());
    m_last = std::max(m_last, time);
    if (gap.length() <= shortestIdle) {
        return;
    }
    if (m_longest.size() == mostIdleGaps) {
        m_isFull = true;
        if (!isLonger(gap, m_longest.front())) {
            return;
        }
        std::pop_heap(m_longest.begin(), m_longest.end(), isLonger);
        m_longest.pop_back();
    }
    m_longest.push_back(gap);
    std::push_heap(m_longest.begin(), m_longest.end(), isLonger);
}

IdleGaps IdleGapFinder::find(double factor, qint64 begin, qint64 end) const
{
    IdleGaps out;
    out.usual = m_all.percentile(0.5);
    out.threshold = std::max(shortestIdle, static_cast<qint64>(static_cast<double>(out.usual) * factor));
    for (const IdleGap& gap : m_longest) {
        if (gap.length() > out.threshold && gap.end >= begin && gap.begin <= end) {
            out.gaps.push_back(gap);
        }
    }
    out.hasMore = m_isFull && m_longest.front().length() > out.threshold;
    std::sort(out.gaps.begin(), out.gaps.end(), [](const IdleGap& a, const IdleGap& b) { return a.begin < b.begin; });
    return out;
}

} // namespace sockeye
