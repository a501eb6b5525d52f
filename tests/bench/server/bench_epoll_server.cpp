// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// "The limit": the least that a server of this exchange can do. One thread, one epoll, no framework; it does not look
// at what it is asked, but knows how long each request is and sends the same reply for each.
//
// bench_epoll_server one|keep REQUEST_HEX REPLY_HEX: prints the port that it listens on, serves until it is killed.

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

std::string fromHex(std::string_view hex)
{
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        bytes += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
    }
    return bytes;
}

class EpollServer {
public:
    EpollServer(bool keep, std::size_t requestSize, const std::string& reply)
        : m_keep(keep)
        , m_requestSize(requestSize)
        , m_replySize(reply.size())
    {
        // A read of 64 KiB holds at most so many requests; their replies go out in one write.
        for (std::size_t i = 0; i <= m_buffer.size() / requestSize + 1; ++i) {
            m_replies += reply;
        }
    }

    int listen()
    {
        m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
        const int on = 1;
        ::setsockopt(m_listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
        ::setsockopt(m_listener, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        sockaddr_in address {};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        if (::bind(m_listener, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(m_listener, 4096) != 0) {
            return -1;
        }
        ::getsockname(m_listener, reinterpret_cast<sockaddr*>(&address), &size);
        m_epoll = ::epoll_create1(0);
        watch(m_listener);
        return ntohs(address.sin_port);
    }

    [[noreturn]] void serve()
    {
        std::array<epoll_event, 256> events {};
        for (;;) {
            const int count = ::epoll_wait(m_epoll, events.data(), static_cast<int>(events.size()), -1);
            for (int i = 0; i < count; ++i) {
                const int descriptor = events[static_cast<std::size_t>(i)].data.fd;
                if (descriptor == m_listener) {
                    acceptAll();
                } else {
                    answer(descriptor);
                }
            }
        }
    }

private:
    void watch(int descriptor) const
    {
        epoll_event event {};
        event.events = EPOLLIN;
        event.data.fd = descriptor;
        ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, descriptor, &event);
    }

    void acceptAll()
    {
        for (;;) {
            const int descriptor = ::accept4(m_listener, nullptr, nullptr, SOCK_NONBLOCK);
            if (descriptor < 0) {
                return;
            }
            if (m_pending.size() <= static_cast<std::size_t>(descriptor)) {
                m_pending.resize(static_cast<std::size_t>(descriptor) + 1);
            }
            m_pending[static_cast<std::size_t>(descriptor)] = 0;
            watch(descriptor);
        }
    }

    void answer(int descriptor)
    {
        const ssize_t count = ::recv(descriptor, m_buffer.data(), m_buffer.size(), 0);
        if (count <= 0) {
            ::close(descriptor);
            return;
        }
        std::size_t& pending = m_pending[static_cast<std::size_t>(descriptor)];
        pending += static_cast<std::size_t>(count);
        const std::size_t requests = pending / m_requestSize;
        pending %= m_requestSize;
        if (requests == 0) {
            return;
        }
        // The generator never has more outstanding than the kernel's buffer takes.
        const std::size_t size = (m_keep ? requests : 1) * m_replySize;
        const bool sent = ::send(descriptor, m_replies.data(), size, MSG_NOSIGNAL) == static_cast<ssize_t>(size);
        if (!m_keep || !sent) {
            ::close(descriptor);
        }
    }

    bool m_keep;
    std::size_t m_requestSize;
    std::size_t m_replySize;
    std::string m_replies;
    int m_listener = -1;
    int m_epoll = -1;
    std::array<char, 65536> m_buffer {};
    std::vector<std::size_t> m_pending; ///< bytes of an unfinished request, by descriptor
};

} // namespace

int main(int argc, char** argv)
{
    if (argc != 4) {
        std::fputs("usage: bench_epoll_server one|keep REQUEST_HEX REPLY_HEX\n", stderr);
        return 2;
    }
    rlimit limit {};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
    EpollServer server(std::strcmp(argv[1], "keep") == 0, fromHex(argv[2]).size(), fromHex(argv[3]));
    const int port = server.listen();
    if (port < 0) {
        std::perror("listen");
        return 1;
    }
    std::printf("%d\n", port);
    std::fflush(stdout);
    server.serve();
}
