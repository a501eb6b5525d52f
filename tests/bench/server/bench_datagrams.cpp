// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// "The limit" over UDP: the least that a server and a load generator can do.
//
// bench_datagrams serve: prints the port that it is bound to, sends each datagram back until it is killed.
// bench_datagrams load PORT SOCKETS SECONDS BYTES: as many sockets, one datagram outstanding on each, each reply
// compared with what was asked; one thread, one epoll. Prints one JSON object.

#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

using Clock = std::chrono::steady_clock;

std::array<char, 65536> buffer;

sockaddr_in loopback(int port)
{
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    return address;
}

int serve()
{
    const int descriptor = ::socket(AF_INET, SOCK_DGRAM, 0);
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    if (::bind(descriptor, reinterpret_cast<sockaddr*>(&address), size) != 0) {
        return 1;
    }
    ::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size);
    std::printf("%d\n", ntohs(address.sin_port));
    std::fflush(stdout);
    for (;;) {
        size = sizeof address;
        const ssize_t got =
            ::recvfrom(descriptor, buffer.data(), buffer.size(), 0, reinterpret_cast<sockaddr*>(&address), &size);
        if (got >= 0) {
            ::sendto(descriptor, buffer.data(), static_cast<std::size_t>(got), 0,
                reinterpret_cast<const sockaddr*>(&address), size);
        }
    }
}

double processorTime()
{
    rusage usage {};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

int load(int port, int sockets, double seconds, std::size_t bytes)
{
    const std::string request(bytes, 'x');
    const int epoll = ::epoll_create1(0);
    const sockaddr_in server = loopback(port);
    for (int i = 0; i < sockets; ++i) {
        const int descriptor = ::socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
        epoll_event event {};
        event.events = EPOLLIN;
        event.data.fd = descriptor;
        if (::connect(descriptor, reinterpret_cast<const sockaddr*>(&server), sizeof server) != 0
            || ::epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event) != 0
            || ::send(descriptor, request.data(), request.size(), 0) < 0) {
            return 1;
        }
    }
    unsigned long long right = 0;
    unsigned long long wrong = 0;
    const Clock::time_point begin = Clock::now();
    const Clock::time_point end =
        begin + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
    std::array<epoll_event, 256> events {};
    while (Clock::now() < end) {
        const int count = ::epoll_wait(epoll, events.data(), static_cast<int>(events.size()), 100);
        for (int i = 0; i < count; ++i) {
            const int descriptor = events[static_cast<std::size_t>(i)].data.fd;
            const ssize_t got = ::recv(descriptor, buffer.data(), buffer.size(), 0);
            if (got < 0) {
                continue;
            }
            const bool isRight = static_cast<std::size_t>(got) == request.size()
                && std::memcmp(buffer.data(), request.data(), request.size()) == 0;
            ++(isRight ? right : wrong);
            ::send(descriptor, request.data(), request.size(), 0);
        }
    }
    const double took = std::chrono::duration<double>(Clock::now() - begin).count();
    std::printf("{\"requests_per_s\": %.0f, \"errors\": %llu, \"cpu_us_per_request\": %.3f}\n",
        static_cast<double>(right) / took, wrong, right > 0 ? processorTime() * 1e6 / static_cast<double>(right) : 0.0);
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc == 2 && std::strcmp(argv[1], "serve") == 0) {
        return serve();
    }
    if (argc == 6 && std::strcmp(argv[1], "load") == 0) {
        return load(
            std::stoi(argv[2]), std::stoi(argv[3]), std::stod(argv[4]), static_cast<std::size_t>(std::stoul(argv[5])));
    }
    std::fputs("usage: bench_datagrams serve | bench_datagrams load PORT SOCKETS SECONDS BYTES\n", stderr);
    return 2;
}
