// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/bench/server/latency_histogram.h"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include <sys/epoll.h>

enum class LoadMode : std::uint8_t {
    Fresh, ///< a connection for each request, which the server closes
    Keep, ///< connections that stay, `depth` requests outstanding on each
};

struct LoadOptions {
    int port = 0;
    LoadMode mode = LoadMode::Keep;
    int connections = 16;
    int depth = 1;
    int idle = 0; ///< connections opened beforehand that never say anything
    double seconds = 2;
    double warmUp = 0.3; ///< seconds that do not count
    std::string request;
};

/// Asks a server on the loopback as fast as it answers, in a closed loop: one thread, one epoll. Every reply is
/// compared byte for byte with the first one.
class LoadGenerator {
public:
    explicit LoadGenerator(const LoadOptions& options);
    ~LoadGenerator();
    LoadGenerator(const LoadGenerator&) = delete;
    LoadGenerator& operator=(const LoadGenerator&) = delete;

    /// Asks once and remembers the reply, which must hold `mustContain`; false if there is none.
    [[nodiscard]] bool learnReply(const std::string& mustContain);
    [[nodiscard]] bool park(); ///< opens the idle connections
    void run();

    [[nodiscard]] const LatencyHistogram& latencies() const { return m_latencies; }
    [[nodiscard]] std::uint64_t errors() const { return m_errors; }
    [[nodiscard]] const std::string& firstError() const { return m_firstError; }
    [[nodiscard]] double seconds() const { return m_seconds; } ///< really measured

private:
    struct Connection {
        int descriptor = -1;
        std::size_t got = 0; ///< bytes of the reply that is coming
        std::vector<std::uint64_t> sentAt; ///< of the outstanding requests, a ring
        std::size_t oldest = 0;
        std::size_t outstanding = 0;
        bool asked = false; ///< fresh: the request is sent
    };

    [[nodiscard]] int connectBlocking() const;
    void open(std::size_t index);
    void close(Connection& connection) const;
    void ready(std::size_t index, std::uint32_t events);
    bool receive(Connection& connection, std::uint64_t now);
    bool ask(Connection& connection, std::size_t count, std::uint64_t now);
    void failed(std::size_t index, const char* what);

    LoadOptions m_options;
    std::string m_requests; ///< `depth` of them
    std::string m_reply;
    int m_epoll = -1;
    std::vector<Connection> m_connections;
    std::vector<int> m_parked;
    std::array<char, 65536> m_buffer {};
    LatencyHistogram m_latencies;
    std::uint64_t m_errors = 0;
    std::string m_firstError;
    double m_seconds = 0;
};
