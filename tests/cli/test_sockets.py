# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`sockeye-cli sockets` against sockets that the test opened."""

import os
import shutil
import socket
import subprocess
import tempfile
import unittest

import support


def listener(backlog=5, family=socket.AF_INET):
    made = socket.socket(family)
    made.bind(("::1" if family == socket.AF_INET6 else "127.0.0.1", 0))
    made.listen(backlog)
    return made


def port_of(sock):
    return sock.getsockname()[1]


def sockets(*arguments):
    done = support.run("sockets", "--print", "json", *arguments)
    assert done.returncode == 0, done.stderr
    assert done.stderr == b""
    return support.lines(done.stdout)


class Sockets(unittest.TestCase):
    def test_a_port_and_who_has_it(self):
        with listener(9) as server, socket.create_connection(server.getsockname()) as client:
            client.sendall(b"unread")
            found = sockets("--port", str(port_of(server)))
            by_state = {(entry["state"], entry["local_port"]): entry for entry in found}
            listening = by_state["LISTEN", port_of(server)]
            self.assertEqual((listening["recv_q"], listening["send_q"]), (1, 9))
            self.assertEqual(listening["pid"], os.getpid())
            self.assertTrue(listening["process"])
            self.assertEqual(listening["local"], f"127.0.0.1:{port_of(server)}")
            self.assertEqual(listening["foreign"], "0.0.0.0:*")
            self.assertEqual(listening["protocol"], "tcp")
            self.assertIs(listening["sockeye"], False)
            waiting = by_state["ESTABLISHED", port_of(server)]
            self.assertEqual(waiting["recv_q"], 6)
            self.assertIsNone(waiting["pid"])
            self.assertIn("not accepted", waiting["holder"])
            self.assertEqual(by_state["ESTABLISHED", port_of(client)]["pid"], os.getpid())
            self.assertTrue(all(entry["means"] for entry in found))

    def test_only_sockeyes_without_all(self):
        with listener() as foreign, support.Server("echo") as server:
            with socket.create_connection(("127.0.0.1", server.port)) as client:
                server.event("opened")
                ours = sockets()
                ports = {entry["local_port"] for entry in ours}
                self.assertIn(server.port, ports)
                self.assertIn(port_of(client), ports, "the other end belongs to it")
                self.assertNotIn(port_of(foreign), ports)
                everything = {entry["local_port"] for entry in sockets("--all")}
                self.assertLessEqual({server.port, port_of(client), port_of(foreign)}, everything)

    def test_what_a_close_leaves_behind(self):
        with listener() as server:
            client = socket.create_connection(server.getsockname())
            port = port_of(client)
            accepted, _ = server.accept()
            client.close()
            states = {entry["local_port"]: entry["state"] for entry in sockets("--port", str(port))}
            self.assertEqual(states[port_of(server)], "CLOSE_WAIT")
            self.assertEqual(states[port], "FIN_WAIT2")
            accepted.close()
            left = [entry for entry in sockets("--port", str(port)) if entry["local_port"] == port]
            self.assertEqual([entry["state"] for entry in left], ["TIME_WAIT"])
            self.assertEqual((left[0]["pid"], left[0]["process"]), (None, None))
            self.assertIn("kernel", left[0]["holder"])

    def test_datagrams_and_ipv6(self):
        with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as udp:
            udp.bind(("::1", 0))
            (entry,) = sockets("--port", str(port_of(udp)))
            self.assertEqual((entry["protocol"], entry["state"]), ("udp6", "UNCONN"))
            self.assertEqual(entry["local"], f"[::1]:{port_of(udp)}")
            self.assertEqual(entry["foreign"], "[::]:*")

    def test_text(self):
        with listener() as server:
            done = support.run("sockets", "--port", str(port_of(server)))
            self.assertEqual((done.returncode, done.stderr), (0, b""))
            header, row = done.stdout.decode("utf-8").splitlines()
            self.assertEqual(header.split()[:3], ["Proto", "Recv-Q", "Send-Q"])
            self.assertEqual(row.split()[:6], ["tcp", "0", "5", f"127.0.0.1:{port_of(server)}", "0.0.0.0:*", "LISTEN"])
            self.assertIn(f"({os.getpid()})", row)
        done = support.run("sockets", "--port", str(port_of_nothing()))
        self.assertEqual(done.returncode, 0)
        self.assertIn(b"No TCP or UDP socket", done.stdout)
        done = support.run("sockets", "--all", "--print", "none")
        self.assertEqual((done.returncode, done.stdout), (0, b""))

    def test_without_rights_it_says_so(self):
        """In a user namespace of its own the program may not look into processes outside of it, whoever runs it."""
        with listener() as server:
            command = [shutil.which("unshare"), "--user", support.CLI, "sockets", "--print", "json"]
            done = subprocess.run(
                [*command, "--port", str(port_of(server))], capture_output=True, check=False, timeout=support.PATIENCE
            )
            self.assertEqual(done.returncode, 0, done.stderr)
            (entry,) = support.lines(done.stdout)
            self.assertIsNone(entry["pid"])
            self.assertIn("rights", entry["holder"])


