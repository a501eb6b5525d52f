# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""No room is left for the capture while a server records: every exchange goes on, and what was written opens."""

import pathlib
import resource
import shutil
import socket
import subprocess
import tempfile
import time
import unittest

import app_protocol
import support

ROOM = 128 * 1024
EXCHANGES = 2000
FIRST = 100  # they have room


def little_room():
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, resource.RLIM_INFINITY))


class FullDisk(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = pathlib.Path(folder.name) / "capture.pcapng"

    def wait_for_some(self):
        """Until the first exchanges are in the file; there is room for those."""
        end = time.monotonic() + support.PATIENCE
        while self.file.stat().st_size < 100 * FIRST and time.monotonic() < end:
            time.sleep(0.01)

    def test_exchanges_go_on_and_the_file_opens(self):
        request = bytes.fromhex(support.requests()[0]["request"])
        with support.Server("--persistent", "--capture", str(self.file), prepare=little_room) as server:
            with socket.create_connection(("127.0.0.1", server.port), timeout=support.PATIENCE) as sock:
                for number in range(EXCHANGES):
                    sock.sendall(request)
                    reply = app_protocol.receive_messages(sock, 1)[0]
                    self.assertIn("rabbit", str(reply.result()))
                    if number == FIRST:
                        self.wait_for_some()
            server.event("closed")
            self.assertEqual(server.finish(), 1)
            complaint = server.complaints()
        self.assertIn("capture.pcapng cannot be written", complaint)
        self.assertEqual(complaint.count("\n"), 1, complaint)
        # Everything was printed, live.
        self.assertEqual(sum(1 for e in server.events if e["event"] == "message"), 2 * EXCHANGES)

        size = self.file.stat().st_size
        self.assertTrue(0 < size <= ROOM, size)
        decoded = support.run("decode", str(self.file), "--print", "json")
        self.assertEqual(decoded.returncode, 0, decoded.stderr)
        kept = sum(1 for e in support.lines(decoded.stdout) if e["event"] == "message")
        self.assertTrue(0 < kept < 2 * EXCHANGES, kept)
        tshark = shutil.which("tshark")
        self.assertIsNotNone(tshark, "tshark is needed for this test; scripts/test installs it")
        subprocess.run([tshark, "-r", str(self.file)], stdout=subprocess.DEVNULL, check=True)


if __name__ == "__main__":
    unittest.main()
