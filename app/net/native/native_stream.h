// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/stream.h"
#include "app/platform/posix/tcp_socket.h"

#include <QSocketNotifier>

#include <optional>

namespace sockeye {

/// A stream over the system's own socket.
///
/// QTcpSocket closes its descriptor as soon as the peer has sent its end of stream, so that what is still owed to a
/// peer that half-closed is lost, and it does not tell an end of stream from a reset. A workbench for sockets must show
/// both. So this is a thin layer over the descriptor: no buffers, each call is one system call. Notifications come
/// through QSocketNotifier, from whatever event dispatcher the thread has.
class NativeStream final : public Stream {
public:
    explicit NativeStream(Owner* owner);
    explicit NativeStream(TcpSocket&& accepted); ///< without an owner
    ~NativeStream() override;

    void moveTo(QThread* thread) override;
    [[nodiscard]] FailureCode connectTo(const SocketAddress& address, const SocketOptions& options) override;
    [[nodiscard]] FailureCode connectResult() override { return m_socket.connectResult(); }
    [[nodiscard]] Transfer read(char* data, qsizetype size) override { return m_socket.read(data, size); }
    [[nodiscard]] Transfer write(QByteArrayView bytes) override { return m_socket.write(bytes); }
    void shutdownWrite() override { m_socket.shutdownWrite(); }
    void close() override;
    void reset() override;
    void setReading(bool on) override;
    void setWriting(bool on) override;
    void callLater() override;

    [[nodiscard]] bool isOpen() const override { return m_socket.isOpen(); }
    [[nodiscard]] SocketAddress local() const override { return m_socket.local(); }
    [[nodiscard]] SocketAddress peer() const override { return m_socket.peer(); }
    [[nodiscard]] bool peerIsGone() const override { return m_socket.peerIsGone(); }
    [[nodiscard]] bool peerHasFinished() const override { return m_socket.peerHasFinished(); }
    [[nodiscard]] const EngineCapabilities& capabilities() const override;
    [[nodiscard]] FailureCode lastFailure() const override;
    [[nodiscard]] Failure failure(Status status, const QString& subject) const override;
    [[nodiscard]] int lastError() const override { return m_socket.lastError(); }

    // For NativePasser.
    [[nodiscard]] TcpSocket& socket() { return m_socket; }
    [[nodiscard]] const TcpSocket& socket() const { return m_socket; }

private:
    /// Takes the event directly: a signal per read would cost more than the read of a small message.
    class Notifier final : public QSocketNotifier {
    public:
        Notifier(NativeStream& stream, Type type);
        bool event(QEvent* event) override;

    private:
        NativeStream& m_stream;
    };

    void quiet();

    TcpSocket m_socket;
    std::optional<Notifier> m_reader;
    std::optional<Notifier> m_writer; ///< made when it is first needed: most connections never wait for room
    bool m_isCalledLater = false; ///< an event to m_reader is on its way
};

} // namespace sockeye
