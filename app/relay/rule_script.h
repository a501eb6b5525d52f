// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/events/event.h"
#include "protocol/rules/rule_set.h"

namespace sockeye {

class Recorder;

/// Has the recording say which rule a message of a relay met, and, since it holds what came alone, what the rule made
/// of it.
void recordVerdict(Recorder& recorder, quint32 connection, Direction direction, qint64 offset, qint64 size,
    const rules::Verdict& verdict);

} // namespace sockeye
