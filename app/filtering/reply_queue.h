// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

#include <optional>
#include <vector>

namespace sockeye {

/// Who answers what on one connection: replies come in the order of their requests. What stands for a request, its time
/// or its row, is the caller's.
class ReplyQueue {
public:
    void ask(qint64 request);
    /// Which request a reply is to; nothing if none waits, or there were too many without a reply to count them.
    [[nodiscard]] std::optional<qint64> answer();

private:
    std::vector<qint64> m_asked; ///< a deque takes half a kilobyte of every connection
    std::size_t m_answered = 0; ///< of those
    bool m_loseCount = false;
};

} // namespace sockeye
