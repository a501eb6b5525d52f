// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/events/event.h"
#include "app/relay/faults/fault_settings.h"
#include "app/relay/faults/fault_stage.h"

namespace sockeye {

inline constexpr QLatin1StringView holdName("hold"); ///< what a hold is called where faults are

[[nodiscard]] FaultSettings holdAsFault(); ///< for scripts, which are told of both alike

/// What became of a held message, for people.
[[nodiscard]] QString heldText(Direction direction, const FaultStrike& strike);
/// That one more message was sent, or why it was not; `direction`: in which it goes.
[[nodiscard]] QString insertedText(Direction direction, qint64 size, bool wasSent);

} // namespace sockeye
