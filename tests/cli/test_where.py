# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""--where: only what matches is printed, live and from a file; a wrong filter is shown with its place."""

import pathlib
import socket
import tempfile
import unittest

import support

NUMBERS = """
meta:
  id: numbers
  endian: be
seq:
  - id: length
    type: u1
  - id: function
    type: u1
    enum: functions
  - id: data
    size: length
enums:
  functions:
    1: read
    2: write
"""


class Where(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def serve(self, where=None, service="app", say=()):
        """What a server prints of a client's bytes, and the file that it recorded."""
        file = self.folder / "capture.pcapng"
        options = [] if where is None else ["--where", where]
        with support.Server(service, "--persistent", "--capture", str(file), *options) as server:
            for what in say:
                with socket.create_connection(("127.0.0.1", server.port), timeout=support.PATIENCE) as sock:
                    sock.sendall(what)
                    sock.shutdown(socket.SHUT_WR)
                    while sock.recv(65536):
                        pass
            self.assertEqual(server.finish(), 0)
            return server.events, file

    def decode(self, file, where, *more):
        done = support.run("decode", str(file), "--print", "json", "--where", where, *more)
        self.assertEqual(done.returncode, 0, done.stderr)
        return support.lines(done.stdout), done.stderr.decode()

    def test_live_and_from_a_file(self):
        requests = support.requests()[:3]
        say = [bytes.fromhex(request["request"]) for request in requests]
        printed, file = self.serve('kind == "message" and dir == out', say=say)
        self.assertEqual([event["event"] for event in printed], ["message"] * len(say))
        self.assertEqual([bytes.fromhex(request["reply"]) for request in requests][0][-3:].hex(),
                         printed[0]["content_hex"][-6:])

        everything, _ = self.decode(file, "")
        self.assertIn("opened", [event["event"] for event in everything])
        self.assertIn("bytes", [event["event"] for event in everything])
        again, _ = self.decode(file, 'kind == "message" and dir == out')
        self.assertEqual([event["content_hex"] for event in again], [event["content_hex"] for event in printed])
        for where, wanted in (
            ("conn == 2", lambda event: event["connection"] == 2),
            ("dir == in", lambda event: event.get("direction") == "in"),
            ('kind == "closed"', lambda event: event["event"] == "closed"),
            ("header.byteorder == \"little\"", lambda event: (event.get("header") or {}).get("byteorder") == "little"),
            ("size > 100", lambda event: event.get("size", 0) > 100),
            ("bytes ~ r\"morpheus\"", lambda event: b"morpheus" in bytes.fromhex(event.get("hex", ""))
                or (event["event"] == "message" and "morpheus" in str(event["content"]))),
        ):
            with self.subTest(where):
                matching, _ = self.decode(file, where)
                self.assertTrue(matching)
                self.assertEqual(matching, [event for event in everything if wanted(event)])
        latencies, _ = self.decode(file, "latency >= 0s")
        self.assertEqual(len(latencies), len(say))
        self.assertEqual(support.run("decode", str(file), "--where", "conn == 99").stdout, b"")

    def test_fields_of_a_description(self):
        format_file = self.folder / "numbers.ksy"
        format_file.write_text(NUMBERS, encoding="utf-8")
        _, file = self.serve(service="sink", say=[b"\x02\x01\xff\x00", b"\x03\x02abc", b"\x01\x01\x07"])
        more = ("--protocol", str(format_file))
        for where, wanted in (
            ('function == "write"', ["616263"]),
            ("function == 1", ["ff00", "07"]),
            ('function == "read" and data[0] == 0xff', ["ff00"]),
            ("data[0:2] == 61:62", ["616263"]),
            ("length in {1..2}", ["ff00", "07"]),
            ("len(data) == 3", ["616263"]),
        ):
            with self.subTest(where):
                matching, _ = self.decode(file, where, *more)
                self.assertEqual([event["fields"]["data"] for event in matching], wanted)
        done = support.run("decode", str(file), *more, "--where", "funtcion == 1")
        self.assertEqual(done.returncode, 2)
        self.assertIn("did you mean `function`?", done.stderr.decode())

    def test_mistakes(self):
        file = self.folder / "capture.pcap"
        file.write_bytes(b"")
        for where, sentence, caret in (
            ("size > 1 && heder.x == 1", "No field `heder`; did you mean `header`?", " " * 12 + "^^^^^"),
            ("size contains 1", "`size` is a number; `contains` needs text or bytes.", "^^^^"),
            ("size =", "There is no `=`; did you mean `==`?", " " * 5 + "^"),
            ("(size > 1", "This parenthesis is never closed", "^"),
            ("conn == $conn", "Nothing is selected here", " " * 8 + "^^^^^"),
        ):
            for command in (("decode", str(file)), ("serve", "--port", "0"), ("send", "127.0.0.1", "1", "search", "x")):
                with self.subTest(where, command=command[0]):
                    done = support.run(*command, "--where", where)
                    self.assertEqual(done.returncode, 2)
                    self.assertEqual(done.stdout, b"")
                    complaint = done.stderr.decode().splitlines()
                    self.assertIn(sentence, complaint[0])
                    self.assertEqual(complaint[1:], [where, caret])

    def test_remarks(self):
        _, file = self.serve(say=[])
        matching, complaint = self.decode(file, "1 == 2")
        self.assertEqual(matching, [])
        self.assertIn("This is never true.", complaint)

    def test_help(self):
        for command in ("decode", "serve", "send", "raw", "multi", "capture"):
            done = support.run(command, "--help")
            self.assertIn(b"--where FILTER", done.stdout)
            self.assertIn(b"header.content-type contains", done.stdout)


if __name__ == "__main__":
    unittest.main()
