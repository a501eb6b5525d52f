// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/load/load_timeline.h"

#include <algorithm>

namespace sockeye {

void LoadTimeline::add(const LoadSlice& slice)
{
    const qint64 index = std::max<qint64>(slice.index, 0);
    while (index / m_slices >= static_cast<qint64>(maxPoints)) {
        halve();
    }
    const auto at = static_cast<std::size_t>(index / m_slices);
    if (m_points.size() <= at) {
        m_points.resize(at + 1);
    }
    m_points[at].latencies.mergeFiner(slice.latencies);
    m_points[at].errors += totalOf(slice.errors);
}

void LoadTimeline::halve()
{
    m_slices *= 2;
    for (std::size_t i = 0; i < m_points.size(); ++i) {
        if (i % 2 == 1) {
            m_points[i / 2].latencies.merge(m_points[i].latencies);
            m_points[i / 2].errors += m_points[i].errors;
        } else if (i > 0) {
            m_points[i / 2] = m_points[i];
        }
    }
    m_points.resize((m_points.size() + 1) / 2);
}

double LoadTimeline::seconds(std::size_t point, qint64 end) const
{
    const qint64 begin = static_cast<qint64>(point) * span();
    return static_cast<double>(std::clamp<qint64>(end - begin, 0, span())) / 1e9;
}

} // namespace sockeye
