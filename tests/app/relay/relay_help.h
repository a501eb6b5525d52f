// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/relay/relay.h"
#include "tests/app/endpoint/engine_help.h"

#include <QTest>

#include <chrono>
#include <future>

namespace sockeye {

/// Does something in a thread of its own, while this one's event loop goes on.
template <typename Action> [[nodiscard]] bool aside(Action action)
{
    constexpr int patience = 120'000; // ms
    auto done = std::async(std::launch::async, action);
    return QTest::qWaitFor(
        [&] { return done.wait_for(std::chrono::seconds(0)) == std::future_status::ready; }, patience);
}

/// A relay on a free port of the loopback, towards `target`.
[[nodiscard]] RelayOptions relayTo(const SocketAddress& target);
/// Waits until it listens.
[[nodiscard]] bool startAndWait(Relay& relay, const RelayOptions& options);
/// Stops it and waits until all of it is recorded.
[[nodiscard]] bool stopAndWait(Relay& relay, const Watched& watched);

/// A relay that listens, with the target of the test's own at its other side.
struct RelaySetting {
    explicit RelaySetting(const FaultList& faults = {}, quint64 seed = 1);

    PlainListener target;
    Watched watched;
    IoThreads threads { 2 };
    Relay relay { threads, watched.capture };
    bool isUp = false;
};

/// So many bytes that no two parts of them look alike.
[[nodiscard]] QByteArray manyBytes(qsizetype size, quint32 seed);

/// Whether some more bytes than `size` come as they were sent, from each to the other one at once.
[[nodiscard]] bool passIntact(Peer& client, Peer& server, qsizetype size);

} // namespace sockeye
