# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`sockeye-cli load --udp`, against peers that lose datagrams, send them late, twice, and wrong."""

import contextlib
import socket
import threading
import unittest

import support
from test_load_ways import load


class DatagramPeer:
    """Gets each datagram and its number, from 0, and sends what `answer` gives back: [(bytes, address)]."""

    def __init__(self, answer):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self._answer = answer
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self):
        number = 0
        while True:
            data, sender = self.socket.recvfrom(65536)
            if data == b"end":
                return
            for reply, to in self._answer(data, sender, number):
                with contextlib.suppress(OSError):
                    self.socket.sendto(reply, to)
            number += 1

    def __enter__(self):
        return self

    def __exit__(self, *_):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as waker:
            waker.sendto(b"end", ("127.0.0.1", self.port))
        self._thread.join(support.PATIENCE)
        self.socket.close()


class Udp(unittest.TestCase):
    def check(self, figures, requests, **wanted):
        usual = {"lost": 0, "late": 0, "duplicate": 0, "foreign": 0, "errors": 0}
        self.assertEqual({key: figures[key] for key in usual}, {**usual, **wanted})
        self.assertEqual(figures["requests"], requests)
        self.assertEqual(figures["transport"], "udp")

    def test_modes(self):
        for mode in ("fresh", "keep", "pipe"):
            with self.subTest(mode), support.Server("uppercase-udp") as server:
                done, figures = load(server.port, "--udp", "--mode", mode, "--connections", "3", "--requests", "200",
                                     "--text", "one", "--text", "größer")
                self.assertEqual((done.returncode, done.stderr), (0, b""))
                self.check(figures, 200)

    def test_rate(self):
        with support.Server("echo-udp") as server:
            done, figures = load(server.port, "--udp", "--mode", "keep", "--rate", "500", "--seconds", "0.4",
                                 "--text", "x")
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        self.check(figures, 200 - figures["not_sent"])

    def odd(self, reaction, mode, requests=20, *options):
        """A run on one socket at a time against a peer that echoes, but for what `reaction(number)` gives back."""
        held = []

        def answer(data, sender, number):
            odd = reaction(number)
            if odd is None:
                return [(data, sender)]
            if odd == "hold":
                held.append((data, sender))
                return []
            return [*held, (data, sender)] if odd == "release" else [(each, sender) for each in odd]

        with DatagramPeer(answer) as peer:
            done, figures = load(peer.port, "--udp", "--mode", mode, "--connections", "1", "--requests", str(requests),
                                 "--text", "hello", "--timeout", "0.2", *options)
        return done, figures

    def test_lost(self):
        """It is no error, and each is waited for once."""
        for mode in ("fresh", "keep", "pipe"):
            with self.subTest(mode):
                done, figures = self.odd(lambda number: [] if number in (5, 9) else None, mode)
                self.assertEqual((done.returncode, done.stderr), (0, b""))
                self.check(figures, 18, lost=2)

    def test_late(self):
        """A late reply is no reply to a later request that is alike: with it, one latency would be far too short."""
        for mode in ("fresh", "keep"):
            with self.subTest(mode):
                done, figures = self.odd(lambda number: {5: "hold", 6: "release"}.get(number), mode)
                self.assertEqual((done.returncode, done.stderr), (0, b""))
                self.check(figures, 19, lost=1, late=1)

    def test_duplicate(self):
        """Of two requests that are not alike, so that the second reply to one is none to the other."""
        def answer(data, sender, number):
            return [(data, sender)] * (2 if number == 6 else 1)

        for mode in ("fresh", "keep", "pipe"):
            with self.subTest(mode), DatagramPeer(answer) as peer:
                done, figures = load(peer.port, "--udp", "--mode", mode, "--connections", "1", "--requests", "20",
                                     "--text", "one", "--text", "two", *(["--depth", "2"] if mode == "pipe" else []))
                self.assertEqual((done.returncode, done.stderr), (0, b""))
                self.assertEqual((figures["requests"], figures["errors"], figures["lost"]), (20, 0, 0))
                if mode != "pipe":  # where the next one that is alike may be outstanding already
                    self.check(figures, 20, duplicate=1)

    def test_wrong(self):
        done, figures = self.odd(lambda number: [b"hellO"] if number == 5 else None, "keep")
        self.assertEqual(done.returncode, 1)
        self.assertEqual((figures["requests"], figures["errors_by_kind"]), (19, {"wrong-reply": 1}))
        self.assertEqual(bytes.fromhex(figures["wrong_received_hex"]), b"hellO")
        self.assertEqual(figures["wrong_offset"], 4)

    def test_foreign(self):
        """What comes when nothing is outstanding: here behind the reply, before the next request is due."""
        done, figures = self.odd(lambda number: [b"hello", b"what?"] if number == 5 else None, "keep", 20,
                                 "--rate", "50")
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        self.check(figures, 20, foreign=1)

    def test_all_lost(self):
        """But for the first, by which the right reply is known."""
        done, figures = self.odd(lambda number: [] if number > 0 else None, "keep", 3)
        self.check(figures, 0, lost=3)
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"None of 3 requests got a reply", done.stderr)

    def test_silent_and_nobody(self):
        done, figures = self.odd(lambda number: [], "keep")
        self.assertEqual((done.returncode, figures["errors_by_kind"]), (1, {"timed-out": 1}))
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            sock.bind(("127.0.0.1", 0))
            port = sock.getsockname()[1]
        done, figures = load(port, "--udp", "--text", "x", "--requests", "5", "--timeout", "0.2")
        self.assertEqual((done.returncode, figures["code"]), (1, "refused"))
        self.assertIn(b"no program takes datagrams", done.stderr)

    def test_one_lost_before(self):
        """The first question is asked again: any datagram may get lost."""
        done, figures = self.odd(lambda number: [] if number == 0 else None, "keep")
        self.assertEqual((done.returncode, figures["requests"]), (0, 20), done.stderr)

    def test_for_people(self):
        with support.Server("echo-udp") as server:
            done = support.run("load", "127.0.0.1", str(server.port), "--udp", "--text", "x", "--requests", "20")
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        self.assertIn("Lost: 0 requests without a reply within 1.00 s.", done.stdout.decode())


if __name__ == "__main__":
    unittest.main()