def port_of_nothing():
    with listener() as server:
        return port_of(server)


class UnixSockets(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = os.path.join(folder.name, "s")

    def test_path_queues_peer_and_process(self):
        for name in (self.path, "\0sockeye-sockets-%d" % os.getpid()):
            shown = name.replace("\0", "@")
            with self.subTest(shown), socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
                server.bind(name)
                server.listen(9)
                client.connect(name)
                found = sockets("--all", "--unix")
                self.assertEqual({entry["protocol"] for entry in found} - {"u_str", "u_dgr", "u_seq"}, set())
                (listening,) = (e for e in found if e["path"] == shown and e["state"] == "LISTEN")
                self.assertEqual((listening["recv_q"], listening["send_q"]), (1, 9))
                self.assertEqual((listening["pid"], listening["foreign"]), (os.getpid(), "*"))
                self.assertEqual(listening["inode"], os.fstat(server.fileno()).st_ino)
                accepted, _ = server.accept()
                with accepted:
                    client.send(b"unread")
                    found = {entry["inode"]: entry for entry in sockets("--all", "--unix")}
                    here = found[os.fstat(accepted.fileno()).st_ino]
                    there = found[os.fstat(client.fileno()).st_ino]
                    self.assertEqual((here["state"], here["path"], here["recv_q"]), ("ESTABLISHED", shown, 6))
                    self.assertEqual((here["peer_inode"], there["peer_inode"]), (there["inode"], here["inode"]))
                    self.assertEqual(there["foreign"], f"{shown} (inode {here['inode']})")
                    self.assertEqual(there["local"], f"inode {there['inode']}")
                    self.assertIn("has not read", here["means"])

    def test_datagrams(self):
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as server:
            server.bind(self.path)
            (entry,) = (e for e in sockets("--all", "--unix") if e["path"] == self.path)
            self.assertEqual((entry["protocol"], entry["state"], entry["pid"]), ("u_dgr", "UNCONN", os.getpid()))

    def test_only_sockeyes_without_all(self):
        with socket.socket(socket.AF_UNIX) as foreign, socket.socket(socket.AF_UNIX) as client:
            foreign.bind(self.path + "-foreign")
            foreign.listen()
            with support.Process([support.CLI, "serve", "--unix", self.path, "--print", "json"]) as server:
                server.next_line()
                client.connect(self.path)
                server.next_line()
                ours = sockets("--unix")
                self.assertEqual({entry["path"] for entry in ours}, {self.path, ""})
                self.assertIn(os.fstat(client.fileno()).st_ino, {entry["inode"] for entry in ours})
                self.assertEqual([e for e in sockets("--port", "1") if e["protocol"].startswith("u_")], [])

    def test_who_has_the_name(self):
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(self.path)
            server.listen()
            ran = support.run("serve", "--unix", self.path)
            self.assertEqual(ran.returncode, 1)
            self.assertIn(f"({os.getpid()}) listens there", ran.stderr.decode())


if __name__ == "__main__":
    unittest.main()
