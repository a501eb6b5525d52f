// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/composer/copy_as.h"
#include "protocol/composer/copy_as_datagram.h"
#include "protocol/composer/message_source.h"
#include "protocol/composer/source_literal.h"

#include <QStringList>

namespace sockeye {

namespace {

QString sendSteps(const CopiedRequest& request)
{
    if (request.chunks.isEmpty()) {
        return QStringLiteral("    sock.sendall(REQUEST)\n");
    }
    QStringList sizes;
    for (const qint64 size : request.chunks) {
        sizes.append(QString::number(qMax<qint64>(1, size)));
    }
    const QString atOnce = request.unixName.isEmpty()
        ? QStringLiteral(
            "    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # each piece leaves at once\n")
        : QString();
    return atOnce
        + QStringLiteral(R"(    sizes, rest = [%1], REQUEST
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

constexpr QStringView pythonReceiveAll = uR"(
def receive_all(sock):
    """Until the other side closes: recv() returns what has come, and nothing at the end."""
    data = bytearray()
    while piece := sock.recv(65536):
        data += piece
    return bytes(data)

)";

constexpr QStringView pythonConnect = uR"(
with socket.create_connection((HOST, PORT), timeout=10) as sock:
)";

constexpr QStringView pythonConnectUnix = uR"(
with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as sock:
    sock.settimeout(10)
    sock.connect(NAME)
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
    const ReceiveCode receive = request.protocol->receiveCode(CodeLanguage::Python);
    QStringList modules = receive.modules + QStringList { QStringLiteral("socket") };
    if (!request.chunks.isEmpty()) {
        modules.append(QStringLiteral("time"));
    }
    bool usesStruct = false;
    const QString source = pythonSource(request.protocol, request.bytes, {}, usesStruct);
    if (usesStruct && !modules.contains(QStringLiteral("struct"))) {
        modules.append(QStringLiteral("struct"));
    }
    modules.sort();
    QString out = QStringLiteral("#!/usr/bin/env python3\n");
    for (const QString& module : modules) {
        out += u"import " + module + u'\n';
    }
    out += u'\n' + pythonPlace(request) + u'\n';
    out += u"REQUEST = " + source.trimmed() + QStringLiteral("\n\n");
    out += receive.functions.isEmpty() ? pythonReceiveAll : receive.functions;
    out += request.unixName.isEmpty() ? pythonConnect : pythonConnectUnix;
    out += sendSteps(request);
    out += receive.steps.isEmpty() ? pythonReadAll : receive.steps;
    return out;
}

} // namespace sockeye
