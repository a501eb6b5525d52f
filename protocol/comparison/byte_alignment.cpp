// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/comparison/byte_alignment.h"

#include "protocol/comparison/byte_anchors.h"
#include "protocol/comparison/shortest_edit.h"

#include <algorithm>

namespace sockeye {

namespace {

/// What of both sides lies between two stretches that are the same.
struct Box {
    qint64 left = 0;
    qint64 leftSize = 0;
    qint64 right = 0;
    qint64 rightSize = 0;
};

class Aligner {
public:
    Aligner(
        QByteArrayView left, QByteArrayView right, const AlignmentLimits& limits, const std::function<bool()>& isWanted)
        : m_left(left)
        , m_right(right)
        , m_limits(limits)
        , m_steps(limits.steps)
        , m_isWanted(isWanted)
    {
    }

    ByteAlignment align()
    {
        Box box { 0, m_left.size(), 0, m_right.size() };
        trim(box);
        if (box.leftSize + box.rightSize <= m_limits.anchorsFrom) {
            alignBox(box);
        } else {
            qint64 left = box.left;
            qint64 right = box.right;
            for (const ByteAnchor& anchor :
                byteAnchors(m_left.sliced(box.left, box.leftSize), m_right.sliced(box.right, box.rightSize))) {
                if (m_isWanted && !m_isWanted()) {
                    break;
                }
                alignBox({ left, box.left + anchor.left - left, right, box.right + anchor.right - right });
                left = box.left + anchor.left + anchor.size;
                right = box.right + anchor.right + anchor.size;
            }
            alignBox({ left, box.left + box.leftSize - left, right, box.right + box.rightSize - right });
        }
        finish();
        return std::move(m_out);
    }

private:
    /// Without what both ends of it have in common.
    void trim(Box& box) const
    {
        const auto ahead = std::mismatch(m_left.begin() + box.left, m_left.begin() + box.left + box.leftSize,
            m_right.begin() + box.right, m_right.begin() + box.right + box.rightSize);
        const qint64 first = ahead.first - (m_left.begin() + box.left);
        box = { box.left + first, box.leftSize - first, box.right + first, box.rightSize - first };
        while (box.leftSize > 0 && box.rightSize > 0
            && m_left[box.left + box.leftSize - 1] == m_right[box.right + box.rightSize - 1]) {
            --box.leftSize;
            --box.rightSize;
        }
    }

    void alignBox(Box box)
    {
        trim(box);
        if (box.leftSize == 0 || box.rightSize == 0) {
            differ(box);
            return;
        }
        const qint64 changed = box.leftSize == box.rightSize ? changedInPlace(box) : -1;
        const qint64 most = changed >= 0 ? changed - 1 : box.leftSize + box.rightSize;
        qint64 steps = std::min(m_steps, m_limits.stepsOfOnePlace);
        const qint64 allowed = steps;
        const auto edits = shortestEdits(
            m_left.sliced(box.left, box.leftSize), m_right.sliced(box.right, box.rightSize), steps, most, m_isWanted);
        m_steps -= allowed - steps;
        if (edits) {
            for (const ByteEdit& edit : *edits) {
                differ({ box.left + edit.left, edit.leftSize, box.right + edit.right, edit.rightSize });
            }
            return;
        }
        // Without an answer it is not known whether there is a shorter one.
        m_out.isByPosition = m_out.isByPosition || steps < 0;
        differInPlace(box);
    }

    [[nodiscard]] qint64 changedInPlace(const Box& box) const
    {
        qint64 changed = 0;
        for (qint64 i = 0; i < box.leftSize; ++i) {
            changed += m_left[box.left + i] != m_right[box.right + i] ? 1 : 0;
        }
        return changed;
    }

    void differInPlace(const Box& box)
    {
        const qint64 both = std::min(box.leftSize, box.rightSize);
        for (qint64 at = 0; at < both;) {
            qint64 end = at;
            while (end < both && m_left[box.left + end] != m_right[box.right + end]) {
                ++end;
            }
            differ({ box.left + at, end - at, box.right + at, end - at });
            at = end;
            while (at < both && m_left[box.left + at] == m_right[box.right + at]) {
                ++at;
            }
        }
        differ({ box.left + both, box.leftSize - both, box.right + both, box.rightSize - both });
    }

    /// What lies between this and the one before it is the same.
    void differ(const Box& box)
    {
        if (box.leftSize == 0 && box.rightSize == 0) {
            return;
        }
        if (m_out.runs.size() + 3 > m_limits.runs) {
            m_isFull = true; // finish() says the rest in one
            m_out.isByPosition = true;
            return;
        }
        if (box.left == m_leftEnd && !m_out.runs.empty() && !m_out.runs.back().isSame) {
            AlignedRun& last = m_out.runs.back();
            last.leftSize += box.leftSize;
            last.rightSize += box.rightSize;
        } else {
            same(box.left - m_leftEnd);
            m_out.runs.push_back({ box.left, box.leftSize, box.right, box.rightSize, 0, false });
        }
        m_leftEnd = box.left + box.leftSize;
        m_rightEnd = box.right + box.rightSize;
    }

    void same(qint64 size)
    {
        if (size > 0) {
            m_out.runs.push_back({ m_leftEnd, size, m_rightEnd, size, 0, true });
            m_leftEnd += size;
            m_rightEnd += size;
        }
    }

    void finish()
    {
        if (!m_isFull) {
            same(m_left.size() - m_leftEnd);
        } else {
            const AlignedRun rest { m_leftEnd, m_left.size() - m_leftEnd, m_rightEnd, m_right.size() - m_rightEnd, 0,
                false };
            if (!m_out.runs.empty() && !m_out.runs.back().isSame) {
                m_out.runs.back().leftSize += rest.leftSize;
                m_out.runs.back().rightSize += rest.rightSize;
            } else {
                m_out.runs.push_back(rest);
            }
        }
        for (AlignedRun& run : m_out.runs) {
            run.cell = m_out.cells;
            m_out.cells += run.cells();
            m_out.differing += run.isSame ? 0 : run.cells();
            m_out.places += run.isSame ? 0 : 1;
        }
    }

    QByteArrayView m_left;
    QByteArrayView m_right;
    const AlignmentLimits& m_limits;
    qint64 m_steps;
    const std::function<bool()>& m_isWanted;
    ByteAlignment m_out;
    qint64 m_leftEnd = 0; ///< what the runs cover so far
    qint64 m_rightEnd = 0;
    bool m_isFull = false;
};

} // namespace

ByteAlignment alignBytes(
    QByteArrayView left, QByteArrayView right, const AlignmentLimits& limits, const std::function<bool()>& isWanted)
{
    return Aligner(left, right, limits, isWanted).align();
}

std::size_t runAt(const ByteAlignment& alignment, qint64 cell)
{
    const auto after = std::upper_bound(alignment.runs.begin(), alignment.runs.end(), cell,
        [](qint64 at, const AlignedRun& run) { return at < run.cell; });
    return static_cast<std::size_t>(std::max<std::ptrdiff_t>(after - alignment.runs.begin() - 1, 0));
}

} // namespace sockeye
