# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The descriptions that come with Sockeye, on the command line: what real peers sent and the descriptions' own examples
are parsed and built again, also from nothing but what a person would give. (tst_kaitai_shipped damages many more.)"""

import concurrent.futures
import json
import os
import pathlib
import random
import re
import unittest

import support

DATA = pathlib.Path(os.environ["SOCKEYE_TEST_DATA"])
PROTOCOLS = DATA.parent.parent / "resources" / "protocols"
NAMES = sorted(path.stem for path in PROTOCOLS.glob("*.ksy"))

# What nobody has to give, because it follows from the rest: all of these are taken away before building.
MODBUS = {"length", "protocol", "byte_count", "object_count", "is_exception", "reference_type", "guess", "crc"}
DNS = {"question_count", "answer_count", "authority_count", "additional_count", "kind", "length", "tag_length"}
FOLLOWS = {
    "modbus_tcp": MODBUS,
    "modbus_rtu": MODBUS,
    "mqtt": {
        *("remaining_length", "reserved", "length", "protocol_name", "level"),
        *("has_user_name", "has_password", "has_will"),
    },
    "dns": DNS,
    "dns_tcp": DNS,
    "websocket": {"length_code", "length_16", "length_64", "mask"},
    "nmea_0183": {"star", "comma", "checksum", "end"},
    "ntp": {"length"},
    "stun": {"length", "magic_cookie", "reserved"},
    "tftp": set(),
}


def parse(name, message):
    done = support.run("parse", str(PROTOCOLS / f"{name}.ksy"), "-", "--print", "json", stdin=message)
    return done, json.loads(done.stdout) if done.stdout else None


def build(name, values):
    return support.run("build", str(PROTOCOLS / f"{name}.ksy"), "-", stdin=json.dumps(values).encode())


def at(tree, path):
    """The value at a path such as "answers[0].name.text"."""
    for part in re.findall(r"[^.\[\]]+", path):
        tree = tree[int(part)] if isinstance(tree, list) else tree[part]
    return tree


def essential(name, tree):
    """The values without those that follow from others."""
    if isinstance(tree, list):
        return [essential(name, item) for item in tree]
    if not isinstance(tree, dict):
        return tree
    gone = set(FOLLOWS[name])
    if tree.get("kind") == "pointer":
        gone.discard("length")  # of a pointer they are bits of where it points to
    if tree.get("checksum", "").islower():
        gone.discard("checksum")  # ours are in upper case
    if "coils" in tree or "registers" in tree:
        gone |= {"quantity", "write_quantity", "count"}
        if name.startswith("modbus") and "record" in tree:
            gone.add("length")
    return {key: essential(name, value) for key, value in tree.items() if key not in gone}


def examples(name):
    """The messages of a description's own examples: those that are right, and those that are not."""
    text = (PROTOCOLS / f"{name}.ksy").read_text(encoding="utf-8")
    good, bad = [], []
    for example in re.split(r"\n    - bytes:", text.split("-self-test:")[1].split("\ndoc:")[0])[1:]:
        message = bytes.fromhex(re.sub(r"[^0-9a-f ]", " ", re.split(r"\n      \w|\n    #", example)[0]))
        (bad if re.search(r"\n      error:", example) else good).append(message)
    return good, bad


def recorded(name):
    """What real peers sent: bytes, and what some of the fields must be."""
    out = []
    for golden in json.loads((DATA / "protocols" / "golden.json").read_text(encoding="utf-8")):
        if golden["protocol"] == name:
            stream = (DATA / "protocols" / golden["file"]).read_bytes()
            for message in golden["messages"]:
                out.append((stream[: message["size"]], message["fields"]))
                stream = stream[message["size"] :]
    return out


def damaged(message, dice):
    """A copy with a bit turned, its end cut off, or something put in."""
    out = bytearray(message)
    for _ in range(dice.randrange(1, 4)):
        place = dice.randrange(len(out) + 1)
        kind = dice.randrange(4)
        if kind == 0:
            del out[place:]
        elif kind == 1:
            out[place:place] = dice.randbytes(dice.randrange(1, 50))
        elif out:
            out[place % len(out)] ^= 1 << dice.randrange(8)
    return bytes(out)


class ShippedProtocols(unittest.TestCase):
    def test_all_are_known_here(self):
        self.assertEqual(NAMES, sorted(FOLLOWS))

    def each(self, check):
        for name in NAMES:
            with self.subTest(protocol=name):
                check(name)

    @staticmethod
    def at_once(check, cases):
        """Most of the time goes into starting processes."""
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            for _ in pool.map(lambda case: check(*case), cases):
                pass

    def ends(self, name, message):
        done, _ = parse(name, message)
        self.assertIn(done.returncode, (0, 1), f"{message.hex()}: {done.stderr}")
        self.assertEqual(bool(done.stderr), done.returncode == 1, message.hex())

    def is_right(self, name, message, fields):
        done, tree = parse(name, message)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertTrue(tree["summary"])
        self.assertEqual({path: at(tree, path) for path in fields}, fields)
        self.comes_back(name, message, tree)

    def comes_back(self, name, message, tree):
        given = essential(name, tree)
        least = build(name, given)
        self.assertEqual(least.returncode, 0, f"{least.stderr} {given}")
        self.assertEqual(least.stdout.hex(" "), message.hex(" "), given)

    def test_examples(self):
        def check(name):
            good, bad = examples(name)
            self.assertGreater(len(good), 1)
            self.assertGreater(len(bad), 1)
            self.at_once(self.is_right, [(name, message, {}) for message in good])
            for message in good[:2]:
                whole = build(name, parse(name, message)[1])
                self.assertEqual(whole.stdout.hex(" "), message.hex(" "), whole.stderr)
            for message in bad:
                done, _ = parse(name, message)
                self.assertEqual(done.returncode, 1)
                self.assertTrue(done.stderr)

        self.each(check)

    def test_real_peers(self):
        def check(name):
            self.at_once(self.is_right, [(name, message, fields) for message, fields in recorded(name)])

        self.each(check)

    def test_damaged(self):
        def check(name):
            messages = examples(name)[0] + [message for message, _ in recorded(name)]
            dice = random.Random(2027)
            self.at_once(self.ends, [(name, damaged(dice.choice(messages), dice)) for _ in range(20)])

        self.each(check)

    def test_a_long_frame(self):
        frame = b"\x82\x7f" + (70000).to_bytes(8, "big") + bytes(range(250)) * 280
        done, tree = parse("websocket", frame)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual((tree["length_code"], tree["length"]), (127, 70000))
        self.comes_back("websocket", frame, tree)

    def test_a_long_packet(self):
        topic = b"\x00\x01t"
        for size, length in ((127, "7f"), (128, "8001"), (16383, "ff7f"), (16384, "808001"), (2097152, "80808001")):
            packet = b"\x30" + bytes.fromhex(length) + topic + bytes(size - len(topic))
            given = {"type": "publish", "dup": False, "qos": 0, "retain": False}
            done = build("mqtt", {**given, "body": {"topic": {"value": "t"}, "payload": "00" * (size - len(topic))}})
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertTrue(done.stdout == packet, done.stdout[:20].hex())
            done, tree = parse("mqtt", packet)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(tree["remaining_length"]["value"], size)

    def test_lies_are_sent_as_they_are_given(self):
        request = {
            "header": {"transaction": 1, "length": 4, "unit": 17},
            "request": {"function": "read_holding_registers", "body": {"start": 107, "quantity": 3}},
        }
        self.assertEqual(build("modbus_tcp", request).stdout.hex(), "00010000000411" + "03006b0003")


if __name__ == "__main__":
    unittest.main()
