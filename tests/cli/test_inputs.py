# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every option that names a file to read takes a pipe and, as "-", standard input; how much is read is bounded."""

import fcntl
import json
import os
import pathlib
import struct
import tempfile
import termios
import threading
import time
import unittest

import support
import tls_peer

RULES = '[[rule]]\nwhen = \'text contains "hi"\'\nreply = { text = "yo\\n" }\n'
LIST = '[[message]]\njson = { action = "search", value = "morpheus" }\nexpect-text = "rabbit"\n'
NUMBERS = "meta:\n  id: numbers\nseq:\n  - id: number\n    type: u1\n"


class Pipe:
    """A FIFO into which somebody writes, the second half when the first one was taken out."""

    def __init__(self, folder, data):
        handle, self.name = tempfile.mkstemp(dir=folder)
        os.close(handle)
        os.unlink(self.name)
        os.mkfifo(self.name)
        self.data = data.encode() if isinstance(data, str) else data
        self.thread = threading.Thread(target=self._write, daemon=True)
        self.thread.start()

    def _write(self):
        with open(self.name, "wb", buffering=0) as end:
            half = len(self.data) // 2
            end.write(self.data[:half])
            until = time.monotonic() + support.PATIENCE
            while struct.unpack("i", fcntl.ioctl(end, termios.FIONREAD, bytes(4)))[0] and time.monotonic() < until:
                os.sched_yield()
            end.write(self.data[half:])


class PipedServer(support.Server):
    """`sockeye-cli serve`, its standard input from that file."""

    def __init__(self, given, *arguments):
        command = [support.CLI, "serve", *arguments, "--port", "0", "--print", "json"]
        support.Process.__init__(self, ["sh", "-c", 'exec "$@" < "$0"', given, *command])
        self.events = []
        first = self.next_line()
        if first is None:
            raise AssertionError(f"it did not start: {self.complaints()}")
        self.listening = json.loads(first)
        self.port = self.listening["port"]


