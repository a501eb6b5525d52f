#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A server of the application protocol on selectors. Prints its port, then serves until its standard input closes.

    app_server.py [--host 127.0.0.1] [--persistent] [--byteorder little|big] [--reply HEX] [--quiet]

Every request that came is printed in hex, one a line, unless --quiet. With --reply it answers each with those bytes
instead.
"""

import argparse
import selectors
import socket
import sys

import app_protocol


class Connection:
    def __init__(self, sock, options):
        self.sock = sock
        self.options = options
        self.decoder = app_protocol.Decoder()
        self.out = bytearray()
        self.closing = False

    def wants(self):
        events = 0 if self.closing else selectors.EVENT_READ
        return events | selectors.EVENT_WRITE if self.out or self.closing else events

    def read(self):
        piece = self.sock.recv(4096)
        if not piece:
            self.closing = True
            return
        for message in self.decoder.feed(piece):
            if not self.options.quiet:
                print(message.raw.hex(), flush=True)
            self.out += self.reply(message)
            if not self.options.persistent:
                self.closing = True
                return

    def reply(self, message):
        if self.options.reply is not None:
            return bytes.fromhex(self.options.reply)
        return app_protocol.answer(message, self.options.byteorder)

    def write(self):
        """Returns whether the connection is over."""
        if self.out:
            sent = self.sock.send(self.out)
            del self.out[:sent]
        return self.closing and not self.out


def serve(listener, options):
    selector = selectors.DefaultSelector()
    selector.register(listener, selectors.EVENT_READ)
    selector.register(sys.stdin, selectors.EVENT_READ)
    while True:
        for key, events in selector.select():
            if key.fileobj is listener:
                sock, _ = listener.accept()
                sock.setblocking(False)
                selector.register(sock, selectors.EVENT_READ, Connection(sock, options))
                continue
            if key.fileobj is sys.stdin:
                return
            connection = key.data
            over = False
            try:
                if events & selectors.EVENT_READ:
                    connection.read()
                if events & selectors.EVENT_WRITE:
                    over = connection.write()
            except (OSError, app_protocol.BadMessage) as error:
                print(f"error: {error}", flush=True)
                over = True
            if over:
                selector.unregister(connection.sock)
                connection.sock.close()
            else:
                selector.modify(connection.sock, connection.wants(), connection)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--persistent", action="store_true")
    parser.add_argument("--byteorder", default=sys.byteorder, choices=("little", "big"))
    parser.add_argument("--reply")
    parser.add_argument("--quiet", action="store_true")
    options = parser.parse_args()
    family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
    with socket.create_server((options.host, 0), family=family, backlog=128) as listener:
        print(listener.getsockname()[1], flush=True)
        serve(listener, options)


if __name__ == "__main__":
    main()
