# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Multicast and broadcast: two of ours and peers in Python, on two interfaces with a machine of its own behind each.

    near (10.1.0.1) ── far (10.1.0.2), in a network of its own
    side (10.2.0.1) ── away (10.2.0.2), in another one
"""

import os
import socket
import struct
import subprocess
import sys
import unittest

import support

GROUP, GROUP6 = "239.1.2.3", "ff12::1234"
SILENCE = 0.7  # seconds in which something would have come

# Answers each datagram that is sent to a group, or to itself: with its name, from an address of its own.
RESPONDER = f"""
import socket, struct, sys
name, port, interface = sys.argv[1], int(sys.argv[2]), sys.argv[3]
family = socket.AF_INET6 if ":" in sys.argv[4] else socket.AF_INET
sock = socket.socket(family, socket.SOCK_DGRAM)
sock.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
sock.bind(("", port))
index = socket.if_nametoindex(interface)
if family == socket.AF_INET:
    sock.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, socket.inet_aton(sys.argv[4]) + struct.pack("@II", 0, index))
else:
    sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_JOIN_GROUP, socket.inet_pton(family, sys.argv[4]) + struct.pack("@I", index))
print("ready", flush=True)
while True:
    bytes_, peer = sock.recvfrom(2000)
    print(bytes_.decode(), flush=True)
    sock.sendto(name.encode() + b" " + bytes_, peer)
