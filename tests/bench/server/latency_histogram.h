// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

/// Latencies in nanoseconds, to within 1.6 %: 64 buckets for each power of two.
class LatencyHistogram {
public:
    void add(std::uint64_t nanoseconds)
    {
        ++m_buckets[bucketOf(nanoseconds)];
        ++m_count;
        m_max = std::max(m_max, nanoseconds);
    }
    void clear() { *this = {}; }

    /// The upper edge of the bucket below which `share` of all lie, in microseconds.
    [[nodiscard]] double microseconds(double share) const
    {
        const auto wanted = static_cast<std::uint64_t>(share * static_cast<double>(m_count));
        std::uint64_t seen = 0;
        for (std::size_t i = 0; i < m_buckets.size(); ++i) {
            seen += m_buckets[i];
            if (seen > wanted) {
                return std::min(static_cast<double>(upperEdge(i)), static_cast<double>(m_max)) / 1000.0;
            }
        }
        return maxMicroseconds();
    }
    [[nodiscard]] double maxMicroseconds() const { return static_cast<double>(m_max) / 1000.0; }
    [[nodiscard]] std::uint64_t count() const { return m_count; }

private:
    static constexpr int subBits = 6;

    static std::size_t bucketOf(std::uint64_t value)
    {
        const int shift = std::max(0, static_cast<int>(std::bit_width(value)) - subBits - 1);
        return static_cast<std::size_t>((static_cast<std::uint64_t>(shift) << subBits) + (value >> shift));
    }
    static std::uint64_t upperEdge(std::size_t bucket)
    {
        const std::uint64_t shift = bucket < (2U << subBits) ? 0 : (bucket >> subBits) - 1;
        return ((bucket - (shift << subBits)) + 1) << shift;
    }

    std::array<std::uint64_t, (66 - subBits) << subBits> m_buckets {};
    std::uint64_t m_count = 0;
    std::uint64_t m_max = 0;
};
