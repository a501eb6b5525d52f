// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The limit for sending again and again: a loop of timerfd, send and recv on one connection to an echo server.
// bench_timer_loop PORT PERIOD_US COUNT BYTES prints the intervals from one send to the next, as JSON.

#include "latency_histogram.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>

namespace {

[[noreturn]] void fail(const char* what)
{
    std::perror(what);
    std::exit(1);
}

std::uint64_t now()
{
    timespec time {};
    ::clock_gettime(CLOCK_MONOTONIC, &time);
    return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000'000 + static_cast<std::uint64_t>(time.tv_nsec);
}

int connectedTo(std::uint16_t port)
{
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int on = 1;
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        fail("connect");
    }
    return descriptor;
}

int timerOf(long microseconds)
{
    const int descriptor = ::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
    itimerspec period {};
    period.it_interval = { microseconds / 1'000'000, microseconds % 1'000'000 * 1000 };
    period.it_value = period.it_interval;
    if (::timerfd_settime(descriptor, 0, &period, nullptr) != 0) {
        fail("timerfd_settime");
    }
    return descriptor;
}

void exchange(int descriptor, const std::string& bytes)
{
    if (::send(descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(bytes.size())) {
        fail("send");
    }
    std::string reply(bytes.size(), '\0');
    if (::recv(descriptor, reply.data(), reply.size(), MSG_WAITALL) != static_cast<ssize_t>(reply.size())) {
        fail("recv");
    }
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 5) {
        std::fprintf(stderr, "bench_timer_loop PORT PERIOD_US COUNT BYTES\n");
        return 2;
    }
    const int connection = connectedTo(static_cast<std::uint16_t>(std::atoi(argv[1])));
    const int timer = timerOf(std::atol(argv[2]));
    const long count = std::atol(argv[3]);
    const std::string bytes(static_cast<std::size_t>(std::atol(argv[4])), 'x');
    LatencyHistogram intervals;
    std::uint64_t before = 0;
    long sent = 0;
    for (long due = 0; sent < count; --due) {
        if (due == 0) {
            std::uint64_t expired = 0;
            if (::read(timer, &expired, sizeof expired) != sizeof expired) {
                fail("read");
            }
            due = static_cast<long>(expired); // those that were missed follow at once
        }
        const std::uint64_t time = now();
        if (sent > 0) {
            intervals.add(time - before);
        }
        before = time;
        exchange(connection, bytes);
        ++sent;
    }
    std::printf(R"({"sent":%ld,"interval_us":{"p50":%.1f,"p90":%.1f,"p99":%.1f,"p999":%.1f,"max":%.1f}})"
                "\n",
        sent, intervals.microseconds(0.5), intervals.microseconds(0.9), intervals.microseconds(0.99),
        intervals.microseconds(0.999), intervals.maxMicroseconds());
    return 0;
}
