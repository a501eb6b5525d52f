// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/platform/posix/tcp_socket.h"

#include "app/platform/posix/socket_setup.h"
#include "app/platform/posix/system_address.h"
#include "app/platform/posix/unix_place.h"
#include "app/platform/system_error.h"

#include <cerrno>

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

namespace sockeye {

TcpSocket TcpSocket::accept(qintptr listening)
{
    sockaddr_storage storage {};
    socklen_t size = sizeof storage;
    TcpSocket accepted(Descriptor(::accept4(
        static_cast<int>(listening), reinterpret_cast<sockaddr*>(&storage), &size, SOCK_CLOEXEC | SOCK_NONBLOCK)));
    if (!accepted.isOpen()) {
        accepted.m_error = errno;
    }
    accepted.m_isUnix = storage.ss_family == AF_UNIX;
    return accepted;
}

bool TcpSocket::nothingWaits() const
{
    return m_error == EAGAIN || m_error == EWOULDBLOCK;
}

/// For want of it all is as it was before there was a socket.
FailureCode TcpSocket::failedToOpen(int error)
{
    m_error = error;
    close();
    return fromSystemError(error);
}

FailureCode TcpSocket::connectTo(const SocketAddress& address, const SocketOptions& options)
{
    sockaddr_storage storage {};
    const socklen_t size = toSystem(address, storage);
    if (size == 0) {
        return failedToOpen(ENAMETOOLONG);
    }
    m_isUnix = address.isUnix();
    m_descriptor = Descriptor(::socket(storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!isOpen()) {
        return failedToOpen(errno);
    }
    if (const int error = setUpStream(descriptor(), options); error != 0) {
        return failedToOpen(error);
    }
    if (const int error = bindOwnEnd(descriptor(), options.bindTo, storage.ss_family); error != 0) {
        return failedToOpen(error);
    }
    if (::connect(descriptor(), reinterpret_cast<const sockaddr*>(&storage), size) != 0 && errno != EINPROGRESS
        && errno != EINTR) {
        return failedToOpen(connectErrorAt(address.unixName, errno));
    }
    return FailureCode::None;
}

FailureCode TcpSocket::connectResult()
{
    int error = 0;
    socklen_t size = sizeof error;
    if (::getsockopt(descriptor(), SOL_SOCKET, SO_ERROR, &error, &size) != 0) {
        error = errno;
    }
    m_error = error;
    return fromSystemError(error);
}

Transfer TcpSocket::failed(int error)
{
    m_error = error;
    switch (m_error) {
    case EAGAIN:
#if EWOULDBLOCK != EAGAIN
    case EWOULDBLOCK:
#endif
    case EINTR:
        return { TransferStatus::WouldBlock, 0 };
    case ECONNRESET:
    case EPIPE: // the reset came in answer to what we had written before
        return { TransferStatus::Reset, 0 };
    default:
        return { TransferStatus::Failed, 0 };
    }
}

Transfer TcpSocket::read(char* data, qsizetype size)
{
    const ssize_t count = ::recv(descriptor(), data, static_cast<std::size_t>(size), MSG_DONTWAIT);
    return outcomeOfReading(count >= 0 ? count : -errno);
}

Transfer TcpSocket::outcomeOfReading(qsizetype result)
{
    if (result > 0) {
        return { TransferStatus::Ok, result };
    }
    return result == 0 ? Transfer { TransferStatus::EndOfStream, 0 } : failed(static_cast<int>(-result));
}

Transfer TcpSocket::write(QByteArrayView bytes)
{
    const ssize_t count =
        ::send(descriptor(), bytes.data(), static_cast<std::size_t>(bytes.size()), MSG_DONTWAIT | MSG_NOSIGNAL);
    return outcomeOfWriting(count >= 0 ? count : -errno);
}

Transfer TcpSocket::outcomeOfWriting(qsizetype result)
{
    return result >= 0 ? Transfer { TransferStatus::Ok, result } : failed(static_cast<int>(-result));
}

void TcpSocket::shutdownWrite()
{
    ::shutdown(descriptor(), SHUT_WR);
}

void TcpSocket::reset()
{
    if (isOpen()) {
        const linger now { 1, 0 };
        ::setsockopt(descriptor(), SOL_SOCKET, SO_LINGER, &now, sizeof now);
        close();
    }
}

SocketAddress TcpSocket::local() const
{
    return localAddress(descriptor());
}

SocketAddress TcpSocket::peer() const
{
    return peerAddress(descriptor());
}

bool TcpSocket::peerIsGone() const
{
    // A Unix socket hangs up as soon as its peer has closed, while what that sent can still be read.
    const int gone = m_isUnix ? POLLERR : POLLHUP | POLLERR;
    pollfd poller { descriptor(), 0, 0 };
    return ::poll(&poller, 1, 0) > 0 && (poller.revents & gone) != 0;
}

bool TcpSocket::peerHasFinished() const
{
#ifdef POLLRDHUP
    pollfd poller { descriptor(), POLLRDHUP, 0 };
    return ::poll(&poller, 1, 0) > 0 && (poller.revents & POLLRDHUP) != 0;
#else
    return false;
#endif
}

} // namespace sockeye
