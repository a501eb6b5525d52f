// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/datagram_socket.h"

#include <QTimer>
#include <QUdpSocket>

#include <memory>
#include <optional>

namespace sockeye {

/// A UDP socket over QUdpSocket, which does not say when there is room to send again: that is tried after a moment.
class QtDatagramSocket final : public DatagramSocket {
public:
    explicit QtDatagramSocket(Owner* owner);
    ~QtDatagramSocket() override;

    [[nodiscard]] FailureCode bind(const SocketAddress& address, const SocketOptions& options) override;
    [[nodiscard]] FailureCode connectTo(const SocketAddress& address, const SocketOptions& options) override;
    void close() override;
    [[nodiscard]] Received receive(char* data, qsizetype size) override;
    [[nodiscard]] Status send(QByteArrayView bytes) override;
    [[nodiscard]] Status send(QByteArrayView bytes, const SocketAddress& to, const QHostAddress& from) override;
    void setReading(bool on) override;
    void setWriting(bool on) override;

    [[nodiscard]] bool isOpen() const override { return m_socket != nullptr; }
    [[nodiscard]] SocketAddress local() const override;
    [[nodiscard]] SocketAddress peer() const override;
    [[nodiscard]] FailureCode lastFailure() const override { return m_failure; }
    [[nodiscard]] QString errorText() const override { return m_errorText; }

private:
    void open();
    [[nodiscard]] FailureCode failedToOpen();
    [[nodiscard]] bool setUpFor(const SocketOptions& options);
    [[nodiscard]] Status failed();

    std::unique_ptr<QUdpSocket> m_socket; ///< null while closed
    std::optional<SocketAddress> m_peer; ///< of a socket that is not connected to it
    std::unique_ptr<QTimer> m_retry; ///< of writable()
    std::unique_ptr<QTimer> m_more; ///< of readable()
    FailureCode m_failure = FailureCode::None;
    QString m_errorText;
    bool m_manyAddresses = false; ///< bound to all of ours
    bool m_bothFamilies = false; ///< IPv4 goes as IPv6
    bool m_wantsReading = false;
};

} // namespace sockeye
