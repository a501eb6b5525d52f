#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The textbook pair over UDP: a client that has one sentence upper-cased, and a server that does so for everybody.

    udp_peers.py client HOST PORT SENTENCE
    udp_peers.py server [PORT]            upper-cases; prints its port first
    udp_peers.py echo [PORT]              sends back what came
"""

import socket
import sys


def family_of(host):
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def ask(host, port, datagram, timeout=10):
    """UDPClient: one datagram there, one back."""
    with socket.socket(family_of(host), socket.SOCK_DGRAM) as client:
        client.settimeout(timeout)
        client.sendto(datagram, (host, port))
        answer, _ = client.recvfrom(65536)
        return answer


def serve(answer, host, port):
    """UDPServer."""
    with socket.socket(family_of(host), socket.SOCK_DGRAM) as server:
        server.bind((host, port))
        print(server.getsockname()[1], flush=True)
        while True:
            datagram, client = server.recvfrom(65536)
            server.sendto(answer(datagram), client)


def main():
    role = sys.argv[1]
    if role == "client":
        print(ask(sys.argv[2], int(sys.argv[3]), sys.argv[4].encode()).decode())
    else:
        port = int(sys.argv[2]) if len(sys.argv) > 2 else 0
        host = sys.argv[3] if len(sys.argv) > 3 else "127.0.0.1"
        serve((lambda d: d) if role == "echo" else (lambda d: d.decode().upper().encode()), host, port)


if __name__ == "__main__":
    main()
