// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/hex/hex_error.h"

#include <QByteArray>

namespace sockeye::hex {

/// A piece of a program that holds bytes.
enum class Source : quint8 {
    None, ///< no program: digits and separators
    Comments, ///< digits and separators with comments between
    Array, ///< unsigned char data[] = { 0x00, 0x67 }; bytes([0x00, 0x67])
    String, ///< b"\x00g", "\x00" "g\r\n"
    HexString, ///< bytes.fromhex("00 67"), "0067"
};

[[nodiscard]] Source sourceForm(QStringView text);

/// Reads what `form` says that the text is, and appends to `out`.
[[nodiscard]] HexResult<void> readSource(Source form, QStringView text, QByteArray& out);

} // namespace sockeye::hex
