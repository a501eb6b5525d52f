// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/filtering/row_latencies.h"

#include <limits>

namespace sockeye {

namespace {

constexpr quint32 noLatency = std::numeric_limits<quint32>::max();
constexpr quint32 isLong = noLatency - 1;
constexpr qsizetype rowsBetweenLooks = 64 * 1024;

} // namespace

RowLatencies::RowLatencies(const Capture& capture)
    : m_capture(capture)
    , m_times(capture)
{
}

void RowLatencies::lookAt(qsizetype end, const std::function<bool()>& isEnough)
{
    for (qsizetype row = m_rows.count(); row < end; ++row) {
        const std::optional<qint64> latency = m_times.next(m_capture.message(row)).latency;
        if (!latency) {
            m_rows.append(noLatency);
        } else if (*latency >= 0 && *latency < isLong) {
            m_rows.append(static_cast<quint32>(*latency));
        } else { // a clock that was set back makes it negative
            m_long.append({ static_cast<quint32>(row), *latency });
            m_long.publish();
            m_rows.append(isLong);
        }
        if (row % rowsBetweenLooks == rowsBetweenLooks - 1) {
            m_rows.publish();
            if (isEnough()) {
                break;
            }
        }
    }
    m_rows.publish();
}

std::optional<qint64> RowLatencies::at(qsizetype row) const
{
    const quint32 word = row >= 0 && row < m_rows.count() ? m_rows.at(row) : noLatency;
    if (word == noLatency) {
        return std::nullopt;
    }
    if (word != isLong) {
        return word;
    }
    qsizetype first = 0;
    qsizetype last = m_long.count();
    while (first < last) {
        const qsizetype middle = first + (last - first) / 2;
        if (static_cast<qsizetype>(m_long.at(middle).row) < row) {
            first = middle + 1;
        } else {
            last = middle;
        }
    }
    return m_long.at(first).nanoseconds;
}

} // namespace sockeye
