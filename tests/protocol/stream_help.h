// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/framing/framing.h"
#include "protocol/protocols/app/app_protocol.h"

#include <QByteArray>
#include <QList>

namespace sockeye {

/// What came out of a framing.
struct Decoded {
    Frames frames;
    std::optional<Error> error;
    Progress progress; ///< before the end of the stream
};

/// Feeds `stream` in pieces of these sizes, the last one repeating, and ends it.
inline Decoded decodePieces(const QByteArray& stream, const QList<qsizetype>& sizes,
    const ProtocolPtr& kind = appProtocol(), const Limits& limits = {})
{
    const auto framing = kind->newFraming(limits);
    Decoded decoded;
    qsizetype next = 0;
    for (qsizetype at = 0; at < stream.size();) {
        const qsizetype size = qMin(qMax<qsizetype>(1, sizes[qMin(next, sizes.size() - 1)]), stream.size() - at);
        framing->feed(QByteArrayView(stream).sliced(at, size), decoded.frames);
        at += size;
        ++next;
    }
    decoded.progress = framing->progress();
    framing->finish(decoded.frames);
    decoded.error = framing->error();
    return decoded;
}

inline Decoded decodeWhole(const QByteArray& stream, const ProtocolPtr& kind = appProtocol(), const Limits& limits = {})
{
    return decodePieces(stream, { qMax<qsizetype>(1, stream.size()) }, kind, limits);
}

/// A message of the application protocol around any header text and content.
inline QByteArray handMade(const QByteArray& header, const QByteArray& content = {})
{
    QByteArray message;
    message.append(static_cast<char>(header.size() >> 8)).append(static_cast<char>(header.size() & 0xff));
    return message.append(header).append(content);
}

inline QByteArray headerText(const QByteArray& type, const QByteArray& encoding, const QByteArray& length)
{
    return QByteArray("{\"byteorder\": \"little\", \"content-type\": \"") + type + "\", \"content-encoding\": \""
        + encoding + "\", \"content-length\": " + length + "}";
}

} // namespace sockeye
