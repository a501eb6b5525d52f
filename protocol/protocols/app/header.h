// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/text/word.h"

#include <QByteArray>
#include <QtGlobal>

namespace sockeye {

enum class ByteOrder : quint8 { Little, Big, Unknown };

/// The byte order of the machine that runs this program.
[[nodiscard]] ByteOrder nativeByteOrder();

/// The JSON header of the application protocol, decoded (wire protocol §1). Keys that we do not know stay in the
/// message's bytes, where the annotation shows them.
struct Header {
    ByteOrder byteOrder = ByteOrder::Unknown; ///< informative only; Unknown for any other text
    QByteArray contentType; ///< UTF-8
    QByteArray contentEncoding; ///< UTF-8
    qint64 contentLength = 0; ///< bytes, 0 to the limit

    /// Whether the content is to be decoded as JSON; any other type is binary.
    [[nodiscard]] bool isJson() const { return isWord(contentType, "text/json"); }

    friend bool operator==(const Header&, const Header&) = default;
};

} // namespace sockeye
