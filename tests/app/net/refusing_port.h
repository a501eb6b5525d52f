// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/address.h"

#include <QTcpSocket>

namespace sockeye {

/// A TCP port of the loopback where connections are refused for as long as this lives: somebody has it, and does not
/// listen. One that was given back may be another program's by the time it is tried, or the very end of the attempt.
class RefusingPort {
public:
    RefusingPort() { m_socket.bind(QHostAddress::LocalHost); }

    [[nodiscard]] SocketAddress address() const { return { m_socket.localAddress(), m_socket.localPort() }; }

private:
    QTcpSocket m_socket;
};

} // namespace sockeye
