// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/protocols/http/http_head.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

namespace sockeye::http {

/// A header field as it stands.
struct Field {
    QByteArrayView name;
    QByteArrayView value;
};

/// The head of a message, or as much of it as is there. Views into the bytes.
struct Message {
    bool hasStart = false; ///< the first line is there and right
    bool isReply = false;
    QByteArrayView method; ///< or the version of a reply
    QByteArrayView target; ///< or its status
    QByteArrayView version; ///< or its reason
    int status = 0;
    QList<Field> fields;
    qsizetype headSize = -1; ///< -1: its end is not there

    [[nodiscard]] QByteArrayView value(QByteArrayView name) const; ///< of the first field of that name
    [[nodiscard]] bool isChunked() const;
    /// The media type in its plain form: "text/html".
    [[nodiscard]] QByteArray contentType() const;
    [[nodiscard]] bool hasJsonBody() const;
};
[[nodiscard]] Message readMessage(QByteArrayView bytes);

/// One chunk of a body, at `begin` of the bytes.
struct Chunk {
    qsizetype begin = 0;
    qsizetype sizeEnd = 0; ///< of its size, extensions included
    qsizetype dataBegin = 0;
    qsizetype dataEnd = 0;
    qsizetype end = 0;
    qint64 size = 0; ///< what it says
    bool cut = false; ///< the bytes end inside
};
/// Nothing where no chunk begins there.
[[nodiscard]] std::optional<Chunk> chunkAt(QByteArrayView bytes, qsizetype at);

/// What the chunks of a body carry.
[[nodiscard]] QByteArray joinedChunks(QByteArrayView body);
/// Where the trailer begins that follows the chunks; the size of the body if there is none.
[[nodiscard]] qsizetype trailerBegin(QByteArrayView body);

/// Start line and header fields as one JSON object.
[[nodiscard]] QByteArray headAsJson(const Message& message);

} // namespace sockeye::http
