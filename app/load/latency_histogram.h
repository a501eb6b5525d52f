// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace sockeye {

/// How often which time was measured, in fixed memory: every power of two is cut into 2^SubBits buckets of the same
/// width, so that the error is the same share of every value: at most half a bucket, 1 / 2^(SubBits + 1) of it. Times
/// are nanoseconds; what is negative counts as 0, what is over an hour in the last bucket.
template <int SubBits, typename Count> class LogLinearHistogram {
public:
    /// Longer ones are told apart by max() only.
    static constexpr std::int64_t longest = (std::int64_t(1) << 42) - 1; // 73 minutes

    void add(std::int64_t nanoseconds, Count times = 1)
    {
        const std::int64_t value = std::max<std::int64_t>(nanoseconds, 0);
        m_buckets[indexOf(value)] += times;
        if (m_count == 0 || value < m_min) {
            m_min = value;
        }
        m_max = std::max(m_max, value);
        m_sum += static_cast<double>(value) * static_cast<double>(times);
        m_count += times;
    }

    void merge(const LogLinearHistogram& other)
    {
        if (other.m_count == 0) {
            return;
        }
        for (std::size_t i = 0; i < buckets; ++i) {
            m_buckets[i] += other.m_buckets[i];
        }
        m_min = m_count == 0 ? other.m_min : std::min(m_min, other.m_min);
        m_max = std::max(m_max, other.m_max);
        m_sum += other.m_sum;
        m_count += other.m_count;
    }

    /// Adds what a finer histogram holds.
    template <int FineBits, typename FineCount> void mergeFiner(const LogLinearHistogram<FineBits, FineCount>& finer)
    {
        static_assert(FineBits > SubBits);
        finer.forEach([this](std::int64_t low, std::int64_t high, FineCount times) {
            m_buckets[indexOf(low + (high - low) / 2)] += static_cast<Count>(times);
        });
        if (finer.count() > 0) {
            m_min = m_count == 0 ? finer.min() : std::min(m_min, finer.min());
            m_max = std::max(m_max, finer.max());
            m_sum += finer.mean() * static_cast<double>(finer.count());
            m_count += static_cast<Count>(finer.count());
        }
    }

    [[nodiscard]] std::uint64_t count() const { return m_count; }
    [[nodiscard]] std::int64_t min() const { return m_min; } ///< exact
    [[nodiscard]] std::int64_t max() const { return m_max; } ///< exact
    [[nodiscard]] double mean() const { return m_count == 0 ? 0 : m_sum / static_cast<double>(m_count); }

    /// The value that a share of all, from 0 to 1, does not exceed: the one of rank ⌈share × count⌉, to within the
    /// error. 0 if there is none.
    [[nodiscard]] std::int64_t percentile(double share) const
    {
        if (m_count == 0) {
            return 0;
        }
        // A product such as 0.07 × 100 may lie a hair over the whole number that it means.
        const double exact = share * static_cast<double>(m_count);
        const auto rank =
            static_cast<std::uint64_t>(std::clamp(std::ceil(exact - 1e-9 * exact), 1.0, static_cast<double>(m_count)));
        std::uint64_t seen = 0;
        for (std::size_t i = 0; i < buckets; ++i) {
            seen += m_buckets[i];
            if (seen >= rank) {
                const std::int64_t low = lowOf(i);
                return i + 1 == buckets ? m_max : std::clamp(low + (lowOf(i + 1) - 1 - low) / 2, m_min, m_max);
            }
        }
        return m_max;
    }

    /// Calls `visit` with the lowest and highest value of each bucket that holds any, and how many.
    template <typename Visit> void forEach(Visit visit) const
    {
        for (std::size_t i = 0; i < buckets; ++i) {
            if (m_buckets[i] != 0) {
                visit(lowOf(i), i + 1 == buckets ? longest : lowOf(i + 1) - 1, m_buckets[i]);
            }
        }
    }

private:
    static constexpr std::size_t buckets = std::size_t(43 - SubBits) << SubBits;

    static std::size_t indexOf(std::int64_t value)
    {
        const auto bounded = static_cast<std::uint64_t>(std::min(value, longest));
        const int shift = std::max(0, static_cast<int>(std::bit_width(bounded)) - SubBits - 1);
        return (static_cast<std::size_t>(shift) << SubBits) + static_cast<std::size_t>(bounded >> shift);
    }
    static std::int64_t lowOf(std::size_t index)
    {
        const std::size_t shift = index < (std::size_t(2) << SubBits) ? 0 : (index >> SubBits) - 1;
        return static_cast<std::int64_t>(index - (shift << SubBits)) << shift;
    }

    std::array<Count, buckets> m_buckets {};
    std::uint64_t m_count = 0;
    std::int64_t m_min = 0;
    std::int64_t m_max = 0;
    double m_sum = 0;
};

/// Latencies of a run: to within 0.4 %, 36 KiB.
using LatencyHistogram = LogLinearHistogram<7, std::uint64_t>;
/// Latencies of one point of a plot: to within 3.2 %, 2.5 KiB.
using CoarseHistogram = LogLinearHistogram<4, std::uint32_t>;

} // namespace sockeye
