# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A hundred filters that tshark can say, too, choose the same rows of the same capture. Skipped without tshark."""

import concurrent.futures
import pathlib
import random
import shutil
import socket
import subprocess
import tempfile
import unittest

import support

WORDS = [b"rabbit", b"RABBIT hole", b"\x00\x01\x02\xff", b"a.c", b"abc", b"x" * 200, b"knock, knock", b"\xff\xfe", b"ab"]
FILTERS = 100


def base_terms(ports, port):
    """Tests of one field in both languages."""
    for size in (2, 3, 4, 12, 200):
        for sign in ("==", "!=", "<", "<=", ">", ">="):
            yield f"size {sign} {size}", f"tcp.len {sign} {size}"
    yield "dir == in", f"tcp.dstport == {port}"
    yield "dir != in", f"!(tcp.dstport == {port})"
    yield "dir == out", f"tcp.srcport == {port}"
    for number, peer in enumerate(ports, 1):
        yield f"conn == {number}", f"tcp.stream == {number - 1}"
        yield f"peer.port == {peer}", f"tcp.port == {peer}"
    yield f"peer.port in {{{min(ports)}..{max(ports)}}}", f"tcp.port in {{{min(ports)}..{max(ports)}}}"
    yield "peer == 127.0.0.1", "ip.addr == 127.0.0.1"
    yield "peer in {10.0.0.0/8, 127.0.0.0/8}", "ip.src in {10.0.0.0/8, 127.0.0.0/8}"
    yield 'transport == "tcp"', "tcp"
    yield 'bytes contains "bbit"', 'tcp.payload contains "bbit"'
    yield "bytes contains 01:02", "tcp.payload contains 01:02"
    yield 'bytes ~ r"(?i)rab+it"', 'tcp.payload matches "rab+it"'
    yield 'bytes ~ r"(?i)a.c"', 'tcp.payload matches "a.c"'
    yield 'bytes ~ r"(?i)^k.*k$"', 'tcp.payload matches "^k.*k$"'
    yield "bytes[0:2] == 61:62", "tcp.payload[0:2] == 61:62"
    yield "bytes[0:2] == 00:01", "tcp.payload[0:2] == 00:01"
    yield "bytes[0:2] != 61:62", "!(tcp.payload[0:2] == 61:62)"
    yield "len(bytes) in {1..3, 12}", "tcp.len in {1..3, 12}"


def combined(terms):
    """Those, and as many more made of them as there are to be."""
    chance = random.Random(14)
    filters = list(terms)
    while len(filters) < FILTERS:
        (our, its), (our_other, its_other) = chance.choice(terms), chance.choice(terms)
        sign = chance.choice(["&&", "||", "and", "or"])
        negated = chance.choice([True, False])
        ours, theirs = f"({our}) {sign} ({our_other})", f"({its}) {sign} ({its_other})"
        filters.append((f"!({ours})", f"!({theirs})") if negated else (ours, theirs))
    return filters


@unittest.skipUnless(shutil.which("tshark"), "there is no tshark")
class WhereAndTshark(unittest.TestCase):
    def record(self, file):
        """Says each word on each of three connections, waiting for each answer; returns the ports of both sides."""
        ports = []
        with support.Server("echo", "--persistent", "--capture", str(file)) as server:
            for _ in range(3):
                with socket.create_connection(("127.0.0.1", server.port), timeout=support.PATIENCE) as sock:
                    ports.append(sock.getsockname()[1])
                    for word in WORDS:
                        sock.sendall(word)
                        left = len(word)
                        while left:
                            left -= len(sock.recv(left))
            self.assertEqual(server.finish(), 0)
            return ports, server.port

    @staticmethod
    def ours(file, where):
        done = support.run("decode", str(file), "--print", "json", "--where", f'kind == "bytes" && ({where})')
        if done.returncode != 0:
            return done.stderr.decode()
        return [(event["connection"], event["direction"], event["hex"]) for event in support.lines(done.stdout)]

    @staticmethod
    def theirs(file, where, port):
        command = ["tshark", "-n", "-r", str(file), "-Y", f"tcp.len > 0 && ({where})", "-T", "fields"]
        fields = ["tcp.stream", "tcp.dstport", "tcp.payload"]
        done = subprocess.run(
            command + [word for field in fields for word in ("-e", field)], capture_output=True, check=False, timeout=60
        )
        if done.returncode != 0:
            return done.stderr.decode()
        rows = [line.split("\t") for line in done.stdout.decode().splitlines()]
        return [(int(stream) + 1, "in" if int(to) == port else "out", payload) for stream, to, payload in rows]

    def test_the_same_rows(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "capture.pcapng"
            ports, port = self.record(file)
            filters = combined(list(base_terms(ports, port)))
            self.assertGreaterEqual(len(filters), FILTERS)
            with concurrent.futures.ThreadPoolExecutor(2) as pool:
                ours = pool.map(lambda pair: self.ours(file, pair[0]), filters)
                theirs = pool.map(lambda pair: self.theirs(file, pair[1], port), filters)
                some = 0
                for (our, its), mine, other in zip(filters, ours, theirs):
                    with self.subTest(ours=our, tshark=its):
                        self.assertEqual(mine, other)
                        some += 0 < len(mine) < 2 * 3 * len(WORDS)
        self.assertGreater(some, FILTERS // 2)  # most of them choose some and leave out others


if __name__ == "__main__":
    unittest.main()
