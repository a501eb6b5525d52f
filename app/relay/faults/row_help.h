// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/relay/faults/fault_ground.h"
#include "app/relay/faults/fault_kinds.h"
#include "app/relay/faults/fault_stage.h"

#include <memory>

namespace sockeye {

/// FaultKind::make of a stage that has no more to it than its constructor.
template <typename Stage>
[[nodiscard]] std::unique_ptr<FaultStage> makeStage(const QJsonObject& attributes, const FaultGround& ground)
{
    return std::make_unique<Stage>(attributes, ground.random);
}

/// The value of a key as the stage uses it.
[[nodiscard]] inline qint64 wholeNumber(const QJsonObject& attributes, const FaultKey& key)
{
    return static_cast<qint64>(faultNumber(attributes, key));
}
[[nodiscard]] inline FaultTime milliseconds(const QJsonObject& attributes, const FaultKey& key)
{
    return FaultTime(static_cast<qint64>(faultNumber(attributes, key) * 1000));
}
[[nodiscard]] inline bool isSet(const QJsonObject& attributes, const FaultKey& key)
{
    return faultNumber(attributes, key) != 0;
}

} // namespace sockeye
