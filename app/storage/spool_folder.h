// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace sockeye {

/// The folder in the user's cache where captures are written until they are saved. Each spool is locked (flock) by the
/// process that writes it, so that what a Sockeye left behind that was killed is told from what another one is writing.
[[nodiscard]] QString spoolFolder();

} // namespace sockeye
