// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/socket_options.h"

#include <QAbstractSocket>

namespace sockeye {

/// What QAbstractSocket knows of them, for a socket that is bound or connected; the rest is among the engine's limits.
inline void setUp(QAbstractSocket& socket, const SocketOptions& options)
{
    if (socket.socketType() == QAbstractSocket::TcpSocket) {
        socket.setSocketOption(QAbstractSocket::LowDelayOption, options.noDelay ? 1 : 0);
        socket.setSocketOption(QAbstractSocket::KeepAliveOption, options.keepAlive ? 1 : 0);
    }
    if (options.sendBuffer) {
        socket.setSocketOption(QAbstractSocket::SendBufferSizeSocketOption, *options.sendBuffer);
    }
    if (options.receiveBuffer) {
        socket.setSocketOption(QAbstractSocket::ReceiveBufferSizeSocketOption, *options.receiveBuffer);
    }
    if (options.trafficClass) {
        socket.setSocketOption(QAbstractSocket::TypeOfServiceOption, *options.trafficClass);
    }
}

} // namespace sockeye
