// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/load/load_error.h"
#include "app/load/load_link.h"
#include "app/net/datagram_socket.h"

#include <QByteArrayView>

#include <array>
#include <memory>
#include <vector>

namespace sockeye {

/// A link over UDP: a socket with a port of its own, each request a datagram.
///
/// Replies that are alike do not tell which of several requests they answer; ports do. So a socket on which a request
/// was lost gets no new ones: what is still outstanding on it is waited for, then another socket takes its place, and
/// the old one only listens for what comes late. No late reply is ever taken for the quick one to a later request.
class LoadDatagramLink final : public LoadLink {
public:
    /// `place`: where in the script it begins.
    LoadDatagramLink(LoadWorker& worker, qsizetype place);
    ~LoadDatagramLink() override;

    [[nodiscard]] int room() const override;
    void ask(int count, qint64 since, qint64 now) override;
    void open(qint64 now) override;
    void checkTime(qint64 now) override;
    void close() override;

private:
    enum class State : quint8 {
        Closed,
        Open, ///< mode fresh: each request gets its socket when it is asked
        Waiting, ///< failed: waits a little before it tries again
    };
    struct Asked {
        qint64 since = 0; ///< from when its time runs
        qint64 at = 0; ///< when it was asked
        qsizetype place = 0; ///< in the script
    };
    /// A socket, and what was asked on it.
    struct Line final : DatagramSocket::Owner {
        LoadDatagramLink* link = nullptr;
        std::unique_ptr<DatagramSocket> socket;
        std::vector<Asked> outstanding; ///< in the order in which they were asked
        std::vector<qsizetype> lost; ///< places of those whose time was over
        qint64 closesAt = 0; ///< of one that only listens
        bool retires = false; ///< one was lost: it gets no new ones

        void readable() override { link->receive(*this); }
        void writable() override { link->sendRest(); }
    };

    [[nodiscard]] Line& present() { return m_lines[m_present]; }
    [[nodiscard]] const Line& present() const { return m_lines[m_present]; }
    [[nodiscard]] FailureCode renew(qint64 now);
    void sendRest();
    void receive(Line& line);
    void take(Line& line, QByteArrayView bytes, qint64 now);
    void wrong(Line& line, QByteArrayView bytes);
    void goOn(qint64 now);
    void loseOverdue(qint64 now);
    void fail(FailureCode code, qint64 now, bool opening = false);

    std::array<Line, 2> m_lines; ///< what is asked on, and the one before
    std::size_t m_present = 0;
    std::size_t m_unsent = 0; ///< of what is outstanding, the last ones: there was no room for them
    qsizetype m_next; ///< place in the script of what is asked next
    qint64 m_waitingFrom = 0;
    State m_state = State::Closed;
};

} // namespace sockeye
