# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of rules share."""

import pathlib
import socket
import tempfile
import unittest

import support


class RulesCase(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def file(self, text, name="rules.toml"):
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    def connect(self, server):
        sock = socket.create_connection(("127.0.0.1", server.port), support.PATIENCE)
        self.addCleanup(sock.close)
        return sock

    def ask(self, sock, request, size=65536):
        sock.sendall(request)
        return sock.recv(size)

    def serve(self, text, *arguments):
        server = support.Server("rules", "--rules", self.file(text), *arguments)
        self.addCleanup(server.__exit__)
        return server
