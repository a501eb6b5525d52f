// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/error.h"

#include <tl/expected.hpp>

namespace sockeye {

/// A value, or the one reason why there is none.
template <typename T> using Result = tl::expected<T, Error>;

} // namespace sockeye
