# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`sockeye-cli raw`: any bytes, and what comes back."""

import tempfile
import unittest

import support


def raw(port, *arguments, **options):
    return support.run("raw", "127.0.0.1", str(port), *arguments, "--print", "json", **options)


class Raw(unittest.TestCase):
    def reply(self, done):
        """The bytes that came back."""
        self.assertEqual(done.returncode, 0, done.stderr)
        events = support.lines(done.stdout)
        received = "".join(e["hex"] for e in events if e["event"] == "bytes" and e["direction"] == "in")
        self.assertEqual(events[-1]["event"], "result")
        self.assertEqual(events[-1]["hex"], received)
        return bytes.fromhex(received)

    def test_golden_requests(self):
        with support.Server("--byteorder", "little") as server:
            for exchange in support.exchanges():
                with self.subTest(exchange["name"]):
                    self.assertEqual(self.reply(raw(server.port, "--hex", exchange["request"])).hex(), exchange["reply"])

    def test_golden_request_to_a_persistent_server(self):
        """It does not wait for more than the one reply."""
        exchange = support.exchanges()[0]
        with support.Server("--byteorder", "little", "--persistent") as server:
            done = raw(server.port, "--hex", exchange["request"], "--timeout", "30")
            self.assertEqual(self.reply(done).hex(), exchange["reply"])

    def test_pipelined_with_half_close(self):
        golden = support.exchanges()
        with support.Server("--byteorder", "little", "--persistent") as server:
            done = raw(server.port, "--hex", " ".join(e["request"] for e in golden), "--half-close", "--chunks", "7")
            replies = "".join(e["reply"] for e in golden)
            if support.QT:  # no half-close: as many bytes as were sent are the reply, or what came with them
                self.assertTrue(replies.startswith(self.reply(done).hex()))
            else:
                self.assertEqual(self.reply(done).hex(), replies)

    def test_ways_to_say_bytes(self):
        with support.Server("echo") as server, tempfile.NamedTemporaryFile() as file:
            file.write(b"from\0a file")
            file.flush()
            self.assertEqual(self.reply(raw(server.port, "--hex", "0x00:ff 7F\t80")), b"\x00\xff\x7f\x80")
            self.assertEqual(self.reply(raw(server.port, "--text", "naïve 🐰")), "naïve 🐰".encode())
            self.assertEqual(self.reply(raw(server.port, "--text", "--hex")), b"--hex")
            self.assertEqual(self.reply(raw(server.port, "--file", file.name)), b"from\0a file")
            self.assertEqual(self.reply(raw(server.port, "--file", "-", stdin=b"piped\xff")), b"piped\xff")

    def test_large_file(self):
        data = bytes(range(256)) * 16384
        with support.Server("echo") as server:
            done = support.run(
                "raw", "127.0.0.1", str(server.port), "--file", "-", "--print", "none", "--expect", "AB", stdin=data
            )
            self.assertEqual((done.returncode, done.stdout, done.stderr), (0, b"", b""))

    def test_broken_on_purpose_is_no_error_of_ours(self):
        with support.Server() as server:
            done = raw(server.port, "--hex", "0000")
            self.assertIn(b"Error: ", self.reply(done))
            self.assertNotIn("error", [event["event"] for event in support.lines(done.stdout)])

    def test_expect(self):
        with support.Server("uppercase") as server:
            self.assertEqual(raw(server.port, "--text", "hello", "--expect", "HELLO").returncode, 0)
            self.assertEqual(raw(server.port, "--text", "hello", "--expect", "hello").returncode, 3)


if __name__ == "__main__":
    unittest.main()
