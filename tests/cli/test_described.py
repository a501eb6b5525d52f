# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""--protocol FILE.ksy: descriptions wherever a protocol is named."""

import json
import os
import socket
import struct
import tempfile
import threading
import unittest

import support

SENSOR = """
meta:
  id: sensor
  title: Sensor records
  endian: be
  -max: 1 KiB
seq:
  - id: magic
    contents: [0xa5, 0x5a]
  - id: kind
    type: u1
    enum: kinds
  - id: len
    type: u2
  - id: payload
    size: len
  - id: crc
    type: u2
    -checksum: {algorithm: crc-16/modbus, from: magic, to: payload}
enums:
  kinds: {1: ping, 2: data}
-summary: '"kind " + kind.to_i.to_s + ", " + len.to_s + " bytes"'
"""

SIDES = """
meta: {id: sides, -client: ask, -server: tell}
types:
  ask:
    seq:
      - {id: number, type: u1}
  tell:
    seq:
      - {id: size, type: u1}
      - {id: text, type: str, encoding: UTF-8, size: size}
"""

OPEN_ENDED = """
meta: {id: rest}
seq:
  - {id: kind, type: u1}
  - {id: body, size-eos: true}
"""


def crc(data):
    value = 0xFFFF
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = (value >> 1) ^ 0xA001 if value & 1 else value >> 1
    return value


def record(kind, payload):
    head = b"\xa5\x5a" + struct.pack(">BH", kind, len(payload)) + payload
    return head + struct.pack(">H", crc(head))


