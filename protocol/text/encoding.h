// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QLatin1StringView>

#include <optional>
#include <span>

namespace sockeye {

/// The encodings that the content of a text/json message may be in (wire protocol §1, "Accepted form"), as they are
/// named in `content-encoding`.
enum class Encoding : quint8 {
    Utf8,
    Utf16, ///< by its byte order mark; in this machine's byte order if it has none
    Utf16Le,
    Utf16Be,
    Utf32, ///< by its byte order mark; in this machine's byte order if it has none
    Utf32Le,
    Utf32Be,
    Latin1,
    Ascii,
    Cp1252,
};

/// The encoding of that name in any of the spellings that peers use: case, "-", "_" and blanks do not matter ("UTF8",
/// "utf_16_le", "iso-8859-1", "l1", "us-ascii", "U8", …).
[[nodiscard]] std::optional<Encoding> encodingFromName(QByteArrayView name);

/// Every spelling that is known, in lower case, without "-", "_", ".", ":" and blanks.
struct EncodingSpelling {
    QByteArrayView name;
    Encoding encoding = Encoding::Utf8;
};
[[nodiscard]] std::span<const EncodingSpelling> encodingSpellings();

/// The usual name: "utf-16-le".
[[nodiscard]] QLatin1StringView encodingName(Encoding encoding);

/// How a particular text is encoded: byte order settled, byte order mark measured.
struct ResolvedEncoding {
    Encoding encoding = Encoding::Utf8; ///< never Utf16 or Utf32
    qsizetype markSize = 0; ///< bytes of the byte order mark at the front of the text
};

/// Looks at the byte order mark of `bytes`, if it has one. A mark is also accepted where the name settles the order,
/// as long as both agree.
[[nodiscard]] ResolvedEncoding resolveEncoding(Encoding encoding, QByteArrayView bytes);

} // namespace sockeye
