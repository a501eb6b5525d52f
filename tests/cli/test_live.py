# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`capture` prints what other programs say to each other. Run in a network of its own."""

import json
import pathlib
import signal
import tempfile
import unittest

import app_client
import app_protocol
import support

WITHOUT_RIGHT = ["setpriv", "--bounding-set=-net_raw", "--inh-caps=-net_raw", "--"]


class Live(support.Process):
    """sockeye-cli capture, printing JSON Lines, once it has begun."""

    def __init__(self, *arguments):
        super().__init__([support.CLI, "capture", *arguments, "--print", "json"])
        self.begun = json.loads(self.next_line() or f'"{self.complaints()}"')
        self.events = []

    def rest(self):
        """Everything that it prints until its end, and its exit status."""
        while (line := self.next_line()) is not None:
            self.events.append(json.loads(line))
        return self.wait()

    def until(self, name, count=1):
        while sum(event["event"] == name for event in self.events) < count:
            self.events.append(json.loads(self.next_line()))


class Capture(unittest.TestCase):
    def exchange(self, server, value="morpheus"):
        return app_client.exchange("127.0.0.1", server.port, app_protocol.encode_request("search", value))

    def check_exchange(self, events):
        names = [event["event"] for event in events]
        self.assertEqual(
            names,
            ["opened", "bytes", "message", "bytes", "message", "finished", "finished", "closed", "captured"],
        )
        request, reply = (event for event in events if event["event"] == "message")
        self.assertEqual((request["direction"], request["content"]["value"]), ("in", "morpheus"))
        self.assertEqual((reply["direction"], reply["content"]["result"]), ("out", "Follow the white rabbit. 🐰"))

    def test_prints_an_exchange_of_others(self):
        for interface in ("lo", "any"):
            with self.subTest(interface), support.PeerServer() as server:
                with Live(interface, "--filter", f"tcp port {server.port}") as live:
                    self.assertEqual(live.begun["event"], "capturing")
                    self.assertEqual(live.begun["interface"], interface)
                    self.exchange(server)
                    live.until("closed")  # while it goes on
                    live.stop(signal.SIGINT)
                    self.assertEqual(live.rest(), 0)
                    self.assertEqual(live.complaints(), "")
                    self.check_exchange(live.events)
                    self.assertGreaterEqual(live.events[-1]["packets"], 8)
                    self.assertEqual(live.events[-1]["dropped"], 0)

    def test_decode_prints_what_was_captured(self):
        with tempfile.TemporaryDirectory() as folder, support.PeerServer() as server:
            file = str(pathlib.Path(folder) / "live.pcapng")
            with Live("lo", "--filter", f"port {server.port}", "--capture", file) as live:
                for value in ("morpheus", "ring", "nothing"):
                    self.exchange(server, value)
                live.until("closed", 3)
                live.stop()
                self.assertEqual(live.rest(), 0)
            done = support.run("decode", file, "--print", "json")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(support.lines(done.stdout), live.events[:-1])

    def test_stops_by_itself(self):
        with support.PeerServer() as server:
            with Live("lo", "--filter", f"port {server.port}", "--count", "5") as live:
                self.exchange(server)
                self.assertEqual(live.rest(), 0)
                self.assertEqual(live.events[-1]["packets"], 5)
        done = support.run("capture", "lo", "--seconds", "0.1")
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        self.assertIn(b"Capturing from lo: everything.", done.stdout)
        self.assertEqual(support.run("capture", "lo", "--seconds", "0.1", "--print", "none").stdout, b"")

    def test_lists_interfaces(self):
        for arguments in (["--list"], []):
            with self.subTest(arguments):
                done = support.run("capture", *arguments)
                self.assertEqual((done.returncode, done.stderr), (0, b""))
                self.assertIn("lo: loopback, programs of this machine (127.0.0.1, ::1)", done.stdout.decode("utf-8"))
        found = support.lines(support.run("capture", "--print", "json").stdout)
        self.assertEqual(found[0]["event"], "interface")
        self.assertEqual((found[0]["name"], found[0]["up"], found[0]["loopback"]), ("lo", True, True))

    def test_names_the_command_that_grants_the_right(self):
        for mode in ("text", "json"):
            with self.subTest(mode):
                process = support.Process([*WITHOUT_RIGHT, support.CLI, "capture", "lo", "--print", mode])
                with process:
                    self.assertEqual(process.wait(), 1)
                    complaint = process.complaints()
                    self.assertIsNone(process.next_line())
                tool = pathlib.Path(support.CLI).resolve().parent / "sockeye-capture"
                self.assertIn(f"sudo setcap cap_net_raw+ep {tool}", complaint)
                self.assertEqual(complaint.count("\n"), 1)

    def test_failures(self):
        for arguments, status, words in (
            (["none77"], 1, "from the interface none77"),
            (["lo", "--filter", "tcp prot 1"], 2, "syntax error"),
            (["lo", "--capture", "/no/such/folder/x.pcapng"], 1, "/no/such/folder/x.pcapng"),
            (["lo", "--list"], 2, "--list"),
            (["lo", "--count", "0"], 2, "--count"),
            (["lo", "eth0"], 2, ""),
        ):
            with self.subTest(arguments):
                done = support.run("capture", *arguments)
                complaint = done.stderr.decode("utf-8")
                self.assertEqual((done.returncode, done.stdout), (status, b""), complaint)
                self.assertIn(words, complaint)
                self.assertEqual(complaint.count("\n"), 1)


if __name__ == "__main__":
    unittest.main()
