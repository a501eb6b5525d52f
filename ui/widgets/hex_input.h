// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QString>

namespace sockeye {

/// What was typed as hexadecimal digits.
struct HexInput {
    QByteArray bytes;
    qsizetype badAt = -1; ///< position of the first character that is no hexadecimal digit and no separator
    bool isOdd = false; ///< half a byte stands at the end

    [[nodiscard]] bool ok() const { return badAt < 0 && !isOdd; }
};

/// Reads digits with any white space, commas, colons and "0x" or "\x" between them: what people paste.
[[nodiscard]] HexInput readHex(QStringView text);

/// Bytes as digits in pairs, as readHex() takes them.
[[nodiscard]] QString hexText(QByteArrayView bytes);

} // namespace sockeye
