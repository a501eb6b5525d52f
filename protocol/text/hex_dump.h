// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace sockeye {

inline constexpr qsizetype hexDumpLine = 16; ///< bytes in a line

/// A line as `hexdump -C` writes it, with its line feed: the offset in at least eight digits, up to sixteen bytes, and
/// between bars those of them that are printable ASCII.
void appendHexDumpLine(QByteArray& to, qint64 offset, QByteArrayView bytes);

} // namespace sockeye
