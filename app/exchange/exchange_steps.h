// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include <array>

namespace sockeye {

struct Exchange;

/// The steps of an exchange, one after the other: durations in nanoseconds, -1 for steps that did not happen or that
/// nobody saw.
struct ExchangeSteps {
    enum Step : int { Resolve, Connect, Tls, Request, Wait, Reply };
    static constexpr std::size_t stepCount = 6;
    std::array<qint64, stepCount> durations { -1, -1, -1, -1, -1, -1 };

    [[nodiscard]] qint64 total() const;
    [[nodiscard]] int count() const; ///< steps that happened
    /// "resolve 0.10 ms · connect 0.10 ms · request 0.02 ms · wait 0.40 ms · reply 0.00 ms · total 0.62 ms"
    [[nodiscard]] QString text() const;

    /// A request that went from `begin` to `end`, and its reply from `firstByte` to `whole`; -1: not reached. A reply
    /// may begin before the request has ended: then nobody waited.
    void setMessages(qint64 begin, qint64 end, qint64 firstByte, qint64 whole);
    [[nodiscard]] static ExchangeSteps of(const Exchange& exchange);
};

/// What a step is, in a few words for people.
[[nodiscard]] QString stepHint(ExchangeSteps::Step step);

} // namespace sockeye
