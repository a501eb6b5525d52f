// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/kaitai/run/run.h"

namespace sockeye::kaitai {

/// `process`: undoes it over the bytes of `range` and puts what comes out into a stream of its own. `argument` is the
/// key or the number of bits; ignored for zlib.
[[nodiscard]] bool undoProcess(Run& run, Process::Kind kind, const Value& argument, RangeValue& range);

/// The other way round, for building.
[[nodiscard]] bool doProcess(Run& run, Process::Kind kind, const Value& argument, QByteArray& bytes);

} // namespace sockeye::kaitai
