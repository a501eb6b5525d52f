# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names with several addresses, and both families: tried in the resolver's order, each attempt shown. Run in a network
of its own, with a hosts file of its own."""

import json
import os
import pathlib
import socket
import subprocess
import tempfile
import unittest

import support

HOSTS = """127.0.0.1 localhost
::1 several
127.0.0.1 several
127.0.0.3 several
"""


class Names(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.hosts = pathlib.Path(cls.folder.name) / "hosts"
        cls.hosts.write_text(HOSTS, encoding="ascii")

    def run_with_names(self, *arguments):
        script = f'mount --bind "{self.hosts}" /etc/hosts && exec "$@"'
        return subprocess.run(
            ["unshare", "--mount", "sh", "-e", "-c", script, "sh", support.CLI, *arguments],
            capture_output=True, timeout=support.PATIENCE, check=False,
            env={**os.environ, "PATH": os.environ["PATH"] + ":/usr/sbin:/sbin"},
        )  # fmt: skip

    def test_the_next_address_is_tried_and_each_attempt_shown(self):
        with support.Server("--host", "127.0.0.3") as server:
            for command in (["send", "several", str(server.port), "search", "ring"],
                            ["multi", "several", str(server.port), "1", "--message", "x", "--timeout", "1"]):  # fmt: skip
                with self.subTest(command):
                    done = self.run_with_names(*command, "--print", "json")
                    notes = [event["text"] for event in support.lines(done.stdout) if event["event"] == "note"]
                    tried = [note for note in notes if "refused" in note or "listens" in note]
                    self.assertEqual(len(tried), 2, done.stdout)
                    self.assertIn("::1", tried[0])
                    self.assertIn("127.0.0.1", tried[1])
                    opened = [event for event in support.lines(done.stdout) if event["event"] == "opened"]
                    self.assertEqual(opened[0]["peer"], f"127.0.0.3:{server.port}")

    def test_the_next_address_is_tried_over_udp(self):
        """Nobody says yes there: that nobody listens is known once something was sent."""
        with support.Server("echo-udp", "--host", "127.0.0.3") as server:
            done = self.run_with_names("raw", "several", str(server.port), "--udp", "--text", "x", "--print", "json")
            self.assertEqual((done.returncode, done.stderr), (0, b""))
            opened = [event["peer"] for event in support.lines(done.stdout) if event["event"] == "opened"]
            self.assertEqual(opened[-1], f"127.0.0.3:{server.port}")
        done = self.run_with_names("raw", "several", "1", "--udp", "--text", "x")
        self.assertEqual(done.returncode, 1)
        self.assertIn("127.0.0.3", done.stderr.decode("utf-8"))

    def test_a_server_listens_on_all_addresses_of_a_name(self):
        command = ["unshare", "--mount", "sh", "-e", "-c", f'mount --bind "{self.hosts}" /etc/hosts && exec "$@"', "sh",
                   support.CLI, "serve", "--host", "several", "--port", "0", "--print", "json"]  # fmt: skip
        with support.Process(command) as server:
            event = {}
            while event.get("event") != "listening":
                event = json.loads(server.next_line())
            for host in ("::1", "127.0.0.1", "127.0.0.3"):
                with self.subTest(host):
                    done = support.run("send", host, str(event["port"]), "search", "ring", "--expect", "Misty")
                    self.assertEqual((done.returncode, done.stderr), (0, b""))
            self.assertEqual(support.run("send", "127.0.0.2", str(event["port"]), "search", "ring").returncode, 1)

    def test_a_udp_server_listens_on_all_addresses_of_a_name(self):
        command = ["unshare", "--mount", "sh", "-e", "-c", f'mount --bind "{self.hosts}" /etc/hosts && exec "$@"', "sh",
                   support.CLI, "serve", "echo-udp", "--host", "several", "--port", "0", "--print", "json"]  # fmt: skip
        with support.Process(command) as server:
            events = []
            while not events or events[-1].get("event") != "listening":
                events.append(json.loads(server.next_line()))
            port = events[-1]["port"]
            for number, host in enumerate(("127.0.0.3", "::1", "127.0.0.1"), 1):
                with self.subTest(host):
                    done = support.run("raw", host, str(port), "--udp", "--text", host, "--expect", host)
                    self.assertEqual((done.returncode, done.stderr), (0, b""))
                    while events[-1].get("event") != "opened" or events[-1]["connection"] != number:
                        events.append(json.loads(server.next_line()))
                    self.assertEqual(events[-1]["local"], f"[{host}]:{port}" if ":" in host else f"{host}:{port}")
            notes = [event["text"] for event in events if event["event"] == "note"]
            self.assertEqual(notes, [f"Listening on 127.0.0.1:{port}, too.", f"Listening on 127.0.0.3:{port}, too."])
            self.assertEqual(support.run("raw", "127.0.0.2", str(port), "--udp", "--text", "x").returncode, 1)

    def test_no_port_left_to_connect_from(self):
        ports = pathlib.Path("/proc/sys/net/ipv4/ip_local_port_range")
        before = ports.read_text(encoding="ascii")
        with support.Server("echo") as server:
            ports.write_text("45000 45001", encoding="ascii")
            self.addCleanup(ports.write_text, before, encoding="ascii")
            taken = [socket.create_connection(("127.0.0.1", server.port), timeout=support.PATIENCE) for _ in range(2)]
            done = support.run("send", "127.0.0.1", str(server.port), "search", "ring")
            for sock in taken:
                sock.close()
        self.assertEqual(done.returncode, 1)
        self.assertIn("no free port left to connect from", done.stderr.decode("utf-8"))
        self.assertNotIn("A server can only listen", done.stderr.decode("utf-8"))

    def test_a_server_joins_its_group(self):
        route = subprocess.run(["ip", "route", "add", "224.0.0.0/4", "dev", "lo"], capture_output=True, check=False,
                               env={**os.environ, "PATH": os.environ["PATH"] + ":/usr/sbin:/sbin"})  # fmt: skip
        self.assertEqual(route.returncode, 0, route.stderr)
        with support.Server("echo-udp", "--host", "239.1.2.3") as server:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
                sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_LOOP, 1)
                sock.settimeout(support.PATIENCE)
                sock.sendto(b"to all", ("239.1.2.3", server.port))
                heard = server.event("bytes", direction="in")
                self.assertEqual(bytes.fromhex(heard["hex"]), b"to all")
                groups = pathlib.Path("/proc/net/igmp").read_text(encoding="ascii")
                self.assertIn("030201EF", groups)
        with support.Server("echo-udp", "--host", "127.0.0.1"):
            self.assertNotIn("030201EF", pathlib.Path("/proc/net/igmp").read_text(encoding="ascii"))

    def test_nobody_can_connect_to_a_group(self):
        done = support.run("serve", "--host", "239.1.2.3", "--port", "0", "--seconds", "5")
        self.assertEqual(done.returncode, 1)
        self.assertIn("a multicast address", done.stderr.decode("utf-8"))

    def test_family_chosen(self):
        with support.Server("--host", "::1") as server:
            done = self.run_with_names("send", "several", str(server.port), "search", "ring", "-6")
            self.assertEqual(done.returncode, 0, done.stderr)
            done = self.run_with_names("send", "several", str(server.port), "search", "ring", "-4")
            self.assertEqual(done.returncode, 1)
            self.assertIn("127.0.0.3", done.stderr.decode("utf-8"))
            self.assertIn("127.0.0.1", done.stderr.decode("utf-8"))
            self.assertNotIn("::1", done.stderr.decode("utf-8"))

    def test_one_family_only(self):
        for options, reached, not_reached in (
            (["--host", "::", "-6"], "::1", "127.0.0.1"),
            (["--host", "0.0.0.0"], "127.0.0.1", "::1"),
        ):
            with self.subTest(options), support.Server(*options) as server:
                port = str(server.port)
                self.assertEqual(support.run("send", reached, port, "search", "ring").returncode, 0)
                self.assertEqual(support.run("send", not_reached, port, "search", "ring").returncode, 1)

    def test_both_families_over_udp(self):
        with support.Server("echo-udp", "--host", "::") as server:
            self.assertEqual(server.listening["host"], "::")
            for host in ("127.0.0.1", "::1"):
                with self.subTest(host):
                    done = support.run("raw", host, str(server.port), "--udp", "--text", "x")
                    self.assertEqual((done.returncode, done.stderr), (0, b""))

    def test_an_address_of_both_families_in_use(self):
        for service, host in (("app", "127.0.0.1"), ("app", "::1"), ("echo-udp", "::")):
            with self.subTest((service, host)), support.Server(service, "--host", host) as server:
                done = support.run("serve", service, "--host", "::", "--port", str(server.port))
                self.assertEqual(done.returncode, 1)
                complaint = done.stderr.decode("utf-8")
                self.assertIn(f"Address already in use (EADDRINUSE): :: port {server.port} is taken. sockeye-cli (", complaint)

    def test_one_server_for_both_families(self):
        with support.Server("--host", "::") as server:
            for host in ("127.0.0.1", "::1"):
                with self.subTest(host):
                    done = support.run("send", host, str(server.port), "search", "ring", "--expect", "Misty")
                    self.assertEqual((done.returncode, done.stderr), (0, b""))
            self.assertEqual(server.listening["host"], "::")
            self.assertEqual(server.finish(), 0)
            peers = [event["peer"] for event in server.events if event["event"] == "opened"]
            self.assertTrue(peers[0].startswith("127.0.0.1:"), peers)  # not ::ffff:127.0.0.1
            self.assertTrue(peers[1].startswith("[::1]:"), peers)


if __name__ == "__main__":
    unittest.main()
