# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Text as people type it: escapes, encodings, macros, checksums; against peers that have Python's codecs."""

import binascii
import contextlib
import pathlib
import re
import socket
import tempfile
import threading
import unittest

import support

# Sockeye's name, Python's, what is said, and what is answered.
ENCODINGS = [
    ("GBK", "gbk", "你好，世界", "再见"),
    ("GB18030", "gb18030", "你好🐰", "㐀再见"),
    ("Big5", "big5", "許功蓋", "再見"),
    ("Shift_JIS", "shift_jis", "ソ表、こんにちは", "さようなら"),
    ("EUC-KR", "euc_kr", "안녕하세요", "잘 가"),
    ("EUC-JP", "euc_jp", "日本語", "さようなら"),
    ("UTF-16LE", "utf-16-le", "中文🐰", "再见"),
    ("UTF-16BE", "utf-16-be", "中文🐰", "再见"),
    ("KOI8-R", "koi8-r", "привет", "пока"),
    ("windows-1252", "cp1252", "“€”", "½é"),
]


@contextlib.contextmanager
def peer(answer, connections=1):
    """Reads `len` bytes of each connection's first message, gives what came and sends the pieces of answer(bytes)."""
    came = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve():
            for _ in range(connections):
                connection, _ = listener.accept()
                with connection:
                    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    received = connection.recv(65536)
                    came.append(received)
                    for piece in answer(received):
                        connection.sendall(piece)
                        pause.wait(0.05)

        pause = threading.Event()
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listener.getsockname()[1], came
        pause.set()
        thread.join(support.PATIENCE)


def raw(port, *arguments):
    return support.run("raw", "127.0.0.1", str(port), *arguments)


class Escapes(unittest.TestCase):
    def test_bytes(self):
        for text, expected in (
            ("a\\r\\n\\t\\0\\\\", b"a\r\n\t\0\\"),
            ("\\x00\\xff", b"\x00\xff"),
            ("\\u4e2d\\ud83d\\udc30", "中🐰".encode()),
        ):
            with self.subTest(text), peer(lambda received: [received]) as (port, came):
                done = raw(port, "--escapes", "--text", text, "--print", "none")
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertEqual(came, [expected])

    def test_off(self):
        with peer(lambda received: [received]) as (port, came):
            raw(port, "--text", "a\\n{{counter}}", "--print", "none")
        self.assertEqual(came, [b"a\\n{{counter}}"])

    def test_mistakes(self):
        for arguments, says, place in (
            (("--escapes", "--text", "ab\\q"), b"There is no escape", b"  ^^"),
            (("--encoding", "Big5", "--text", "ab\u01f5"), b"Big5 has no", b"  ^"),
            (("--macros", "--text", "{{tme}}"), b"There is no macro", b"  ^^^"),
            (("--encoding", "klingon", "--text", "x"), b"no encoding is called", None),
            (("--append-checksum", "crc-17", "--text", "x"), b"There is no checksum", None),
        ):
            with self.subTest(arguments):
                done = raw(1, *arguments)
                self.assertEqual(done.returncode, 2, done.stderr)
                self.assertIn(says, done.stderr)
                if place:
                    self.assertIn(place, done.stderr)

    def test_value_of_send(self):
        with support.Server() as server:
            done = support.run("send", "127.0.0.1", str(server.port), "search", "\\u006dorpheus", "--escapes")
        self.assertIn("rabbit", done.stdout.decode())


class EncodingOfAServer(unittest.TestCase):
    def test_reads_and_answers_in_it(self):
        for name, codec, said, _ in ENCODINGS:
            if name.startswith("UTF-16"):
                continue  # a line's end is one byte
            with self.subTest(name), tempfile.TemporaryDirectory() as folder:
                rules = pathlib.Path(folder, "rules.toml")
                rule = "[[rule]]\nwhen = 'text contains \"%s\"'\nreply = { text = \"%s!\" }\n" % (said, said)
                rules.write_text(rule, encoding="utf-8")
                with support.Server(
                    "--rules", str(rules), "--protocol", "lines", "--encoding", name, "--persistent"
                ) as server, socket.create_connection(("127.0.0.1", server.port), timeout=support.PATIENCE) as client:
                    client.sendall((said + "\n").encode(codec))
                    self.assertEqual(server.event("message", direction="in")["content"], said + "\n")
                    self.assertEqual(client.makefile("rb").readline().decode(codec).rstrip(), said + "!")

    def test_what_is_typed_in_a_chat(self):
        with support.Server("chat", "--encoding", "GBK") as server:
            with socket.create_connection(("127.0.0.1", server.port), timeout=support.PATIENCE) as client:
                server.event("opened")
                server.process.stdin.write("你好\n".encode())
                server.process.stdin.flush()
                self.assertEqual(client.makefile("rb").readline(), "你好\n".encode("gbk"))

    def test_refuses_what_says_it_itself(self):
        done = support.run("serve", "app", "--port", "0", "--encoding", "GBK")
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"say themselves what their text is in", done.stderr)


