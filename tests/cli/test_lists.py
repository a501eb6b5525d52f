# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Send lists: `send --list` and `raw --list`, against servers of ours and a peer that writes down what it got."""

import contextlib
import json
import pathlib
import signal
import socket
import tempfile
import threading
import time
import unittest

import support

SEARCHES = """
[[message]]
name = "ask for the rabbit"
json = { action = "search", value = "morpheus" }
expect = 'json.result contains "rabbit"'

[[message]]
json = { action = "search", value = "ring" }
expect-text = "cave"
pause = "5ms"

[[message]]
json = { action = "search", value = "{json.result}" }
"""


class Talker:
    """A server for one connection after the other that gives each request of `answers` its answer, in pieces if it is a
    list, and keeps what it got."""

    def __init__(self, answers):
        self.answers = answers
        self.got = []
        self.connections = 0
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self):
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self.socket.accept()
                connection.settimeout(support.PATIENCE)
                self.connections += 1
                with connection:
                    while request := connection.recv(65536):
                        self.got.append(request)
                        answer = self.answers.get(request, b"")
                        if answer is None:  # that is the end
                            break
                        for piece in answer if isinstance(answer, list) else [answer]:
                            connection.sendall(piece)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        self.thread.join()


def listens_again(pid):
    """Waits until the program has heard SIGINT and would hear the next one: the kernel knows of both."""
    bit = 1 << signal.SIGINT - 1
    until = time.monotonic() + support.PATIENCE
    while time.monotonic() < until:
        with open(f"/proc/{pid}/status", encoding="ascii", errors="replace") as status:
            masks = dict(line.split(":", 1) for line in status)
        pending = int(masks["SigPnd"], 16) | int(masks["ShdPnd"], 16)
        if not pending & bit and int(masks["SigCgt"], 16) & bit:
            return True
        time.sleep(0.01)
    return False


