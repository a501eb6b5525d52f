// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>

#include <algorithm>
#include <functional>
#include <vector>

namespace sockeye {

/// Bytes that are the same on both sides, or those that stand in each other's place. Beside each other they take as
/// many cells as the longer side has bytes: cell `cell + i` has byte i of each side, as far as it goes.
struct AlignedRun {
    qint64 left = 0; ///< offset
    qint64 leftSize = 0; ///< 0: inserted on the right
    qint64 right = 0;
    qint64 rightSize = 0; ///< 0: only on the left
    qint64 cell = 0; ///< its first one
    bool isSame = false; ///< then both sizes are equal

    [[nodiscard]] qint64 cells() const { return std::max(leftSize, rightSize); }
    friend bool operator==(const AlignedRun&, const AlignedRun&) = default;
};

/// Two byte sequences beside each other.
struct ByteAlignment {
    std::vector<AlignedRun> runs; ///< cover both sides in order; neither two same ones nor two others are neighbours
    qint64 cells = 0; ///< of all runs
    qint64 differing = 0; ///< cells of those that are not the same
    qint64 places = 0; ///< runs that are not the same
    bool isByPosition = false; ///< too much differs somewhere: there, byte stands by byte of the same position
};

/// What an alignment may cost.
struct AlignmentLimits {
    qint64 steps = 400'000'000; ///< looks at a byte or a diagonal, where sides differ; beyond: by position
    qint64 stepsOfOnePlace = 100'000'000; ///< between two long stretches that are the same
    qint64 anchorsFrom = 64 * 1024; ///< bytes of both sides: where there are more, long equal stretches are found first
    std::size_t runs = 500'000; ///< the rest is one run that differs
};

/// The fewest bytes are removed and inserted, but where sides of one length differ by no more bytes in their places
/// than would be removed and inserted: then they stay in their places, as a number that changed does. Both hold between
/// long stretches that occur once on each side, where there is more than `anchorsFrom`. Time is linear, but for
/// what the limits allow; memory is linear. When `isWanted` says no, the rest
/// stands by position.
[[nodiscard]] ByteAlignment alignBytes(QByteArrayView left, QByteArrayView right, const AlignmentLimits& limits = {},
    const std::function<bool()>& isWanted = {});

/// The run that has the cell, as its index; runs are not empty, and it lies in them.
[[nodiscard]] std::size_t runAt(const ByteAlignment& alignment, qint64 cell);

} // namespace sockeye
