// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>
#include <QtEndian>

#include <algorithm>
#include <array>
#include <optional>

namespace sockeye {

// What framing, annotation and the dissector for Wireshark agree on: wire protocol §1.

/// Bytes of the fixed header, a big-endian number.
inline constexpr qsizetype fixedHeaderSize = 2;

/// A key that every JSON header must have.
struct RequiredHeader {
    QByteArrayView name;
    bool isNumber = false; ///< a whole one; the others are strings
};
/// In the order in which a missing one is reported.
inline constexpr std::array requiredHeaders {
    RequiredHeader { "byteorder", false },
    RequiredHeader { "content-length", true },
    RequiredHeader { "content-type", false },
    RequiredHeader { "content-encoding", false },
};

// The texts that "Requests and replies" fixes.
inline constexpr QByteArrayView jsonType = "text/json";
inline constexpr QByteArrayView clientBinaryType = "binary/custom-client-binary-type";
inline constexpr QByteArrayView serverBinaryType = "binary/custom-server-binary-type";
inline constexpr QByteArrayView firstBytesText = "First 10 bytes of request: ";

/// Binary content of ten bytes: six letters and a signed 32-bit big-endian integer.
struct Arithmetic {
    static constexpr qsizetype wordSize = 6;
    static constexpr qsizetype size = 10;
    static constexpr std::array<QByteArrayView, 3> words { "double", "negate", "result" };
    QByteArrayView word; ///< "double", "negate" or "result"
    qint32 number = 0;
};

[[nodiscard]] inline std::optional<Arithmetic> parseArithmetic(QByteArrayView content)
{
    if (content.size() != Arithmetic::size) {
        return std::nullopt;
    }
    const QByteArrayView word = content.first(Arithmetic::wordSize);
    if (std::find(Arithmetic::words.begin(), Arithmetic::words.end(), word) == Arithmetic::words.end()) {
        return std::nullopt;
    }
    return Arithmetic { word, qFromBigEndian<qint32>(content.data() + Arithmetic::wordSize) };
}

} // namespace sockeye
