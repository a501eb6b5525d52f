// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include <atomic>
#include <chrono>
#include <thread>

namespace sockeye {

/// A client in a thread of its own, on plain sockets: asks a server of the application protocol numbered questions over
/// one persistent connection, many in one write, at a set pace, and checks every byte of every answer, in order.
class PipeliningPeer {
public:
    struct Plan {
        quint16 port = 0;
        int batches = 0;
        int perBatch = 1; ///< questions in one write
        std::chrono::microseconds pause { 0 }; ///< from the start of one batch to that of the next, at least
    };

    explicit PipeliningPeer(const Plan& plan);
    ~PipeliningPeer();

    [[nodiscard]] bool isDone() const { return m_done; }
    [[nodiscard]] qint64 answered() const { return m_answered; } ///< answers that were right
    [[nodiscard]] QString failure() const { return m_failure; } ///< once it is done; empty: all went well

private:
    void run(const Plan& plan);
    [[nodiscard]] QString exchange(int socket, const Plan& plan, qint64 first);

    std::atomic<bool> m_done = false;
    std::atomic<qint64> m_answered = 0;
    QString m_failure;
    std::thread m_thread;
};

} // namespace sockeye
