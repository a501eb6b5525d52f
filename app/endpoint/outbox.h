// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>

#include <vector>

namespace sockeye {

class Connection;

/// Small replies of one turn of an I/O thread, kept until its end and then written in one go: one connection after the
/// other, each in one write. Written one by one between reads, each of them wakes the program at the other end, which
/// has dealt with it and sleeps again when the next one comes; written together, the others are there when it looks.
class Outbox {
public:
    /// Larger replies are not worth copying, nor is more worth waiting for, in bytes.
    static constexpr qsizetype maxReply = 8 * 1024;
    static constexpr qsizetype maxHeld = 64 * 1024;

    [[nodiscard]] bool isEmpty() const { return m_held.empty(); }
    [[nodiscard]] bool isFull() const { return m_bytes.size() >= maxHeld; }

    /// The connection must stay until they are sent.
    void hold(Connection& connection, QByteArrayView replies);
    /// Has every connection write what is held for it, in the order in which it came.
    void send();

private:
    struct Held {
        Connection* connection;
        qsizetype begin; ///< in m_bytes
        qsizetype size;
    };
    std::vector<Held> m_held;
    std::size_t m_next = 0; ///< of m_held: a write that fails may have the rest sent
    QByteArray m_bytes;
};

} // namespace sockeye
