# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Programs in C, on the system's own calls, as clients of our servers and as servers of our clients."""

import os
import pathlib
import subprocess
import tempfile
import unittest

import support

STRICT = ["-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-O1"]


class CPeers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.classic = str(pathlib.Path(cls.folder.name) / "classic")
        source = str(support.PEERS / "classic.c")
        subprocess.run([os.environ.get("CC", "cc"), *STRICT, "-o", cls.classic, source], check=True)

    def ask(self, what, server, *arguments, stdin=b""):
        done = subprocess.run(
            [self.classic, what, "127.0.0.1", str(server.port), *arguments],
            input=stdin, capture_output=True, timeout=support.PATIENCE, check=False,
        )  # fmt: skip
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        return done.stdout.decode("utf-8")

    def serve(self, what):
        peer = support.Process([self.classic, what])
        peer.port = peer.next_line()
        return peer

    def test_application_protocol(self):
        with support.Server() as server:
            reply = self.ask("app", server, "search", "morpheus")
            self.assertEqual(reply, '{"result": "Follow the white rabbit. 🐰"}')
            self.assertEqual(self.ask("app", server, "binary", "😃 bytes"), "First 10 bytes of request: binary😃")

    def test_application_protocol_on_a_persistent_server(self):
        with support.Server("--persistent") as server:
            self.assertIn("Misty Mountains", self.ask("app", server, "search", "ring"))
            self.assertEqual(server.finish(), 0)

    def test_uppercase(self):
        with support.Server("uppercase") as server:
            self.assertEqual(self.ask("upper", server, "straight äöü"), "STRAIGHT ÄÖÜ\n")
        with support.Server("uppercase", "--persistent") as server:
            self.assertEqual(self.ask("upper", server, "one", "two", "três"), "ONE\nTWO\nTRÊS\n")

    def test_echo_with_characters_cut_anywhere(self):
        text = "Grüße 🐟🐟🐟, many times. " * 400
        with support.Server("echo", "--persistent") as server:
            self.assertEqual(self.ask("pour", server, stdin=text.encode("utf-8")), text)

    def test_uppercase_with_characters_cut_anywhere(self):
        text = "grüße 🐟 éàç " * 200  # seven bytes a write: every character is cut somewhere
        with support.Server("uppercase", "--persistent") as server:
            self.assertEqual(self.ask("pour", server, stdin=text.encode("utf-8")), text.upper())

    def test_datagrams(self):
        with support.Server("echo-udp") as server:
            self.assertEqual(self.ask("datagram", server, "one", "zwei ß"), "one\nzwei ß\n")
        with support.Server("uppercase-udp") as server:
            self.assertEqual(self.ask("datagram", server, "sentence"), "SENTENCE\n")

    def test_our_client_with_an_echo_server(self):
        with self.serve("serve-echo") as peer:
            done = support.run("raw", "127.0.0.1", peer.port, "--text", "to C and back", "--print", "json")
            self.assertEqual((done.returncode, done.stderr), (0, b""))
            back = b"".join(
                bytes.fromhex(event["hex"])
                for event in support.lines(done.stdout)
                if event["event"] == "bytes" and event["direction"] == "in"
            )
            self.assertEqual(back, b"to C and back")

    def test_our_client_with_an_application_server(self):
        with self.serve("serve-app") as peer:
            done = support.run("send", "127.0.0.1", peer.port, "search", "morpheus", "--expect", "from C")
            self.assertEqual((done.returncode, done.stderr), (0, b""))

    def test_our_client_with_a_datagram_server(self):
        with self.serve("serve-datagram") as peer:
            done = support.run("raw", "127.0.0.1", peer.port, "--udp", "--text", "sentence", "--print", "json")
            self.assertEqual((done.returncode, done.stderr), (0, b""))
            replies = [
                event["hex"]
                for event in support.lines(done.stdout)
                if event["event"] == "bytes" and event["direction"] == "in"
            ]
            self.assertEqual(replies, [b"SENTENCE".hex()])


if __name__ == "__main__":
    unittest.main()
