# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`--engine`: the same exchange whatever owns the sockets at either end."""

import itertools
import unittest

import support

HELP = support.run("serve", "--help").stdout.decode("utf-8")
ENGINES = [engine for engine in ("native", "qt") if engine in HELP]


def notes(events):
    return [event["text"] for event in events if event["event"] == "note"]


class Engines(unittest.TestCase):
    def test_every_pair(self):
        exchange = support.exchanges()[0]
        for ours, theirs in itertools.product(ENGINES, ENGINES):
            with self.subTest(f"{ours} asks {theirs}"), support.Server("--engine", theirs, "--byteorder", "little") as server:
                done = support.run(
                    "raw", "127.0.0.1", str(server.port), "--hex", exchange["request"], "--engine", ours, "--print", "json"
                )
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertEqual(support.lines(done.stdout)[-1]["hex"], exchange["reply"])

    def test_says_what_it_cannot_do(self):
        with support.Server("echo", "--engine", "qt") as server:
            self.assertIn("QTcpSocket", server.event("note", connection=0)["text"])
            done = support.run(
                "raw", "127.0.0.1", str(server.port), "--text", "x", "--half-close", "--engine", "qt", "--print", "json"
            )
            self.assertEqual(done.returncode, 0, done.stderr)
            told = notes(support.lines(done.stdout))
            self.assertIn("It does not tell a reset", told[0])
            self.assertIn("end of stream was not sent", told[1])

    @unittest.skipUnless("native" in ENGINES, "this build has the engine qt alone")
    def test_native_has_nothing_to_say(self):
        with support.Server("echo", "--engine", "native") as server:
            done = support.run(
                "raw", "127.0.0.1", str(server.port), "--text", "x", "--half-close", "--engine", "native",
                "--print", "json",
            )  # fmt: skip
            self.assertEqual((done.returncode, notes(support.lines(done.stdout))), (0, []))

    def test_datagrams(self):
        for ours, theirs in itertools.product(ENGINES, ENGINES):
            with self.subTest(f"{ours} asks {theirs}"), support.Server("echo-udp", "--engine", theirs) as server:
                done = support.run(
                    "raw", "127.0.0.1", str(server.port), "--udp", "--text", "hello", "--engine", ours, "--print", "json"
                )
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertEqual(support.lines(done.stdout)[-1]["hex"], b"hello".hex())

    def test_many(self):
        for ours, theirs in itertools.product(ENGINES, ENGINES):
            with self.subTest(f"{ours} asks {theirs}"), support.Server("echo", "--engine", theirs) as server:
                done = support.run("multi", "127.0.0.1", str(server.port), "50", "--engine", ours, "--print", "none")
                self.assertEqual(done.returncode, 0, done.stderr)

    def test_load(self):
        for ours, theirs in itertools.product(ENGINES, ENGINES):
            with self.subTest(f"{ours} asks {theirs}"), support.Server("--engine", theirs) as server:
                done = support.run(
                    "load", "127.0.0.1", str(server.port), "--requests", "200", "--engine", ours, "--print", "none"
                )
                self.assertEqual(done.returncode, 0, done.stderr)


if __name__ == "__main__":
    unittest.main()
