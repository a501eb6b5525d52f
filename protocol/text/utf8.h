// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace sockeye {

/// The number of bytes at the front of `bytes` that are strictly valid UTF-8 (no overlong forms, no surrogates, nothing
/// over U+10FFFF): bytes.size() if all are.
[[nodiscard]] qsizetype validUtf8Prefix(QByteArrayView bytes);

/// The size of the valid character at `offset` (inside the text), or 0 if there is none.
[[nodiscard]] int validCharacter(QByteArrayView bytes, qsizetype offset);

/// Whether the bytes from `offset` to the end are the beginning of a character that is cut off there (as opposed to
/// wrong).
[[nodiscard]] bool isCutUtf8(QByteArrayView bytes, qsizetype offset);

/// The length that the character beginning with `lead` must have, or 0 if no character begins so.
[[nodiscard]] constexpr int utf8Length(uchar lead)
{
    return lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
}

/// The text as a QString, to the last character: QString::fromUtf8() drops a leading U+FEFF.
[[nodiscard]] QString textFromUtf8(QByteArrayView utf8);

/// Appends `codePoint` (at most U+10FFFF and no surrogate) as UTF-8.
void appendUtf8(QByteArray& out, char32_t codePoint);

} // namespace sockeye
