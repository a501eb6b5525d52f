// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

namespace sockeye {

/// How long ago this program was started, in milliseconds; -1 where the system does not tell.
[[nodiscard]] qint64 millisecondsSinceStart();

} // namespace sockeye
