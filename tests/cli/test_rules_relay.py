# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules in a relay: `relay --rules FILE`, between clients in Python and a server of ours."""

import gzip
import pathlib
import socket
import tempfile
import threading
import time
import unittest

import support
from rules_case import RulesCase


class Relayed(RulesCase):
    """The same rules between a client and an upper-case server of ours."""

    TEXT = """
[[rule]]
when = 'dir == in and text contains "answer"'
reply = { text = "in its place" }

[[rule]]
when = 'dir == in and text ~ r"^replace (\\w+)"'
replace = { text = "{1} instead" }

[[rule]]
name = "gone"
when = 'dir == in and text contains "drop"'
drop = true

[[rule]]
when = 'dir == in and text contains "later"'
delay = "120ms"

[[rule]]
when = 'dir == out and text contains "SECRET"'
replace = { text = "***" }

[[rule]]
when = 'dir == in and text contains "half"'
fault = "cut:at=3"

[[rule]]
when = 'text contains "bye"'
reply = { text = "good bye" }
close = true

[[rule]]
when = 'text contains "reset"'
reset = true
"""

    def relay(self, text=None, *arguments):
        target = support.Server("uppercase", "--persistent")
        self.addCleanup(target.__exit__)
        relay = support.Relay(
            target.port, "--protocol", "lines", "--rules", self.file(text or self.TEXT), *arguments
        )
        self.addCleanup(relay.__exit__)
        return relay

    def lines_of(self, sock, count):
        got = b""
        while got.count(b"\n") < count:
            piece = sock.recv(65536)
            if not piece:
                break
            got += piece
        return got

    def test_what_passes(self):
        sock = self.connect(self.relay())
        for request, reply in (
            (b"plain\n", b"PLAIN\n"),
            (b"answer\n", b"in its place\n"),
            (b"replace this\n", b"THIS INSTEAD\n"),
            (b"drop\nnext\n", b"NEXT\n"),
            (b"secret\n", b"***\n"),
        ):
            with self.subTest(request):
                sock.sendall(request)
                self.assertEqual(self.lines_of(sock, 1), reply)

    def test_cut_in_pieces(self):
        sock = self.connect(self.relay())
        for byte in b"replace this\nplain\n":
            sock.sendall(bytes([byte]))
        self.assertEqual(self.lines_of(sock, 2), b"THIS INSTEAD\nPLAIN\n")

    def test_delay_keeps_the_order(self):
        sock = self.connect(self.relay())
        begin = time.monotonic()
        sock.sendall(b"later\nplain\n")
        self.assertEqual(self.lines_of(sock, 2), b"LATER\nPLAIN\n")
        self.assertGreaterEqual(time.monotonic() - begin, 0.12)

    def test_fault(self):
        sock = self.connect(self.relay())
        sock.sendall(b"half\nplain\n")
        self.assertEqual(self.lines_of(sock, 1), b"HALPLAIN\n")

    def test_close(self):
        sock = self.connect(self.relay())
        sock.sendall(b"bye\n")
        self.assertEqual(self.lines_of(sock, 1), b"good bye\n")
        self.assertEqual(sock.recv(10), b"")

    @unittest.skipIf(support.QT, "sends no resets")
    def test_reset(self):
        relay = self.relay()
        sock = self.connect(relay)
        with self.assertRaises(ConnectionResetError):
            self.ask(sock, b"reset\n")
        self.assertEqual(relay.event("closed")["how"], "reset-by-us")

    def test_events(self):
        relay = self.relay()
        sock = self.connect(relay)
        sock.sendall(b"answer\ndrop\nsecret\n")
        self.lines_of(sock, 2)
        sock.close()
        relay.event("closed")
        self.assertEqual(relay.finish(), 0)
        messages = [e for e in relay.events if e["event"] == "message"]
        self.assertEqual(
            [(e["direction"], e.get("rule")) for e in messages],
            [("in", "rule 1"), ("in", "gone"), ("in", None), ("out", "rule 5")],
        )
        hits = [e for e in relay.events if e["event"] == "rule"]
        self.assertEqual([e["rule"] for e in hits], ["rule 1", "gone", "rule 5"])
        self.assertEqual(bytes.fromhex(hits[0]["reply_hex"]), b"in its place\n")
        self.assertEqual(bytes.fromhex(hits[2]["replace_hex"]), b"***\n")

    def test_kept_in_a_file(self):
        with tempfile.TemporaryDirectory() as folder:
            capture = str(pathlib.Path(folder, "run.pcapng"))
            relay = self.relay(None, "--capture", capture, "--fault", "corrupt:offset=2,xor=1")
            sock = self.connect(relay)
            sock.sendall(b"answer\ndrop\nsecret\nplain\n")
            self.lines_of(sock, 3)
            sock.close()
            relay.event("closed")
            self.assertEqual(relay.finish(), 0)

            def told(events):
                return [
                    (e["direction"], e.get("rule"), e.get("fault"))
                    for e in events
                    if e["event"] == "message"
                ]

            def decoded(*arguments, file=capture):
                result = support.run("decode", file, "--protocol", "lines", "--print", "json", *arguments)
                self.assertEqual(result.returncode, 0, result.stderr)
                return told(support.lines(result.stdout))

            live = told(relay.events)
            self.assertEqual(sorted(decoded(), key=str), sorted(live, key=str))
            self.assertIn(("in", "gone", None), live)
            self.assertTrue(any(fault == "corrupt" for _, _, fault in live))
            self.assertEqual(decoded("--where", 'rule == "gone"'), [("in", "gone", None)])
            packed = capture + ".gz"
            with open(capture, "rb") as plain, gzip.open(packed, "wb") as file:
                file.write(plain.read())
            self.assertEqual(decoded(file=packed), decoded())
            struck = decoded("--where", 'fault == "corrupt"')
            self.assertEqual(struck, [each for each in live if each[2] == "corrupt"])

    @unittest.skipIf(support.QT, "cannot half-close")
    def test_half_close_and_the_end(self):
        sock = self.connect(self.relay())
        sock.sendall(b"later\n")
        sock.shutdown(socket.SHUT_WR)
        self.assertEqual(self.lines_of(sock, 1), b"LATER\n")
        self.assertEqual(sock.recv(10), b"")

    def test_large_and_unfinished(self):
        sock = self.connect(self.relay("[[rule]]\nwhen = 'text contains \"drop\"'\ndrop = true\n"))
        line = b"x" * 1_000_000 + b"\n"
        sender = threading.Thread(target=sock.sendall, args=(line * 20,))
        sender.start()
        got = 0
        while got < len(line) * 20:
            piece = sock.recv(1 << 20)
            self.assertTrue(piece)
            got += len(piece)
        sender.join()

    def test_answers_that_nobody_reads(self):
        # Who asks and never reads comes to a stop: the relay keeps few answers, and reads no more meanwhile.
        relay = self.relay("[[rule]]\nwhen = 'dir == in'\nreply = { text = '" + "x" * 1023 + "' }\n")
        requests = (b"?" * 1023 + b"\n") * 64
        most = 64 * 1024 * 1024
        sock = socket.socket()
        self.addCleanup(sock.close)
        for buffer in socket.SO_SNDBUF, socket.SO_RCVBUF:
            sock.setsockopt(socket.SOL_SOCKET, buffer, 64 * 1024)
        sock.settimeout(2)
        sock.connect(("127.0.0.1", relay.port))
        sent = 0
        with self.assertRaises(TimeoutError):
            while sent < most:
                sent += sock.send(requests[sent % 1024 :])
        other = self.connect(relay)
        other.sendall(b"?\n")
        self.assertEqual(len(self.lines_of(other, 1)), 1024)
        sock.settimeout(support.PATIENCE)
        left = sent // 1024 * 1024
        while left > 0:
            piece = sock.recv(left)
            self.assertTrue(piece)
            left -= len(piece)

    def test_reload(self):
        path = self.file("[[rule]]\nwhen = 'dir == in'\nreply = { text = 'one' }\n")
        relay = self.relay("[[rule]]\nwhen = 'dir == in'\nreply = { text = 'one' }\n")
        sock = self.connect(relay)
        sock.sendall(b"?\n")
        self.assertEqual(self.lines_of(sock, 1), b"one\n")
        pathlib.Path(path).write_text("[[rule]]\nwhen = 'dir == in'\nreply = { text = 'two' }\n", encoding="utf-8")
        while "rules" not in relay.event("note", connection=0)["text"]:
            pass  # the engine's own notes come first
        sock.sendall(b"?\n")
        self.assertEqual(self.lines_of(sock, 1), b"two\n")

    def test_datagrams(self):
        target = support.Server("uppercase-udp")
        self.addCleanup(target.__exit__)
        text = self.TEXT.replace('text = "in its place"', 'text = "in its place of {peer.port}"')
        relay = support.Relay(target.port, "--udp", "--rules", self.file(text))
        self.addCleanup(relay.__exit__)
        sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.addCleanup(sock.close)
        sock.settimeout(support.PATIENCE)
        sock.connect(("127.0.0.1", relay.port))
        port = sock.getsockname()[1]
        for request, reply in (
            (b"plain", b"PLAIN"),
            (b"answer", f"in its place of {port}".encode()),
            (b"replace this", b"THIS INSTEAD"),
            (b"later", b"LATER"),
            (b"half", b"HAL"),
        ):
            with self.subTest(request):
                sock.send(b"drop")
                sock.send(request)
                self.assertEqual(sock.recv(100), reply)


if __name__ == "__main__":
    unittest.main()
