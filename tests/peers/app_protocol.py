# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The application protocol, written from its specification alone, with nothing of Sockeye's: what peers speak.

A message is a 2-byte big-endian length, a JSON header of that length in UTF-8, and content-length bytes of content.
"""

import json
import struct
import sys


class BadMessage(Exception):
    """The stream is not what the protocol says."""


def encode_json(value, encoding="utf-8"):
    return json.dumps(value, ensure_ascii=False).encode(encoding)


def encode_message(content, content_type, content_encoding, byteorder=sys.byteorder):
    header = encode_json(
        {
            "byteorder": byteorder,
            "content-type": content_type,
            "content-encoding": content_encoding,
            "content-length": len(content),
        }
    )
    return struct.pack(">H", len(header)) + header + content


def encode_request(action, value, byteorder=sys.byteorder):
    if action == "search":
        return encode_message(encode_json({"action": action, "value": value}), "text/json", "utf-8", byteorder)
    if action in ("double", "negate"):
        content = action.encode() + struct.pack(">i", int(value))
    else:
        content = (action + value).encode("utf-8")
    return encode_message(content, "binary/custom-client-binary-type", "binary", byteorder)


class Message:
    def __init__(self, raw, header, content):
        self.raw = raw
        self.header = header
        self.content = content

    def is_json(self):
        return self.header["content-type"] == "text/json"

    def json(self):
        return json.loads(self.content.decode(self.header["content-encoding"]))

    def result(self):
        """What a reply says."""
        if self.is_json():
            return self.json().get("result")
        if self.content.startswith(b"result") and len(self.content) == 10:
            return struct.unpack(">i", self.content[6:])[0]
        return self.content.decode("utf-8", "replace")


class Decoder:
    """Takes the stream in any pieces; hands out whole messages."""

    REQUIRED = ("byteorder", "content-length", "content-type", "content-encoding")

    def __init__(self):
        self._buffer = bytearray()

    def unfinished(self):
        return len(self._buffer)

    def feed(self, piece):
        self._buffer += piece
        messages = []
        while True:
            message = self._next()
            if message is None:
                return messages
            messages.append(message)

    def _next(self):
        buffer = self._buffer
        if len(buffer) < 2:
            return None
        header_length = struct.unpack(">H", buffer[:2])[0]
        if len(buffer) < 2 + header_length:
            return None
        try:
            header = json.loads(buffer[2 : 2 + header_length].decode("utf-8"))
        except ValueError as error:
            raise BadMessage(f"header: {error}") from error
        for key in self.REQUIRED:
            if key not in header:
                raise BadMessage(f'Missing required header "{key}".')
        end = 2 + header_length + header["content-length"]
        if len(buffer) < end:
            return None
        raw = bytes(buffer[:end])
        del buffer[:end]
        return Message(raw, header, raw[2 + header_length :])


def receive_messages(sock, count):
    """Reads from a blocking socket until `count` messages are whole; the right way to receive."""
    decoder = Decoder()
    messages = []
    while len(messages) < count:
        piece = sock.recv(4096)
        if not piece:
            raise BadMessage(f"closed with {decoder.unfinished()} bytes of an unfinished message")
        messages += decoder.feed(piece)
    return messages


CATALOG = {
    "morpheus": "Follow the white rabbit. \U0001f430",
    "ring": "In the caves beneath the Misty Mountains. \U0001f48d",
    "\U0001f436": "\U0001f43e Playing ball! \U0001f3d0",
}


def _json_reply(result, byteorder):
    return encode_message(encode_json({"result": result}), "text/json", "utf-8", byteorder)


def answer(message, byteorder=sys.byteorder):
    """What a server replies, as bytes."""
    if message.is_json():
        request = message.json()
        action = request.get("action")
        if action != "search":
            return _json_reply(f'Error: invalid action "{action}".', byteorder)
        query = request.get("value")
        return _json_reply(CATALOG.get(query) or f'No match for "{query}".', byteorder)
    name, operand = message.content[:6], message.content[6:]
    if name in (b"double", b"negate") and len(operand) == 4:
        number = struct.unpack(">i", operand)[0]
        number = number * 2 if name == b"double" else -number
        if not -(2**31) <= number < 2**31:
            return _json_reply(f"Error: {number} does not fit 32 bits.", byteorder)
        content = b"result" + struct.pack(">i", number)
    else:
        content = b"First 10 bytes of request: " + message.content[:10]
    return encode_message(content, "binary/custom-server-binary-type", "binary", byteorder)
