// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

#include <deque>

namespace sockeye {

/// Which reads or writes of a stream carried a message. Segments and messages are told in the order of the stream.
class MessageCalls {
public:
    /// The bytes that one read or one write carried follow those before.
    void segment(qint64 size);
    /// So many bytes of the stream are missing.
    void gap(qint64 size);
    [[nodiscard]] qint64 end() const { return m_end; } ///< stream offset of the byte that comes next

    struct Calls {
        int count = 0;
        bool glued = false; ///< one of them carried bytes of another message as well
    };
    /// Of the message in that range. What lies before it is not asked about any more.
    [[nodiscard]] Calls message(qint64 offset, qint64 size);

private:
    struct Call {
        qint64 begin = 0;
        qint64 end = 0;
    };
    std::deque<Call> m_calls;
    qint64 m_end = 0;
};

} // namespace sockeye
