// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/sendlist/list_run.h"

#include <QString>

namespace sockeye {

/// What became of one message of a list that was sent.
struct ListStep {
    enum class Outcome : quint8 {
        Sent, ///< no reply was waited for
        Replied, ///< any reply would do
        Met, ///< the reply is what was expected
        Unmet, ///< it is not
        Failed,
        GivenUp, ///< somebody did not want to wait
    };
    qsizetype message = 0; ///< in the list
    qint64 round = 0; ///< from 0
    Outcome outcome = Outcome::Sent;
    qint64 latency = -1; ///< from what was sent to the whole reply, nanoseconds; -1: not known
    QString reason; ///< of what did not go well, in a sentence or two

    [[nodiscard]] bool isGood() const { return outcome <= Outcome::Met; }
};

[[nodiscard]] ListStep stepOf(const ListPlan& plan, const Exchange& exchange);

/// "met", "failed", … for scripts. Never translated.
[[nodiscard]] QLatin1StringView outcomeName(ListStep::Outcome outcome);
/// What became of it, without its name: "reply of 20 bytes after 1.2 ms, as expected".
[[nodiscard]] QString describe(const ListStep& step, const Exchange& exchange);

} // namespace sockeye
