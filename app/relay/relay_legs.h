// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/address.h"
#include "app/net/failure.h"

#include <chrono>
#include <deque>
#include <mutex>
#include <optional>
#include <unordered_map>

namespace sockeye {

/// The target's side of one conversation.
struct TargetLeg {
    enum class State : quint8 { Connecting, Open, Failed, Closed };
    State state = State::Connecting;
    SocketAddress local; ///< our end towards the target; empty before it is open
    SocketAddress peer; ///< the target itself
    std::chrono::microseconds connectTime { 0 }; ///< from the client's arrival until it was open, or had failed
    Failure failure; ///< Failed: why
};

/// What is known of the target's side of each conversation. Written by I/O threads, read by windows: any thread, a
/// short lock. Bounded: of very many, those that began first are forgotten.
class RelayLegs {
public:
    static constexpr std::size_t most = 50'000;

    void set(quint32 connection, const TargetLeg& leg);
    void close(quint32 connection); ///< its state only
    [[nodiscard]] std::optional<TargetLeg> of(quint32 connection) const;
    /// Counts changes: views ask it on their timer.
    [[nodiscard]] quint64 revision() const;

private:
    mutable std::mutex m_mutex;
    std::unordered_map<quint32, TargetLeg> m_legs;
    std::deque<quint32> m_order;
    quint64 m_revision = 0;
};

} // namespace sockeye
