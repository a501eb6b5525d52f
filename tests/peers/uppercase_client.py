#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The classic client of an upper-case server: one sentence there, one sentence back; or many, until `exit`.

    uppercase_client.py HOST PORT SENTENCE [SENTENCE …]
"""

import socket
import sys


def receive_exactly(sock, size):
    """`size` bytes, or fewer if the peer closes before."""
    received = bytearray()
    while len(received) < size:
        piece = sock.recv(size - len(received))
        if not piece:
            break
        received += piece
    return bytes(received)


def shout(host, port, sentences, timeout=10):
    with socket.create_connection((host, port), timeout=timeout) as sock:
        replies = []
        for sentence in sentences:
            sock.sendall(sentence.encode("utf-8"))
            size = len(sentence.upper().encode("utf-8"))
            replies.append(receive_exactly(sock, size).decode("utf-8"))
        return replies


def main():
    for reply in shout(sys.argv[1], int(sys.argv[2]), sys.argv[3:]):
        print(reply)


if __name__ == "__main__":
    main()
