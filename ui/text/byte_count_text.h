// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace sockeye {

/// "1 byte", "1,448 bytes".
[[nodiscard]] QString byteCountText(qint64 bytes);

} // namespace sockeye
