# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Captures for the pictures, as other programs would have written them."""

import struct

import app_protocol

CLIENT, SERVER = (bytes((192, 168, 7, 21)), 49152), (bytes((192, 168, 7, 2)), 65432)
SYN, ACK, PSH, FIN = 0x02, 0x10, 0x08, 0x01
LINK_RAW_IP = 101


class Conversation:
    """The packets of one TCP connection, as a capturing program sees them."""

    def __init__(self):
        self.packets = []
        self.next = {CLIENT: 1000, SERVER: 5000}

    def send(self, source, flags, payload=b"", lost=False):
        target = SERVER if source is CLIENT else CLIENT
        head = struct.pack(
            ">HHIIBBHHH", source[1], target[1], self.next[source], self.next[target], 5 << 4, flags, 65535, 0, 0
        )
        ip = struct.pack(">BBHHHBBH", 0x45, 0, 40 + len(payload), 0, 0x4000, 64, 6, 0) + source[0] + target[0]
        self.next[source] += len(payload) + bool(flags & (SYN | FIN))
        if not lost:
            self.packets.append(ip + head + payload)

    def write(self, source, data, size, lost=()):
        """In segments of `size` bytes; those whose numbers are in `lost` were not captured."""
        for number, start in enumerate(range(0, len(data), size)):
            self.send(source, PSH | ACK, data[start : start + size], number in lost)


def with_a_gap():
    """Three exchanges; one segment in the middle of the second reply is missing."""
    talk = Conversation()
    talk.send(CLIENT, SYN)
    talk.send(SERVER, SYN | ACK)
    talk.send(CLIENT, ACK)
    for number, (query, reply) in enumerate(
        (
            ("ring", "In the caves beneath the Misty Mountains. 💍"),
            ("morpheus", "Follow the white rabbit. 🐰"),
            ("🐶", "🐾 Playing ball! 🏐"),
        )
    ):
        talk.write(CLIENT, app_protocol.encode_request("search", query), 1400)
        content = app_protocol.encode_json({"result": reply})
        message = app_protocol.encode_message(content, "text/json", "utf-8")
        talk.write(SERVER, message, 48, (1,) if number == 1 else ())
        talk.send(CLIENT, ACK)
    for source in (CLIENT, SERVER):
        talk.send(source, FIN | ACK)
    talk.send(CLIENT, ACK)
    head = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, LINK_RAW_IP)
    return head + b"".join(
        struct.pack("<IIII", 1_700_000_000, number * 1500, len(packet), len(packet)) + packet
        for number, packet in enumerate(talk.packets)
    )
