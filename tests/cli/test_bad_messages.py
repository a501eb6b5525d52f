# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a bad message gets (wire protocol §1): words to the peer, an error event, the end of that one connection."""

import socket
import struct
import unittest

import app_client
import app_protocol
import support

GOOD = {
    "byteorder": "little",
    "content-type": "text/json",
    "content-encoding": "utf-8",
    "content-length": 2,
}


def framed(header, content=b"{}"):
    text = header if isinstance(header, bytes) else app_protocol.encode_json(header)
    return struct.pack(">H", len(text)) + text + content


def changed(**changes):
    """The good header with some keys changed, or left out where the new value is None."""
    header = {**GOOD, **{key.replace("_", "-"): value for key, value in changes.items()}}
    return {key: value for key, value in header.items() if value is not None}


def after(header, key):
    """Offset in the stream of the value of `key`."""
    text = app_protocol.encode_json(header)
    return 2 + text.index(b'"' + key.encode() + b'": ') + len(key) + 4


NO_NUMBER = changed(content_length="2")
NEGATIVE = changed(content_length=-1)
FRACTION = changed(content_length=1.5)
TOO_LONG = changed(content_length=1 << 40)
UNKNOWN = changed(content_encoding="utf-7½")
NOT_TEXT = changed(content_type=7)
CONTENT_AT = len(framed(GOOD, b""))
DEEP = b"[" * 5000 + b"]" * 5000

# name: (bytes, code, offset or None where any will do, part of the text)
BAD = {
    "header length 0": (b"\0\0", "empty-header", 0, "0"),
    "header is no UTF-8": (framed(b'{"a": "\xff"}'), "header-not-utf8", 9, ""),
    "header is no JSON": (framed(b"{byteorder}"), "header-not-json", None, ""),
    "header is no object": (framed(b"[1, 2]"), "header-not-object", 2, ""),
    "content-length of the wrong type": (framed(NO_NUMBER), "wrong-header-type", after(NO_NUMBER, "content-length"), "content-length"),
    "content-length negative": (framed(NEGATIVE), "bad-content-length", after(NEGATIVE, "content-length"), "-1"),
    "content-length fractional": (framed(FRACTION), "bad-content-length", after(FRACTION, "content-length"), "1.5"),
    "content-length over the limit": (framed(TOO_LONG), "content-too-long", after(TOO_LONG, "content-length"), ""),
    "content-type of the wrong type": (framed(NOT_TEXT), "wrong-header-type", after(NOT_TEXT, "content-type"), "content-type"),
    "unknown encoding": (framed(UNKNOWN), "unknown-encoding", None, "utf-7½"),
    "content not in its encoding": (framed(GOOD, b'"\xff'), "content-not-in-encoding", CONTENT_AT + 1, ""),
    "content is no JSON": (framed(GOOD, b"{]"), "content-not-json", None, ""),
    "content nested too deep": (framed(changed(content_length=len(DEEP)), DEEP), "too-deep", None, ""),
}
for missing in GOOD:
    BAD[f"{missing} missing"] = (
        framed({key: value for key, value in GOOD.items() if key != missing}),
        "missing-header",
        2,
        f'Missing required header "{missing}".',
    )


class BadMessages(unittest.TestCase):
    def test_each(self):
        bystander_request = app_protocol.encode_request("search", "ring")
        with support.Server("--persistent") as server:
            with socket.create_connection(("127.0.0.1", server.port), timeout=support.PATIENCE) as bystander:
                for number, (name, row) in enumerate(BAD.items(), 2):
                    bystander.sendall(bystander_request[: number * 5])
                    with self.subTest(name):
                        self.check(server, number, *row)
                    bystander.sendall(bystander_request[number * 5 :])
                    reply = app_protocol.receive_messages(bystander, 1)[0]
                    self.assertEqual(reply.result(), app_protocol.CATALOG["ring"], "others go on undisturbed")

    def check(self, server, number, data, code, offset, text):
        reply = app_client.exchange("127.0.0.1", server.port, data)  # fails unless the server closes after it
        self.assertTrue(reply.is_json())
        self.assertTrue(reply.result().startswith("Error: "), reply.result())
        server.event("closed", connection=number)
        mine = [event for event in server.events if event["connection"] == number]
        self.assertEqual("".join(e["hex"] for e in mine if e["event"] == "bytes" and e["direction"] == "in"), data.hex())
        errors = [event for event in mine if event["event"] == "error"]
        self.assertEqual(len(errors), 1, errors)
        self.assertEqual(errors[0]["code"], code)
        if offset is not None:
            self.assertEqual(errors[0]["offset"], offset, errors[0])
        self.assertIn(text, errors[0]["text"])
        self.assertIn(text, reply.result())

    def test_end_inside_a_message(self):
        request = app_protocol.encode_request("search", "morpheus")
        content_at = len(request) - 41
        with support.Server() as server:
            with socket.create_connection(("127.0.0.1", server.port), timeout=support.PATIENCE) as sock:
                sock.sendall(request[: content_at + 17])
                sock.shutdown(socket.SHUT_WR)
                if support.QT:  # no half-close: nothing can be answered any more, and a second error says so
                    self.assertEqual(sock.recv(4096), b"")
                else:
                    reply = app_protocol.receive_messages(sock, 1)[0]
                    self.assertIn("closed 17 bytes into a 41-byte content", reply.result())
            error = server.event("error")
            self.assertEqual(error["code"], "truncated")
            self.assertIn("closed 17 bytes into a 41-byte content", error["text"])
            if support.QT:
                server.event("error", code="half-close-unknown")
            server.event("closed")

    def test_silence_inside_a_message(self):
        request = app_protocol.encode_request("search", "morpheus")
        with support.Server("--idle-timeout", "0.3") as server:
            with socket.create_connection(("127.0.0.1", server.port), timeout=support.PATIENCE) as sock:
                sock.sendall(request[:-1])
                while sock.recv(4096):
                    pass
            self.assertEqual(server.event("error")["code"], "idle")

    def test_limits_are_settings(self):
        with support.Server("--max-content", "40", "--max-connections", "1") as server:
            reply = app_client.exchange("127.0.0.1", server.port, app_protocol.encode_request("search", "morpheus"))
            self.assertTrue(reply.result().startswith("Error: "))
            self.assertEqual(server.event("error")["code"], "content-too-long")
            server.event("closed")
            with socket.create_connection(("127.0.0.1", server.port), timeout=support.PATIENCE):
                server.event("opened")
                with socket.create_connection(("127.0.0.1", server.port), timeout=support.PATIENCE) as second:
                    said = b""
                    while piece := second.recv(4096):
                        said += piece
                self.assertIn(b"Error: ", said)


if __name__ == "__main__":
    unittest.main()
