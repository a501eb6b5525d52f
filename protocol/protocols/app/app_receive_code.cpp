// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/app/app_protocol.h"

namespace sockeye {

namespace {

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

constexpr QStringView cReceiveMessage = uR"(
/* recv() returns what has come, not what was asked for: go on until all of it is here. */
static char *receive(int sock, size_t size)
{
    char *data = malloc(size + 1);
    size_t have = 0;
    if (data == NULL)
        fail("malloc");
    while (have < size) {
        ssize_t got = recv(sock, data + have, size - have, 0);
        if (got < 0)
            fail("recv");
        if (got == 0) {
            fprintf(stderr, "closed after %zu of %zu bytes\n", have, size);
            exit(1);
        }
        have += (size_t)got;
    }
    data[size] = '\0';
    return data;
}

/* Enough for the one number that is needed; a real program would use a JSON library. */
static size_t content_length(const char *header)
{
    const char *at = strstr(header, "\"content-length\"");
    at = at != NULL ? strchr(at + strlen("\"content-length\""), ':') : NULL;
    if (at == NULL) {
        fprintf(stderr, "no content-length in %s\n", header);
        exit(1);
    }
    return (size_t)strtoul(at + 1, NULL, 10);
}
)";

constexpr QStringView cReadMessage = uR"(
    unsigned char *fixed = (unsigned char *)receive(sock, 2);
    size_t header_size = (size_t)fixed[0] << 8 | fixed[1]; /* big-endian */
    char *header = receive(sock, header_size);
    size_t content_size = content_length(header);
    char *content = receive(sock, content_size);

    printf("%s\n", header);
    fwrite(content, 1, content_size, stdout);
    printf("\n");
    free(fixed);
    free(header);
    free(content);
)";

} // namespace

ReceiveCode AppProtocol::receiveCode(CodeLanguage language) const
{
    switch (language) {
    case CodeLanguage::Python:
        return { pythonReceiveMessage, pythonReadMessage, { QStringLiteral("json"), QStringLiteral("struct") } };
    case CodeLanguage::C:
        return { cReceiveMessage, cReadMessage, {} };
    }
    return {};
}

} // namespace sockeye
