# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Command lines that are wrong: exit status 2 and one line that says why."""

import subprocess
import unittest

import support

WRONG = {
    "nothing": ([], "No command is given"),
    "unknown command": (["listen"], "listen"),
    "unknown service": (["serve", "gopher"], "gopher"),
    "unknown option": (["serve", "--colour"], "--colour"),
    "a service that UDP does not have": (["serve", "--udp"], "app over UDP"),
    "half-close of a datagram": (["raw", "127.0.0.1", "1", "--udp", "--text", "x", "--half-close"], "UDP"),
    "too many connections": (["multi", "127.0.0.1", "1", "10001"], "10000"),
    "port out of range": (["serve", "--port", "65536"], "65536"),
    "port no number": (["send", "127.0.0.1", "http", "search", "x"], "http"),
    "port 0 to send to": (["send", "127.0.0.1", "0", "search", "x"], "0"),
    "value missing": (["send", "127.0.0.1", "1", "search"], "VALUE"),
    "one argument too many": (["send", "127.0.0.1", "1", "search", "a", "b"], "b"),
    "unknown print mode": (["serve", "--print", "xml"], "xml"),
    "both families": (["serve", "-4", "-6"], "excludes"),
    "nothing to send": (["raw", "127.0.0.1", "1"], "--hex"),
    "two things to send": (["raw", "127.0.0.1", "1", "--hex", "00", "--text", "x"], "1"),
    "odd hexadecimal": (["raw", "127.0.0.1", "1", "--hex", "00 6"], "half a byte"),
    "no hexadecimal": (["raw", "127.0.0.1", "1", "--hex", "00 6g"], "g"),
    "half a byte": (["raw", "127.0.0.1", "1", "--hex", "00 02 5"], "Column 7: “5” is half a byte"),
    "single digits": (["raw", "127.0.0.1", "1", "--hex", "0 1 2 3"], "Column 1: “0” is half a byte"),
    "half a byte for load": (["load", "127.0.0.1", "1", "--hex", "00 02 5"], "Column 7: “5” is half a byte"),
    "dump with a gap": (["raw", "127.0.0.1", "1", "--hex", "000000 61 62\n000010 61\n"], "Line 2, column 1"),
    "no number to double": (["send", "127.0.0.1", "1", "double", "abc"], "“abc” is none"),
    "too large to negate": (["send", "127.0.0.1", "1", "negate", "2147483648"], "2,147,483,647"),
    "no host": (["send", "", "1", "search", "x"], "No host is given"),
    "no host to listen on": (["serve", "--host", ""], "No host is given"),
    "two ports": (["raw", "localhost:80", "81", "--text", "x"], "two ports: 80 behind the host, and 81"),
    "a URL": (["raw", "http://localhost", "80", "--text", "x"], "without a scheme"),
    "link-local without its interface": (["raw", "fe80::1", "80", "--text", "x"], "fe80::1 is a link-local address"),
    "unknown interface": (["raw", "fe80::1%nosuch9", "80", "--text", "x"], "no interface “nosuch9”"),
    "no such input": (["raw", "127.0.0.1", "1", "--file", "/nonexistent"], "/nonexistent"),
    "no such catalogue": (["serve", "--catalog", "/nonexistent"], "/nonexistent"),
    "catalogue that is none": (["serve", "--catalog", __file__], "catalogue"),
    "no such capture": (["decode", "/nonexistent"], "/nonexistent"),
    "chunk of nothing": (["send", "127.0.0.1", "1", "search", "x", "--chunks", "0"], "0"),
    "negative pause": (["send", "127.0.0.1", "1", "search", "x", "--pause", "-1"], "-1"),
    "no UTF-8": (["send", "127.0.0.1", "1", "search", b"\xff\xfe"], "UTF-8"),
    "no port of a socket": (["sockets", "--port", "0"], "0"),
    "unknown engine": (["serve", "--engine", "steam"], "steam"),
    "count of none": (["serve", "--count", "0"], "0"),
    "nowhere to relay to": (["relay", "127.0.0.1:0"], "TARGET"),
    "a target without a port": (["relay", "127.0.0.1:0", "localhost"], "localhost has no port"),
    "nowhere to listen": (["relay", "localhost", "localhost:1"], "localhost has no port"),
    "unknown fault": (["relay", "127.0.0.1:0", "127.0.0.1:1", "--fault", "latancy"], "There is no fault latancy"),
    "unknown number of a fault": (["relay", "127.0.0.1:0", "127.0.0.1:1", "--fault", "latency:delay=1"], "has no delay"),
    "fault out of range": (["relay", "127.0.0.1:0", "127.0.0.1:1", "--fault", "latency:latency=-1"], "from 0 to"),
    "fault with a wrong filter": (["relay", "127.0.0.1:0", "127.0.0.1:1", "--fault", "drop:where=\"size >\""], "filter"),
    "fault of streams over UDP": (["relay", "127.0.0.1:0", "127.0.0.1:1", "--udp", "--fault", "slicer"], "slicer is for TCP"),
    "idle time-out of a TCP relay": (["relay", "127.0.0.1:0", "127.0.0.1:1", "--idle-timeout", "1"], "--udp"),
    "no number of seconds": (["serve", "--port", "0", "--seconds", "nan"], "nan is no number from 0 to 10000000"),
    "no time to wait": (["send", "127.0.0.1", "1", "search", "x", "--timeout", "-nan"], "-nan is no number from 0"),
    "two things to one file": (["raw", "127.0.0.1", "1", "--text", "x", "--capture", "./a", "--reply-to", "a"], "same file"),
    "two results to one file": (["load", "127.0.0.1", "1", "--json", "a", "--csv", "../cli/a"], "same file"),
    "a relay to itself": (["relay", "127.0.0.1:7000", "127.0.0.1:7000"], "connect to itself"),
    "a relay to itself, by another name": (["relay", "0.0.0.0:7000", "localhost:7000"], "connect to itself"),
    "a report among events": (
        ["relay", "127.0.0.1:0", "127.0.0.1:7000", "--report", "-", "--print", "json"],
        "only one",
    ),
    "a value missing": (["raw", "127.0.0.1", "1", "--unix"], "PATH missing"),
    "a host and a Unix socket": (["raw", "127.0.0.1", "1", "--unix", "x", "--text", "x"], "here: 127.0.0.1 1. A Unix socket"),
    "a port of a Unix socket": (["raw", "/run/x", "1", "--text", "x"], "here: 1. A Unix socket"),
    "unknown option and something missing": (["raw", "-x", "localhost"], "here: -x."),
    "unknown options": (["raw", "127.0.0.1", "1", "--taxt", "--x", "7"], "here: --taxt --x 7."),
    "an unknown option in front": (["--sorry"], "--sorry"),
    "a key without its certificate": (["relay", "127.0.0.1:0", "127.0.0.1:1", "--tls-listen-key", __file__], "-cert"),
}


