// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>
#include <QtEndian>

#include <optional>

namespace sockeye {

// The texts that wire protocol §1, "Requests and replies", fixes.
inline constexpr QByteArrayView jsonType = "text/json";
inline constexpr QByteArrayView clientBinaryType = "binary/custom-client-binary-type";
inline constexpr QByteArrayView serverBinaryType = "binary/custom-server-binary-type";
inline constexpr QByteArrayView firstBytesText = "First 10 bytes of request: ";

/// Binary content of ten bytes: six letters and a signed 32-bit big-endian integer.
struct Arithmetic {
    static constexpr qsizetype wordSize = 6;
    static constexpr qsizetype size = 10;
    QByteArrayView word; ///< "double", "negate" or "result"
    qint32 number = 0;
};

[[nodiscard]] inline std::optional<Arithmetic> parseArithmetic(QByteArrayView content)
{
    if (content.size() != Arithmetic::size) {
        return std::nullopt;
    }
    const QByteArrayView word = content.first(Arithmetic::wordSize);
    if (word != "double" && word != "negate" && word != "result") {
        return std::nullopt;
    }
    return Arithmetic { word, qFromBigEndian<qint32>(content.data() + Arithmetic::wordSize) };
}

} // namespace sockeye
