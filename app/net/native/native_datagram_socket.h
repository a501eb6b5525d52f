// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/datagram_socket.h"
#include "app/platform/posix/udp_socket.h"

#include <memory>

class QSocketNotifier;
class QTimer;

namespace sockeye {

/// A UDP socket, or a Unix socket of datagrams, of the system with Qt's notifiers: no buffers, each call is one system
/// call.
class NativeDatagramSocket final : public DatagramSocket {
public:
    explicit NativeDatagramSocket(Owner* owner);
    ~NativeDatagramSocket() override;

    [[nodiscard]] FailureCode bind(const SocketAddress& address, const SocketOptions& options) override;
    [[nodiscard]] FailureCode connectTo(const SocketAddress& address, const SocketOptions& options) override;
    void close() override;
    [[nodiscard]] Received receive(char* data, qsizetype size) override;
    [[nodiscard]] Status send(QByteArrayView bytes) override;
    [[nodiscard]] Status send(QByteArrayView bytes, const SocketAddress& to, const QHostAddress& from) override;
    void setReading(bool on) override;
    void setWriting(bool on) override;

    [[nodiscard]] bool isOpen() const override { return m_socket.isOpen(); }
    [[nodiscard]] SocketAddress local() const override { return m_socket.local(); }
    [[nodiscard]] SocketAddress peer() const override { return m_socket.peer(); }
    [[nodiscard]] FailureCode lastFailure() const override { return m_socket.failure(); }
    [[nodiscard]] QString errorText() const override;

private:
    void setRetry(bool on);
    void setNotifier(std::unique_ptr<QSocketNotifier>& notifier, bool reads, bool on);

    UdpSocket m_socket;
    std::unique_ptr<QSocketNotifier> m_reader;
    std::unique_ptr<QSocketNotifier> m_writer; ///< made when it is first needed
    std::unique_ptr<QTimer> m_retry; ///< in its place, where the system does not tell
};

} // namespace sockeye
