// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/events/event.h"
#include "app/relay/faults/fault_settings.h"
#include "app/relay/faults/fault_stage.h"
#include "app/relay/relay_legs.h"

namespace sockeye {

// What scripts are told of a relay (CaptureEvent::script: a whole line of JSON), and people of a strike.
[[nodiscard]] QByteArray targetOpenedScript(quint32 connection, const TargetLeg& leg);
[[nodiscard]] QByteArray strikeScript(
    quint32 connection, Direction direction, const FaultSettings& fault, const FaultStrike& strike);
[[nodiscard]] QString strikeText(Direction direction, const FaultSettings& fault, const FaultStrike& strike);

} // namespace sockeye
