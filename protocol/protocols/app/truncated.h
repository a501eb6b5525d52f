// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/error.h"

namespace sockeye {

/// The error of a stream that ends at `offset` with `have` of the `need` bytes of a part of a message (AppPart).
[[nodiscard]] Error truncated(quint16 part, qint64 have, qint64 need, qint64 offset);

/// The error of a fixed header at `offset` that announces no JSON header.
[[nodiscard]] Error emptyHeader(qint64 offset);

} // namespace sockeye
