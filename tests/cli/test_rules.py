# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules: `serve rules --rules FILE`, against clients in Python and sockeye-cli itself."""

import json
import os
import pathlib
import socket
import struct
import subprocess
import time
import unittest

import app_protocol
import support
from rules_case import RulesCase

CONTRACT = """
[[rule]]
when  = 'dir == in and json.action == "search"'      # filter.md; regex groups as {1}, fields as {json.value}
reply = { json = { result = "You said {json.value}" } }
"""


def said(value):
    """The reply of the contract's rule, byte for byte."""
    content = json.dumps({"result": f"You said {value}"}, ensure_ascii=False).encode()
    header = json.dumps(
        {
            "byteorder": "little",
            "content-type": "text/json",
            "content-encoding": "utf-8",
            "content-length": len(content),
        }
    ).encode()
    return struct.pack(">H", len(header)) + header + content


class Contract(RulesCase):
    def test_byte_for_byte(self):
        server = self.serve(CONTRACT)
        sock = self.connect(server)
        for value in ("morpheus", 'a "quoted" ü'):
            request = app_protocol.encode_request("search", value)
            wanted = said(value)
            sock.sendall(request)
            got = b""
            while len(got) < len(wanted):
                got += sock.recv(65536)
            self.assertEqual(got, wanted)
        event = server.event("message", direction="in")
        self.assertEqual(event["rule"], "rule 1")

    def test_our_own_client(self):
        server = self.serve(CONTRACT)
        run = support.run("send", "127.0.0.1", str(server.port), "search", "morpheus", "--expect", "You said morpheus")
        self.assertEqual(run.returncode, 0, run.stderr)

    def test_the_option_is_enough(self):
        with support.Server("--rules", self.file(CONTRACT)) as server:
            self.assertEqual(server.listening["service"], "rules")


