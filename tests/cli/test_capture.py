# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What --capture writes: tshark reads it, and `decode` prints it as it was printed live."""

import pathlib
import shutil
import socket
import subprocess
import tempfile
import unittest

import app_protocol
import support


class Capture(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = str(pathlib.Path(folder.name) / "capture.pcapng")

    def record(self):
        """A server's capture of several connections, one with a bad message; its events and the bytes each way."""
        golden = support.exchanges()
        with support.Server("--persistent", "--byteorder", "little", "--capture", self.file) as server:
            for number in range(3):
                with socket.create_connection(("127.0.0.1", server.port), timeout=support.PATIENCE) as sock:
                    sock.sendall(b"".join(bytes.fromhex(e["request"]) for e in golden))
                    app_protocol.receive_messages(sock, len(golden))
                    if number == 1:
                        sock.sendall(b"\x00\x02[]")
                        app_protocol.receive_messages(sock, 1)
                server.event("closed", connection=number + 1)
            self.assertEqual(server.finish(), 0)
            self.assertEqual(server.complaints(), "")
            return server.events

    def stream(self, events, connection, direction):
        return "".join(
            e["hex"]
            for e in events
            if e["event"] == "bytes" and e["connection"] == connection and e["direction"] == direction
        )

    def test_decode_prints_what_serve_printed(self):
        live = self.record()
        done = support.run("decode", self.file, "--print", "json")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(support.lines(done.stdout), live)

    def test_decode_as_text_and_as_raw(self):
        self.record()
        text = support.run("decode", self.file)
        self.assertEqual(text.returncode, 0, text.stderr)
        self.assertIn("white rabbit", text.stdout.decode("utf-8"))
        raw = support.run("decode", self.file, "--protocol", "raw", "--print", "json")
        self.assertEqual(raw.returncode, 0, raw.stderr)
        messages = [e for e in support.lines(raw.stdout) if e["event"] == "message"]
        self.assertTrue(messages)
        self.assertTrue(all(e["header"] is None for e in messages))

    def test_tshark_reads_it(self):
        tshark = shutil.which("tshark")
        self.assertIsNotNone(tshark, "tshark is needed for this test; scripts/test installs it")
        live = self.record()
        seen = subprocess.run(
            [tshark, "-r", self.file, "-q", "-z", "expert,warn"], capture_output=True, text=True, check=True
        ).stdout
        self.assertNotIn("Malformed", seen)
        self.assertNotIn("Sequence", seen)
        for number in range(3):
            followed = subprocess.run(
                [tshark, "-r", self.file, "-q", "-z", f"follow,tcp,raw,{number}"],
                capture_output=True, text=True, check=True,
            ).stdout  # fmt: skip
            body = followed.split("Node 1:")[1].splitlines()[1:]
            there = "".join(line for line in body if line and not line.startswith(("\t", "=")))
            back = "".join(line.strip() for line in body if line.startswith("\t"))
            # The client, who opened the connection, is node 0.
            self.assertEqual(there, self.stream(live, number + 1, "in"))
            self.assertEqual(back, self.stream(live, number + 1, "out"))

    def test_client_records_too(self):
        with support.PeerServer() as server:
            sent = support.run(
                "send", "127.0.0.1", str(server.port), "search", "ring", "--capture", self.file, "--print", "json"
            )
            self.assertEqual(sent.returncode, 0, sent.stderr)
        done = support.run("decode", self.file, "--print", "json")
        self.assertEqual(support.lines(done.stdout), support.lines(sent.stdout)[:-1])

    def test_decode_of_what_is_no_capture(self):
        pathlib.Path(self.file).write_bytes(b"no capture at all")
        done = support.run("decode", self.file)
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stderr.count(b"\n"), 1, done.stderr)


if __name__ == "__main__":
    unittest.main()
