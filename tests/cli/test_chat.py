# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`sockeye-cli serve chat` with plain sockets and nc."""

import socket
import subprocess
import time
import unittest

import support


class Member:
    """A plain socket in the room, with a reader for whole lines."""

    def __init__(self, port, host="127.0.0.1"):
        self.sock = socket.create_connection((host, port), timeout=support.PATIENCE)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.file = self.sock.makefile("rb")

    def say(self, line):
        self.sock.sendall(line)

    def hear(self):
        return self.file.readline()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.file.close()
        self.sock.close()


class Room(support.Server):
    """A chat server; members have joined when their connections are opened."""

    def __init__(self, *arguments):
        super().__init__("chat", *arguments)

    def join(self):
        member = Member(self.port)
        self.event("opened", peer="127.0.0.1:%d" % member.sock.getsockname()[1])
        return member

    def say(self, line):
        self.process.stdin.write(line)
        self.process.stdin.flush()


class Chat(unittest.TestCase):
    def test_a_line_goes_to_every_other(self):
        with Room() as room, room.join() as a, room.join() as b, room.join() as c:
            a.say(b"hello\n")
            self.assertEqual((b.hear(), c.hear()), (b"hello\n", b"hello\n"))
            b.say("größe 🐰\n".encode())
            self.assertEqual((a.hear(), c.hear()), ("größe 🐰\n".encode(),) * 2)
            c.say(b"\r\n")
            self.assertEqual((a.hear(), b.hear()), (b"\r\n", b"\r\n"))

    def test_characters_cut_anywhere(self):
        line = "naïve 日本語 🐰\n".encode()
        with Room() as room, room.join() as a, room.join() as b:
            for byte in line:
                a.say(bytes([byte]))
            self.assertEqual(b.hear(), line)
            a.say(b"one\ntwo\nthr")
            a.say(b"ee\n")
            self.assertEqual([b.hear() for _ in range(3)], [b"one\n", b"two\n", b"three\n"])

    def test_the_last_line_may_have_no_end(self):
        with Room() as room, room.join() as a, room.join() as b:
            a.say(b"good-bye")
            a.sock.shutdown(socket.SHUT_WR)
            self.assertEqual(b.hear(), b"good-bye\n")
            self.assertEqual(a.hear(), b"", "the server closes when the peer does")

    def test_netcat(self):
        with Room() as room, room.join() as a:
            with subprocess.Popen(
                ["nc", "127.0.0.1", str(room.port)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
            ) as netcat:
                room.event("opened")
                netcat.stdin.write(b"from nc\n")
                netcat.stdin.flush()
                self.assertEqual(a.hear(), b"from nc\n")
                a.say(b"to nc\n")
                self.assertEqual(netcat.stdout.readline(), b"to nc\n")
                netcat.kill()

    def test_names_comings_and_goings(self):
        with Room() as room, room.join() as a, room.join() as b:
            b.say(b"/name Bea\n")
            self.assertEqual(b.hear(), b"* You are Bea.\n")
            self.assertEqual(a.hear(), b"* Bea is here.\n")
            b.say(b"hi\n")
            self.assertEqual(a.hear(), b"Bea: hi\n")
            b.say(b"/name Bob\n")
            self.assertEqual(a.hear(), b"* Bea is now Bob.\n")
            a.say(b"/name bob\n")
            self.assertEqual(a.hear(), b"* The name bob is taken.\n")
            a.say(b"/names are only names\n")
            b.hear()
            self.assertEqual(b.hear(), b"/names are only names\n")
            b.__exit__()
            self.assertEqual(a.hear(), b"* Bob has left.\n")

    def test_standard_input_goes_to_all(self):
        with Room() as room, room.join() as a, room.join() as b:
            room.say("from the server: ü\n".encode())
            self.assertEqual((a.hear(), b.hear()), ("from the server: ü\n".encode(),) * 2)
            room.say(b"/name Host\nwithout an end")
            self.assertEqual(a.hear(), b"* Host is here.\n")
            room.process.stdin.close()
            self.assertEqual(a.hear(), b"Host: without an end\n")
            b.say(b"goes on\n")
            self.assertEqual(a.hear(), b"goes on\n")

    def test_too_long(self):
        with Room() as room, room.join() as a, room.join() as b:
            a.say(b"x" * 16383 + b"\n")
            self.assertEqual(len(b.hear()), 16384)
            a.say(b"x" * 16384 + b"\n")
            self.assertRegex(a.hear(), rb"^\* Error: .*16,384 bytes")
            self.assertEqual(a.hear(), b"")
            room.event("error", code="line-too-long")
            room.event("closed")

    def test_a_peer_that_does_not_read_holds_up_nobody(self):
        line = b"y" * 1000 + b"\n"
        with Room() as room, room.join() as deaf, room.join() as a, room.join() as b:
            deaf.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
            for _ in range(100):  # more than the kernel keeps for one that does not read
                a.say(line * 100)
                self.assertEqual({b.hear() for _ in range(100)}, {line})
            room.event("error", code="not-taken", connection=1)
            # Once it reads, it hears what is said from then on, and the server says how much is missing.
            deaf.sock.settimeout(0.5)
            heard = b""
            end = time.monotonic() + support.PATIENCE
            while not heard.endswith(b"welcome back\n") and time.monotonic() < end:
                try:
                    heard = heard[-100:] + deaf.sock.recv(1 << 20)
                except TimeoutError:
                    a.say(b"welcome back\n")
            self.assertIn(b"y\nwelcome back\n", heard)
            self.assertRegex(room.event("note", connection=1)["text"], r"\d+ lines were lost")

    def test_listeners_are_not_idle(self):
        with Room("--idle-timeout", "0.3") as room, room.join() as quiet, room.join() as stuck:
            stuck.say(b"half a line")
            self.assertEqual(stuck.hear(), b"", "half a line is not waited for")
            room.event("error", code="idle")
            with room.join() as late:
                late.say(b"still there?\n")
                self.assertEqual(quiet.hear(), b"still there?\n")

    def test_ends_in_order(self):
        with Room() as room, room.join() as a:
            self.assertEqual(room.finish(), 0)
            self.assertEqual(a.hear(), b"")


if __name__ == "__main__":
    unittest.main()
