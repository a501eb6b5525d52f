// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>
#include <QString>

namespace sockeye {

/// The forms in which bytes are copied for use elsewhere.
enum class ByteForm : quint8 {
    Hex, ///< "00677b22", for `sockeye-cli raw --hex` and xxd -r -p
    CArray, ///< a definition of an unsigned char array
    PythonBytes, ///< a bytes literal: b'\x00g{"'
    Base64, ///< RFC 4648 §4, with padding
    Text, ///< UTF-8; what is not valid becomes U+FFFD, a NUL becomes U+2400
};

/// The bytes in that form. Its size is a small multiple of theirs (at most 7); any bytes are fine.
[[nodiscard]] QString exportBytes(QByteArrayView bytes, ByteForm form);

/// A definition in C: "const unsigned char NAME[3] = { … };", in lines.
[[nodiscard]] QString cArray(QByteArrayView bytes, const QString& name);

/// More bytes than this are not copied at once: no clipboard takes them gladly.
inline constexpr qint64 maxExportedBytes = 16 * 1024 * 1024;

} // namespace sockeye
