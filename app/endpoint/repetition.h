// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/failure.h"

#include <chrono>
#include <functional>

namespace sockeye {

struct ClientOptions;
struct Exchange;
struct SendPlan;

/// How often a request is sent, the same or another one each time, and what ends it.
struct Repetition {
    /// From one request to the next. A reply that takes longer delays the next one: requests never pile up, and what
    /// was missed is not made up for. 0: as soon as the exchange before it is over.
    std::chrono::nanoseconds every { 0 };
    qint64 count = 0; ///< how many times; 0: until it is stopped
    // Asked in the I/O thread, one at a time; each may be empty.

    /// What is sent, and how, anew each time: how many were sent before is told. A failure is what that exchange ends
    /// with; the next one may be made all the same. Empty: always the same.
    std::function<Failure(qint64 number, ClientOptions& options, SendPlan& plan)> prepare = {};
    /// Why an exchange that went well is not what was expected, in a sentence; null: it is. Empty: each is.
    std::function<QString(const Exchange&)> objection = {};
    /// Whether it ends with that exchange. Empty: none ends it.
    std::function<bool(const Exchange&)> isLast = {};
    /// How long nothing is sent after that exchange; in the place of `every`. Empty: `every` counts.
    std::function<std::chrono::nanoseconds(const Exchange&)> pauseAfter = {};
};

/// Why a repetition is over.
enum class RepeatEnd : quint8 {
    Stopped, ///< somebody stopped it, gave it up, or started another one
    Counted, ///< it was sent as often as it was to be
    Matched, ///< isLast said so
};

} // namespace sockeye
