// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/marks/mark.h"

#include <functional>
#include <span>
#include <vector>

namespace sockeye {

class Capture;

/// Which rows of a capture hold these bytes, `places` in ascending order: one number each, -1 where none does yet.
/// Looks at every row once, some tens of nanoseconds each: not for the GUI thread. What was found so far when
/// `isEnough` says so.
[[nodiscard]] std::vector<qsizetype> rowsOf(
    const Capture& capture, std::span<const StreamPlace> places, const std::function<bool()>& isEnough);

} // namespace sockeye
