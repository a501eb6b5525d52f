# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`sockeye-cli raw`: any bytes, and what comes back."""

import contextlib
import os
import socket
import tempfile
import threading
import time
import unittest

import support


def raw(port, *arguments, **options):
    return support.run("raw", "127.0.0.1", str(port), *arguments, "--print", "json", **options)


class Raw(unittest.TestCase):
    def result(self, done):
        """What is taken as the reply, and all that came back, in hexadecimal."""
        self.assertEqual(done.returncode, 0, done.stderr)
        events = support.lines(done.stdout)
        received = "".join(e["hex"] for e in events if e["event"] == "bytes" and e["direction"] == "in")
        self.assertEqual(events[-1]["event"], "result")
        return events[-1]["hex"], received

    def reply(self, done):
        """The bytes that came back, all of which are the reply."""
        reply, received = self.result(done)
        self.assertEqual(reply, received)
        return bytes.fromhex(received)

    def test_reply_that_ends_with_the_connection(self):
        """Longer than the request, and in pieces: all of it is the reply, and goes to the file as it is."""
        reply = bytes(range(256)) * 1000

        def serve():
            sock, _ = listener.accept()
            with sock:
                sock.recv(100)
                for begin in range(0, len(reply), 50_000):
                    sock.sendall(reply[begin : begin + 50_000])

        for options in (("--hex", "41"), ("--file", "-")):
            with self.subTest(options), tempfile.TemporaryDirectory() as folder:
                with socket.create_server(("127.0.0.1", 0)) as listener:
                    thread = threading.Thread(target=serve)
                    thread.start()
                    file = f"{folder}/reply.bin"
                    done = raw(listener.getsockname()[1], *options, "--until-close", "--reply-to", file, stdin=b"A")
                    thread.join()
                self.assertEqual(self.reply(done), reply)
                with open(file, "rb") as written:
                    self.assertEqual(written.read(), reply)

    def test_reply_to_standard_output(self):
        with support.Server("echo", "--persistent") as server:
            done = support.run("raw", "127.0.0.1", str(server.port), "--text", "as it is", "--reply-to", "-")
            self.assertEqual((done.returncode, done.stdout, done.stderr), (0, b"as it is", b""))
            done = support.run(
                "raw", "127.0.0.1", str(server.port), "--text", "x", "--reply-to", "-", "--print", "json"
            )
            self.assertEqual(done.returncode, 2)

    def test_reply_to_a_file_that_cannot_be(self):
        with support.Server("echo", "--persistent") as server:
            for file, word in (("/nowhere/at/all", "No such file"), ("/dev/full", "No space left")):
                with self.subTest(file):
                    done = raw(server.port, "--text", "x", "--reply-to", file)
                    self.assertEqual(done.returncode, 1)
                    self.assertIn(word, done.stderr.decode("utf-8"))

    def test_expected_while_lingering(self):
        """What comes after the reply, while we wait for the server's end of stream."""

        def serve():
            sock, _ = listener.accept()
            with sock:
                sock.recv(100)
                sock.sendall(b"ab")
                while sock.recv(100):  # to its end of stream
                    pass
                with contextlib.suppress(ConnectionError):
                    sock.sendall(b"the la")
                    time.sleep(0.1)
                    sock.sendall(b"te word")

        # An engine that knows no half-close lets go of the connection with our end of stream.
        late = 3 if os.environ.get("SOCKEYE_ENGINE") == "qt" else 0
        for expected, status in (("late word", late), ("no word", 3)):
            with self.subTest(expected), socket.create_server(("127.0.0.1", 0)) as listener:
                thread = threading.Thread(target=serve)
                thread.start()
                done = raw(listener.getsockname()[1], "--text", "xy", "--linger", "5", "--expect", expected)
                thread.join()
                self.assertEqual(done.returncode, status, done)

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
            if support.QT:  # no half-close: as many bytes as were sent are the reply, and more may come behind it
                reply, received = self.result(done)
                self.assertGreaterEqual(len(reply), sum(len(e["request"]) for e in golden))
                self.assertTrue(received.startswith(reply))
                self.assertTrue(replies.startswith(received))
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

    def test_hosts_with_a_port_behind_them(self):
        with support.Server("echo") as server:
            for host in (f"127.0.0.1:{server.port}", "127.0.0.1"):
                done = support.run("raw", host, str(server.port), "--text", "x", "--print", "json")
                self.assertEqual(self.reply(done), b"x")

    def test_pasted_bytes(self):
        """Offsets and text columns are left out, and it is said."""
        dump = "00000000: 6162 6364                                abcd\n"
        with support.Server("echo") as server:
            for pasted in (dump, "unsigned char d[] = { 0x61, 0x62, 0x63, 0x64 };", "b'ab\\x63d'", "61h,62h;63-64"):
                with self.subTest(pasted):
                    done = raw(server.port, "--hex", pasted)
                    self.assertEqual(self.reply(done), b"abcd")
                    said = done.stderr.decode("utf-8")
                    self.assertEqual("Read as" in said, not pasted.startswith("61h"), said)

    def test_control_characters_are_escapes(self):
        with support.Server("echo") as server:
            done = support.run("raw", "127.0.0.1", str(server.port), "--hex", "61 0d 0a 1b 5b ff c3 a9")
            self.assertEqual(done.stdout.decode("utf-8").splitlines()[-1], "a\\r\\n\\x1b[\\xffé")

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
