// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <utility>

namespace sockeye {

/// A socket of the loopback with nothing between it and the system.
class RawSocket {
public:
    explicit RawSocket(int descriptor = -1)
        : m_descriptor(descriptor)
    {
    }
    ~RawSocket() { close(); }
    RawSocket(RawSocket&& other) noexcept
        : m_descriptor(std::exchange(other.m_descriptor, -1))
    {
    }
    RawSocket& operator=(RawSocket&& other) noexcept
    {
        std::swap(m_descriptor, other.m_descriptor);
        return *this;
    }

    /// Bound to a free port of 127.0.0.1; `type` SOCK_STREAM or SOCK_DGRAM.
    [[nodiscard]] static RawSocket bound(int type)
    {
        RawSocket made(::socket(AF_INET, type | SOCK_CLOEXEC, 0));
        const sockaddr_in address = loopback(0);
        return ::bind(made.m_descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0
            ? std::move(made)
            : RawSocket();
    }
    [[nodiscard]] static RawSocket listening(int backlog)
    {
        RawSocket made = bound(SOCK_STREAM);
        return ::listen(made.m_descriptor, backlog) == 0 ? std::move(made) : RawSocket();
    }
    [[nodiscard]] static RawSocket connected(quint16 port)
    {
        RawSocket made(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        const sockaddr_in address = loopback(port);
        return ::connect(made.m_descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0
            ? std::move(made)
            : RawSocket();
    }
    [[nodiscard]] RawSocket accept() const { return RawSocket(::accept(m_descriptor, nullptr, nullptr)); }

    [[nodiscard]] bool isOpen() const { return m_descriptor >= 0; }
    [[nodiscard]] int descriptor() const { return m_descriptor; }
    [[nodiscard]] quint16 port() const
    {
        sockaddr_in address {};
        socklen_t size = sizeof address;
        ::getsockname(m_descriptor, reinterpret_cast<sockaddr*>(&address), &size);
        return ntohs(address.sin_port);
    }
    [[nodiscard]] quint64 inode() const
    {
        struct stat status { };
        return ::fstat(m_descriptor, &status) == 0 ? status.st_ino : 0;
    }
    void close()
    {
        if (m_descriptor >= 0) {
            ::close(std::exchange(m_descriptor, -1));
        }
    }

private:
    static sockaddr_in loopback(quint16 port)
    {
        sockaddr_in address {};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        return address;
    }
    int m_descriptor;
};

} // namespace sockeye
