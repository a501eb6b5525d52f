// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/hex/hex_error.h"

#include <QByteArray>

namespace sockeye::hex {

/// Whether the string whose quote is at `quote` holds digits, not characters: bytes.fromhex("00 67"), x'0067', and any
/// string without a prefix and without an escape.
[[nodiscard]] bool isHexString(QStringView text, qsizetype quote);

/// The strings from `quote` on, one after the other as C and Python put them together, as the bytes that they stand
/// for; or as lists of digits. What stands around them must be what stands around a value.
[[nodiscard]] HexResult<void> readStrings(QStringView text, qsizetype quote, bool isHex, QByteArray& out);

} // namespace sockeye::hex
