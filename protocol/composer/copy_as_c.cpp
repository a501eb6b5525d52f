// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/composer/copy_as.h"
#include "protocol/composer/copy_as_datagram.h"
#include "protocol/composer/message_source.h"
#include "protocol/composer/source_literal.h"

#include <QStringList>

namespace sockeye {

namespace {

constexpr QStringView prologue = uR"(/* cc -o request request.c && ./request */
#define _POSIX_C_SOURCE 200809L
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>
)";

constexpr QStringView cFailing = uR"(
static void fail(const char *what)
{
    perror(what);
    exit(1);
}
)";

constexpr QStringView cConnectingToUnix = uR"(
static int connect_to(const char *name, size_t size)
{
    struct sockaddr_un to = { 0 };
    int sock = socket(AF_UNIX, SOCK_STREAM, 0);
    to.sun_family = AF_UNIX;
    memcpy(to.sun_path, name, size);
    if (sock < 0 || connect(sock, (struct sockaddr *)&to, (socklen_t)(offsetof(struct sockaddr_un, sun_path) + size)) != 0)
        fail("connect");
    return sock;
}
)";

constexpr QStringView cConnecting = uR"(
/* The addresses of a name, one after the other, until one answers. */
static int connect_to(const char *host, const char *port)
{
    struct addrinfo hints = { 0 }, *list, *at;
    int sock = -1;
    hints.ai_socktype = SOCK_STREAM;
    if (getaddrinfo(host, port, &hints, &list) != 0) {
        fprintf(stderr, "no address found for %s\n", host);
        exit(1);
    }
    for (at = list; at != NULL; at = at->ai_next) {
        sock = socket(at->ai_family, at->ai_socktype, at->ai_protocol);
        if (sock < 0)
            continue;
        if (connect(sock, at->ai_addr, at->ai_addrlen) == 0)
            break;
        close(sock);
        sock = -1;
    }
    freeaddrinfo(list);
    if (sock < 0)
        fail("connect");
    return sock;
}
)";

constexpr QStringView cSending = uR"(
/* send() may take less than it was given. */
static void send_all(int sock, const char *data, size_t size)
{
    while (size > 0) {
        ssize_t sent = send(sock, data, size, 0);
        if (sent < 0)
            fail("send");
        data += sent;
        size -= (size_t)sent;
    }
}
)";

constexpr QStringView sendPieces = uR"(
/* Piece by piece; the last size repeats. */
static void send_pieces(int sock, const char *data, size_t size)
{
    static const size_t sizes[] = { %1 };
    struct timespec pause = { %2, %3 };
    size_t index = 0;
    int on = 1;
    setsockopt(sock, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on); /* each piece leaves at once */
    while (size > 0) {
        size_t piece = sizes[index] < size ? sizes[index] : size;
        send_all(sock, data, piece);
        data += piece;
        size -= piece;
        if (index + 1 < sizeof sizes / sizeof sizes[0])
            index++;
        if (size > 0)
            nanosleep(&pause, NULL);
    }
}
)";

/// What is of TCP in it.
const QString tcpLines = QStringLiteral("    int on = 1;\n    setsockopt(sock, IPPROTO_TCP, TCP_NODELAY, &on, sizeof "
                                        "on); /* each piece leaves at once */\n");

constexpr QStringView readAll = uR"(
    char data[65536];
    ssize_t got;
    shutdown(sock, SHUT_WR); /* our end of the stream: nothing more will follow */
    while ((got = recv(sock, data, sizeof data, 0)) > 0)
        fwrite(data, 1, (size_t)got, stdout);
    if (got < 0)
        fail("recv");
)";

} // namespace

QString copyAsC(const CopiedRequest& request)
{
    if (request.transport == Transport::Udp) {
        return datagramAsC(request);
    }
    const ReceiveCode receive = request.protocol->receiveCode(CodeLanguage::C);
    const bool isUnix = !request.unixName.isEmpty();
    QString out = prologue.toString();
    if (isUnix) {
        out.replace(QStringLiteral("#include <netdb.h>\n#include <netinet/in.h>\n#include <netinet/tcp.h>\n"),
            QStringLiteral("#include <stddef.h>\n"));
        out.replace(QStringLiteral("#include <time.h>\n"), QStringLiteral("#include <sys/un.h>\n#include <time.h>\n"));
    }
    out += QStringLiteral("\nstatic const char request[] =\n%1;\n")
               .arg(cSource(request.protocol, request.bytes, QStringLiteral("    ")));
    out += cFailing;
    out += isUnix ? cConnectingToUnix : cConnecting;
    out += cSending;
    QString sender = QStringLiteral("send_all");
    if (!request.chunks.isEmpty()) {
        sender = QStringLiteral("send_pieces");
        QStringList sizes;
        for (const qint64 size : request.chunks) {
            sizes.append(QString::number(qMax<qint64>(1, size)));
        }
        QString pieces = sendPieces.toString();
        if (isUnix) {
            pieces.remove(tcpLines);
        }
        out += pieces.arg(sizes.join(QStringLiteral(", ")), QString::number(request.pauseMs / 1000),
            QString::number(qint64(request.pauseMs % 1000) * 1'000'000));
    }
    out += receive.functions;
    if (isUnix) {
        out += QStringLiteral("\nint main(void)\n{\n    static const char name[] = %1;\n"
                              "    int sock = connect_to(name, sizeof name - 1);\n")
                   .arg(unixLiteral(request.unixName));
    } else {
        out += QStringLiteral("\nint main(void)\n{\n    int sock = connect_to(%1, \"%2\");\n")
                   .arg(quoted(request.host), QString::number(request.port));
    }
    // The zero that ends every string literal is no part of the request.
    out += QStringLiteral("    %1(sock, request, sizeof request - 1);\n").arg(sender);
    out += receive.steps.isEmpty() ? readAll : receive.steps;
    out += QStringLiteral("    close(sock);\n    return 0;\n}\n");
    return out;
}

} // namespace sockeye
