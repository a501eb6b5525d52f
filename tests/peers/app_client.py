#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sends one request of the application protocol and prints the reply: its bytes in hex, then its result as JSON.

    app_client.py HOST PORT ACTION VALUE [--byteorder little|big]
"""

import argparse
import json
import socket
import sys

import app_protocol


def exchange(host, port, request, timeout=10):
    """One exchange on a connection of its own; returns the reply once the server has closed."""
    with socket.create_connection((host, port), timeout=timeout) as sock:
        sock.sendall(request)
        reply = app_protocol.receive_messages(sock, 1)[0]
        rest = sock.recv(1)
        if rest:
            raise app_protocol.BadMessage("more came after the reply")
        return reply


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("host")
    parser.add_argument("port", type=int)
    parser.add_argument("action")
    parser.add_argument("value")
    parser.add_argument("--byteorder", default=sys.byteorder, choices=("little", "big"))
    options = parser.parse_args()
    request = app_protocol.encode_request(options.action, options.value, options.byteorder)
    reply = exchange(options.host, options.port, request)
    print(reply.raw.hex())
    print(json.dumps(reply.result(), ensure_ascii=False))


if __name__ == "__main__":
    main()