# Where nothing listens: as HOST:PORT, in front of whatever follows.
TARGETS = {
    "name": ["send", "localhost:1", "-4", "search", "x"],
    "IPv4": ["raw", "127.0.0.1:1", "--text", "x"],
    "the port twice": ["raw", "127.0.0.1:1", "1", "--text", "x"],
    "a value like an option": ["send", "127.0.0.1:1", "negate", "-4"],
    "options in between": ["send", "--chunks", "2", "127.0.0.1:1", "--linger", "0.1", "search", "--", "-x"],
    "alone": ["load", "127.0.0.1:1", "--seconds", "1"],
}


class Usage(unittest.TestCase):
    def test_port_behind_the_host(self):
        for name, arguments in TARGETS.items():
            with self.subTest(name):
                done = support.run(*arguments)
                complaint = done.stderr.decode("utf-8")
                self.assertEqual(done.returncode, 1, complaint)
                self.assertIn("nothing listens on 127.0.0.1 port 1.", complaint)

    def test_wrong_command_lines(self):
        for name, (arguments, named) in WRONG.items():
            with self.subTest(name):
                done = support.run(*arguments)
                complaint = done.stderr.decode("utf-8")
                self.assertEqual(done.returncode, 2, complaint)
                self.assertEqual(done.stdout, b"")
                # Bytes that cannot be read are shown, with a caret below the place.
                self.assertEqual(complaint.count("\n"), 3 if "--hex" in arguments and "--text" not in arguments else 1, complaint)
                self.assertIn(named, complaint)
                self.assertIn("--help", complaint) if "catalogue" not in name else None

    def test_a_caret_shows_the_place(self):
        done = support.run("raw", "127.0.0.1", "1", "--hex", "00 02 5")
        self.assertEqual(done.stderr.decode("utf-8").splitlines()[1:], ["00 02 5", "      ^"])

    def test_help(self):
        commands = ([command, "--help"] for command in ("serve", "raw", "decode", "sockets", "diagnose", "relay"))
        for arguments in (["--help"], ["send", "-h"], *commands):
            with self.subTest(arguments):
                done = support.run(*arguments)
                self.assertEqual(done.returncode, 0)
                self.assertEqual(done.stderr, b"")
                self.assertIn(b"Usage:", done.stdout)

    def test_version(self):
        done = support.run("--version")
        self.assertEqual(done.returncode, 0)
        self.assertRegex(done.stdout, rb"^sockeye-cli \d+\.\d+\.\d+\n$")

    def test_no_widgets_are_linked(self):
        linked = subprocess.run(["ldd", support.CLI], capture_output=True, text=True, check=True).stdout
        self.assertIn("Qt6Core", linked)
        for library in ("Qt6Gui", "Qt6Widgets", "Qt6Svg"):
            self.assertNotIn(library, linked)


if __name__ == "__main__":
    unittest.main()
