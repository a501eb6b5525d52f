# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Descriptions on the command line: parse and build."""

import json
import os
import pathlib
import tempfile
import unittest

import support

FRAME = """\
meta: {id: frame, endian: be, imports: [common/head]}
seq:
  - {id: head, type: head}
  - {id: body, size: head.len}
  - {id: sum, type: u1, -checksum: {algorithm: sum-8, from: head, to: body}}
instances:
  first: {value: 'body[0]'}
"""
HEAD = """\
meta: {id: head, endian: be}
seq:
  - {id: kind, type: u1, enum: kinds}
  - {id: len, type: u2}
enums:
  kinds: {1: hello, 2: bye}
"""
MESSAGE = bytes.fromhex("02 0003 010203 0b")
VALUES = {"head": {"kind": "bye", "len": 3}, "body": "010203", "sum": 11, "first": 1}


class Parse(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        (self.folder / "common").mkdir()
        self.frame = self.write("frame.ksy", FRAME)
        self.head = self.write("common/head.ksy", HEAD)
        self.message = self.write("message.bin", MESSAGE)

    def write(self, name, content):
        path = self.folder / name
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return str(path)

    def test_json(self):
        done = support.run("parse", self.frame, self.message, "--print", "json")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(json.loads(done.stdout), VALUES)
        self.assertEqual(list(json.loads(done.stdout)), list(VALUES))

    def test_text(self):
        done = support.run("parse", self.frame, "-", stdin=MESSAGE)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("000000    kind: bye (2)", done.stdout.decode())
        self.assertIn("000003  body: 01 02 03", done.stdout.decode())

    def test_bytes_that_do_not_fit(self):
        done = support.run("parse", self.frame, "-", "--print", "json", stdin=MESSAGE[:5])
        self.assertEqual(done.returncode, 1)
        self.assertEqual(json.loads(done.stdout)["head"], VALUES["head"])
        self.assertIn("body, byte 3: It ends too soon: there are 2 of 3 bytes.", done.stderr.decode())

    def test_wrong_checksum_is_shown_whole(self):
        done = support.run("parse", self.frame, "-", "--print", "json", stdin=MESSAGE[:-1] + b"\x00")
        self.assertEqual(done.returncode, 1)
        self.assertEqual(json.loads(done.stdout), {**VALUES, "sum": 0})
        self.assertIn("sum, byte 6: The sum-8", done.stderr.decode())

    def test_wrong_description(self):
        wrong = self.write("wrong.ksy", FRAME.replace("u1, -", "u3, -"))
        done = support.run("parse", wrong, self.message)
        self.assertEqual(done.returncode, 2)
        self.assertEqual(done.stdout, b"")
        self.assertIn(f"{wrong}:5:21: /seq/2/type: There is no type", done.stderr.decode())

    def test_files_that_are_not_there(self):
        for command in ("parse", "build"):
            done = support.run(command, str(self.folder / "nothing.ksy"), self.message)
            self.assertEqual(done.returncode, 2)
            self.assertIn("nothing.ksy: There is no such file.", done.stderr.decode())
            done = support.run(command, self.frame, str(self.folder / "nothing"))
            self.assertEqual(done.returncode, 1)
        os.remove(self.head)
        done = support.run("parse", self.frame, self.message)
        self.assertEqual(done.returncode, 2)
        self.assertIn("/meta/imports/0: There is no file common/head.ksy", done.stderr.decode())

    def test_build(self):
        given = json.dumps({"head": {"kind": "bye"}, "body": "010203"}).encode()
        done = support.run("build", self.frame, "-", stdin=given)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stdout, MESSAGE)
        done = support.run("build", self.frame, "-", "--hex", stdin=json.dumps(VALUES).encode())
        self.assertEqual(done.stdout.decode(), MESSAGE.hex() + "\n")

    def test_build_of_too_little(self):
        done = support.run("build", self.frame, "-", stdin=b'{"head": {}, "body": "01"}')
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stdout, b"")
        self.assertIn("head.kind: It must be given", done.stderr.decode())


if __name__ == "__main__":
    unittest.main()