class Inputs(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.temporary.cleanup)
        cls.folder = pathlib.Path(cls.temporary.name)
        cls.authority = tls_peer.Authority(cls.folder)
        cls.certificate, cls.key = (pathlib.Path(file) for file in cls.authority.sign("IP:127.0.0.1"))

    def pipe(self, data):
        return Pipe(self.folder, data).name

    def assertPrints(self, expected, *arguments, stdin=None):
        ran = support.run(*arguments, stdin=stdin)
        self.assertEqual((ran.returncode, ran.stdout), (0, expected), ran.stderr)

    def ask(self, server, *more):
        ran = support.run("send", "127.0.0.1", str(server.port), "search", "morpheus", *more)
        self.assertEqual(ran.returncode, 0, ran.stderr)
        return ran.stdout.splitlines()[-1]

    def test_rules(self):
        for name in ("-", None):
            pipe = self.pipe(RULES)
            with self.subTest(name), PipedServer(pipe if name else "/dev/null", "rules", "--protocol", "lines", "--rules",
                                                 name or pipe) as server:
                ran = support.run("raw", "127.0.0.1", str(server.port), "--text", "hi\n", "--escapes", "--protocol",
                                  "lines", "--expect", "yo")
                self.assertEqual(ran.returncode, 0, ran.stderr)
                self.assertEqual(server.finish(), 0)
                notes = [event["text"] for event in server.events if event["event"] == "note"]
                self.assertFalse([text for text in notes if "read again" in text])

    def test_catalogue(self):
        for name in ("-", None):
            pipe = self.pipe('{"morpheus": "a pill"}')
            with self.subTest(name), PipedServer(pipe if name else "/dev/null", "--catalog", name or pipe) as server:
                self.assertEqual(self.ask(server), b"a pill")

    def test_certificates(self):
        both = self.certificate.read_bytes() + self.key.read_bytes()
        for what, standard, options in (
            ("one pipe", "/dev/null", ["--tls-cert", self.pipe(both)]),
            ("two pipes", "/dev/null", ["--tls-cert", self.pipe(self.certificate.read_bytes()), "--tls-key",
                                        self.pipe(self.key.read_bytes())]),
            ("standard input", self.pipe(both), ["--tls-cert", "-"]),
            ("the same twice", self.pipe(both), ["--tls-cert", "-", "--tls-key", "-"]),
        ):
            with self.subTest(what), PipedServer(standard, *options) as server:
                for _ in range(2):  # the second one may have it looked at again
                    trusted = self.pipe(pathlib.Path(self.authority.file).read_bytes())
                    self.assertIn(b"rabbit", self.ask(server, "--tls", "--tls-ca", trusted))

    def test_lists_and_results(self):
        with support.Server("app", "--persistent") as server:
            for name in ("-", self.pipe(LIST)):
                ran = support.run("send", "127.0.0.1", str(server.port), "--list", name, stdin=LIST.encode())
                self.assertEqual(ran.returncode, 0, ran.stderr)
            before = support.run("load", "127.0.0.1", str(server.port), "--requests", "5", "--json", "-").stdout
            for name in ("-", self.pipe(before)):
                ran = support.run("load", "127.0.0.1", str(server.port), "--requests", "5", "--compare", name,
                                  stdin=before)
                self.assertEqual(ran.returncode, 0, ran.stderr)

    def test_descriptions(self):
        message = self.folder / "message"
        message.write_bytes(b"\x07")
        for name in ("-", self.pipe(NUMBERS)):
            self.assertPrints(b'{"number": 7}\n', "parse", name, str(message), "--print", "json", stdin=NUMBERS.encode())
            name = name if name == "-" else self.pipe(NUMBERS)
            self.assertPrints(b"07\n", "build", name, self.pipe('{"number": 7}'), "--hex", stdin=NUMBERS.encode())

    def test_protocols(self):
        file = self.folder / "numbers.ksy"
        file.write_text(NUMBERS)
        capture = str(self.folder / "numbers.pcapng")
        with support.Server("echo", "--protocol", str(file), "--capture", capture) as server:
            ask = ["raw", "127.0.0.1", str(server.port), "--hex", "07", "--print", "json"]
            for name in ("-", self.pipe(NUMBERS)):
                ran = support.run(*ask, "--protocol", name, stdin=NUMBERS.encode())
                self.assertEqual(ran.returncode, 0, ran.stderr)
                self.assertIn(b'"fields":{"number": 7}', ran.stdout)
        expected = support.run("decode", capture, "--protocol", str(file), "--print", "json").stdout
        self.assertIn(b'"fields":{"number": 7}', expected)
        for name in ("-", self.pipe(NUMBERS)):
            self.assertPrints(expected, "decode", capture, "--protocol", name, "--print", "json", stdin=NUMBERS.encode())
        with PipedServer(self.pipe(NUMBERS), "echo", "--protocol", "-") as server:
            ran = support.run("raw", "127.0.0.1", str(server.port), "--hex", "08", "--protocol", str(file))
            self.assertEqual(ran.returncode, 0, ran.stderr)

    def test_wrong_protocols(self):
        for given, said in ((b"meta: {id: wrong}\nseq: [{id: a, type: nothing}]\n", b"nothing"), (b"\0", b"-:1:")):
            ran = support.run("raw", "127.0.0.1", "1", "--hex", "07", "--protocol", "-", stdin=given)
            self.assertEqual((ran.returncode, ran.stdout), (2, b""))
            self.assertIn(b"--protocol: ", ran.stderr)
            self.assertIn(said, ran.stderr)
        ran = support.run("decode", "-", "--protocol", "-", stdin=NUMBERS.encode())
        self.assertEqual((ran.returncode, ran.stdout), (2, b""))
        self.assertIn(b"is the capture already", ran.stderr)

    def test_bounds(self):
        endless = "/dev/zero"
        for arguments, status in (
            (["serve", "--catalog", endless], 2), (["serve", "--rules", endless], 2),
            (["serve", "--tls-cert", endless], 2), (["send", "127.0.0.1", "1", "--list", endless], 2),
            (["parse", endless, __file__], 2),
            (["raw", "127.0.0.1", "1", "--hex", "07", "--protocol", endless], 2),
            (["load", "127.0.0.1", "1", "--compare", endless], 1),
        ):
            with self.subTest(" ".join(arguments)):
                ran = support.run(*arguments)
                self.assertEqual((ran.returncode, ran.stdout), (status, b""))
                self.assertIn(b"/dev/zero is too large", ran.stderr)


if __name__ == "__main__":
    unittest.main()
