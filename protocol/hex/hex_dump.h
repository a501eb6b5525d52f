// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/hex/hex_error.h"

#include <QByteArray>

#include <optional>

namespace sockeye::hex {

/// The bytes of a dump, and what else it had.
struct Dump {
    QByteArray bytes;
    bool hasText = false; ///< a text column
    bool hasRepeats = false; ///< lines with a star
    bool hasHeading = false; ///< something above it
};

/// The outcome of taking a text for a dump. Without a `dump`, `isDump` tells whether it can be nothing else, and
/// `error` what is wrong with it then.
struct DumpReading {
    std::optional<Dump> dump;
    bool isDump = false;
    HexError error;
};

/// Dumps have an offset in each line, in hexadecimal, octal or decimal digits, with a colon behind it or not, and each
/// tells how many bytes the lines before it hold. That is the only sure sign: digits in groups look alike everywhere.
[[nodiscard]] DumpReading readDump(QStringView text);

} // namespace sockeye::hex
