# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the build with C++ and Qt alone cannot do, it says in one line."""

import socket
import unittest

import support

MISSING = "not available in this build"


class Portable(unittest.TestCase):
    def complaint(self, *arguments):
        done = support.run(*arguments)
        self.assertEqual((done.returncode, done.stdout), (1, b""))
        self.assertEqual(done.stderr.count(b"\n"), 1, done.stderr)
        return done.stderr.decode("utf-8")

    def test_sockets(self):
        self.assertIn(MISSING, self.complaint("sockets"))
        self.assertIn(MISSING, self.complaint("sockets", "--all", "--print", "json"))

    def test_capture(self):
        for arguments in (["--list"], ["lo"], ["lo", "--capture", "-", "--print", "json"]):
            with self.subTest(arguments):
                self.assertIn(MISSING, self.complaint("capture", *arguments))

    def test_diagnose(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            done = support.run("diagnose", "127.0.0.1", str(server.getsockname()[1]), "--print", "json")
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        *steps, verdict = support.lines(done.stdout)
        self.assertEqual(verdict["code"], "connected")
        told = {step["step"]: step["text"] for step in steps}
        self.assertIn(MISSING, told["ping"].lower())
        self.assertIn(MISSING, told["listener"].lower())
        self.assertIn("Connected", told["connect"])

    def test_only_one_engine(self):
        done = support.run("raw", "127.0.0.1", "1", "--text", "x", "--engine", "native")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn(b"qt", done.stderr)


if __name__ == "__main__":
    unittest.main()
