// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/load/load_plan.h"

#include <QByteArray>
#include <QByteArrayView>

#include <vector>

namespace sockeye {

/// The requests of a run as they go over the wire, made once: one sequence in which each comes as often as its weight
/// says, evenly spread, over and over, with the reply that each must get. Immutable; all threads of a run share it.
class LoadScript {
public:
    static constexpr qsizetype maxBytes = 64 * 1024 * 1024;

    /// `replies`: the right one of each request of the plan's mix. None is empty.
    LoadScript(const LoadPlan& plan, const std::vector<QByteArray>& replies);

    /// Whether the sequence of that plan has a bearable size.
    [[nodiscard]] static bool fits(const LoadPlan& plan);

    [[nodiscard]] qsizetype length() const { return m_length; } ///< of the sequence, in requests
    /// At most so many requests can be taken in one piece, whatever the place.
    [[nodiscard]] qsizetype maxBatch() const { return m_batch; }
    /// `count` requests from `place` on in one piece; the sequence begins again after its end. count ≤ maxBatch().
    [[nodiscard]] QByteArrayView requests(qsizetype place, qsizetype count) const
    {
        const qsizetype begin = m_offsets[static_cast<std::size_t>(place)];
        return QByteArrayView(m_bytes).sliced(begin, m_offsets[static_cast<std::size_t>(place + count)] - begin);
    }
    [[nodiscard]] const QByteArray& reply(qsizetype place) const
    {
        return m_replies[static_cast<std::size_t>(m_sequence[static_cast<std::size_t>(place)])];
    }
    [[nodiscard]] bool hasReply(QByteArrayView bytes) const; ///< whether that is the right one of any of them
    [[nodiscard]] int requestAt(qsizetype place) const { return m_sequence[static_cast<std::size_t>(place)]; }

    /// Indices of requests with these weights, each as often as its weight says once a common factor is gone, evenly
    /// spread.
    [[nodiscard]] static std::vector<int> sequence(std::vector<int> weights);

private:
    std::vector<QByteArray> m_replies;
    std::vector<int> m_sequence;
    QByteArray m_bytes; ///< the sequence and the beginning of its repetition
    std::vector<qsizetype> m_offsets; ///< of each request in it, and its end
    qsizetype m_length = 0;
    qsizetype m_batch = 1;
};

} // namespace sockeye
