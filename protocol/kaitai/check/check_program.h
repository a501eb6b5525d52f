// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/kaitai/check/names.h"
#include "protocol/kaitai/load/cursor.h"

namespace sockeye::kaitai {

/// Checks every expression of every type, and that each gives what its place needs. Names are resolved before.
void checkProgram(const Program& program, Report& report);

/// Why the messages of `root` cannot be cut from a stream: a field that takes everything to the end. Nothing if they
/// can.
[[nodiscard]] std::optional<Mistake> cuttingProblem(const TypeSpec& root);

/// The size of every object of that type, in bytes, if any bytes of that number are one. Nothing if it varies or
/// something is checked.
[[nodiscard]] std::optional<qint64> uncheckedSize(const TypeSpec& root);

} // namespace sockeye::kaitai
