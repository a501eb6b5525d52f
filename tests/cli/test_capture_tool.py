# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""sockeye-capture by itself: what it says, what it writes, and when it ends. Run in a network of its own."""

import os
import pathlib
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import unittest

import support

TOOL = str(pathlib.Path(os.environ["SOCKEYE_BIN"]) / "sockeye-capture")
WITHOUT_RIGHT = ["setpriv", "--bounding-set=-net_raw", "--inh-caps=-net_raw", "--", TOOL]


def run(*arguments, tool=(TOOL,), stdin=b""):
    """Runs it to its end."""
    return subprocess.run([*tool, *arguments], input=stdin, capture_output=True, timeout=support.PATIENCE, check=False)


class CaptureTool(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = pathlib.Path(folder.name) / "capture.pcapng"

    def start(self, *arguments, prepare=None):
        """A capture from the loopback interface into self.file, once it has begun."""
        with open(self.file, "wb") as file:
            tool = subprocess.Popen(
                [TOOL, "capture", "lo", *arguments],
                stdin=subprocess.PIPE,
                stdout=file,
                stderr=subprocess.PIPE,
                preexec_fn=prepare,
            )
        self.addCleanup(tool.stderr.close)
        self.addCleanup(tool.stdin.close)
        self.addCleanup(tool.wait)
        self.addCleanup(tool.kill)
        self.assertEqual(tool.stderr.readline(), b"capturing 1\n")
        return tool

    def packets(self):
        """What tshark reads in the file: the UDP payloads."""
        done = subprocess.run(
            [shutil.which("tshark"), "-r", str(self.file), "-T", "fields", "-e", "udp.payload"],
            capture_output=True, check=False,
        )  # fmt: skip
        self.assertEqual(done.returncode, 0, done.stderr)
        return [bytes.fromhex(line) for line in done.stdout.decode("ascii").split()]

    def send(self, *payloads, port=9):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            for payload in payloads:
                sock.sendto(payload, ("127.0.0.1", port))

    def wait_for_packets(self, tool, count):
        while True:
            line = tool.stderr.readline()
            self.assertTrue(line, "it ended too early")
            if int(line.split()[1]) >= count:
                return line.decode("ascii")

    def test_lists_interfaces(self):
        done = run("interfaces")
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        found = {line.split("\t")[0]: line.split("\t") for line in done.stdout.decode("utf-8").splitlines()}
        self.assertIn("any", found)
        _, flags, addresses, _ = found["lo"]
        self.assertTrue({"up", "loopback"} <= set(flags.split(",")))
        self.assertIn("127.0.0.1", addresses.split(","))

    def test_lists_interfaces_without_the_right(self):
        self.assertEqual(run("interfaces", tool=WITHOUT_RIGHT).stdout, run("interfaces").stdout)

    def test_checks_filters(self):
        for interface, text, status in (
            ("lo", "tcp port 65432", 0),
            ("any", "udp or icmp6", 0),
            ("no/such", "ip", 0),
            ("lo", "", 0),
            ("lo", "tcp prot 65432", 2),
            ("lo", "port 65536", 2),
            ("lo", "(" * 10000, 2),
        ):
            with self.subTest(text[:20]):
                done = run("check", interface, text, tool=WITHOUT_RIGHT)
                self.assertEqual(done.returncode, status, done.stderr)
                self.assertEqual(done.stderr.startswith(b"error filter "), status == 2)
                self.assertEqual(done.stdout, b"")

    def test_wrong_command_lines(self):
        for arguments in (
            [],
            [""],
            ["sniff"],
            ["interfaces", "lo"],
            ["check", "lo"],
            ["check", "", "tcp"],
            ["check", "lo", "x" * 20000],
            ["capture"],
            ["capture", ""],
            ["capture", "l" * 300],
            ["capture", "lo", "tcp"],
            ["capture", "lo", "--filter"],
            ["capture", "lo", "--write", "/tmp/x"],
            ["capture", "lo", "--count", "0"],
            ["capture", "lo", "--count", "-1"],
            ["capture", "lo", "--count", "1x"],
            ["capture", "lo", "--count", "99999999999999999999"],
            ["capture", "lo", "--snap-length", "63"],
            ["capture", "lo", "--snap-length", "262145"],
        ):
            with self.subTest(arguments):
                done = run(*arguments)
                self.assertEqual((done.returncode, done.stdout), (2, b""))
                self.assertRegex(done.stderr, rb"\Aerror usage [^\n]+\n\Z")

    def test_help_and_version(self):
        self.assertIn(b"setcap cap_net_raw+ep", run("--help").stdout)
        self.assertRegex(run("--version").stdout, rb"\Asockeye-capture [0-9.]+\n\Z")

    def test_failures(self):
        for arguments, tool, code, status in (
            (["capture", "lo"], WITHOUT_RIGHT, b"right", 1),
            (["capture", "none77"], [TOOL], b"interface", 1),
            (["capture", "lo", "--filter", "tcp prot 1"], [TOOL], b"filter", 2),
        ):
            with self.subTest(code):
                done = run(*arguments, tool=tool)
                self.assertEqual((done.returncode, done.stdout), (status, b""))
                self.assertRegex(done.stderr, rb"\Aerror " + code + rb" [^\n]+\n\Z")

    def test_captures_what_passes_the_filter(self):
        tool = self.start("--filter", "udp port 9")
        self.send(b"not this one", port=10)
        self.send(b"one", b"two" * 10000)
        self.wait_for_packets(tool, 2)
        self.assertEqual(self.packets(), [b"one", b"two" * 10000])  # while it goes on
        tool.stdin.close()
        self.assertEqual(tool.wait(support.PATIENCE), 0)
        self.assertEqual(self.packets(), [b"one", b"two" * 10000])
        self.assertEqual(tool.stderr.read(), b"")

    def test_cuts_at_the_snap_length(self):
        tool = self.start("--filter", "udp port 9", "--snap-length", "64", "--count", "1")
        self.send(b"x" * 1000)
        self.assertEqual(tool.wait(support.PATIENCE), 0)
        self.assertEqual(self.packets(), [b"x" * (64 - 14 - 20 - 8)])

    def test_count(self):
        tool = self.start("--filter", "udp port 9", "--count", "3")
        self.send(b"1", b"2", b"3", b"4", b"5")
        self.assertEqual(tool.wait(support.PATIENCE), 0)
        self.assertEqual(self.packets(), [b"1", b"2", b"3"])

    def test_ends_when_told(self):
        for name, tell in (
            ("the end of its input", lambda tool: tool.stdin.close()),
            ("SIGTERM", lambda tool: tool.terminate()),
            ("SIGINT", lambda tool: tool.send_signal(signal.SIGINT)),
        ):
            with self.subTest(name):
                tool = self.start("--filter", "udp port 9")
                tool.stdin.write(b"words that mean nothing to it")
                tool.stdin.flush()
                self.send(b"last words")
                self.wait_for_packets(tool, 1)
                tell(tool)
                self.assertEqual(tool.wait(support.PATIENCE), 0)
                self.assertEqual(self.packets(), [b"last words"])

    def test_never_outlives_who_started_it(self):
        program = (
            "import subprocess, sys\n"
            f"tool = subprocess.Popen([{TOOL!r}, 'capture', 'lo'], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)\n"
            "sys.stdin.read()\n"
        )
        parent = subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stderr=subprocess.PIPE)
        self.addCleanup(parent.stdin.close)
        self.addCleanup(parent.stderr.close)
        self.assertEqual(parent.stderr.readline(), b"capturing 1\n")
        parent.kill()
        parent.wait()
        # The end of the pipe: nobody holds it any more.
        self.assertNotIn(b"error", parent.stderr.read())

    def test_full_disk(self):
        room = 64 * 1024
        tool = self.start(
            "--filter", "udp port 9", prepare=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
        )
        self.send(b"first")
        self.wait_for_packets(tool, 1)
        for _ in range(100):
            self.send(b"x" * 10000)
        self.assertEqual(tool.wait(support.PATIENCE), 1)
        self.assertIn(b"error write ", tool.stderr.read())
        self.assertLess(self.file.stat().st_size, room + 1)
        self.assertEqual(self.packets()[0], b"first")  # tshark would complain of half a block

    def test_packets_are_not_for_a_terminal(self):
        controller, terminal = os.openpty()
        self.addCleanup(os.close, controller)
        done = subprocess.run([TOOL, "capture", "lo"], stdout=terminal, stderr=subprocess.PIPE, check=False)
        os.close(terminal)
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"error usage ", done.stderr)

    def test_keeps_no_right(self):
        tool = self.start()
        status = pathlib.Path(f"/proc/{tool.pid}/status").read_text(encoding="ascii")
        for line in ("CapEff", "CapPrm"):
            self.assertRegex(status, rf"{line}:\s+0+\n")
        self.assertRegex(status, r"NoNewPrivs:\s+1\n")


if __name__ == "__main__":
    unittest.main()