class Actions(RulesCase):
    LINES = """
[[rule]]
name = "greeting"
when = 'text ~ r"^hello (\\w+) (\\w+)"'
reply = { text = "hi {2} {1}" }

[[rule]]
when = 'text contains "later"'
delay = "120ms"
reply = { text = "now" }

[[rule]]
when = 'text contains "bye"'
reply = { text = "good bye" }
close = true

[[rule]]
name = "hang up"
when = 'text contains "reset"'
reset = true

[[rule]]
when = 'text contains "close"'
close = true

[[rule]]
when = 'text contains "drop"'
drop = true

[[rule]]
when = 'text contains "half"'
reply = { text = "a longer answer" }
fault = "cut:at=3"

[[rule]]
when = 'text contains "file"'
reply = { file = "answer.bin" }

[[rule]]
when = 'text contains "hex"'
reply = { hex = "00 01 {bytes[0:3]} ff" }
"""

    def lines(self, *arguments):
        (self.folder / "answer.bin").write_bytes(bytes(range(256)))
        return self.serve(self.LINES, "--protocol", "lines", *arguments)

    def test_groups(self):
        server = self.lines()
        self.assertEqual(self.ask(self.connect(server), b"hello white rabbit\n"), b"hi rabbit white\n")
        self.assertEqual(server.event("message", direction="in")["rule"], "greeting")

    def test_delay_keeps_the_order(self):
        server = self.lines()
        sock = self.connect(server)
        begin = time.monotonic()
        sock.sendall(b"later\nhello a b\n")
        got = b""
        while got.count(b"\n") < 2:
            got += sock.recv(100)
        self.assertGreaterEqual(time.monotonic() - begin, 0.12)
        self.assertEqual(got, b"now\nhi b a\n")
        self.assertEqual(server.event("message", direction="in")["rule"], "rule 2")
        self.assertEqual(server.event("message", direction="in")["rule"], "greeting")

    def test_delay_does_not_hold_up_others(self):
        server = self.lines()
        slow, quick = self.connect(server), self.connect(server)
        slow.sendall(b"later\n")
        self.assertEqual(self.ask(quick, b"hello a b\n"), b"hi b a\n")
        self.assertEqual(slow.recv(100), b"now\n")

    def test_gone_before_the_delay_is_over(self):
        server = self.lines()
        sock = self.connect(server)
        sock.sendall(b"later\n")
        server.event("message", direction="in")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        sock.close()
        server.event("closed")
        time.sleep(0.15)
        self.assertEqual(self.ask(self.connect(server), b"hello a b\n"), b"hi b a\n")

    def test_reply_and_close(self):
        sock = self.connect(self.lines())
        self.assertEqual(self.ask(sock, b"bye\nhello a b\n"), b"good bye\n")
        self.assertEqual(sock.recv(100), b"")

    def test_close(self):
        self.assertEqual(self.ask(self.connect(self.lines()), b"close\n"), b"")

    @unittest.skipIf(support.QT, "sends no resets")
    def test_reset(self):
        server = self.lines()
        sock = self.connect(server)
        self.assertEqual(self.ask(sock, b"hello a b\n"), b"hi b a\n")
        with self.assertRaises(ConnectionResetError):
            self.ask(sock, b"reset\n")
        self.assertEqual(server.event("closed")["how"], "reset-by-us")

    def test_drop_and_what_no_rule_matches(self):
        server = self.lines()
        sock = self.connect(server)
        sock.sendall(b"drop\nnobody knows this\nhello a b\n")
        self.assertEqual(sock.recv(100), b"hi b a\n")
        rules = [server.event("message", direction="in").get("rule") for _ in range(3)]
        self.assertEqual(rules, ["rule 6", None, "greeting"])

    def test_fault(self):
        sock = self.connect(self.lines())
        self.assertEqual(self.ask(sock, b"half\n"), b"a l")

    def test_file_and_hex(self):
        sock = self.connect(self.lines())
        self.assertEqual(self.ask(sock, b"file\n"), bytes(range(256)))
        self.assertEqual(self.ask(sock, b"hex\n"), b"\x00\x01hex\xff")

    def test_where_by_rule(self):
        server = self.lines("--where", 'rule == "greeting"')
        sock = self.connect(server)
        self.ask(sock, b"hello a b\n")
        self.ask(sock, b"hex\n")
        self.assertEqual(server.finish(), 0)
        self.assertEqual([event["event"] for event in server.events], ["message"])

    def test_many_at_once(self):
        server = self.lines()
        socks = [self.connect(server) for _ in range(50)]
        for sock in socks:
            sock.sendall(b"later\nhello a b\n")
        for sock in socks:
            got = b""
            while len(got) < len(b"now\nhi b a\n"):
                got += sock.recv(100)
            self.assertEqual(got, b"now\nhi b a\n")

    def test_nc(self):
        server = self.lines()
        nc = subprocess.run(
            ["nc", "-w", "5", "127.0.0.1", str(server.port)], input=b"bye\n", capture_output=True, timeout=support.PATIENCE,
            check=False,
        )
        self.assertEqual(nc.stdout, b"good bye\n")


class Datagrams(RulesCase):
    TEXT = """
[[rule]]
when = 'text == "ping"'
reply = { text = "pong from {local.port}" }
[[rule]]
when = 'text == "later"'
delay = "80ms"
reply = { text = "now" }
[[rule]]
when = 'text == "empty"'
reply = { hex = "" }
[[rule]]
when = 'text == "end"'
close = true
"""

    def test_datagrams(self):
        for arguments in (("rules-udp",), ("rules", "--udp")):
            with self.subTest(arguments):
                server = support.Server(*arguments, "--rules", self.file(self.TEXT))
                self.addCleanup(server.__exit__)
                sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
                self.addCleanup(sock.close)
                sock.settimeout(support.PATIENCE)
                sock.connect(("127.0.0.1", server.port))
                for request in (b"nobody knows", b"ping"):
                    sock.send(request)
                self.assertEqual(sock.recv(100), f"pong from {server.port}".encode())
                for request in (b"later", b"silence", b"ping", b"empty"):
                    sock.send(request)
                self.assertEqual([sock.recv(100)[:4] for _ in range(3)], [b"now", b"pong", b""])
                sock.send(b"end")
                server.event("closed", connection=1)
                rules = [e.get("rule") for e in server.events if e["event"] == "message" and e["direction"] == "in"]
                self.assertEqual(rules, [None, "rule 1", "rule 2", None, "rule 1", "rule 3", "rule 4"])


