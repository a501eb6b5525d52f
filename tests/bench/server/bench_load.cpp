// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// bench_load PORT fresh|keep CONNECTIONS DEPTH SECONDS IDLE REQUEST_HEX MUST_CONTAIN: asks the server on that port of
// the loopback and prints one JSON object. "keep" with a depth over one is pipelining.

#include "tests/bench/server/load_generator.h"

#include <cstdio>
#include <cstring>
#include <string_view>

#include <sys/resource.h>

int main(int argc, char** argv)
{
    if (argc != 9) {
        std::fputs(
            "usage: bench_load PORT fresh|keep CONNECTIONS DEPTH SECONDS IDLE REQUEST_HEX MUST_CONTAIN\n", stderr);
        return 2;
    }
    rlimit limit {};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);

    LoadOptions options;
    options.port = std::stoi(argv[1]);
    options.mode = std::strcmp(argv[2], "fresh") == 0 ? LoadMode::Fresh : LoadMode::Keep;
    options.connections = std::stoi(argv[3]);
    options.depth = std::stoi(argv[4]);
    options.seconds = std::stod(argv[5]);
    options.idle = std::stoi(argv[6]);
    const std::string_view hex = argv[7];
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        options.request += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
    }

    LoadGenerator generator(options);
    if (!generator.learnReply(argv[8])) {
        std::fputs("The server does not give the reply that it should.\n", stderr);
        return 1;
    }
    if (!generator.park()) {
        std::fputs("The idle connections cannot be opened.\n", stderr);
        return 1;
    }
    generator.run();
    const LatencyHistogram& latencies = generator.latencies();
    std::printf("{\"mode\": \"%s\", \"connections\": %d, \"depth\": %d, \"idle\": %d, \"seconds\": %.3f, "
                "\"requests\": %llu, \"errors\": %llu, \"first_error\": \"%s\", \"requests_per_s\": %.0f, "
                "\"latency_us\": {\"p50\": %.1f, "
                "\"p90\": %.1f, \"p99\": %.1f, \"p999\": %.1f, \"max\": %.1f}}\n",
        argv[2], options.connections, options.depth, options.idle, generator.seconds(),
        static_cast<unsigned long long>(latencies.count()), static_cast<unsigned long long>(generator.errors()),
        generator.firstError().c_str(), static_cast<double>(latencies.count()) / generator.seconds(),
        latencies.microseconds(0.5), latencies.microseconds(0.9), latencies.microseconds(0.99),
        latencies.microseconds(0.999), latencies.maxMicroseconds());
    return generator.errors() == 0 ? 0 : 1;
}
