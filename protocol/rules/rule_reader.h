// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/rules/rule.h"

#include <vector>

namespace sockeye::rules {

/// Rules as they were read, and what is wrong with them, in the order of the text.
struct ReadRules {
    std::vector<Rule> rules;
    QList<Mistake> mistakes; ///< warnings among them
};

inline constexpr std::size_t maxRules = 1000;

[[nodiscard]] ReadRules readRules(QStringView text, const Surroundings& around);

} // namespace sockeye::rules