class Encodings(unittest.TestCase):
    def test_both_ways(self):
        for name, codec, said, answered in ENCODINGS:
            with self.subTest(name):
                reply = answered.encode(codec)
                with peer(lambda _, reply=reply: [reply]) as (port, came):
                    done = raw(
                        port, "--encoding", name, "--text", said, "--until-close", "--expect", answered, "--print", "json"
                    )
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertEqual(came[0].decode(codec), said)
                events = support.lines(done.stdout)
                self.assertEqual(events[-1]["text"], answered)
                self.assertEqual(
                    [event["content"] for event in events if event["event"] == "message"], [said, answered]
                )

    def test_cut_within_a_character(self):
        """Each byte comes in a read of its own."""
        for name, codec, _, answered in ENCODINGS:
            with self.subTest(name):
                reply = answered.encode(codec)
                pieces = [reply[at : at + 1] for at in range(len(reply))]
                with peer(lambda _, pieces=pieces: pieces) as (port, _came):
                    done = raw(port, "--encoding", name, "--text", "x", "--until-close", "--print", "json")
                events = support.lines(done.stdout)
                content = [
                    event["content"]
                    for event in events
                    if event["event"] == "message" and event["direction"] == "in"
                ]
                self.assertGreater(len(content), 1)
                self.assertEqual("".join(content), answered)
                self.assertEqual(events[-1]["text"], answered)

    def test_lines(self):
        with peer(lambda received: [received[:3], received[3:]]) as (port, came):
            done = raw(port, "--protocol", "lines", "--encoding", "UTF-16LE", "--escapes", "--text", "中文\\n")
        self.assertEqual(came, ["中文\n".encode("utf-16-le")])
        self.assertIn("message of 6 bytes: 中文", done.stdout.decode())

    def test_filter(self):
        with peer(lambda _: ["再见".encode("gbk")]) as (port, _):
            done = raw(
                port, "--encoding", "gbk", "--text", "x", "--until-close", "--print", "json",
                "--where", 'text contains "见"',
            )  # fmt: skip
        events = [event for event in support.lines(done.stdout) if event["event"] == "message"]
        self.assertEqual([event["content"] for event in events], ["再见"])

    def test_json_content_of_send(self):
        with peer(lambda _: []) as (port, came):
            support.run("send", "127.0.0.1", str(port), "search", "你好", "--encoding", "gbk", "--print", "none")
        header = int.from_bytes(came[0][:2], "big")
        self.assertIn(b'"content-encoding": "GBK"', came[0][2 : 2 + header])
        self.assertIn('"value": "你好"', came[0][2 + header :].decode("gbk"))

    def test_expected_character_that_it_lacks(self):
        done = raw(1, "--encoding", "Big5", "--text", "x", "--expect", "\u01f5")
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"--expect", done.stderr)


class Macros(unittest.TestCase):
    def test_anew_each_time(self):
        with peer(lambda received: [received], connections=3) as (port, came):
            done = raw(
                port, "--macros", "--text", "{{counter 7}} {{uuid}} {{random 8}} {{time}}", "--every", "1", "--repeat",
                "3", "--print", "none",
            )  # fmt: skip
        self.assertEqual(done.returncode, 0, done.stderr)
        pattern = re.compile(
            rb"(\d) [0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12} [A-Za-z0-9]{8} "
            rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"
        )
        self.assertEqual([pattern.fullmatch(each)[1] for each in came], [b"7", b"8", b"9"])
        self.assertEqual(len({each[2:20] for each in came}), 3)

    def test_in_values(self):
        with support.Server("--persistent") as server:
            done = support.run(
                "send", "127.0.0.1", str(server.port), "double", "{{counter 20}}", "--macros", "--every", "1",
                "--repeat", "3", "--print", "json", "--persistent",
            )  # fmt: skip
        self.assertEqual(done.returncode, 0, done.stderr)
        sent = [
            event["content_hex"][-8:]
            for event in support.lines(done.stdout)
            if event["event"] == "message" and event["direction"] == "out"
        ]
        self.assertEqual(sent, ["00000014", "00000015", "00000016"])


class Checksums(unittest.TestCase):
    def test_appended(self):
        crc = binascii.crc32(b"hello")
        for arguments, expected in (
            (("crc-32/iso-hdlc",), crc.to_bytes(4, "big")),
            (("CRC-32/ISO-HDLC:little",), crc.to_bytes(4, "little")),
            (("sum-8",), bytes([sum(b"hello") & 0xFF])),
        ):
            for content in (("--text", "hello"), ("--hex", "68 65 6c 6c 6f")):
                with self.subTest(arguments), peer(lambda received: [received]) as (port, came):
                    done = raw(port, "--append-checksum", *arguments, *content, "--print", "none")
                    self.assertEqual(done.returncode, 0, done.stderr)
                    self.assertEqual(came, [b"hello" + expected])

    def test_over_what_macros_became(self):
        with peer(lambda received: [received], connections=2) as (port, came):
            raw(
                port, "--macros", "--text", "{{counter}}", "--append-checksum", "xor-8", "--repeat", "2", "--every", "1",
                "--print", "none",
            )  # fmt: skip
        self.assertEqual(came, [b"11", b"22"])


if __name__ == "__main__":
    unittest.main()
