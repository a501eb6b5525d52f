// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/stream.h"
#include "app/tls/tls_session.h"

#include <memory>

namespace sockeye {

/// TLS over another stream: the same calls mean what TLS carries. read() and write() are of plain bytes,
/// shutdownWrite() is a close_notify and then the end of the TCP stream, and nothing is read or written before
/// secured().
///
/// What the owner wants to be told and what the stream below is watched for are two things here: a handshake reads and
/// writes as it likes, and plain bytes may wait in the session with none in the socket.
class TlsStream final : public Stream, private Stream::Owner, private TlsSession::Wire {
public:
    /// `below` is connected, and nothing was read or written; `host` is whom a client asked for.
    TlsStream(std::unique_ptr<Stream> below, Stream::Owner& owner, std::shared_ptr<const TlsContext> context,
        const QString& host);
    ~TlsStream() override;

    /// With the handshake; once. `earlier` is what an earlier session with that server agreed on, to go on with, or
    /// null.
    void begin(SSL_SESSION* earlier = nullptr);

    void moveTo(QThread* thread) override { m_below->moveTo(thread); }
    [[nodiscard]] FailureCode connectTo(const SocketAddress& address, const SocketOptions& options) override
    {
        return m_below->connectTo(address, options);
    }
    [[nodiscard]] FailureCode connectResult() override { return m_below->connectResult(); }
    [[nodiscard]] Transfer read(char* data, qsizetype size) override;
    [[nodiscard]] Transfer write(QByteArrayView bytes) override;
    void shutdownWrite() override;
    void close() override;
    void reset() override { m_below->reset(); }
    void setReading(bool on) override;
    void setWriting(bool on) override;
    void callLater() override { m_below->callLater(); }

    [[nodiscard]] bool isOpen() const override { return m_below->isOpen(); }
    [[nodiscard]] SocketAddress local() const override { return m_below->local(); }
    [[nodiscard]] SocketAddress peer() const override { return m_below->peer(); }
    [[nodiscard]] bool peerIsGone() const override { return m_below->peerIsGone(); }
    [[nodiscard]] bool peerHasFinished() const override { return m_below->peerHasFinished(); }
    [[nodiscard]] const EngineCapabilities& capabilities() const override { return m_below->capabilities(); }
    [[nodiscard]] FailureCode lastFailure() const override { return m_below->lastFailure(); }
    [[nodiscard]] int lastError() const override { return m_below->lastError(); }
    [[nodiscard]] Failure failure(Status status, const QString& subject) const override;
    [[nodiscard]] bool isSecuring() const override { return !m_isSecured; }
    [[nodiscard]] const TlsSession* tls() const override { return &m_session; }

private:
    void readable() override;
    void writable() override;
    Transfer receive(char* data, qsizetype size) override { return m_below->read(data, size); }
    Transfer send(QByteArrayView bytes) override { return m_below->write(bytes); }

    void shakeHands();
    [[nodiscard]] bool finish();
    void update();

    std::unique_ptr<Stream> m_below;
    TlsSession m_session;
    bool m_isSecured = false; ///< the handshake is done, and the owner knows
    bool m_wantsReading = false; ///< the owner
    bool m_wantsWriting = false; ///< the owner
    bool m_hasMore = false; ///< read() may give bytes without the socket
    bool m_isFinishing = false; ///< close_notify waits for room
};

/// Begins TLS on a connected stream, before anything is read or written; the stream that is given back takes its place.
/// Ends in secured(), or in readable() with a read() that fails; how long that may take is the owner's to say.
[[nodiscard]] std::unique_ptr<Stream> startTls(std::unique_ptr<Stream> stream, Stream::Owner& owner,
    const std::shared_ptr<const TlsContext>& context, const QString& host = {}, SSL_SESSION* earlier = nullptr);

} // namespace sockeye
