/* SPDX-FileCopyrightText: The Sockeye authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The classic exercises in C, with nothing but the system's own calls. tests/cli/test_c_peers.py builds it.
 *
 *   classic app HOST PORT ACTION VALUE    one exchange of the application protocol; prints the reply's content
 *   classic upper HOST PORT SENTENCE…     sends each, prints as many bytes as it sent
 *   classic pour HOST PORT                standard input there in small pieces, then half-close; prints what comes back
 *   classic datagram HOST PORT TEXT…      sends each as a datagram, prints one answer a line
 *   classic serve-echo                    prints its port; sends back what comes, one connection, until it is half-closed
 *   classic serve-app                     prints its port; answers one request with {"result": "from C"}
 *   classic serve-datagram                prints its port; sends one datagram back, upper-cased
 */
#define _POSIX_C_SOURCE 200809L
#include <ctype.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <unistd.h>

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static int connect_to(const char *host, const char *port, int type)
{
    struct addrinfo hints = { 0 }, *list, *at;
    int sock = -1;
    hints.ai_socktype = type;
    if (getaddrinfo(host, port, &hints, &list) != 0)
        fail("getaddrinfo");
    for (at = list; at != NULL; at = at->ai_next) {
        sock = socket(at->ai_family, at->ai_socktype, at->ai_protocol);
        if (sock >= 0 && connect(sock, at->ai_addr, at->ai_addrlen) == 0)
            break;
        if (sock >= 0)
            close(sock);
        sock = -1;
    }
    freeaddrinfo(list);
    if (sock < 0)
        fail("connect");
    return sock;
}

/* A socket on a free port of the loopback; its port goes to standard output. */
static int bound(int type)
{
    struct sockaddr_in address = { 0 };
    socklen_t size = sizeof address;
    int sock = socket(AF_INET, type, 0);
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (sock < 0 || bind(sock, (struct sockaddr *)&address, size) != 0
        || (type == SOCK_STREAM && listen(sock, 5) != 0)
        || getsockname(sock, (struct sockaddr *)&address, &size) != 0)
        fail("bind");
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);
    return sock;
}

/* send() takes what there is room for, not what it is given. */
static void send_all(int sock, const char *data, size_t size)
{
    while (size > 0) {
        const ssize_t count = send(sock, data, size, 0);
        if (count < 0)
            fail("send");
        data += count;
        size -= (size_t)count;
    }
}

/* recv() returns what has come, not what was asked for. */
static void receive_exactly(int sock, char *data, size_t size)
{
    while (size > 0) {
        const ssize_t count = recv(sock, data, size, 0);
        if (count < 0)
            fail("recv");
        if (count == 0) {
            fprintf(stderr, "closed too early\n");
            exit(1);
        }
        data += count;
        size -= (size_t)count;
    }
}

/* A whole message: its content, which the caller frees, and its size. */
static char *receive_message(int sock, size_t *size)
{
    unsigned char length[2];
    char *header, *content;
    const char *at;
    size_t header_size;
    receive_exactly(sock, (char *)length, sizeof length);
    header_size = (size_t)length[0] << 8 | length[1];
    header = calloc(header_size + 1, 1);
    if (header == NULL)
        fail("calloc");
    receive_exactly(sock, header, header_size);
    at = strstr(header, "\"content-length\": ");
    if (at == NULL) {
        fprintf(stderr, "no content-length in %s\n", header);
        exit(1);
    }
    *size = strtoul(at + strlen("\"content-length\": "), NULL, 10);
    free(header);
    content = calloc(*size + 1, 1);
    if (content == NULL)
        fail("calloc");
    receive_exactly(sock, content, *size);
    return content;
}

static void send_message(int sock, const char *type, const char *encoding, const char *content, size_t size)
{
    char header[256];
    unsigned char length[2];
    const int header_size = snprintf(header, sizeof header,
        "{\"byteorder\": \"little\", \"content-type\": \"%s\", \"content-encoding\": \"%s\", \"content-length\": %zu}",
        type, encoding, size);
    length[0] = (unsigned char)(header_size >> 8);
    length[1] = (unsigned char)header_size;
    send_all(sock, (const char *)length, sizeof length);
    send_all(sock, header, (size_t)header_size);
    send_all(sock, content, size);
}

