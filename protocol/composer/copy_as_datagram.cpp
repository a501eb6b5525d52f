// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/composer/copy_as_datagram.h"

#include "protocol/composer/message_source.h"
#include "protocol/composer/source_literal.h"

#include <QStringList>

namespace sockeye {

namespace {

/// The datagrams of the request, in order; at least one.
QList<QByteArrayView> datagrams(const CopiedRequest& request)
{
    const QByteArrayView bytes(request.bytes);
    if (request.chunks.isEmpty() || bytes.isEmpty()) {
        return { bytes };
    }
    QList<QByteArrayView> result;
    qsizetype index = 0;
    for (qsizetype at = 0; at < bytes.size(); ++index) {
        const qint64 size = qBound<qint64>(1, request.chunks.value(index, request.chunks.last()), bytes.size() - at);
        result.append(bytes.sliced(at, size));
        at += size;
    }
    return result;
}

QString seconds(int milliseconds)
{
    return QString::number(static_cast<double>(milliseconds) / 1000.0);
}

/// Literals next to each other are one string, in Python as in C.
QString literals(QByteArrayView bytes, const QString& before)
{
    QString out;
    const QStringList lines = bytes.isEmpty() ? QStringList { QStringLiteral("\"\"") } : literalLines(bytes);
    for (const QString& line : lines) {
        out += before + line + u'\n';
    }
    return out;
}

constexpr QStringView pythonOpen = uR"(]

family, kind, protocol, _, address = socket.getaddrinfo(HOST, PORT, type=socket.SOCK_DGRAM)[0]
with socket.socket(family, kind, protocol) as sock:
    sock.settimeout(10)  # UDP does not say that no answer will come
    sock.connect(address)  # so that we hear of a refusal (ICMP)
)";

constexpr QStringView pythonOpenUnix = uR"(]

with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sock:
    sock.settimeout(10)  # nobody says that no answer will come
    sock.bind("")  # Linux: a free abstract name, so that we can be answered
    sock.connect(NAME)
)";

constexpr QStringView pythonSend = uR"(    for datagram in DATAGRAMS:
        sock.send(datagram)
        time.sleep(%1)
    for _ in DATAGRAMS:
        print(sock.recv(65535))
)";

constexpr QStringView cBegin = uR"(/* cc -o request request.c && ./request */
#define _POSIX_C_SOURCE 200809L
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

static const struct {
    const char *data;
    size_t size;
} datagrams[] = {
)";

constexpr QStringView cFail = uR"(};

static void fail(const char *what)
{
    perror(what);
    exit(1);
}
)";

constexpr QStringView cOpen = uR"(
static int open_socket(void)
{
    struct addrinfo hints = { 0 }, *list;
    int sock;
    hints.ai_socktype = SOCK_DGRAM;
    if (getaddrinfo(%1, "%2", &hints, &list) != 0) {
        fprintf(stderr, "no address found\n");
        exit(1);
    }
    sock = socket(list->ai_family, list->ai_socktype, list->ai_protocol);
    /* connect(), so that we hear of a refusal (ICMP) */
    if (sock < 0 || connect(sock, list->ai_addr, list->ai_addrlen) != 0)
        fail("connect");
    freeaddrinfo(list);
    return sock;
}
)";

constexpr QStringView cOpenUnix = uR"(
static int open_socket(void)
{
    static const char name[] = %1;
    struct sockaddr_un to = { 0 }, own = { 0 };
    int sock = socket(AF_UNIX, SOCK_DGRAM, 0);
    to.sun_family = own.sun_family = AF_UNIX;
    memcpy(to.sun_path, name, sizeof name - 1);
    /* Linux: bound to no address it gets a free abstract name, so that it can be answered */
    if (sock < 0 || bind(sock, (struct sockaddr *)&own, sizeof own.sun_family) != 0)
        fail("bind");
    if (connect(sock, (struct sockaddr *)&to, (socklen_t)(offsetof(struct sockaddr_un, sun_path) + sizeof name - 1)) != 0)
        fail("connect");
    return sock;
}
)";