class Described(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def file(self, text, name="format.ksy"):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as out:
            out.write(text)
        return path

    def messages(self, output, direction=None):
        events = [e for e in support.lines(output) if e["event"] == "message"]
        return [e for e in events if direction in (None, e["direction"])]

    def test_an_echo_server_takes_whole_messages(self):
        path = self.file(SENSOR)
        with support.Server("echo", "--persistent", "--protocol", path) as server:
            done = support.run(
                "send", "127.0.0.1", str(server.port), "--protocol", path, "kind=data", 'payload="hi"', "--print", "json"
            )
            self.assertEqual(done.returncode, 0, done.stderr)
            sent, received = self.messages(done.stdout)
            for message in (sent, received):
                self.assertEqual(message["protocol"], "sensor")
                self.assertEqual(message["content_hex"], record(2, b"hi").hex())
                self.assertEqual(message["fields"]["kind"], "data")
                self.assertEqual(message["fields"]["payload"], "6869")
            self.assertEqual(support.lines(done.stdout)[-1]["result"], received["fields"])

            # In pieces, and two at once: it answers when a message is whole.
            with socket.create_connection(("127.0.0.1", server.port)) as sock:
                sock.settimeout(10)
                stream = record(1, b"") + record(2, b"abc")
                for byte in stream[:-1]:
                    sock.sendall(bytes([byte]))
                got = b""
                while len(got) < len(record(1, b"")):
                    got += sock.recv(100)
                self.assertEqual(got, record(1, b""))
                sock.sendall(stream[-1:])
                self.assertEqual(sock.recv(100), record(2, b"abc"))

    def test_bytes_that_do_not_fit_are_told(self):
        path = self.file(SENSOR)
        with support.Server("echo", "--persistent", "--protocol", path) as server:
            with socket.create_connection(("127.0.0.1", server.port)) as sock:
                sock.settimeout(10)
                sock.sendall(record(1, b"") + b"\xa5\x5b\x00")
                self.assertEqual(sock.recv(100), record(1, b""))
                self.assertEqual(sock.recv(100), b"")
            error = server.event("error", code="not-as-described", offset=len(record(1, b"")))
        self.assertIn("magic", error["text"])

    def test_a_broken_checksum_is_told_with_the_message(self):
        path = self.file(SENSOR)
        wrong = record(2, b"x")[:-2] + b"\0\0"
        with support.Server("sink", "--protocol", path) as server:
            with socket.create_connection(("127.0.0.1", server.port)) as sock:
                sock.sendall(wrong)
            server.event("message", protocol="sensor")
            server.event("error", code="not-as-described", offset=len(wrong) - 2)

    def test_raw_tells_of_what_is_wrong_where_a_protocol_is_named(self):
        path = self.file(SENSOR)
        wrong = record(2, b"x")[:-2] + b"\0\0"
        with support.Server("echo") as server:
            command = ("raw", "127.0.0.1", str(server.port), "--hex", wrong.hex(), "--print", "json")
            done = support.run(*command, "--protocol", path)
            told = [event for event in support.lines(done.stdout) if event["event"] == "error"]
            self.assertEqual([event["code"] for event in told], ["not-as-described"], done.stderr)
            self.assertIn("crc-16/modbus", told[0]["text"])
            told = [event["event"] for event in support.lines(support.run(*command).stdout)]
            self.assertNotIn("error", told)  # it may be anything

    def test_a_capture_is_decoded(self):
        path = self.file(SENSOR)
        capture = os.path.join(self.folder, "c.pcapng")
        with support.Server("echo", "--protocol", path, "--capture", capture) as server:
            for kind, payload in ((1, b""), (2, b"abc")):
                with socket.create_connection(("127.0.0.1", server.port)) as sock:
                    sock.sendall(record(kind, payload))
                    sock.shutdown(socket.SHUT_WR)
                    while sock.recv(100):
                        pass
            server.stop()
        done = support.run("decode", capture, "--protocol", path, "--print", "json")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual([m["fields"]["kind"] for m in self.messages(done.stdout, "in")], ["ping", "data"])
        done = support.run("decode", capture, "--protocol", path)
        self.assertIn(b"kind 2, 3 bytes", done.stdout)

    def test_chosen_fields_are_printed(self):
        path = self.file(SENSOR)
        capture = os.path.join(self.folder, "c.pcapng")
        with support.Server("echo", "--protocol", path, "--capture", capture) as server:
            with socket.create_connection(("127.0.0.1", server.port)) as sock:
                sock.sendall(record(2, b"abc"))
                sock.shutdown(socket.SHUT_WR)
                while sock.recv(100):
                    pass
            server.stop()
        decode = ("decode", capture, "--protocol", path)
        done = support.run(*decode, "--fields", "len, kind,nobody,payload", "--print", "json")
        message = self.messages(done.stdout, "in")[0]
        self.assertEqual(message["fields"], {"len": 3, "kind": "data", "payload": "616263"})
        self.assertEqual(list(message["fields"]), ["len", "kind", "payload"])
        self.assertNotIn("content_hex", message)
        done = support.run(*decode, "--fields", "kind,len", "--where", "dir == in && len == 3")
        self.assertEqual(done.stdout.decode().split("in", 1)[1].strip(), "kind = data, len = 3")
        for wrong in ("", "a,,b", "[1]", "a[x]", "a."):
            done = support.run(*decode, "--fields", wrong)
            self.assertEqual((done.returncode, done.stdout), (2, b""), wrong)

    def test_each_side_has_its_own_messages(self):
        path = self.file(SIDES)

        def serve():
            sock, _ = listener.accept()
            with sock:
                sock.recv(1)
                sock.sendall(b"\x05hello")

        with socket.create_server(("127.0.0.1", 0)) as listener:
            thread = threading.Thread(target=serve)
            thread.start()
            port = str(listener.getsockname()[1])
            done = support.run("send", "127.0.0.1", port, "--protocol", path, "number=7", "--print", "json")
            thread.join()
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual([m["fields"] for m in self.messages(done.stdout)], [{"number": 7}, {"size": 5, "text": "hello"}])

    def test_datagrams_need_no_end(self):
        path = self.file(OPEN_ENDED)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
            peer.bind(("127.0.0.1", 0))
            peer.settimeout(10)

            def answer():
                data, sender = peer.recvfrom(100)
                peer.sendto(data[::-1], sender)

            thread = threading.Thread(target=answer)
            thread.start()
            port = str(peer.getsockname()[1])
            done = support.run(
                "send", "127.0.0.1", port, "--udp", "--protocol", path, "kind=1", "body=0203", "--print", "json"
            )
            thread.join()
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(
            [m["fields"] for m in self.messages(done.stdout)], [{"kind": 1, "body": "0203"}, {"kind": 3, "body": "0201"}]
        )

    def test_bytes_behind_the_message_of_a_datagram_are_an_error(self):
        path = self.file("meta:\n  id: short\nseq:\n  - id: kind\n    type: u1\n")
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
            peer.bind(("127.0.0.1", 0))
            peer.settimeout(10)

            def answer():
                _, sender = peer.recvfrom(100)
                peer.sendto(b"\x01\x02\x03", sender)

            thread = threading.Thread(target=answer)
            thread.start()
            port = str(peer.getsockname()[1])
            done = support.run("send", "127.0.0.1", port, "--udp", "--protocol", path, "kind=1", "--print", "json")
            thread.join()
        errors = [event for event in map(json.loads, done.stdout.splitlines()) if event["event"] == "error"]
        self.assertEqual([(each["code"], each["offset"]) for each in errors], [("not-as-described", 1)], done.stdout)

    def test_what_is_wrong_is_said(self):
        sensor = self.file(SENSOR)
        cases = {
            "no such file": (["--protocol", "nowhere.ksy", "a=1"], "ENOENT"),
            "a mistake in it": (["--protocol", self.file("meta:\n  id: x\nseq:\n  - id: a\n    type: nix\n", "w.ksy"), "a=1"],
                                "w.ksy:5:11: /seq/0/type"),
            "a stream has no end": (["--protocol", self.file(OPEN_ENDED, "o.ksy"), "kind=1"], "body"),
            "no such field": (["--protocol", sensor, "knd=1"], "knd"),
            "no path=value": (["--protocol", sensor, "kind"], "path=value"),
            "no such name": (["--protocol", "nobody", "a=1"], "There is no protocol"),
            "no fields": (["--protocol", "lines", "a=1"], "named fields"),
        }  # fmt: skip
        for title, (words, says) in cases.items():
            with self.subTest(title):
                done = support.run("send", "127.0.0.1", "1", *words)
                self.assertEqual(done.returncode, 2)
                self.assertIn(says, done.stderr.decode())

    def test_an_example_that_fails_is_said_and_the_protocol_used(self):
        path = self.file(SENSOR.replace("  endian: be", '  endian: be\n  -self-test:\n    - {bytes: "00", fields: {kind: 1}}'))
        with support.Server("echo", "--protocol", path) as server:
            done = support.run("send", "127.0.0.1", str(server.port), "--protocol", path, "kind=ping", "payload=")
        self.assertEqual(done.returncode, 0)
        self.assertIn(b"/meta/-self-test/0", done.stderr)
        self.assertIn(b"kind 1, 0 bytes", done.stdout)

    def test_a_file_in_the_folder_of_the_user_is_looked_into(self):
        folder = os.path.join(self.folder, "Sockeye", "protocols")
        os.makedirs(folder)
        with open(os.path.join(folder, "mine.ksy"), "w", encoding="utf-8") as out:
            out.write(SENSOR)
        message = os.path.join(self.folder, "m.bin")
        with open(message, "wb") as out:
            out.write(record(1, b""))
        environment = dict(os.environ, XDG_CONFIG_HOME=self.folder)
        for name in ("mine.ksy", "mine"):
            done = support.run("parse", name, message, "--print", "json", environment=environment)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(json.loads(done.stdout)["kind"], "ping")


if __name__ == "__main__":
    unittest.main()
