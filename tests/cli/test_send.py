# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`sockeye-cli send` against the peers' server, and against our own."""

import contextlib
import json
import socket
import unicodedata
import unittest

import app_protocol
import support


@contextlib.contextmanager
def silent_listener():
    """A listener that never answers; connections stay in its backlog."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def send(port, *arguments, **options):
    return support.run("send", "127.0.0.1", str(port), *arguments, **options)


class Send(unittest.TestCase):
    def test_golden_exchanges_with_a_peer(self):
        with support.PeerServer("--byteorder", "little") as server:
            for exchange in support.requests():
                with self.subTest(exchange["name"]):
                    done = send(
                        server.port, exchange["action"], exchange["value"],
                        "--byteorder", exchange["byteorder"], "--print", "json",
                    )  # fmt: skip
                    self.assertEqual(done.returncode, 0, done.stderr)
                    self.assertEqual(server.next_line(), exchange["request"])
                    self.check_result(done, support.result_of(exchange))

    def test_golden_exchanges_in_pieces(self):
        with support.PeerServer("--byteorder", "little") as server:
            for exchange in support.requests():
                with self.subTest(exchange["name"]):
                    done = send(
                        server.port, exchange["action"], exchange["value"], "--byteorder", exchange["byteorder"],
                        "--chunks", "1,3,50", "--pause", "1", "--print", "json",
                    )  # fmt: skip
                    self.assertEqual(done.returncode, 0, done.stderr)
                    self.assertEqual(server.next_line(), exchange["request"])
                    pieces = [e for e in support.lines(done.stdout) if e["event"] == "bytes" and e["direction"] == "out"]
                    size = len(exchange["request"]) // 2
                    expected = [1, 3] + [50] * ((size - 4) // 50) + ([(size - 4) % 50] if (size - 4) % 50 else [])
                    self.assertEqual([piece["size"] for piece in pieces], expected)
                    self.check_result(done, support.result_of(exchange))

    def test_golden_replies(self):
        """Every golden reply is understood, whatever asked for it."""
        for exchange in support.exchanges():
            with self.subTest(exchange["name"]), support.PeerServer("--reply", exchange["reply"]) as server:
                done = send(server.port, "search", "anything", "--print", "json")
                self.assertEqual(done.returncode, 0, done.stderr)
                self.check_result(done, support.result_of(exchange))

    def test_golden_exchanges_with_our_server(self):
        with support.Server() as server:
            for exchange in support.requests():
                with self.subTest(exchange["name"]):
                    done = send(server.port, exchange["action"], exchange["value"], "--print", "json")
                    self.assertEqual(done.returncode, 0, done.stderr)
                    self.check_result(done, support.result_of(exchange))

    def check_result(self, done, result):
        last = support.lines(done.stdout)[-1]
        self.assertEqual(list(last), ["event", "ok", "result", "seconds"])
        self.assertEqual(last["event"], "result")
        self.assertIs(last["ok"], True)
        self.assertEqual(last["result"], result)
        self.assertGreater(last["seconds"], 0)

    def test_values_that_look_like_options(self):
        with support.PeerServer() as server:
            for value, result in (("-4", 4), ("-6", 6), ("-42", 42), ("-2147483647", 2147483647)):
                with self.subTest(value):
                    done = send(server.port, "negate", value, "--print", "json", "-4")
                    self.assertEqual(done.returncode, 0, done.stderr)
                    self.assertEqual(support.lines(done.stdout)[-1]["result"], result)
            done = support.run("send", "--print", "json", "127.0.0.1", str(server.port), "--", "search", "--help")
            self.assertEqual(support.lines(done.stdout)[-1]["result"], 'No match for "--help".')
            for value in ("raw", "++", "serve", ""):
                done = send(server.port, "search", value, "--print", "json")
                self.assertEqual(support.lines(done.stdout)[-1]["result"], f'No match for "{value}".')

    def test_text_ends_with_the_result(self):
        with support.PeerServer() as server:
            done = send(server.port, "search", "morpheus")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(done.stdout.decode("utf-8").splitlines()[-1], "Follow the white rabbit. 🐰")

    def test_hostile_text_does_not_command_the_terminal(self):
        """Escape sequences, line breaks and the like from a peer are shown, not obeyed."""
        hostile = "a\x1b[2J\x07\tb\r\nc\x7f\u009b31md\u202ee\u2028f\u2066gé– 🐰"
        shown = r"a\x1b[2J\x07\tb\r\nc\x7f\u009b31md\u202ee\u2028f\u2066gé– 🐰"
        reply = app_protocol.encode_message(app_protocol.encode_json({"result": hostile}), "text/json", "utf-8")
        with support.PeerServer("--reply", reply.hex()) as server:
            done = send(server.port, "search", "x")
            self.check_harmless(done)
            self.assertEqual(done.stdout.decode("utf-8").splitlines()[-1], shown)
            done = send(server.port, "search", "x", "--expect", "absent")
            self.check_harmless(done)
            self.assertEqual(done.returncode, 3)
            self.assertIn(shown, done.stderr.decode("utf-8"))
            done = send(server.port, "search", "x", "--print", "json")
            self.check_harmless(done)
            self.check_result(done, hostile)

    def test_hostile_headers_do_not_command_the_terminal(self):
        for name, header in (
            ("key", {"\x1b]0;gone\x07": "\u009b2J"}),
            ("type", {"byteorder": "little", "content-type": "\x1b[2J", "content-encoding": "\u009b2J",
                      "content-length": 0}),
            ("length", {"byteorder": "little", "content-type": "text/json", "content-encoding": "utf-8",
                        "content-length": "\x1b[2J\x7f"}),
            ("encoding", {"byteorder": "little", "content-type": "text/json", "content-encoding": "\x1b[2J\u202e",
                          "content-length": 2}),
        ):  # fmt: skip
            text = json.dumps(header, ensure_ascii=False).encode("utf-8")
            reply = len(text).to_bytes(2, "big") + text + b"{}"
            for printing in ("text", "json"):
                with self.subTest(name, printing=printing), support.PeerServer("--reply", reply.hex()) as server:
                    self.check_harmless(send(server.port, "search", "x", "--print", printing))

    def check_harmless(self, done):
        """Nothing in the output breaks or turns a line or is a control character, but for the ends of its own lines."""
        for output in (done.stdout, done.stderr):
            text = output.decode("utf-8")
            bad = [c for c in text if unicodedata.category(c) in ("Cc", "Zl", "Zp") or c in "\u202e\u2066"]
            bad = [c for c in bad if c != "\n"]
            self.assertEqual(bad, [], text)
        self.assertLessEqual(done.stderr.count(b"\n"), 1)

    def test_print_none(self):
        with support.PeerServer() as server:
            done = send(server.port, "search", "morpheus", "--print", "none")
            self.assertEqual((done.returncode, done.stdout, done.stderr), (0, b"", b""))

    def test_persistent(self):
        with support.PeerServer("--persistent") as server:
            done = send(server.port, "search", "ring", "--persistent", "--print", "json")
            self.assertEqual(done.returncode, 0, done.stderr)
            events = [event["event"] for event in support.lines(done.stdout)]
            self.assertEqual(events.count("closed"), 1, events)

    def test_expect(self):
        with support.PeerServer() as server:
            self.assertEqual(send(server.port, "search", "morpheus", "--expect", "rabbit").returncode, 0)
            done = send(server.port, "search", "morpheus", "--expect", "hare")
            self.assertEqual(done.returncode, 3)
            self.assertEqual(done.stderr.count(b"\n"), 1)
            self.assertIn(b"hare", done.stderr)


class Failures(unittest.TestCase):
    def check(self, done, code):
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertEqual(done.stderr.count(b"\n"), 1, done.stderr)
        last = support.lines(done.stdout)[-1]
        self.assertEqual(last["event"], "result")
        self.assertIs(last["ok"], False)
        self.assertEqual(last["code"], code)
        self.assertTrue(last["text"])
        self.assertIn("seconds", last)

    def test_refused(self):
        with socket.socket() as taken:  # and does not listen
            taken.bind(("127.0.0.1", 0))
            port = taken.getsockname()[1]
            self.check(send(port, "search", "x", "--print", "json"), "refused")

    def test_no_reply(self):
        with silent_listener() as port:
            self.check(send(port, "search", "x", "--timeout", "0.2", "--print", "json"), "no-reply")

    def test_name_not_found(self):
        done = support.run("send", "nowhere.invalid", "1", "search", "x", "--print", "json")
        self.check(done, "name-not-found")

    def test_bad_reply(self):
        bad = b"\x00\x02[]".hex()
        with support.PeerServer("--reply", bad) as server:
            done = send(server.port, "search", "x", "--print", "json")
            self.check(done, "bad-message")
            errors = [e for e in support.lines(done.stdout) if e["event"] == "error"]
            self.assertEqual([(e["code"], e["offset"]) for e in errors], [("header-not-object", 2)])

    def test_cut_reply(self):
        reply = support.exchanges()[0]["reply"][:-10]
        with support.PeerServer("--reply", reply) as server:
            done = send(server.port, "search", "x", "--print", "json")
            self.assertEqual(done.returncode, 1)
            received = [e for e in support.lines(done.stdout) if e["event"] == "bytes" and e["direction"] == "in"]
            self.assertEqual("".join(e["hex"] for e in received), reply, "every byte stays visible")
            self.assertEqual(len([e for e in support.lines(done.stdout) if e["event"] == "error"]), 1)

    def test_one_line_on_standard_error(self):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
        done = send(port, "search", "x")
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stderr.count(b"\n"), 1)
        self.assertIn(str(port).encode(), done.stderr)

    def test_interrupted(self):
        with silent_listener() as port:
            command = [support.CLI, "send", "127.0.0.1", str(port), "search", "x", "--print", "json"]
            with support.Process(command) as client:
                while json.loads(client.next_line())["event"] != "bytes":
                    pass
                self.assertEqual(client.stop(), 1)
                self.assertEqual(client.complaints().count("\n"), 1)


if __name__ == "__main__":
    unittest.main()