constexpr QStringView cMain = uR"(
int main(void)
{
    const size_t count = sizeof datagrams / sizeof datagrams[0];
    struct timeval patience = { 10, 0 }; /* nobody says that no answer will come */
    struct timespec pause = { %1, %2 };
    char data[65535];
    size_t i;
    int sock = open_socket();
    setsockopt(sock, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    for (i = 0; i < count; i++) {
        if (send(sock, datagrams[i].data, datagrams[i].size, 0) < 0)
            fail("send");
        nanosleep(&pause, NULL);
    }
    for (i = 0; i < count; i++) {
        ssize_t got = recv(sock, data, sizeof data, 0);
        if (got < 0)
            fail("recv");
        fwrite(data, 1, (size_t)got, stdout);
        printf("\n");
    }
    close(sock);
    return 0;
}
)";

} // namespace

QString datagramAsPython(const CopiedRequest& request)
{
    bool usesStruct = false;
    const QString whole = request.chunks.isEmpty() && !request.bytes.isEmpty()
        ? pythonSource(request.protocol, request.bytes, QStringLiteral("    "), usesStruct)
        : QString();
    QString out = QStringLiteral("#!/usr/bin/env python3\nimport socket\n%1import time\n\n%2\n")
                      .arg(usesStruct ? QStringLiteral("import struct\n") : QString(), pythonPlace(request));
    out += QStringLiteral("DATAGRAMS = [\n");
    for (const QByteArrayView datagram : datagrams(request)) {
        if (!whole.isEmpty()) {
            out += whole + QStringLiteral(",\n");
            continue;
        }
        QString literal = literals(datagram, QStringLiteral("    b"));
        literal.chop(1);
        out += literal + QStringLiteral(",\n");
    }
    out += request.unixName.isEmpty() ? pythonOpen : pythonOpenUnix;
    return out + pythonSend.toString().arg(seconds(request.chunks.isEmpty() ? 0 : request.pauseMs));
}

QString datagramAsC(const CopiedRequest& request)
{
    const bool isUnix = !request.unixName.isEmpty();
    QString out = cBegin.toString();
    if (isUnix) {
        out.replace(QStringLiteral("#include <netdb.h>\n"), QStringLiteral("#include <stddef.h>\n"));
        out.replace(
            QStringLiteral("#include <stdlib.h>\n"), QStringLiteral("#include <stdlib.h>\n#include <string.h>\n"));
        out.replace(QStringLiteral("#include <time.h>\n"), QStringLiteral("#include <sys/un.h>\n#include <time.h>\n"));
    }
    for (const QByteArrayView datagram : datagrams(request)) {
        QString literal = request.chunks.isEmpty() && !datagram.isEmpty()
            ? QString(cSource(request.protocol, datagram, QStringLiteral("        ")) % u'\n')
            : literals(datagram, QStringLiteral("        "));
        literal.chop(1);
        out += QStringLiteral("    {\n") + literal + QStringLiteral(",\n        %1 },\n").arg(datagram.size());
    }
    const int pause = request.chunks.isEmpty() ? 0 : request.pauseMs;
    out += cFail;
    out += isUnix ? cOpenUnix.toString().arg(unixLiteral(request.unixName))
                  : cOpen.toString().arg(quoted(request.host), QString::number(request.port));
    return out + cMain.toString().arg(QString::number(pause / 1000), QString::number(qint64(pause % 1000) * 1'000'000));
}

QString datagramAsNetcat(const CopiedRequest& request)
{
    // -w ends it: nothing else would. Each read of its input becomes a datagram, so the pieces need time between them.
    constexpr int leastPause = 100;
    const QString to = QStringLiteral(" | nc -u -w 2 ") + netcatTarget(request);
    QStringList steps;
    for (const QByteArrayView datagram : datagrams(request)) {
        steps.append(u"printf '" + printfFormat(datagram) + u'\'');
    }
    if (steps.size() == 1) {
        return steps.constFirst() + to;
    }
    const QString pause = QStringLiteral("\nsleep %1\n").arg(seconds(qMax(leastPause, request.pauseMs)));
    return u"{\n" + steps.join(pause) + u"\n}" + to;
}

} // namespace sockeye