static void app(char **argv)
{
    const int sock = connect_to(argv[0], argv[1], SOCK_STREAM);
    char content[1024];
    char *reply;
    size_t size;
    if (strcmp(argv[2], "search") == 0) {
        const int count = snprintf(content, sizeof content, "{\"action\": \"search\", \"value\": \"%s\"}", argv[3]);
        send_message(sock, "text/json", "utf-8", content, (size_t)count);
    } else {
        const int count = snprintf(content, sizeof content, "%s%s", argv[2], argv[3]);
        send_message(sock, "binary/custom-client-binary-type", "binary", content, (size_t)count);
    }
    reply = receive_message(sock, &size);
    fwrite(reply, 1, size, stdout);
    free(reply);
    close(sock);
}

static void upper(int argc, char **argv)
{
    const int sock = connect_to(argv[0], argv[1], SOCK_STREAM);
    char reply[1024];
    int i;
    for (i = 2; i < argc; ++i) {
        send_all(sock, argv[i], strlen(argv[i]));
        receive_exactly(sock, reply, strlen(argv[i]));
        printf("%.*s\n", (int)strlen(argv[i]), reply);
    }
    close(sock);
}

static void pour(char **argv)
{
    const int sock = connect_to(argv[0], argv[1], SOCK_STREAM);
    char piece[7], back[4096];
    size_t size;
    ssize_t count;
    while ((size = fread(piece, 1, sizeof piece, stdin)) > 0)
        send_all(sock, piece, size);
    shutdown(sock, SHUT_WR);
    while ((count = recv(sock, back, sizeof back, 0)) > 0)
        fwrite(back, 1, (size_t)count, stdout);
    if (count < 0)
        fail("recv");
    close(sock);
}

static void datagram(int argc, char **argv)
{
    const int sock = connect_to(argv[0], argv[1], SOCK_DGRAM);
    char back[2048];
    int i;
    for (i = 2; i < argc; ++i) {
        ssize_t count;
        if (send(sock, argv[i], strlen(argv[i]), 0) < 0)
            fail("send");
        count = recv(sock, back, sizeof back, 0);
        if (count < 0)
            fail("recv");
        printf("%.*s\n", (int)count, back);
    }
    close(sock);
}

static void serve_echo(void)
{
    const int sock = accept(bound(SOCK_STREAM), NULL, NULL);
    char piece[1000];
    ssize_t count;
    while ((count = recv(sock, piece, sizeof piece, 0)) > 0)
        send_all(sock, piece, (size_t)count);
    close(sock);
}

static void serve_app(void)
{
    const int sock = accept(bound(SOCK_STREAM), NULL, NULL);
    static const char content[] = "{\"result\": \"from C\"}";
    size_t size;
    free(receive_message(sock, &size));
    send_message(sock, "text/json", "utf-8", content, sizeof content - 1);
    close(sock);
}

static void serve_datagram(void)
{
    const int sock = bound(SOCK_DGRAM);
    struct sockaddr_storage from;
    socklen_t from_size = sizeof from;
    char data[2048];
    ssize_t i;
    const ssize_t count = recvfrom(sock, data, sizeof data, 0, (struct sockaddr *)&from, &from_size);
    if (count < 0)
        fail("recvfrom");
    for (i = 0; i < count; ++i)
        data[i] = (char)toupper((unsigned char)data[i]);
    if (sendto(sock, data, (size_t)count, 0, (struct sockaddr *)&from, from_size) < 0)
        fail("sendto");
    close(sock);
}

int main(int argc, char **argv)
{
    const char *what = argc > 1 ? argv[1] : "";
    if (strcmp(what, "app") == 0 && argc == 6)
        app(argv + 2);
    else if (strcmp(what, "upper") == 0 && argc > 4)
        upper(argc - 2, argv + 2);
    else if (strcmp(what, "pour") == 0 && argc == 4)
        pour(argv + 2);
    else if (strcmp(what, "datagram") == 0 && argc > 4)
        datagram(argc - 2, argv + 2);
    else if (strcmp(what, "serve-echo") == 0)
        serve_echo();
    else if (strcmp(what, "serve-app") == 0)
        serve_app();
    else if (strcmp(what, "serve-datagram") == 0)
        serve_datagram();
    else
        return 2;
    return 0;
}
