# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Datagrams: `serve echo-udp` and `uppercase-udp`, `raw --udp`, `send --udp`, against textbook peers and nc."""

import os
import socket
import subprocess
import sys
import tempfile
import unittest

import app_protocol
import support
import udp_peers

SIZES = (0, 1, 1472, 1473, 65507)


class Peer(support.Process):
    """A textbook server of the peers."""

    def __init__(self, role, host="127.0.0.1"):
        super().__init__([sys.executable, str(support.PEERS / "udp_peers.py"), role, "0", host])
        self.port = int(self.next_line())


def udp_socket(port, host="127.0.0.1"):
    sock = socket.socket(udp_peers.family_of(host), socket.SOCK_DGRAM)
    sock.settimeout(support.PATIENCE)
    sock.connect((host, port))
    return sock


def free_port():
    """A UDP port that nobody has just now."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def tshark(file, *arguments):
    command = ["tshark", "-r", file, "-o", "udp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE", *arguments]
    return subprocess.run(command, capture_output=True, check=True, timeout=support.PATIENCE).stdout.decode()


class Servers(unittest.TestCase):
    def test_uppercase_one_sentence(self):
        with support.Server("uppercase-udp") as server:
            self.assertEqual(udp_peers.ask("127.0.0.1", server.port, "naïve straße".encode()), "NAÏVE STRASSE".encode())
            self.assertEqual(
                {key: server.listening[key] for key in ("service", "transport", "host", "port")},
                {"service": "uppercase-udp", "transport": "udp", "host": "127.0.0.1", "port": server.port},
            )

    def test_exit_ends_the_exchange(self):
        for word in (b"exit", b"EXIT", b"Exit\n"):
            with self.subTest(word), support.Server("uppercase-udp") as server, udp_socket(server.port) as sock:
                sock.send(b"one")
                self.assertEqual(sock.recv(100), b"ONE")
                sock.send(word)
                self.assertEqual(sock.recv(100), word.upper())
                server.event("closed", connection=1, bytes_in=3 + len(word))
                sock.send(b"two")  # the same address begins another exchange
                self.assertEqual(sock.recv(100), b"TWO")
                server.event("opened", connection=2)

    def test_sizes(self):
        with support.Server("echo-udp") as server, udp_socket(server.port) as sock:
            for size in SIZES:
                with self.subTest(size):
                    data = os.urandom(size)
                    sock.send(data)
                    self.assertEqual(sock.recv(65536), data)
            self.assertEqual(server.finish(), 0)
            messages = [e for e in server.events if e["event"] == "message"]
            for direction in ("in", "out"):
                sizes = [e["size"] for e in messages if e["direction"] == direction]
                self.assertEqual(tuple(sizes), SIZES)
            self.assertEqual([e["event"] for e in server.events].count("closed"), 1)

    def test_netcat(self):
        with support.Server("uppercase-udp") as server:
            with subprocess.Popen(
                ["nc", "-u", "127.0.0.1", str(server.port)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
            ) as netcat:
                for line in (b"hello\n", "größe\n".encode()):
                    netcat.stdin.write(line)
                    netcat.stdin.flush()
                    self.assertEqual(netcat.stdout.readline(), line.decode().upper().encode())
                netcat.kill()

    def test_peers_are_connections_of_their_own(self):
        with support.Server("echo-udp") as server:
            socks = [udp_socket(server.port) for _ in range(5)]
            for turn in range(3):
                for number, sock in enumerate(socks):
                    sock.send(b"%d %d" % (number, turn))
            for number, sock in enumerate(socks):
                self.assertEqual([sock.recv(100) for _ in range(3)], [b"%d %d" % (number, turn) for turn in range(3)])
            peers = {"127.0.0.1:%d" % sock.getsockname()[1] for sock in socks}
            for sock in socks:
                sock.close()
            self.assertEqual(server.finish(), 0)
            opened = [e for e in server.events if e["event"] == "opened"]
            self.assertEqual({e["peer"] for e in opened}, peers)
            self.assertEqual(len(opened), 5)
            closed = [e for e in server.events if e["event"] == "closed"]
            self.assertEqual([(e["bytes_in"], e["bytes_out"]) for e in closed], [(9, 9)] * 5)

    def test_a_silent_peer_counts_as_gone(self):
        with support.Server("echo-udp", "--idle-timeout", "0.2") as server, udp_socket(server.port) as sock:
            sock.send(b"x")
            self.assertEqual(sock.recv(100), b"x")
            self.assertIn("0.2", server.event("note", connection=1)["text"])
            server.event("closed", connection=1, how="orderly")

    def test_most_peers(self):
        with support.Server("echo-udp", "--max-connections", "2") as server:
            socks = [udp_socket(server.port) for _ in range(3)]
            for sock in socks[:2]:
                sock.send(b"x")
                self.assertEqual(sock.recv(100), b"x")
            socks[2].send(b"one too many")
            server.event("error", code="too-many-connections")
            socks[0].send(b"y")
            self.assertEqual(socks[0].recv(100), b"y", "those that are there go on")
            for sock in socks:
                sock.close()

    def test_ipv6(self):
        with support.Server("uppercase", "--udp", "-6") as server:
            self.assertEqual(server.listening["service"], "uppercase-udp")
            self.assertEqual(server.listening["host"], "::1")
            self.assertEqual(udp_peers.ask("::1", server.port, b"six"), b"SIX")

    def test_answers_come_from_where_the_question_went(self):
        """A connected socket takes no answer from another address of the same machine."""
        with support.Server("echo-udp", "--host", "0.0.0.0") as server, udp_socket(server.port, "127.0.0.2") as sock:
            sock.send(b"where")
            if support.QT:  # QUdpSocket leaves the address that an IPv4 answer comes from to the system
                sock.settimeout(0.3)
                self.assertRaises(TimeoutError, sock.recv, 100)
            else:
                self.assertEqual(sock.recv(100), b"where")
            self.assertEqual(server.event("opened")["local"], "127.0.0.2:%d" % server.port)

    def test_port_in_use(self):
        with support.Server("echo-udp") as server:
            done = support.run("serve", "echo-udp", "--port", str(server.port))
            self.assertEqual(done.returncode, 1)
            self.assertIn(b"in use", done.stderr)

    def test_answer_that_does_not_fit(self):
        """This letter is two bytes, its upper case three."""
        with support.Server("uppercase-udp") as server, udp_socket(server.port) as sock:
            sock.send("ŉ".encode() * 32000)
            server.event("error", code="too-large", connection=1)
            sock.send(b"still there")
            self.assertEqual(sock.recv(65536), b"STILL THERE")

    def test_count(self):
        with support.Server("echo", "--udp", "--count", "2") as server:
            for _ in range(2):
                udp_peers.ask("127.0.0.1", server.port, b"x")
            self.assertEqual(server.wait(), 0)

    def test_no_such_service(self):
        done = support.run("serve", "stall", "--udp")
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"stall", done.stderr)


class Clients(unittest.TestCase):
    def raw(self, port, *arguments, host="127.0.0.1", **options):
        return support.run("raw", host, str(port), "--udp", "--print", "json", *arguments, **options)

    def reply(self, done):
        self.assertEqual(done.returncode, 0, done.stderr)
        result = support.lines(done.stdout)[-1]
        self.assertEqual(result["event"], "result")
        return bytes.fromhex(result["hex"])

    def test_textbook_server(self):
        with Peer("server") as peer:
            self.assertEqual(self.reply(self.raw(peer.port, "--text", "wie groß?")), "WIE GROSS?".encode())

    def test_sizes(self):
        with Peer("echo") as peer:
            for size in SIZES:
                with self.subTest(size):
                    data = os.urandom(size)
                    done = self.raw(peer.port, "--file", "-", stdin=data)
                    self.assertEqual(self.reply(done), data)
                    sizes = [(e["direction"], e["size"]) for e in support.lines(done.stdout) if e["event"] == "message"]
                    self.assertEqual(sizes, [("out", size), ("in", size)])

    def test_too_large(self):
        with Peer("echo") as peer:
            done = self.raw(peer.port, "--file", "-", stdin=bytes(65508))
            self.assertEqual(done.returncode, 1)
            self.assertEqual(done.stderr.count(b"\n"), 1)
            self.assertIn(b"65,508 bytes", done.stderr)
            self.assertIn(b"65,507", done.stderr)
            self.assertEqual(support.lines(done.stdout)[-1]["code"], "too-large")
            self.assertEqual(self.reply(self.raw(peer.port, "--file", "-", "--chunks", "65507", stdin=bytes(65508))), bytes(65508))

    def test_pieces_are_datagrams(self):
        with support.Server("uppercase-udp") as server:
            done = self.raw(server.port, "--text", "abcdefgh", "--chunks", "1,2", "--pause", "5")
            self.assertEqual(self.reply(done), b"ABCDEFGH")
            server.finish()
            sizes = [e["size"] for e in server.events if e["event"] == "message" and e["direction"] == "in"]
            self.assertEqual(sizes, [1, 2, 2, 2, 1])

    def test_refused(self):
        done = self.raw(free_port(), "--text", "anybody?")
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stderr.count(b"\n"), 1)
        self.assertIn(b"ICMP", done.stderr)
        result = support.lines(done.stdout)[-1]
        self.assertEqual((result["ok"], result["code"]), (False, "refused"))

    def test_no_answer(self):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
            silent.bind(("127.0.0.1", 0))
            done = self.raw(silent.getsockname()[1], "--text", "anybody?", "--timeout", "0.2")
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"UDP does not say", done.stderr)
        self.assertEqual(support.lines(done.stdout)[-1]["code"], "no-reply")

    def test_ipv6(self):
        with Peer("server", "::1") as peer:
            self.assertEqual(self.reply(self.raw(peer.port, "--text", "six", host="::1")), b"SIX")

    def test_message_in_a_datagram(self):
        """`send --udp`: the reply is a datagram that holds a whole message."""
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
            server.bind(("127.0.0.1", 0))
            port = str(server.getsockname()[1])
            command = [support.CLI, "send", "127.0.0.1", port, "search", "tea", "--udp", "--expect", "Earl Grey"]
            with support.Process(command) as client:
                request, peer = server.recvfrom(65536)
                self.assertEqual(app_protocol.Decoder().feed(request)[0].json(), {"action": "search", "value": "tea"})
                content = app_protocol.encode_json({"result": "Earl Grey"})
                server.sendto(app_protocol.encode_message(content, "text/json", "utf-8"), peer)
                self.assertEqual(client.wait(), 0)

    def test_half_close_makes_no_sense(self):
        done = self.raw(1, "--text", "x", "--half-close")
        self.assertEqual(done.returncode, 2)


class Captures(unittest.TestCase):
    def test_tshark_and_decode(self):
        with tempfile.TemporaryDirectory() as folder:
            for host, family in (("127.0.0.1", []), ("::1", ["-6"])):
                file = os.path.join(folder, "udp%s.pcapng" % "".join(family))
                with support.Server("echo-udp", "--capture", file, *family) as server:
                    with udp_socket(server.port, host) as one, udp_socket(server.port, host) as two:
                        for sock in (one, two):
                            for size in SIZES:
                                sock.send(bytes([size % 251]) * size)
                                self.assertEqual(len(sock.recv(65536)), size)
                    self.assertEqual(server.finish(), 0)
                with self.subTest(host):
                    wrong = tshark(file, "-Y", "_ws.malformed || udp.checksum.status == 0 || ip.checksum.status == 0")
                    self.assertEqual(wrong, "")
                    lengths = tshark(file, "-Y", "udp", "-T", "fields", "-e", "udp.length").split()
                    self.assertEqual([int(n) - 8 for n in lengths], [size for size in SIZES for _ in (0, 1)] * 2)
                    done = support.run("decode", file, "--print", "json")
                    again = [e for e in support.lines(done.stdout) if e["event"] in ("opened", "message", "closed")]
                    live = [e for e in server.events if e["event"] in ("opened", "message", "closed")]
                    for event in again + live:
                        del event["time"]
                    self.assertEqual(again, live)


if __name__ == "__main__":
    unittest.main()