"""


def ip(*arguments, inside=None):
    enter = [] if inside is None else ["nsenter", "-t", str(inside), "-n"]
    subprocess.run([*enter, "ip", *arguments], check=True)


class Machine:
    """Another machine behind an interface of this one."""

    def __init__(self, here, there, number):
        self.process = subprocess.Popen(["unshare", "--net", "sleep", "600"])
        own = os.readlink("/proc/self/ns/net")
        while os.readlink(f"/proc/{self.process.pid}/ns/net") == own:
            pass
        self.pid, self.interface = self.process.pid, there
        ip("link", "add", here, "type", "veth", "peer", "name", there)
        ip("link", "set", there, "netns", str(self.pid))
        for name, inside, last in ((here, None, 1), (there, self.pid, 2)):
            ip("addr", "add", f"10.{number}.0.{last}/24", "brd", "+", "dev", name, inside=inside)
            ip("addr", "add", f"fe80::{number}:{last}/64", "dev", name, "nodad", inside=inside)
            ip("link", "set", name, "addrgenmode", "none", inside=inside)  # no second address to answer from
            ip("link", "set", name, "up", inside=inside)
        ip("link", "set", "lo", "up", inside=self.pid)

    def run(self, *command):
        return support.Process(["nsenter", "-t", str(self.pid), "-n", *command])

    def responder(self, name, port, group=GROUP):
        peer = self.run(sys.executable, "-c", RESPONDER, name, str(port), self.interface, group)
        if peer.next_line() != "ready":
            raise AssertionError(peer.complaints())
        return peer

    def end(self):
        self.process.kill()
        self.process.wait()


class Case(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.far = Machine("near", "far", 1)
        cls.away = Machine("side", "away", 2)

    @classmethod
    def tearDownClass(cls):
        for name in ("near", "side"):
            ip("link", "del", name)
        cls.far.end()
        cls.away.end()

    def ask(self, host, port, *options, text="hello"):
        """What `raw --udp` says, line by line as objects."""
        done = support.run(
            "raw", "--udp", host, str(port), "--text", text, "--print", "json", *options
        )
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        return support.lines(done.stdout)


def notes(events):
    return [event["text"] for event in events if event["event"] == "note"]


def came(events):
    return [bytes.fromhex(each["hex"]).decode() for each in events if each["event"] == "bytes" and each["direction"] == "in"]


class Clients(Case):
    def test_group_on_one_interface(self):
        with self.far.responder("far", 5000) as far, self.away.responder("away", 5000):
            events = self.ask(GROUP, 5000, "--interface", "near")
            self.assertEqual(came(events), ["far hello"])
            self.assertIn("From 10.1.0.2:5000:", notes(events))
            self.assertEqual(far.next_line(), "hello")
            self.assertEqual(came(self.ask(GROUP, 5000, "--interface", "side")), ["away hello"])

    def test_linger_takes_later_answers(self):
        """From several: the first is the reply, the others are shown as they come."""
        script = RESPONDER.replace("sock.sendto(name", "sock.sendto(b'early ' + bytes_, peer); sock.sendto(name")
        peer = self.far.run(sys.executable, "-c", script, "late", "5004", "far", GROUP)
        with peer:
            self.assertEqual(peer.next_line(), "ready")
            events = self.ask(GROUP, 5004, "--interface", "near", "--linger", "0.5")
            self.assertEqual(came(events), ["early hello", "late hello"])

    @unittest.skipIf(support.QT, "the same by another way")
    def test_hops(self):
        """TTL 1 is what groups have; --ttl is for them, too."""
        for options, wanted in (([], 1), (["--ttl", "9"], 9)):
            script = RESPONDER.replace("bytes_, peer = sock.recvfrom(2000)", (
                "bytes_, told, _, peer = sock.recvmsg(2000, 200); bytes_ = bytes([48 + told[0][2][0]])"
            )).replace("print(\"ready\"", "sock.setsockopt(0, 12, 1); print(\"ready\"")
            with self.far.run(sys.executable, "-c", script, "far", "5005", "far", GROUP) as peer:
                self.assertEqual(peer.next_line(), "ready")
                self.assertEqual(came(self.ask(GROUP, 5005, "--interface", "near", *options)), [f"far {wanted}"])

    def test_loop(self):
        """To sockets of this machine, or not."""
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            sock.bind(("", 0))
            sock.settimeout(support.PATIENCE)
            membership = socket.inet_aton(GROUP) + struct.pack("@II", 0, socket.if_nametoindex("near"))
            sock.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, membership)
            port = str(sock.getsockname()[1])
            arguments = ["raw", "--udp", GROUP, port, "--text", "hello", "--interface", "near", "--timeout", "0.3"]
            support.run(*arguments)
            self.assertEqual(sock.recv(100), b"hello")
            sock.settimeout(SILENCE)
            support.run(*arguments, "--no-loop")
            with self.assertRaises(TimeoutError):
                sock.recv(100)

    def test_broadcast(self):
        with self.far.responder("far", 5006), self.away.responder("away", 5006):
            self.assertEqual(came(self.ask("10.1.0.255", 5006, "--broadcast")), ["far hello"])
            self.assertEqual(came(self.ask("10.2.0.255", 5006, "--broadcast")), ["away hello"])
            events = self.ask("10.1.0.255", 5006, "--broadcast")
            self.assertIn("From 10.1.0.2:5006:", notes(events))

    @unittest.skipIf(support.QT, "that engine always allows broadcasts")
    def test_broadcast_is_forbidden(self):
        done = support.run("raw", "--udp", "10.1.0.255", "5006", "--text", "x")
        self.assertEqual(done.returncode, 1)
        self.assertIn("--broadcast", done.stderr.decode())

    def test_scopes(self):
        """IPv6: the group and a link-local address, whose interface --interface names."""
        with self.far.responder("far", 5007, GROUP6), self.away.responder("away", 5007, GROUP6):
            self.assertEqual(came(self.ask(GROUP6, 5007, "--interface", "near")), ["far hello"])
            self.assertEqual(came(self.ask(GROUP6, 5007, "--interface", "side")), ["away hello"])
            self.assertEqual(came(self.ask("fe80::1:2", 5007, "--interface", "near")), ["far hello"])
            self.assertEqual(came(self.ask("fe80::2:2%side", 5007)), ["away hello"])

    def test_joined_client(self):
        """It hears what others send to the group, at its own port."""
        arguments = ["raw", "--udp", GROUP, "5008", "--text", "hello", "--join", GROUP, "--bind", "5008", "--print", "json"]
        with support.Process([support.CLI, *arguments, "--interface", "near", "--no-loop", "--timeout", "20"]) as client:
            send = (
                "import socket, sys, time\n"
                "sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
                f"while True: sock.sendto(b'news', ('{GROUP}', 5008)); time.sleep(0.1)\n"
            )
            ip("route", "replace", "239.0.0.0/8", "dev", "far", inside=self.far.pid)
            with self.far.run(sys.executable, "-c", send):
                events = []
                while (line := client.next_line()) is not None:
                    events += support.lines(line.encode())
                    if came(events):
                        break
            self.assertEqual(came(events)[0], "news")


class Servers(Case):
    def served(self, machine, host, port, interface, text="hello"):
        """What a client in Python on that machine gets, or None."""
        script = (
            "import socket, struct, sys\n"
            "host, port, interface = sys.argv[1], int(sys.argv[2]), socket.if_nametoindex(sys.argv[3])\n"
            "six = ':' in host\n"
            "sock = socket.socket(socket.AF_INET6 if six else socket.AF_INET, socket.SOCK_DGRAM)\n"
            f"sock.settimeout({SILENCE})\n"
            "if six: sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_IF, interface)\n"
            "else: sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, bytes(8) + struct.pack('@I', interface))\n"
            "sock.sendto(sys.argv[4].encode(), (host, port))\n"
            "try: print(*sock.recvfrom(100)[1][:1], flush=True)\n"
            "except TimeoutError: print('silence', flush=True)\n"
        )
        with machine.run(sys.executable, "-c", script, host, str(port), interface, text) as client:
            return client.next_line()

    def test_joined_on_one_interface(self):
        with support.Server("echo-udp", "--join", GROUP, "--join", "239.4.4.4", "--interface", "near") as server:
            self.assertEqual(server.listening["groups"], f"{GROUP}, 239.4.4.4 on near")
            self.assertEqual(server.listening["host"], "0.0.0.0")
            self.assertEqual(self.served(self.far, GROUP, server.port, "far"), "10.1.0.1")
            self.assertEqual(self.served(self.far, "239.4.4.4", server.port, "far"), "10.1.0.1")
            self.assertEqual(self.served(self.far, "239.5.5.5", server.port, "far"), "silence")
            self.assertEqual(self.served(self.away, GROUP, server.port, "away"), "silence")

    def test_ipv6(self):
        with support.Server("echo-udp", "--join", GROUP6, "--interface", "near") as server:
            self.assertEqual(self.served(self.far, GROUP6, server.port, "far").partition("%")[0], "fe80::1:1")
            self.assertEqual(self.served(self.away, GROUP6, server.port, "away"), "silence")

    def test_link_local_peer(self):
        """One is answered through the interface that it is behind, and shown with it; without groups, too."""
        with support.Server("echo-udp", "--host", "::") as server:
            self.assertEqual(self.served(self.far, "fe80::1:1%far", server.port, "far").partition("%")[0], "fe80::1:1")
            self.assertEqual(self.served(self.away, "fe80::2:1%away", server.port, "away").partition("%")[0], "fe80::2:1")
            server.finish()
            peers = [event["peer"] for event in server.events if event["event"] == "opened"]
        self.assertEqual([peer.rpartition("]")[0] for peer in peers], ["[fe80::1:2%near", "[fe80::2:2%side"])

    @unittest.skipIf(support.QT, "that engine does not say why")
    def test_no_interface_for_a_group(self):
        for options in (("--join", GROUP, "--join", "239.1.1.1"), ("--host", GROUP)):
            done = support.run("serve", "echo-udp", "--port", "0", *options)
            self.assertEqual(done.returncode, 1)
            for word in (GROUP, "ENODEV", "--interface"):
                self.assertIn(word, done.stderr.decode())
        done = support.run("raw", "--udp", GROUP, "5000", "--text", "x")
        self.assertEqual(done.returncode, 1)
        for word in (GROUP, "ENETUNREACH", "--interface"):
            self.assertIn(word, done.stderr.decode())

    def test_only_its_own_groups(self):
        """Not what another program of this machine has joined."""
        with support.Server("echo-udp", "--join", "239.7.7.7", "--interface", "near") as server:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
                membership = socket.inet_aton(GROUP) + struct.pack("@II", 0, socket.if_nametoindex("near"))
                other.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, membership)
                wanted = "10.1.0.1" if support.QT else "silence"
                self.assertEqual(self.served(self.far, GROUP, server.port, "far"), wanted)

    def test_two_of_ours(self):
        """On one port of one machine; both have what is sent to the group."""
        with support.Server("uppercase-udp", "--join", GROUP, "--interface", "near") as one:
            arguments = ["serve", "echo-udp", "--port", str(one.port), "--join", GROUP, "--interface", "near"]
            with support.Process([support.CLI, *arguments]) as two:
                self.assertIn("Listening on", two.next_line())
                self.assertEqual(two.next_line(), f"Joined: {GROUP} on near")
                client = self.far.run(
                    support.CLI, "raw", "--udp", GROUP, str(one.port), "--text", "hello",
                    "--interface", "far", "--print", "json", "--linger", "0.5",
                )  # fmt: skip
                with client:
                    said = []
                    while (line := client.next_line()) is not None:
                        said += support.lines(line.encode())
                self.assertEqual(sorted(came(said)), ["HELLO", "hello"])

    def test_where_it_reaches_nobody(self):
        done = support.run("serve", "echo-udp", "--host", "127.0.0.1", "--port", "0", "--join", GROUP)
        self.assertEqual(done.returncode, 1)
        self.assertIn(f"what is sent to {GROUP} does not come to 127.0.0.1", done.stderr.decode())
        done = support.run("serve", "echo-udp", "--host", "0.0.0.0", "--port", "0", "--join", GROUP6)
        self.assertEqual(done.returncode, 1)

    def test_wrong_usage(self):
        for arguments, wanted in (
            (("serve", "echo", "--join", GROUP), "--udp is missing"),
            (("serve", "echo-udp", "--join", "10.0.0.1"), "is no multicast group"),
            (("serve", "echo-udp", "--join", GROUP, "--interface", "nowhere"), "has no interface “nowhere”, only"),
            (("raw", "127.0.0.1", "1", "--text", "x", "--broadcast"), "--udp is missing"),
        ):
            with self.subTest(arguments):
                done = support.run(*arguments)
                self.assertEqual(done.returncode, 2)
                self.assertIn(wanted, done.stderr.decode())


if __name__ == "__main__":
    unittest.main()
