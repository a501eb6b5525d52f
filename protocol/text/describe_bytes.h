// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>
#include <QString>

namespace sockeye {

/// What stands at `offset` of `utf8`, for the "found" of an error: "the end", "\"x\"", "byte 0x0a".
[[nodiscard]] QString describeCharacter(QByteArrayView utf8, qsizetype offset);

/// "byte 0xff".
[[nodiscard]] QString describeByte(uchar byte);

/// The way English writes numbers, as all sentences of this layer are English: "65,535".
[[nodiscard]] QString groupedDigits(qint64 number);

/// "1 byte", "41 bytes", "65,535 bytes".
[[nodiscard]] QString byteCount(qint64 count);

/// "a 41-byte content", "an 8-byte content", "a 67,108,864-byte content": what `what` of that size is called in
/// English.
[[nodiscard]] QString sizedThing(qint64 size, QLatin1StringView what);

/// At most `maxChars` characters of the text, the last one "…" where it is longer; no pair of surrogates is cut.
[[nodiscard]] QString cutTo(QString text, qsizetype maxChars);

/// How much of a peer's text the "found" of an error shows.
constexpr qsizetype maxFoundChars = 40;

} // namespace sockeye
