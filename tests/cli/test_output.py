# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Standard output that cannot be written: exit status 1 and the reason; a reader that has gone is no error."""

import pathlib
import subprocess
import tempfile
import unittest

import support

SOCKETS = [] if support.PORTABLE else [["sockets", "--all"], ["sockets", "--all", "--print", "json"]]
NO_SPACE = "standard output cannot be written. No space left on device (ENOSPC)."


def run_into(target, *arguments):
    with open(target, "wb") as file:
        return subprocess.run(
            [support.CLI, *arguments],
            stdout=file,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            timeout=support.PATIENCE,
            check=False,
        )


class Output(unittest.TestCase):
    def assert_full(self, *arguments):
        with self.subTest(arguments):
            done = run_into("/dev/full", *arguments)
            complaint = done.stderr.decode("utf-8")
            self.assertEqual(done.returncode, 1, complaint)
            self.assertIn(NO_SPACE, complaint)
            self.assertNotIn("Cancelled", complaint)
            self.assertEqual(complaint.count(NO_SPACE), 1, complaint)
            return complaint

    def test_full_disk(self):
        with tempfile.TemporaryDirectory() as folder, support.Server() as server:
            capture = str(pathlib.Path(folder) / "exchange.pcapng")
            port = str(server.port)
            done = support.run("send", "127.0.0.1", port, "search", "morpheus", "--capture", capture)
            self.assertEqual(done.returncode, 0, done.stderr)
            for arguments in (
                ["--help"],
                ["raw", "--help"],
                ["--version"],
                ["send", "127.0.0.1", port, "search", "morpheus"],
                ["send", "127.0.0.1", port, "search", "morpheus", "--print", "json"],
                ["raw", "127.0.0.1", port, "--hex", "0000"],
                ["raw", "127.0.0.1", port, "--hex", "0000", "--print", "json"],
                ["multi", "127.0.0.1", port, "2"],
                ["decode", capture],
                ["decode", capture, "--print", "json"],
                *SOCKETS,
                ["diagnose", "127.0.0.1", port],
                ["load", "127.0.0.1", port, "--requests", "10"],
                ["serve", "echo", "--port", "0", "--seconds", "30"],
            ):
                complaint = self.assert_full(*arguments)
                self.assertEqual(complaint.count("\n"), 1, complaint)

    def test_captures(self):
        """What cannot be written is named as it was asked for."""
        with support.Server() as server:
            request = ["send", "127.0.0.1", str(server.port), "search", "morpheus"]
            self.assert_full(*request, "--capture", "-")
            done = support.run(*request, "--capture", "/dev/full")
            self.assertEqual(done.returncode, 1, done)
            self.assertIn("/dev/full cannot be written. No space left on device", done.stderr.decode("utf-8"))

    def test_nothing_to_print_is_no_error(self):
        with support.Server() as server:
            done = run_into("/dev/full", "send", "127.0.0.1", str(server.port), "search", "x", "--print", "none")
            self.assertEqual((done.returncode, done.stderr), (0, b""))

    def test_a_reader_that_has_gone(self):
        """As `sockeye-cli … | head -0`."""
        for arguments in (*SOCKETS, ["serve", "echo", "--port", "0", "--seconds", "30"]):
            with self.subTest(arguments):
                process = subprocess.Popen([support.CLI, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
                process.stdout.close()
                complaint = process.stderr.read()
                process.wait(support.PATIENCE)
                process.stderr.close()
                self.assertNotIn(b"cannot be written", complaint)
                self.assertEqual(complaint, b"")


if __name__ == "__main__":
    unittest.main()
