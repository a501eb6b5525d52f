// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/bench/server/load_generator.h"

#include <cerrno>
#include <chrono>
#include <cstring>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

std::uint64_t nowNanoseconds()
{
    return static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count());
}

sockaddr_in loopback(int port)
{
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

} // namespace

LoadGenerator::LoadGenerator(const LoadOptions& options)
    : m_options(options)
    , m_epoll(::epoll_create1(0))
    , m_connections(static_cast<std::size_t>(options.connections))
{
    for (int i = 0; i < options.depth; ++i) {
        m_requests += options.request;
    }
}

LoadGenerator::~LoadGenerator()
{
    for (Connection& connection : m_connections) {
        close(connection);
    }
    for (const int descriptor : m_parked) {
        ::close(descriptor);
    }
    ::close(m_epoll);
}

int LoadGenerator::connectBlocking() const
{
    const int descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
    const sockaddr_in address = loopback(m_options.port);
    if (descriptor < 0 || ::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        ::close(descriptor);
        return -1;
    }
    const int on = 1;
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return descriptor;
}

bool LoadGenerator::learnReply(const std::string& mustContain)
{
    const int descriptor = connectBlocking();
    if (descriptor < 0) {
        return false;
    }
    const timeval patience { 5, 0 };
    ::setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::send(descriptor, m_options.request.data(), m_options.request.size(), MSG_NOSIGNAL);
    // Its content ends with what it must contain, the quotation mark and the brace; nothing follows.
    while (m_reply.find(mustContain + "\"}") == std::string::npos) {
        const ssize_t count = ::recv(descriptor, m_buffer.data(), m_buffer.size(), 0);
        if (count <= 0) {
            break;
        }
        m_reply.append(m_buffer.data(), static_cast<std::size_t>(count));
    }
    ::close(descriptor);
    return m_reply.find(mustContain) != std::string::npos;
}

bool LoadGenerator::park()
{
    for (int i = 0; i < m_options.idle; ++i) {
        const int descriptor = connectBlocking();
        if (descriptor < 0) {
            return false;
        }
        m_parked.push_back(descriptor);
    }
    return true;
}

void LoadGenerator::open(std::size_t index)
{
    Connection& connection = m_connections[index];
    connection.got = 0;
    connection.oldest = 0;
    connection.outstanding = 0;
    connection.asked = false;
    connection.sentAt.resize(static_cast<std::size_t>(m_options.depth));
    epoll_event event {};
    event.data.u64 = index;
    if (m_options.mode == LoadMode::Keep) {
        connection.descriptor = connectBlocking();
        event.events = EPOLLIN;
        ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, connection.descriptor, &event);
        if (!ask(connection, static_cast<std::size_t>(m_options.depth), nowNanoseconds())) {
            ++m_errors;
        }
        return;
    }
    connection.descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    const sockaddr_in address = loopback(m_options.port);
    connection.sentAt[0] = nowNanoseconds();
    // Edge-triggered and both ways, so that a connection costs one epoll_ctl.
    event.events = EPOLLIN | EPOLLOUT | EPOLLET;
    ::connect(connection.descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, connection.descriptor, &event);
}

void LoadGenerator::close(Connection& connection) const
{
    if (connection.descriptor >= 0) {
        ::close(connection.descriptor);
        connection.descriptor = -1;
    }
}

bool LoadGenerator::ask(Connection& connection, std::size_t count, std::uint64_t now)
{
    const std::size_t size = count * m_options.request.size();
    const ssize_t sent = ::send(connection.descriptor, m_requests.data(), size, MSG_NOSIGNAL | MSG_DONTWAIT);
    for (std::size_t i = 0; i < count; ++i) {
        connection.sentAt[(connection.oldest + connection.outstanding++) % connection.sentAt.size()] = now;
    }
    return sent == static_cast<ssize_t>(size);
}

/// Reads once and checks; false at an error, a wrong byte, or the end of the stream before a reply was whole.
bool LoadGenerator::receive(Connection& connection, std::uint64_t now)
{
    const ssize_t count = ::recv(connection.descriptor, m_buffer.data(), m_buffer.size(), MSG_DONTWAIT);
    if (count <= 0) {
        return count < 0 && errno == EAGAIN;
    }
    std::size_t completed = 0;
    for (std::size_t at = 0; at < static_cast<std::size_t>(count);) {
        const std::size_t part = std::min(m_reply.size() - connection.got, static_cast<std::size_t>(count) - at);
        if (connection.outstanding == 0
            || std::memcmp(m_buffer.data() + at, m_reply.data() + connection.got, part) != 0) {
            return false;
        }
        at += part;
        connection.got += part;
        if (connection.got == m_reply.size()) {
            connection.got = 0;
            m_latencies.add(now - connection.sentAt[connection.oldest]);
            connection.oldest = (connection.oldest + 1) % connection.sentAt.size();
            --connection.outstanding;
            ++completed;
        }
    }
    return m_options.mode == LoadMode::Fresh || completed == 0 || ask(connection, completed, now);
}

void LoadGenerator::ready(std::size_t index, std::uint32_t events)
{
    Connection& connection = m_connections[index];
    if (m_options.mode == LoadMode::Keep) {
        if (!receive(connection, nowNanoseconds())) {
            failed(index, "reply");
        }
        return;
    }
    if (!connection.asked && (events & EPOLLOUT) != 0) {
        // Connected; the time runs from the beginning of the attempt.
        const std::uint64_t began = connection.sentAt[0];
        if (!ask(connection, 1, began)) {
            failed(index, "request");
            return;
        }
        connection.asked = true;
    }
    if ((events & EPOLLIN) == 0) {
        if ((events & (EPOLLERR | EPOLLHUP)) != 0) {
            failed(index, "connection");
        }
        return;
    }
    if (connection.outstanding > 0 && !receive(connection, nowNanoseconds())) {
        failed(index, "reply");
        return;
    }
    if (connection.outstanding == 0) {
        // The reply is whole: then the server must close, and only that.
        const ssize_t count = ::recv(connection.descriptor, m_buffer.data(), m_buffer.size(), 0);
        if (count == 0) {
            close(connection);
            open(index);
        } else if (count > 0 || errno != EAGAIN) {
            failed(index, "end");
        }
    }
}

void LoadGenerator::failed(std::size_t index, const char* what)
{
    if (m_errors++ == 0) {
        m_firstError = std::string(what) + ": " + std::strerror(errno);
    }
    close(m_connections[index]);
    open(index);
}

void LoadGenerator::run()
{
    for (std::size_t i = 0; i < m_connections.size(); ++i) {
        open(i);
    }
    std::array<epoll_event, 512> events {};
    std::uint64_t began = nowNanoseconds();
    std::uint64_t until = began + static_cast<std::uint64_t>(m_options.warmUp * 1e9);
    bool warm = false;
    for (;;) {
        const int count = ::epoll_wait(m_epoll, events.data(), static_cast<int>(events.size()), 100);
        for (int i = 0; i < count; ++i) {
            const epoll_event& event = events[static_cast<std::size_t>(i)];
            ready(event.data.u64, event.events);
        }
        const std::uint64_t now = nowNanoseconds();
        if (now < until) {
            continue;
        }
        if (warm) {
            m_seconds = static_cast<double>(now - began) / 1e9;
            return;
        }
        warm = true;
        m_latencies.clear();
        began = now;
        until = now + static_cast<std::uint64_t>(m_options.seconds * 1e9);
    }
}
