// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/comparison/shortest_edit.h"

#include <algorithm>
#include <cstdlib>

namespace sockeye {

namespace {

/// E. W. Myers, "An O(ND) Difference Algorithm and Its Variations" (1986), with the refinement to linear memory: paths
/// from both ends meet in the middle, and what lies before and behind that is done in the same way.
class EditFinder {
public:
    EditFinder(
        QByteArrayView left, QByteArrayView right, qint64& steps, qint64 most, const std::function<bool()>& isWanted)
        : m_left(left.data())
        , m_right(right.data())
        , m_steps(steps)
        , m_most(most)
        , m_isWanted(isWanted)
    {
    }

    /// False: too much.
    bool find(qint64 left, qint64 leftSize, qint64 right, qint64 rightSize)
    {
        while (leftSize > 0 && rightSize > 0 && m_left[left] == m_right[right]) {
            ++left, ++right, --leftSize, --rightSize, --m_steps;
        }
        while (leftSize > 0 && rightSize > 0 && m_left[left + leftSize - 1] == m_right[right + rightSize - 1]) {
            --leftSize, --rightSize, --m_steps;
        }
        if (leftSize == 0 || rightSize == 0) {
            add({ left, leftSize, right, rightSize });
            return m_found <= m_most;
        }
        const std::optional<Middle> middle = meet({ left, leftSize, right, rightSize });
        if (!middle) {
            return false;
        }
        // As deep as the logarithm of how much differs: each half has half of it.
        return find(left, middle->x, right, middle->y)
            && find(left + middle->u, leftSize - middle->u, right + middle->v, rightSize - middle->v);
    }
    std::vector<ByteEdit> take() { return std::move(m_edits); }

private:
    /// From (x, y) to (u, v) both sides are the same.
    struct Middle {
        qint64 x = 0;
        qint64 y = 0;
        qint64 u = 0;
        qint64 v = 0;
    };

    void add(const ByteEdit& edit)
    {
        if (edit.leftSize == 0 && edit.rightSize == 0) {
            return;
        }
        m_found += edit.leftSize + edit.rightSize;
        if (!m_edits.empty()) {
            ByteEdit& last = m_edits.back();
            if (last.left + last.leftSize == edit.left && last.right + last.rightSize == edit.right) {
                last.leftSize += edit.leftSize;
                last.rightSize += edit.rightSize;
                return;
            }
        }
        m_edits.push_back(edit);
    }

    /// How far a path gets on diagonal `k` with one more edit, from its own end; `reached` has the others, at `zero`.
    static qint64 entry(const std::vector<qint64>& reached, qint64 zero, qint64 k, qint64 edits)
    {
        const auto at = [&](qint64 diagonal) { return reached[static_cast<std::size_t>(zero + diagonal)]; };
        return k == -edits || (k != edits && at(k - 1) < at(k + 1)) ? at(k + 1) : at(k - 1) + 1;
    }

    std::optional<Middle> meet(const ByteEdit& box)
    {
        const char* left = m_left + box.left;
        const char* right = m_right + box.right;
        const qint64 n = box.leftSize;
        const qint64 m = box.rightSize;
        const qint64 skew = n - m;
        const bool isOdd = (skew & 1) != 0;
        const qint64 mostEdits = std::min((n + m + 1) / 2, m_most / 2 + 1);
        for (qint64 edits = 0; edits <= mostEdits; ++edits) {
            if (m_steps < 0 || (m_isWanted && !m_isWanted())) {
                return std::nullopt;
            }
            makeRoom(edits);
            const qint64 first = -(edits - 2 * std::max<qint64>(0, edits - m));
            const qint64 last = edits - 2 * std::max<qint64>(0, edits - n);
            for (qint64 k = first; k <= last; k += 2) {
                const qint64 begin = entry(m_forward, m_zero, k, edits);
                qint64 x = begin;
                while (x < n && x - k < m && left[x] == right[x - k]) {
                    ++x;
                }
                m_steps -= x - begin + 1;
                at(m_forward, k) = x;
                const qint64 other = skew - k;
                if (isOdd && std::abs(other) <= edits - 1 && x + at(m_backward, other) >= n) {
                    return Middle { begin, begin - k, x, x - k };
                }
            }
            for (qint64 k = first; k <= last; k += 2) {
                const qint64 begin = entry(m_backward, m_zero, k, edits);
                qint64 x = begin;
                while (x < n && x - k < m && left[n - 1 - x] == right[m - 1 - (x - k)]) {
                    ++x;
                }
                m_steps -= x - begin + 1;
                at(m_backward, k) = x;
                const qint64 other = skew - k;
                if (!isOdd && std::abs(other) <= edits && x + at(m_forward, other) >= n) {
                    return Middle { n - x, m - (x - k), n - begin, m - (begin - k) };
                }
            }
        }
        return std::nullopt;
    }

    /// For diagonals up to one beyond `edits` to both sides; begins anew at none.
    void makeRoom(qint64 edits)
    {
        if (edits == 0 && m_zero > 0) {
            at(m_forward, 1) = 0;
            at(m_backward, 1) = 0;
            return;
        }
        if (edits + 2 <= m_zero) {
            return;
        }
        constexpr qint64 leastRoom = 64;
        const qint64 more = std::max(leastRoom, edits + 2); // twice as much each time
        for (std::vector<qint64>* reached : { &m_forward, &m_backward }) {
            std::vector<qint64> larger(static_cast<std::size_t>(2 * (m_zero + more) + 1));
            std::copy(reached->begin(), reached->end(), larger.begin() + more);
            *reached = std::move(larger);
        }
        m_zero += more;
    }
    qint64& at(std::vector<qint64>& reached, qint64 diagonal) const
    {
        return reached[static_cast<std::size_t>(m_zero + diagonal)];
    }

    const char* m_left;
    const char* m_right;
    qint64& m_steps;
    const qint64 m_most;
    const std::function<bool()>& m_isWanted;
    std::vector<ByteEdit> m_edits;
    qint64 m_found = 0; ///< bytes of them
    std::vector<qint64> m_forward; ///< by diagonal: how many bytes of the left side a path has behind it
    std::vector<qint64> m_backward; ///< the same from the end
    qint64 m_zero = 0; ///< where diagonal 0 is
};

} // namespace

std::optional<std::vector<ByteEdit>> shortestEdits(
    QByteArrayView left, QByteArrayView right, qint64& steps, qint64 most, const std::function<bool()>& isWanted)
{
    EditFinder finder(left, right, steps, most, isWanted);
    if (!finder.find(0, left.size(), 0, right.size())) {
        return std::nullopt;
    }
    return finder.take();
}

} // namespace sockeye
