// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/rules/rule.h"

#include <QString>

namespace sockeye {

/// What a rule does, in a few words: "replies, closes".
[[nodiscard]] QString ruleEffect(const rules::Rule& rule);

} // namespace sockeye
