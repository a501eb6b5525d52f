// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/http/http_framing.h"
#include "protocol/protocols/http/http_protocol.h"
#include "protocol/text/describe_bytes.h"

#include <QCoreApplication>

namespace sockeye {

namespace {

QString waitingText(const char* text)
{
    return QCoreApplication::translate("sockeye::HttpProtocol", text);
}

} // namespace

QString HttpProtocol::waitingFor(const Progress& progress) const
{
    const QString have = groupedDigits(progress.have);
    const QString need = groupedDigits(progress.need);
    switch (progress.part) {
    case HttpPart::Body:
        return waitingText("body: %1 of %2 bytes").arg(have, need);
    case HttpPart::Chunk:
        return waitingText("chunk: %1 of %2 bytes").arg(have, need);
    case HttpPart::ChunkSize:
        return waitingText("the next chunk: %1 of the body so far").arg(byteCount(progress.have));
    case HttpPart::UntilClose:
        return waitingText("end of stream, which ends the body: %1 so far").arg(byteCount(progress.have));
    case HttpPart::Trailer:
        return waitingText("the end of the trailer: %1 so far").arg(byteCount(progress.have));
    default:
        return waitingText("the end of the header: %1 so far").arg(byteCount(progress.have));
    }
}

QString HttpProtocol::reached(const Progress& progress) const
{
    const QString have = QString::number(progress.have);
    switch (progress.part) {
    case HttpPart::Body:
        return waitingText("%1 bytes into a %2-byte body").arg(have, QString::number(progress.need));
    case HttpPart::Chunk:
        return waitingText("%1 bytes into a %2-byte chunk").arg(have, QString::number(progress.need));
    case HttpPart::ChunkSize:
    case HttpPart::UntilClose:
        return waitingText("%1 bytes into a body").arg(have);
    case HttpPart::Trailer:
        return waitingText("%1 bytes into a trailer").arg(have);
    default:
        return waitingText("%1 bytes into a header").arg(have);
    }
}

QString HttpProtocol::adviceOn(const Progress& progress) const
{
    switch (progress.part) {
    case HttpPart::Body:
        return waitingText("content-length says that more is to come. Does it count bytes (not characters), and are "
                           "all of them sent?");
    case HttpPart::Chunk:
        return waitingText("The size in front of the chunk says that more is to come. Are all of its bytes sent?");
    case HttpPart::ChunkSize:
    case HttpPart::Trailer:
        return waitingText("The body comes in chunks (transfer-encoding: chunked): a chunk of size 0 and an empty line "
                           "end it. Does the "
                           "sender write them?");
    case HttpPart::UntilClose:
        return waitingText("The reply has neither content-length nor chunks: its body ends when the server closes the "
                           "connection. Does "
                           "it close?");
    default:
        return waitingText(
            "An empty line (\\r\\n\\r\\n) ends the header. Does the sender write it, and does it flush?");
    }
}

QString HttpProtocol::nextMessage() const
{
    return waitingText("the next request or reply");
}

} // namespace sockeye
