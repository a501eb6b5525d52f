// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/load/load_slice.h"
#include "app/net/stream.h"

#include <memory>

namespace sockeye {

class LoadWorker;

/// One connection of a load: asks what its worker tells it to, and compares what comes back with the right replies.
/// Lives in the I/O thread of its worker, which owns it. Times are nanoseconds of the steady clock.
///
/// It drives its stream by itself instead of through a Channel: it queues nothing (requests are views of a script that
/// stays), records nothing, never lingers, and writes before it is told that the connection stands. What a Channel
/// would do beyond that is time that the generator takes from the server that it measures.
class LoadLink final : private Stream::Owner {
public:
    /// `since`: room for the times of all requests that can be outstanding. `place`: where in the script it begins.
    LoadLink(LoadWorker& worker, qint64* since, qsizetype place);

    /// How many more requests it would take at this moment.
    [[nodiscard]] int room() const;
    /// Sends `count` requests, at most room() and the script's maxBatch(), whose time runs from `since`. A connection
    /// for each request is made first, where the plan has it so.
    void ask(int count, qint64 since, qint64 now);
    void open(qint64 now); ///< connects, for connections that stay
    void checkTime(qint64 now); ///< ends what has taken too long; tries again what has failed a while ago
    void close(); ///< for good

    // The worker's notes on it.
    qint64 freeSince = 0; ///< when it last got room
    bool parked = false; ///< is among those that wait for something to ask

private:
    enum class State : quint8 {
        Closed, ///< no connection; a fresh one can be made
        Connecting,
        Open,
        Ending, ///< fresh: the reply is whole, the server's end of stream is still to come
        Waiting, ///< failed: waits a little before it tries again
    };

    void readable() override;
    void writable() override;
    [[nodiscard]] bool connect(qint64 now);
    void sendRest(qint64 now);
    void take(QByteArrayView bytes, qint64 now);
    void exchanged(qint64 now);
    void wrong(QByteArrayView expected, QByteArrayView rest, qint64 now);
    void fail(LoadError error, qint64 now);
    void lost(const Stream::Transfer& transfer, qint64 now);

    LoadWorker& m_worker;
    std::unique_ptr<Stream> m_stream;
    QByteArrayView m_unsent; ///< of the script: still to be handed to the socket
    qint64* m_since; ///< a ring
    qsizetype m_next; ///< place in the script of what is asked next
    qsizetype m_oldest; ///< place in the script of the oldest outstanding request
    qsizetype m_got = 0; ///< bytes of its reply
    qint64 m_waitingFrom = 0; ///< since when nothing that was waited for has come
    int m_head = 0; ///< of the ring
    int m_outstanding = 0;
    State m_state = State::Closed;
};

} // namespace sockeye
