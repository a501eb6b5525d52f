// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>

#include <chrono>
#include <functional>

namespace sockeye {

struct Exchange;

/// How often the same request is sent, and what ends it.
struct Repetition {
    /// From one request to the next. A reply that takes longer delays the next one: requests never pile up, and what
    /// was missed is not made up for. 0: as soon as the exchange before it is over.
    std::chrono::nanoseconds every { 0 };
    qint64 count = 0; ///< how many times; 0: until it is stopped
    /// Whether it ends with that exchange. Asked in the I/O thread; empty: none ends it.
    std::function<bool(const Exchange&)> isLast = {};
    /// What is sent, anew each time: how many were sent before is told. Asked in the I/O thread; empty: always the
    /// same.
    std::function<QByteArray(qint64 number)> bytes = {};
};

/// Why a repetition is over.
enum class RepeatEnd : quint8 {
    Stopped, ///< somebody stopped it, gave it up, or started another one
    Counted, ///< it was sent as often as it was to be
    Matched, ///< isLast said so
};

} // namespace sockeye