class Described(RulesCase):
    def test_a_description_of_ones_own(self):
        ksy = self.folder / "pair.ksy"
        ksy.write_text(
            "meta:\n  id: pair\n  endian: be\nseq:\n  - id: op\n    type: u1\n  - id: len\n    type: u2\n"
            "  - id: body\n    size: len\n    type: str\n    encoding: UTF-8\n",
            encoding="utf-8",
        )
        server = self.serve(
            "[[rule]]\nwhen = 'op == 7'\nreply = { fields = { op = 8, body = 'you said {body}' } }\n",
            "--protocol",
            str(ksy),
        )
        self.assertEqual(self.ask(self.connect(server), b"\x07\x00\x02hi"), b"\x08\x00\x0byou said hi")


class Other(RulesCase):
    def test_http_and_curl(self):
        server = self.serve(
            "[[rule]]\nwhen = 'method == \"GET\" and target ~ \"/users/([0-9]+)\"'\n"
            "reply = { json = { id = '{1}', agent = '{headers.user-agent}' } }\n",
            "--protocol",
            "http",
        )
        curl = subprocess.run(
            ["curl", "-s", "-A", "me", f"http://127.0.0.1:{server.port}/users/17"],
            capture_output=True, timeout=support.PATIENCE, check=False,
        )
        self.assertEqual(curl.returncode, 0, server.events)
        self.assertEqual(json.loads(curl.stdout), {"id": "17", "agent": "me"})

    def test_reload(self):
        path = self.file("[[rule]]\nreply = { text = 'one' }\n")
        server = support.Server("rules", "--rules", path, "--protocol", "lines")
        self.addCleanup(server.__exit__)
        sock = self.connect(server)
        self.assertEqual(self.ask(sock, b"?\n"), b"one\n")
        self.file("[[rule]]\nreply = { text = 'two' }\n")
        note = server.event("note", connection=0)
        while "read again" not in note["text"]:
            note = server.event("note", connection=0)
        self.assertEqual(self.ask(sock, b"?\n"), b"two\n")
        self.file("[[rule]]\nreply = { txt = 'three' }\n")
        error = server.event("error", code="bad-rules")
        self.assertIn("rules.toml:2:11: A message is given as `json`, `text`", error["text"])
        self.assertEqual(self.ask(sock, b"?\n"), b"two\n")
        # As editors save: another file takes its place.
        other = self.file("[[rule]]\nreply = { text = 'four' }\n", "other.toml")
        os.replace(other, path)
        server.event("note", connection=0)
        self.assertEqual(self.ask(sock, b"?\n"), b"four\n")

    def test_mistakes(self):
        path = self.file("[[rule]]\nwhen = 'durr == in'\nreply = { text = 'a' }\n")
        run = support.run("serve", "rules", "--rules", path, "--port", "0")
        self.assertEqual(run.returncode, 2)
        text = run.stderr.decode()
        self.assertIn("rules.toml:2:9: No field `durr`; did you mean `dir`?", text)
        self.assertEqual(text.lower().count("did you mean"), 1)
        self.assertIn("        ^^^^", text)
        for arguments in (("serve", "rules"), ("serve", "echo", "--rules", path), ("serve", "--rules", "gone.toml")):
            with self.subTest(arguments):
                self.assertEqual(support.run(*arguments).returncode, 2)


if __name__ == "__main__":
    unittest.main()
