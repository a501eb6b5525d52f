// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace sockeye {

/// What the system calls an error (an errno), with the name that people search for: "No space left on device (ENOSPC)".
[[nodiscard]] QString systemErrorText(int error);

} // namespace sockeye
