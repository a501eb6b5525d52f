// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// bench_connections PORT CONNECTIONS REQUEST_HEX REPLY_SIZE: opens so many connections to that port of the loopback as
// fast as they come, asks once on each, and prints how many milliseconds it took until all were answered. They stay
// open until standard input brings a line or ends; then they are closed, and that is said.

#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

class Crowd {
public:
    Crowd(std::string request, std::size_t replySize)
        : m_epoll(::epoll_create1(0))
        , m_request(std::move(request))
        , m_replySize(replySize)
    {
    }

    /// False if one of them is refused or does not get what it should.
    [[nodiscard]] bool open(std::uint16_t port, std::size_t count)
    {
        m_members.resize(count);
        m_address.sin_family = AF_INET;
        m_address.sin_port = htons(port);
        m_address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        std::size_t begun = 0;
        std::size_t answered = 0;
        std::array<epoll_event, 512> events {};
        while (answered < count) {
            // Never more under way than a server's queue takes.
            for (; begun < count && begun - answered < underWay; ++begun) {
                if (!connect(begun)) {
                    return false;
                }
            }
            const int ready = ::epoll_wait(m_epoll, events.data(), static_cast<int>(events.size()), 5000);
            if (ready <= 0) {
                return false;
            }
            for (int i = 0; i < ready; ++i) {
                const epoll_event& event = events[static_cast<std::size_t>(i)];
                if (!handle(m_members[event.data.u64], event.events, answered)) {
                    return false;
                }
            }
        }
        return true;
    }

    void close()
    {
        for (const Member& member : m_members) {
            ::close(member.descriptor);
        }
    }

private:
    static constexpr std::size_t underWay = 2048;

    struct Member {
        int descriptor = -1;
        std::size_t got = 0;
        bool asked = false;
    };

    [[nodiscard]] bool connect(std::size_t index)
    {
        Member& member = m_members[index];
        member.descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
        if (member.descriptor < 0) {
            return false;
        }
        ::connect(member.descriptor, reinterpret_cast<const sockaddr*>(&m_address), sizeof m_address);
        epoll_event event {};
        event.events = EPOLLIN | EPOLLOUT | EPOLLET;
        event.data.u64 = index;
        return ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, member.descriptor, &event) == 0;
    }

    [[nodiscard]] bool handle(Member& member, std::uint32_t events, std::size_t& answered) const
    {
        if (!member.asked && (events & EPOLLOUT) != 0) {
            member.asked = true;
            const ssize_t sent = ::send(member.descriptor, m_request.data(), m_request.size(), MSG_NOSIGNAL);
            if (sent != static_cast<ssize_t>(m_request.size())) {
                return false;
            }
        }
        if ((events & EPOLLIN) != 0) {
            std::array<char, 4096> buffer {};
            const ssize_t count = ::recv(member.descriptor, buffer.data(), buffer.size(), 0);
            if (count <= 0) {
                return false;
            }
            member.got += static_cast<std::size_t>(count);
            answered += member.got == m_replySize ? 1 : 0;
        }
        return (events & (EPOLLERR | EPOLLHUP)) == 0;
    }

    int m_epoll;
    sockaddr_in m_address {};
    std::string m_request;
    std::size_t m_replySize;
    std::vector<Member> m_members;
};

} // namespace

int main(int argc, char** argv)
{
    if (argc != 5) {
        std::fputs("usage: bench_connections PORT CONNECTIONS REQUEST_HEX REPLY_SIZE\n", stderr);
        return 2;
    }
    rlimit limit {};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
    std::string request;
    const std::string_view hex = argv[3];
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        request += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
    }
    Crowd crowd(std::move(request), std::stoul(argv[4]));
    const auto began = std::chrono::steady_clock::now();
    if (!crowd.open(static_cast<std::uint16_t>(std::stoi(argv[1])), std::stoul(argv[2]))) {
        std::perror("a connection was not answered");
        return 1;
    }
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - began;
    std::printf("%.1f\n", took.count());
    std::fflush(stdout);
    (void)std::getchar();
    crowd.close();
    std::puts("closed");
}
