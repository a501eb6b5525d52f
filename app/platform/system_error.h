// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/failure.h"

#include <QString>

namespace sockeye {

/// What an errno of a socket call is in our words.
[[nodiscard]] FailureCode fromSystemError(int error);

/// What the system calls it, with the name that people search for: "No space left on device (ENOSPC)".
[[nodiscard]] QString systemErrorText(int error);

} // namespace sockeye
