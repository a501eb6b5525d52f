// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/events/event.h"
#include "app/relay/faults/fault_plan.h"
#include "app/relay/faults/fault_stage.h"
#include "app/relay/relay_legs.h"

namespace sockeye {

class Recorder;

/// What went in the place of a message, or went back as the answer to it, as a sentence: the beginning of it, as text
/// where it is text, else as hexadecimal digits.
[[nodiscard]] QString sentInPlaceText(const QByteArray& sent, bool isAnswer = false);

// What scripts are told of a relay (CaptureEvent::script: a whole line of JSON), and people of a strike.
[[nodiscard]] QByteArray targetOpenedScript(quint32 connection, const TargetLeg& leg);
[[nodiscard]] QByteArray strikeScript(
    quint32 connection, Direction direction, const FaultSettings& fault, const FaultStrike& strike);
[[nodiscard]] QString strikeText(Direction direction, const FaultSettings& fault, const FaultStrike& strike);

/// Counts a strike and has it recorded. One that could not do what it is for is told, and not counted.
void recordStrike(
    Recorder& recorder, quint32 connection, Direction direction, const PlannedFault& fault, const FaultStrike& strike);

} // namespace sockeye
