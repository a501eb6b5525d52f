#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sends its standard input to an echo server, closes its side, and writes what comes back to standard output.

    echo_client.py HOST PORT
"""

import selectors
import socket
import sys


def echo(host, port, data, timeout=10):
    """Reads while it writes, so that neither side waits for the other however much there is."""
    with socket.create_connection((host, port), timeout=timeout) as sock, selectors.DefaultSelector() as selector:
        sock.setblocking(False)
        selector.register(sock, selectors.EVENT_READ | selectors.EVENT_WRITE)
        unsent = memoryview(data)
        received = bytearray()
        while True:
            ready = selector.select(timeout)
            if not ready:
                raise TimeoutError(f"{len(received)} of {len(data)} bytes came back")
            _, events = ready[0]
            if events & selectors.EVENT_READ:
                piece = sock.recv(65536)
                if not piece:
                    return bytes(received)
                received += piece
            if events & selectors.EVENT_WRITE:
                unsent = unsent[sock.send(unsent) :] if unsent else unsent
                if not unsent:
                    sock.shutdown(socket.SHUT_WR)
                    selector.modify(sock, selectors.EVENT_READ)


def main():
    sys.stdout.buffer.write(echo(sys.argv[1], int(sys.argv[2]), sys.stdin.buffer.read()))


if __name__ == "__main__":
    main()
