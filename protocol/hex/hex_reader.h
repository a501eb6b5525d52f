// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/hex/hex_error.h"

#include <QByteArray>

namespace sockeye {

/// Bytes that somebody wrote in hexadecimal.
struct HexBytes {
    QByteArray bytes;
    QString note; ///< sentences that say what was left out, and how the text was understood; empty if there is nothing
                  ///< to say
};

/// Reads what people type and paste: pairs of digits with anything usual around them (see hex::readList()), dumps with
/// offsets and text columns (xxd, hexdump -C, od -tx1, tcpdump -x, Wireshark), arrays of C and others, strings of C and
/// Python with escapes. Half a byte is an error, never completed from the next. An empty text is no bytes.
///
/// What a dump says of itself is held against it: offsets that do not follow are an error, since bytes are missing
/// then.
[[nodiscard]] HexResult<HexBytes> readHex(QStringView text);

/// Bytes as pairs of digits with spaces between them.
[[nodiscard]] QString hexText(QByteArrayView bytes);

} // namespace sockeye
