// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/text/encoding.h"

#include <QByteArray>
#include <QByteArrayView>

namespace sockeye {

/// One character of an encoded text.
struct DecodedCharacter {
    char32_t codePoint = 0;
    int size = 0; ///< bytes in the encoded text; 0 if they are not valid there
    bool cut = false; ///< not valid only because the text ends inside the character
};

/// Decodes the character at `offset` (inside the text), strictly: no lone surrogates, no overlong forms, nothing over
/// U+10FFFF, no byte without a meaning. `encoding` is a resolved one.
[[nodiscard]] DecodedCharacter decodeCharacter(Encoding encoding, QByteArrayView bytes, qsizetype offset);

/// A text as UTF-8, as far as it is valid.
struct DecodedText {
    QByteArray utf8; ///< without byte order mark
    ResolvedEncoding encoding;
    qsizetype validBytes = 0; ///< bytes of the encoded text, mark included, that are valid; all of them if it is right
    bool cut = false; ///< the rest is the beginning of a character
};

/// Decodes `bytes` up to the first error. The text is a copy for every encoding.
[[nodiscard]] DecodedText decodeText(Encoding encoding, QByteArrayView bytes);

/// `utf8` (valid) in another encoding, with a byte order mark for Utf16 and Utf32 as peers write it, this machine's
/// byte order. Characters that the encoding does not have are left out as "?" and `*lossy` (may be null) is set.
[[nodiscard]] QByteArray encodeText(Encoding encoding, QByteArrayView utf8, bool* lossy = nullptr);

/// Finds the place in an encoded text that corresponds to a place in its UTF-8 form. Asked in ascending order, the
/// work is linear in the text over all questions, without a table.
class OffsetCursor {
public:
    OffsetCursor(const ResolvedEncoding& encoding, QByteArrayView encoded)
        : m_encoding(encoding)
        , m_encoded(encoded)
        , m_source(encoding.markSize)
    {
    }

    /// The offset in the encoded text, mark included, of the character that begins at `utf8Offset`.
    [[nodiscard]] qsizetype sourceOffset(qsizetype utf8Offset);

private:
    ResolvedEncoding m_encoding;
    QByteArrayView m_encoded;
    qsizetype m_source = 0;
    qsizetype m_utf8 = 0;
};

} // namespace sockeye
