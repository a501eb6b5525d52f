# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Captures through pipes: `decode -`, a FIFO as a file, `--capture -`; and what JSON Lines say of gaps and times."""

import gzip
import os
import pathlib
import socket
import struct
import subprocess
import tempfile
import threading
import unittest

import support

LINK_RAW = 101


def udp(payload, said=None):
    """An IPv4 packet with a datagram; no checksums, which nobody looks at."""
    size = 8 + (said or len(payload))
    head = struct.pack("!HHHH", 5000, 53, size, 0)
    ip = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + size, 1, 0, 64, 17, 0, b"\x0a\0\0\1", b"\x0a\0\0\2")
    return ip + head + payload


def tcp(sequence, acknowledged, payload, flags=0x18):
    head = struct.pack("!HHIIBBHHH", 5000, 80, sequence, acknowledged, 0x50, flags, 1000, 0, 0)
    ip = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 40 + len(payload), 1, 0, 64, 6, 0, b"\x0a\0\0\1", b"\x0a\0\0\2")
    return ip + head + payload


def pcap(packets):
    """Classic pcap with nanoseconds: packets as (nanoseconds, bytes, size on the wire)."""
    file = struct.pack("<IHHIIII", 0xA1B23C4D, 2, 4, 0, 0, 65535, LINK_RAW)
    for time, packet, size in packets:
        file += struct.pack("<IIII", time // 10**9, time % 10**9, len(packet), size) + packet
    return file


START = 1_700_000_000 * 10**9
HELLO = pcap([(START, udp(b"hello"), 33)])


class Streams(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def decode(self, file, stdin=None):
        done = support.run("decode", str(file), "--protocol", "raw", "--print", "json", stdin=stdin)
        self.assertEqual(done.returncode, 0, done.stderr)
        return support.lines(done.stdout)

    def contents(self, file, stdin=None):
        return [event["content"] for event in self.decode(file, stdin) if event["event"] == "message"]

    @unittest.skipIf(support.PORTABLE, "Nothing there keeps the descriptor free of other files.")
    def test_standard_input_is_closed(self):
        done = subprocess.run(
            [support.CLI, "decode", "-"],
            preexec_fn=lambda: os.close(0),
            capture_output=True,
            timeout=support.PATIENCE,
            check=False,
        )
        self.assertEqual(done.returncode, 1)
        self.assertIn("standard input cannot be read: Bad file descriptor (EBADF)", done.stderr.decode("utf-8"))

    def test_standard_input(self):
        self.assertEqual(self.contents("-", HELLO), ["hello"])
        self.assertEqual(self.contents("-", gzip.compress(HELLO)), ["hello"])
        file = self.folder / "file"
        file.write_bytes(HELLO)
        with open(file, "rb") as opened:
            done = subprocess.run(
                [support.CLI, "decode", "-", "--print", "none"], stdin=opened, timeout=support.PATIENCE, check=False
            )
        self.assertEqual(done.returncode, 0)

    def test_nothing_on_standard_input(self):
        done = support.run("decode", "-", stdin=b"")
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"standard input is empty", done.stderr)

    def test_fifo(self):
        fifo = self.folder / "fifo"
        os.mkfifo(fifo)
        writer = threading.Thread(target=lambda: fifo.write_bytes(HELLO))
        writer.start()
        self.assertEqual(self.contents(fifo), ["hello"])
        writer.join()

    def test_lines_come_while_the_pipe_is_open(self):
        decode = support.Process([support.CLI, "decode", "-", "--protocol", "raw"])
        decode.process.stdin.write(HELLO)
        decode.process.stdin.flush()
        self.assertIn("10.0.0.1:5000", decode.next_line())
        self.assertIn("hello", decode.next_line())
        decode.process.stdin.close()
        self.assertEqual(decode.wait(), 0)

    def test_packed_otherwise(self):
        file = self.folder / "capture.xz"
        file.write_bytes(bytes.fromhex("fd377a585a000004"))
        done = support.run("decode", str(file))
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, rb"packed with xz.*xz -dc")

    def test_capture_to_standard_output(self):
        serve = subprocess.Popen(
            [support.CLI, "serve", "echo", "--port", "0", "--count", "1", "--capture", "-"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.addCleanup(serve.kill)
        listening = serve.stderr.readline().decode()
        port = int(listening.split("127.0.0.1:")[1].split()[0])
        with socket.create_connection(("127.0.0.1", port), timeout=support.PATIENCE) as sock:
            sock.sendall(b"hello")
            sock.shutdown(socket.SHUT_WR)
            self.assertEqual(sock.recv(100), b"hello")
        capture, printed = serve.communicate(timeout=support.PATIENCE)
        self.assertEqual(serve.returncode, 0)
        self.assertIn(b"hello", printed)
        self.assertEqual(self.contents("-", capture), ["hello", "hello"])

    def test_capture_to_a_fifo(self):
        fifo = self.folder / "fifo"
        os.mkfifo(fifo)
        # In a thread of its own: opening a FIFO waits for the other side.
        got = []
        reader = threading.Thread(target=lambda: got.append(fifo.read_bytes()))
        reader.start()
        done = support.run("raw", "127.0.0.1", "1", "--text", "x", "--capture", str(fifo))
        self.assertEqual(done.returncode, 1)  # nobody listens there
        reader.join(support.PATIENCE)
        self.assertEqual(got[0][:4].hex(), "0a0d0d0a")

    def test_lines_of_messages_that_are_no_chunks(self):
        """A message that is one chunk is not printed again; one that came in two, or with another one, is."""
        pieces = [b"whole\n", b"in ", b"two\n", b"one\ntwo\n"]
        packets, sequence = [], 1
        for place, piece in enumerate(pieces):
            packet = tcp(sequence, 1, piece)
            packets.append((place * 10**9, packet, len(packet)))
            sequence += len(piece)
        done = support.run("decode", "-", "--protocol", "delimited:end=0a", stdin=pcap(packets))
        self.assertEqual(done.returncode, 0, done.stderr)
        said = [line.split("message of ")[1] for line in done.stdout.decode().splitlines() if "message of " in line]
        self.assertEqual(said, ["7 bytes: in two", "4 bytes: one", "4 bytes: two"])
        alone = support.run(
            "decode", "-", "--protocol", "delimited:end=0a", "--where", 'kind == "message"', stdin=pcap(packets)
        )
        self.assertEqual(alone.stdout.decode().count("message of "), 4)

    def test_numbers_of_a_gap(self):
        packets = [tcp(100, 1, b"one"), tcp(113, 1, b"two"), tcp(116, 1, b"", 0x11)]
        events = self.decode("-", pcap([(START + i, p, len(p)) for i, p in enumerate(packets)]))
        gap = next(event for event in events if event["event"] == "error")
        self.assertEqual((gap["code"], gap["offset"], gap["size"]), ("gap", 3, 10))
        self.assertEqual(gap["direction"], events[2]["direction"])
        self.assertIn("10 bytes missing", gap["text"])

    def test_numbers_of_a_cut_datagram(self):
        events = self.decode("-", pcap([(START, udp(b"x" * 58, 200), 228)]))
        cut = events[-1]
        self.assertEqual((cut["event"], cut["code"], cut["size"], cut["direction"]), ("error", "cut", 142, "in"))
        self.assertIn("58 of 200 bytes", cut["text"])

    def test_nanoseconds(self):
        for time, text in (
            (START, b'"time":1700000000.000000,'),
            (START + 1_000, b'"time":1700000000.000001,'),
            (START + 1, b'"time":1700000000.000000001,'),
            (START + 999_999_999, b'"time":1700000000.999999999,'),
        ):
            done = support.run("decode", "-", "--print", "json", stdin=pcap([(time, udp(b"x"), 29)]))
            self.assertEqual(done.stdout.count(text), 3, done.stdout)


if __name__ == "__main__":
    unittest.main()
