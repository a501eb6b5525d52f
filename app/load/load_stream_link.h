// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/load/load_error.h"
#include "app/load/load_link.h"
#include "app/net/stream.h"
#include "app/tls/openssl_handles.h"

#include <QByteArrayView>

#include <memory>

namespace sockeye {

class Connector;

/// A link over TCP, or TLS.
///
/// It drives its stream by itself instead of through a Channel: it queues nothing (requests are views of a script that
/// stays), records nothing, never lingers, and writes before it is told that the connection stands. What a Channel
/// would do beyond that is time that the generator takes from the server that it measures. Without TLS and a proxy its
/// stream is the same one for all of its connections.
class LoadStreamLink final : public LoadLink, private Stream::Owner {
public:
    /// `since`: room for the times of all requests that can be outstanding. `place`: where in the script it begins.
    LoadStreamLink(LoadWorker& worker, qint64* since, qsizetype place);
    ~LoadStreamLink() override;

    [[nodiscard]] int room() const override;
    void ask(int count, qint64 since, qint64 now) override;
    void open(qint64 now) override;
    void checkTime(qint64 now) override;
    void close() override;

private:
    enum class State : quint8 {
        Closed, ///< no connection; a fresh one can be made
        Connecting, ///< until the connection stands, the proxy's and TLS's part of it included
        Open,
        Ending, ///< fresh: the reply is whole, the server's end of stream is still to come
        Waiting, ///< failed: waits a little before it tries again
    };

    void readable() override;
    void writable() override;
    void secured() override;
    [[nodiscard]] bool connect(qint64 now);
    [[nodiscard]] bool tryConnect(qint64 now);
    void proceed(qint64 now);
    void connectByProxy();
    void connected(qint64 now);
    void begin(qint64 now);
    void sendRest(qint64 now);
    void take(QByteArrayView bytes, qint64 now);
    void answered(qint64 now);
    void awaitEnd(qint64 now);
    void exchanged(qint64 now);
    void wrong(QByteArrayView expected, QByteArrayView rest, qint64 now);
    void fail(LoadError error, qint64 now);
    void lost(const Stream::Transfer& transfer, qint64 now);
    void hangUp();

    std::unique_ptr<Stream> m_stream; ///< never null
    std::unique_ptr<Stream> m_spent; ///< TLS, proxy: the one before, which may be who calls us
    std::unique_ptr<Connector> m_connector; ///< proxy
    openssl::ResumptionHandle m_earlier; ///< TLS: what the connection before agreed on, where it is to be resumed
    QByteArrayView m_unsent; ///< of the script: still to be handed to the socket
    qint64* m_since; ///< a ring
    qsizetype m_next; ///< place in the script of what is asked next
    qsizetype m_oldest; ///< place in the script of the oldest outstanding request
    qsizetype m_got = 0; ///< bytes of its reply
    qint64 m_waitingFrom = 0; ///< since when nothing that was waited for has come
    qint64 m_handshakeFrom = 0; ///< TLS: when it began
    int m_head = 0; ///< of the ring
    int m_outstanding = 0;
    State m_state = State::Closed;
    bool m_waitsForBacklog = false; ///< Connecting, to a Unix socket whose queue is full: it is tried again
};

} // namespace sockeye
