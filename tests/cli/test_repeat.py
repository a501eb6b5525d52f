# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`send` and `raw` that send the same again and again."""

import signal
import socket
import unittest

import support


def results(done):
    return [event for event in support.lines(done.stdout) if event["event"] == "result"]


class Repeat(unittest.TestCase):
    def test_so_many_times(self):
        for persistent in ((), ("--persistent",)):
            with self.subTest(persistent), support.Server("--persistent") as server:
                done = support.run(
                    "send", "127.0.0.1", str(server.port), "search", "morpheus", "--every", "2", "--repeat", "5",
                    "--print", "json", *persistent,
                )  # fmt: skip
                self.assertEqual(done.returncode, 0, done.stderr)
                (result,) = results(done)
                self.assertEqual(support.lines(done.stdout)[-1], result)
                self.assertIn("rabbit", result["result"])
                repeat = result["repeat"]
                self.assertEqual((repeat["sent"], repeat["replies"], repeat["failures"]), (5, 5, 0))
                # None is early; one that is late, on a busy machine, is followed by shorter ones.
                self.assertGreaterEqual(repeat["interval_us"]["max"], 1900)
                self.assertEqual(set(repeat["latency_us"]), {"p50", "p90", "p99", "p999", "max"})
                opened = [event for event in support.lines(done.stdout) if event["event"] == "opened"]
                self.assertEqual(len(opened), 1 if persistent else 5)

    def test_until_a_reply_matches(self):
        with support.PeerServer("--byteorder", "little") as server:
            done = support.run(
                "send", "127.0.0.1", str(server.port), "search", "ring", "--every", "1",
                "--until", 'json.result contains "cave"', "--print", "json",
            )  # fmt: skip
        self.assertEqual(done.returncode, 0, done.stderr)
        (result,) = results(done)
        self.assertTrue(result["repeat"]["matched"])
        self.assertEqual(result["repeat"]["sent"], 1)

    def test_no_reply_matches(self):
        with support.Server("--persistent") as server:
            done = support.run(
                "send", "127.0.0.1", str(server.port), "search", "ring", "--every", "1", "--repeat", "3",
                "--until", "size > 1MiB", "--print", "none",
            )  # fmt: skip
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertIn(b"No reply matched", done.stderr)

    def test_nobody_listens(self):
        with socket.socket() as taken:  # somebody has it, and does not listen
            taken.bind(("127.0.0.1", 0))
            done = support.run(
                "raw", "127.0.0.1", str(taken.getsockname()[1]), "--text", "x", "--every", "1", "--repeat", "3",
            )  # fmt: skip
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"ECONNREFUSED", done.stderr)
        self.assertIn(b"Sent 0 times: 0 answered, 3 failed.", done.stdout)

    def test_until_stopped(self):
        with support.Server("--persistent") as server:
            command = ["send", "127.0.0.1", str(server.port), "search", "ring", "--every", "5", "--print", "json"]
            with support.Process([support.CLI, *command]) as sender:
                replies = 0
                while replies < 3:
                    replies += '"direction":"in"' in sender.next_line()
                self.assertEqual(sender.stop(signal.SIGINT), 0, sender.complaints())

    def test_wrong_filter(self):
        done = support.run("send", "127.0.0.1", "9", "search", "x", "--until", "jsn.result")
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"--until: ", done.stderr)
        self.assertIn("did you mean", done.stderr.decode())


if __name__ == "__main__":
    unittest.main()
