// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/hex/hex_error.h"

#include <QByteArray>

namespace sockeye::hex {

/// Bytes one after the other: pairs of digits, together or with white space, commas, semicolons, colons, hyphens or
/// brackets between them; "0x" and "\x" before them, "h" behind them. Appends to `out` and reads from `from` to `to`.
[[nodiscard]] HexResult<void> readList(QStringView text, qsizetype from, qsizetype to, QByteArray& out);

} // namespace sockeye::hex
