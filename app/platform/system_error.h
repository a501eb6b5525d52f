// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/failure.h"

namespace sockeye {

/// What an errno of a socket call is in our words.
[[nodiscard]] FailureCode fromSystemError(int error);

} // namespace sockeye
