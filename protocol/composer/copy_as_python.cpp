// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/composer/copy_as.h"
#include "protocol/composer/copy_as_datagram.h"
#include "protocol/composer/source_literal.h"

#include <QStringList>

namespace sockeye {

namespace {

QString pythonRequest(QByteArrayView bytes)
{
    QString out = QStringLiteral("REQUEST = (\n");
    for (const LabelledBytes& part : messageParts(bytes)) {
        out += QStringLiteral("    # %1\n").arg(part.label);
        for (const QString& line : literalLines(part.bytes)) {
            out += QStringLiteral("    b") + line + u'\n';
        }
    }
    return out + QStringLiteral(")\n");
}

QString sendSteps(const CopiedRequest& request)
{
    if (request.chunks.isEmpty()) {
        return QStringLiteral("    sock.sendall(REQUEST)\n");
    }
    QStringList sizes;
    for (const qint64 size : request.chunks) {
        sizes.append(QString::number(qMax<qint64>(1, size)));
    }
    return QStringLiteral(R"(    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # each piece leaves at once
    sizes, rest = [%1], REQUEST
    while rest:
        sock.sendall(rest[:sizes[0]])
        rest = rest[sizes[0]:]
        if len(sizes) > 1:  # the last size repeats
            sizes.pop(0)
        if rest:
            time.sleep(%2)
)")
        .arg(sizes.join(QStringLiteral(", ")), QString::number(static_cast<double>(request.pauseMs) / 1000.0));
}

constexpr QStringView pythonReceiveMessage = uR"(
def receive(sock, size):
    """recv() returns what has come, not what was asked for: go on until all of it is here."""
    data = bytearray()
    while len(data) < size:
        piece = sock.recv(min(65536, size - len(data)))
        if not piece:
            raise EOFError(f"closed after {len(data)} of {size} bytes")
        data += piece
    return bytes(data)

)";

constexpr QStringView pythonReadMessage = uR"(    (header_length,) = struct.unpack(">H", receive(sock, 2))
    header = json.loads(receive(sock, header_length).decode("utf-8"))
    content = receive(sock, header["content-length"])

print(header)
if header["content-type"] == "text/json":
    print(json.loads(content.decode(header["content-encoding"])))
else:
    print(content)
)";

constexpr QStringView pythonReceiveAll = uR"(
def receive_all(sock):
    """Until the other side closes: recv() returns what has come, and nothing at the end."""
    data = bytearray()
    while piece := sock.recv(65536):
        data += piece
    return bytes(data)

)";

constexpr QStringView pythonReadAll =
    uR"(    sock.shutdown(socket.SHUT_WR)  # our end of the stream: nothing more will follow
    reply = receive_all(sock)

print(reply)
)";

} // namespace

QString copyAsPython(const CopiedRequest& request)
{
    if (request.transport == Transport::Udp) {
        return datagramAsPython(request);
    }
    const bool isMessage = request.framing == FramingKind::App;
    QString out = QStringLiteral("#!/usr/bin/env python3\n");
    out +=
        isMessage ? QStringLiteral("import json\nimport socket\nimport struct\n") : QStringLiteral("import socket\n");
    if (!request.chunks.isEmpty()) {
        out += QStringLiteral("import time\n");
    }
    out += QStringLiteral("\nHOST, PORT = %1, %2\n").arg(quoted(request.host), QString::number(request.port));
    out += pythonRequest(request.bytes) + u'\n';
    out += isMessage ? pythonReceiveMessage : pythonReceiveAll;
    out += QStringLiteral("\nwith socket.create_connection((HOST, PORT), timeout=10) as sock:\n");
    out += sendSteps(request);
    out += isMessage ? pythonReadMessage : pythonReadAll;
    return out;
}

} // namespace sockeye
