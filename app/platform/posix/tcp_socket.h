// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/address.h"
#include "app/net/failure.h"
#include "app/net/socket_options.h"
#include "app/net/transfer.h"
#include "app/platform/posix/descriptor.h"

#include <QByteArrayView>

namespace sockeye {

/// A TCP socket, or a Unix socket of streams, as the system has it: no buffers, no notifications, each call is one
/// system call, none ever waits.
class TcpSocket {
public:
    TcpSocket() = default;
    explicit TcpSocket(Descriptor descriptor)
        : m_descriptor(std::move(descriptor))
    {
    }

    /// Takes a waiting connection from a listening socket. Without one lastError() says why: see nothingWaits().
    [[nodiscard]] static TcpSocket accept(qintptr listening);
    /// None: under way, or established.
    [[nodiscard]] FailureCode connectTo(const SocketAddress& address, const SocketOptions& options);
    [[nodiscard]] FailureCode connectResult(); ///< of the attempt that has ended

    [[nodiscard]] Transfer read(char* data, qsizetype size);
    [[nodiscard]] Transfer write(QByteArrayView bytes);
    /// Of another call than read() that reads, or than write() that writes: `result` is how many bytes it moved, or
    /// minus an errno.
    [[nodiscard]] Transfer outcomeOfReading(qsizetype result);
    [[nodiscard]] Transfer outcomeOfWriting(qsizetype result);
    void shutdownWrite();
    void close() { m_descriptor.close(); }
    void reset(); ///< RST, and lets go of the descriptor; a Unix socket is just closed

    [[nodiscard]] bool isOpen() const { return m_descriptor.isValid(); }
    [[nodiscard]] int descriptor() const { return m_descriptor.number(); }
    [[nodiscard]] bool isUnix() const { return m_isUnix; }
    [[nodiscard]] SocketAddress local() const;
    [[nodiscard]] SocketAddress peer() const;
    [[nodiscard]] bool peerIsGone() const; ///< a reset has come, or both sides have ended
    [[nodiscard]] bool peerHasFinished() const; ///< its end of stream has come; false where the system does not tell
    [[nodiscard]] int lastError() const { return m_error; } ///< errno of the last call that failed
    [[nodiscard]] bool nothingWaits() const; ///< after accept(): the queue is empty

private:
    [[nodiscard]] FailureCode failedToOpen(int error);
    [[nodiscard]] Transfer failed(int error);

    Descriptor m_descriptor;
    int m_error = 0;
    bool m_isUnix = false;
};

} // namespace sockeye