class Lists(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def file(self, text, name="list.toml"):
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    def run_list(self, port, text, *arguments, command="raw"):
        return support.run(command, "127.0.0.1", str(port), "--list", self.file(text), *arguments)

    def test_requests_on_one_connection(self):
        with support.Server("--persistent") as server:
            done = self.run_list(server.port, SEARCHES, "--print", "json", command="send")
        self.assertEqual(done.returncode, 0, done.stderr)
        events = support.lines(done.stdout)
        steps = [event for event in events if event["event"] == "step"]
        self.assertEqual([step["outcome"] for step in steps], ["met", "met", "replied"])
        self.assertEqual([step["name"] for step in steps], ["ask for the rabbit", "message 2", "message 3"])
        self.assertTrue(all(step["ok"] and step["latency"] > 0 for step in steps))
        self.assertEqual(len([event for event in events if event["event"] == "opened"]), 1)
        asked = [event["content"] for event in events if event["event"] == "message" and event["direction"] == "out"]
        said = [event["content"] for event in events if event["event"] == "message" and event["direction"] == "in"]
        self.assertEqual(asked[2]["value"], said[1]["result"])  # filled from the reply before it
        self.assertEqual(events[-1]["event"], "result")
        result = events[-1]
        self.assertEqual((result["ok"], result["met"], result["replied"], result["sent"]), (True, 2, 1, 3))
        self.assertEqual(result["repeat"]["sent"], 3)

    def test_same_over_tls(self):
        with support.Server("--persistent", "--tls-self-signed") as server:
            done = self.run_list(server.port, SEARCHES, "--tls-insecure", "--print", "none", command="send")
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_datagrams(self):
        text = "[[message]]\ntext = 'abc'\nexpect-text = 'ABC'\n[[message]]\nhex = '64'\nexpect = 'text == \"D\"'\n"
        with support.Server("uppercase-udp") as server:
            done = self.run_list(server.port, text, "--udp")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(b"Sent 3 bytes; a reply of 3 bytes after", done.stdout)

    def test_from_a_pipe(self):
        # What it says is read once.
        text = "[[message]]\ntext = 'abc'\nexpect-text = 'ABC'\n"
        with support.Server("uppercase") as server:
            done = support.run("raw", "127.0.0.1", str(server.port), "--list", "-", stdin=text.encode())
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(b"reply of 3 bytes", done.stdout)

    def test_what_a_peer_gets(self):
        text = r"""
            [[message]]
            text = 'PING\r\n'
            escapes = true
            expect-text = '+PONG'
            [[message]]
            hex = '01 03 00 00 00 02'
            checksum = 'crc-16/modbus:little'
            reply = false
            pause = '50ms'
            [[message]]
            file = 'request.bin'
            expect = 'text ~ "^done .*$"'
            """
        (self.folder / "request.bin").write_bytes(b"\0file")
        # Longer and shorter than what was sent, and in pieces: it is what is expected that ends a reply.
        answers = {b"PING\r\n": [b"+PO", b"NG and a lot behind it"], b"\0file": b"done it"}
        with Talker(answers) as talker:
            done = self.run_list(talker.port, text, "--timeout", "20")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(
                talker.got, [b"PING\r\n", bytes.fromhex("010300000002c40b"), b"\0file"]
            )
            self.assertEqual(talker.connections, 1)

    def test_unexpected(self):
        text = """
            on-failure = '%s'
            [[message]]
            name = 'first'
            text = 'one'
            expect-text = 'eins'
            within = '300ms'
            [[message]]
            text = 'two'
            """
        answers = {b"one": b"uno", b"two": b"due"}
        for what, got in (("stop", [b"one"]), ("go on", [b"one", b"two"])):
            with self.subTest(what), Talker(answers) as talker:
                done = self.run_list(talker.port, text % what, "--print", "json")
                self.assertEqual(done.returncode, 3, done.stderr)
                self.assertIn('"first": A reply of 3 bytes came, but "eins" is not in it: "uno"', done.stderr.decode())
                self.assertEqual(talker.got, got)
                steps = [event for event in support.lines(done.stdout) if event["event"] == "step"]
                self.assertEqual(steps[0]["outcome"], "unmet")
                self.assertFalse(support.lines(done.stdout)[-1]["ok"])

    def test_failures(self):
        text = "on-failure = 'go on'\n" + "".join(
            f"[[message]]\ntext = '{word}'\nwithin = '100ms'\n" for word in ("end", "silence", "two")
        )
        with Talker({b"end": None, b"two": b"due"}) as talker:
            done = self.run_list(talker.port, text, "--print", "json")
            self.assertEqual(done.returncode, 1, done.stderr)
            steps = [event for event in support.lines(done.stdout) if event["event"] == "step"]
            self.assertEqual([step.get("code") for step in steps], ["closed-early", "no-reply", None])
            self.assertEqual(talker.connections, 3)  # what comes late is not taken for the next one's reply

    def test_packet_sender(self):
        """Its packets.ini and its export are taken by their names; where packets went is said."""
        ini = ("[NAMES]\n1\\name=one\n2\\name=two\nsize=2\n"
               "[one]\nname=one\nhexString=61 0a\ntoIP=192.0.2.1\nport=7\ntcpOrUdp=TCP\nrepeat=0\n"
               "[two]\nname=two\nhexString=62 0a\ntoIP=192.0.2.1\nport=7\ntcpOrUdp=TCP\nrepeat=0\n")
        exported = json.dumps([
            {"name": name, "hexstring": text.encode().hex(), "toip": "192.0.2.1", "port": "7", "tcporudp": "TCP", "repeat": 0}
            for name, text in (("one", "a\n"), ("two", "b\n"))
        ])
        for name, text in (("packets.ini", ini), ("packets.json", exported)):
            with self.subTest(name), support.Server("echo", "--persistent") as server:
                done = support.run("raw", "127.0.0.1", str(server.port), "--list", self.file(text, name), "--print", "json")
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertIn(b"192.0.2.1 port 7", done.stderr)
                came = [e["hex"] for e in support.lines(done.stdout) if e["event"] == "bytes" and e["direction"] == "in"]
                self.assertEqual(came, ["610a", "620a"])
        done = support.run("raw", "127.0.0.1", "9", "--list", self.file("[other]\na=1\n", "other.ini"))
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"no packets of Packet Sender", done.stderr)

    def test_nobody_listens(self):
        with socket.socket() as taken:  # somebody has it, and does not listen
            taken.bind(("127.0.0.1", 0))
            done = self.run_list(taken.getsockname()[1], SEARCHES, command="send")
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"ECONNREFUSED", done.stderr)

    def test_loop(self):
        with Talker({b"a": b"1", b"b": b"2"}) as talker:
            done = self.run_list(talker.port, "loop = 3\n[[message]]\ntext = 'a'\n[[message]]\ntext = 'b'\n")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(b"".join(talker.got), b"ababab")
        self.assertIn(b"Sent 6 times: 6 answered, 0 failed.", done.stdout)

    def test_until_stopped(self):
        path = self.file("loop = 0\n[[message]]\ntext = 'a'\npause = '1ms'\n")
        with Talker({b"a": b"1"}) as talker:
            command = [support.CLI, "raw", "127.0.0.1", str(talker.port), "--list", path, "--print", "json"]
            with support.Process(command) as sender:
                rounds = 0
                while rounds < 3:
                    rounds += '"event":"step"' in sender.next_line()
                self.assertEqual(sender.stop(signal.SIGINT), 0, sender.complaints())

    @unittest.skipIf(support.PORTABLE, "a handler that sets itself back cannot be told from one that has not run")
    def test_stopped_twice_it_still_says_what_became_of_it(self):
        path = self.file("[[message]]\ntext = 'a'\n[[message]]\ntext = 'b'\n")
        with Talker({b"a": b"1"}) as talker:  # and nothing to the second one
            command = [support.CLI, "raw", "127.0.0.1", str(talker.port), "--list", path, "--print", "json"]
            with support.Process(command) as sender:
                bytes_out = 0
                while bytes_out < 2:
                    bytes_out += '"direction":"out"' in (line := sender.next_line()) and '"event":"bytes"' in line
                sender.process.send_signal(signal.SIGINT)
                self.assertTrue(listens_again(sender.process.pid))
                self.assertEqual(sender.stop(signal.SIGINT), 1)
                rest = []
                while (line := sender.next_line()) is not None:
                    rest.append(json.loads(line))
            self.assertEqual((rest[-1]["event"], rest[-1]["replied"], rest[-1]["given-up"]), ("result", 1, 1))

    def test_empty_list(self):
        done = self.run_list(9, "")
        self.assertEqual(done.returncode, 2)
        self.assertEqual(done.stderr.count(b"[[message]]"), 1, done.stderr)

    def test_wrong_lists(self):
        rows = {
            "a key that there is not": ("[[message]]\ntxet = 'a'\n", "list.toml:2:1: A message has no `txet`"),
            "a filter": ("[[message]]\ntext = 'a'\nexpect = 'jsn.a'\n", "list.toml:3:11: No field `jsn`"),
            "no messages": ("loop = 1\n", "There is nothing to send"),
        }
        for name, (text, said) in rows.items():
            with self.subTest(name):
                done = self.run_list(9, text)
                self.assertEqual(done.returncode, 2)
                self.assertIn(said, done.stderr.decode())
                self.assertNotIn(b"Did you mean `text`? Did", done.stderr)

    def test_wrong_command_lines(self):
        path = self.file(SEARCHES)
        rows = {
            "a request beside it": ["send", "127.0.0.1", "9", "search", "x", "--list", path],
            "text beside it": ["raw", "127.0.0.1", "9", "--text", "x", "--list", path],
            "an expectation": ["send", "127.0.0.1", "9", "--list", path, "--expect", "x"],
            "repeated": ["send", "127.0.0.1", "9", "--list", path, "--repeat", "2"],
            "no such file": ["send", "127.0.0.1", "9", "--list", path + ".not"],
            "a folder": ["send", "127.0.0.1", "9", "--list", str(self.folder)],
        }
        for name, arguments in rows.items():
            with self.subTest(name):
                done = support.run(*arguments)
                self.assertEqual(done.returncode, 2, done.stderr)
                self.assertIn(b"sockeye-cli: ", done.stderr)


if __name__ == "__main__":
    unittest.main()
