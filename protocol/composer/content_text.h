// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QString>

#include <optional>

namespace sockeye {

/// Text as bytes of a content-encoding, the way back from decoding content (wire protocol §1, "Accepted form").
struct EncodedText {
    QByteArray bytes;
    bool encodingKnown = true; ///< false: the name is unknown, and `bytes` are UTF-8
    QString unencodable; ///< the first character that the encoding has no bytes for; it stands as "?" in `bytes`
};

/// Encodes `text`. utf-16 and utf-32 without a byte order in their names get a byte order mark and this machine's
/// order, as Python's do.
[[nodiscard]] EncodedText encodeText(QStringView text, QByteArrayView encoding);

/// The text that encodeText() makes exactly these bytes of; nothing if there is none (or the encoding is unknown).
[[nodiscard]] std::optional<QString> decodeText(QByteArrayView bytes, QByteArrayView encoding);

/// Names of encodings to offer, in the spelling that peers use most.
[[nodiscard]] QList<QByteArray> offeredEncodings();

} // namespace sockeye
