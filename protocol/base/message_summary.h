// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>
#include <QString>

namespace sockeye {

enum class MessageKind : quint8 { Json, Binary, Text, Error, Note };

/// What a table says of one message.
struct MessageSummary {
    MessageKind kind = MessageKind::Binary;
    QString text; ///< one line, without control characters
};

// Parts that summaries are made of. `bytes` are the first ones of a message, or of a part of it, of `size` bytes.

/// Text for one line of a table: cut to a length that it can show, with what cannot be shown replaced.
[[nodiscard]] QString oneLine(const QString& text);
/// As text if that is what the bytes are, else in hexadecimal; "…" where there is more.
[[nodiscard]] QString preview(QByteArrayView bytes, qint64 size);
/// "binary 37 bytes: 00 01 …"
[[nodiscard]] QString binarySummary(qint64 size, const QString& preview);
/// Of bytes of which nothing is known: text where they look like it.
[[nodiscard]] MessageSummary plainSummary(QByteArrayView bytes, qint64 size);

} // namespace sockeye
