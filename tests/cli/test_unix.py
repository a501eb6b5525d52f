# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Unix sockets, of streams and of datagrams, with a path and abstract: every command that has them, against plain peers."""

import json
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import threading
import unittest

import support


class UnixServer(support.Server):
    """sockeye-cli with those arguments, listening on a Unix socket, printing JSON Lines."""

    def __init__(self, *arguments):
        support.Process.__init__(self, [support.CLI, *arguments, "--print", "json"])
        self.events = []
        first = self.next_line()
        if first is None:
            raise AssertionError(f"it did not start: {self.complaints()}")
        self.listening = json.loads(first)


def address(name):
    """As Python has it."""
    return "\0" + name[1:] if name.startswith("@") else name


def stream(name):
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    sock.settimeout(support.PATIENCE)
    sock.connect(address(name))
    return sock


def datagrams(name, own=None):
    """Bound to `own`, or to a free abstract name."""
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    sock.settimeout(support.PATIENCE)
    sock.bind(own or "")
    sock.connect(address(name))
    return sock


def read_all(sock):
    data = b""
    while piece := sock.recv(65536):
        data += piece
    return data


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.path = os.path.join(self.folder, "s")
        self.abstract = "@sockeye-test-" + os.path.basename(self.folder)

    def names(self):
        return {"path": self.path, "abstract": self.abstract}.items()

    def assertAnswers(self, result, *arguments):
        """Of send or raw: the last line is the reply."""
        ran = support.run(*arguments)
        self.assertEqual((ran.returncode, ran.stdout.splitlines()[-1:]), (0, [result]), ran.stderr)

    def assertFails(self, arguments, code, status=1):
        ran = support.run(*arguments)
        self.assertEqual(ran.returncode, status, ran.stderr)
        self.assertIn(code.encode(), ran.stderr)
        return ran.stderr.decode()


@unittest.skipIf(support.QT, "the engine has none: see Refused")
class Streams(Case):
    def test_golden_exchanges(self):
        for what, name in self.names():
            with self.subTest(what), UnixServer("serve", "--unix", name, "--byteorder", "little") as server:
                self.assertEqual((server.listening["transport"], server.listening["unix"]), ("unix", name))
                for exchange in support.exchanges():
                    with stream(name) as sock:
                        sock.sendall(bytes.fromhex(exchange["request"]))
                        self.assertEqual(read_all(sock).hex(), exchange["reply"], exchange["name"])
                opened = server.event("opened")
                self.assertEqual(opened["local"], name)
                self.assertEqual(opened["peer"], f"unnamed (pid {os.getpid()})")
                self.assertEqual(server.finish(), 0)
                self.assertFalse(os.path.exists(self.path))

    def test_filters_live_and_from_a_file(self):
        for what, name in self.names():
            file = os.path.join(self.folder, what + ".pcapng")
            where = f'local == "{name}" && transport == "unix" && kind in {{"opened", "message"}}'
            with self.subTest(what):
                with UnixServer("serve", "--unix", name, "--capture", file, "--where", where) as server:
                    self.assertAnswers(b"14", "send", "--unix", name, "double", "7")
                    self.assertEqual(server.finish(), 0)
                    live = [(event["event"], event.get("transport")) for event in server.events]
                self.assertEqual(live, [("opened", "unix"), ("message", None), ("message", None)])
                ran = support.run("decode", file, "--print", "json", "--where", where)
                self.assertEqual([(event["event"], event.get("transport")) for event in support.lines(ran.stdout)], live)
                for other in ('transport == "tcp"', 'peer == 127.0.0.0/8', 'local contains "elsewhere"', "local.port"):
                    ran = support.run("decode", file, "--where", other)
                    self.assertEqual((ran.returncode, ran.stdout), (0, b""), other)

    def test_send_and_forms_of_the_target(self):
        with UnixServer("serve", "--unix", self.path) as server:
            for target in (["--unix", self.path], [f"--unix={self.path}"], [f"unix:{self.path}"], [self.path]):
                self.assertAnswers(b"-8", "send", *target, "double", "-4")
            self.assertAnswers(b"-8", "send", "double", "-4", "--unix", self.path)
            self.assertEqual(server.finish(), 0)

    def test_half_close(self):
        with UnixServer("serve", "echo", "--unix", self.path) as server, stream(self.path) as sock:
            data = os.urandom(300_000)
            sender = threading.Thread(target=lambda: (sock.sendall(data), sock.shutdown(socket.SHUT_WR)))
            sender.start()
            self.assertEqual(read_all(sock), data)
            sender.join()
            server.event("closed", connection=1, bytes_in=len(data), bytes_out=len(data))

    def test_raw_against_a_plain_server(self):
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
            listener.bind(self.path)
            listener.listen()

            def serve():
                sock, _ = listener.accept()
                with sock:
                    sock.sendall(read_all(sock).upper())

            server = threading.Thread(target=serve)
            server.start()
            self.assertAnswers(
                b"HELLO", "raw", "--unix", self.path, "--text", "hello", "--half-close", "--until-close"
            )
            server.join()

    def test_a_full_backlog_is_waited_for(self):
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
            listener.bind(self.path)
            listener.listen(0)
            with stream(self.path):  # takes the only place
                self.assertFails(["raw", "--unix", self.path, "--text", "x", "--timeout", "0.3"], "timed out")

    def test_multi(self):
        with UnixServer("serve", "echo", "--unix", self.abstract) as server:
            ran = support.run("multi", "--unix", self.abstract, "50", "--print", "json")
            summary = support.lines(ran.stdout)[-1]
            self.assertEqual((summary["intact"], summary["failed"]), (50, 0))
            self.assertEqual(server.finish(), 0)

    def test_load(self):
        with UnixServer("serve", "--persistent", "--unix", self.path):
            for mode in ("fresh", "keep"):
                ran = support.run("load", "--unix", self.path, "--mode", mode, "--requests", "50", "--print", "json")
                (report,) = support.lines(ran.stdout)
                self.assertEqual((report["requests"], report["errors"], report["peer"]), (50, 0, self.path))

    def test_a_reset_is_said_to_be_none(self):
        with UnixServer("serve", "stall", "--unix", self.path) as server, stream(self.path) as sock:
            sock.sendall(b"x")
            server.event("opened")
            server.finish()
            closed = [event for event in server.events if event["event"] == "closed"]
            self.assertEqual(len(closed), 1)
            try:
                self.assertEqual(sock.recv(1), b"")
            except ConnectionResetError:  # what it had not read
                pass

    def test_nc_and_socat(self):
        with UnixServer("serve", "uppercase", "--unix", self.path) as server:
            peers = {"nc": ["nc", "-N", "-U", self.path], "socat": ["socat", "-t5", "-", f"UNIX-CONNECT:{self.path}"]}
            for name, command in peers.items():
                if shutil.which(name):
                    with self.subTest(name):
                        ran = subprocess.run(command, input=b"hello", capture_output=True, timeout=support.PATIENCE)
                        self.assertEqual(ran.stdout, b"HELLO", ran.stderr)
            self.assertEqual(server.finish(), 0)


@unittest.skipIf(support.QT, "the engine has none: see Refused")
class Files(Case):
    def test_one_that_is_left_over_makes_room(self):
        with UnixServer("serve", "--unix", self.path) as server:
            server.process.kill()
            server.wait()
        self.assertTrue(os.path.exists(self.path))
        with UnixServer("serve", "--unix", self.path) as server:
            self.assertAnswers(b"8", "send", "--unix", self.path, "double", "4")
            self.assertEqual(server.finish(), 0)
        self.assertFalse(os.path.exists(self.path))

    def test_one_that_is_listened_on_does_not(self):
        for what, name in self.names():
            with self.subTest(what), UnixServer("serve", "--unix", name) as server:
                others = [["echo-udp"]] if what == "path" else []  # each type has abstract names of its own
                for more in ([], *others):
                    said = self.assertFails(["serve", *more, "--unix", name], "EADDRINUSE")
                    self.assertIn(name, said)
                self.assertAnswers(b"8", "send", "--unix", name, "double", "4")
                self.assertEqual(server.finish(), 0)
                opened = [event for event in server.events if event["event"] == "opened"]
                self.assertEqual(len(opened), 1)  # asking who is there made no connection

    def test_what_is_no_socket_stays(self):
        pathlib.Path(self.path).write_text("mine", encoding="utf-8")
        self.assertFails(["serve", "--unix", self.path], "ENOTSOCK")
        for more in ([], ["--udp"]):
            for path in (self.path, self.folder):
                self.assertFails(["raw", "--text", "x", "--unix", path, *more], "ENOTSOCK")
        self.assertEqual(pathlib.Path(self.path).read_text(encoding="utf-8"), "mine")

    def test_another_one_in_its_place_is_not_removed(self):
        with UnixServer("serve", "--unix", self.path) as server:
            os.unlink(self.path)
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as other:
                other.bind(self.path)
                self.assertEqual(server.finish(), 0)
                self.assertTrue(os.path.exists(self.path))

    def test_no_such_folder(self):
        for command in (["serve"], ["raw", "--text", "x"]):
            self.assertFails([*command, "--unix", os.path.join(self.folder, "no", "s")], "ENOENT")

    def test_nobody_listens_any_more(self):
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
            listener.bind(self.path)
        self.assertFails(["raw", "--text", "x", "--unix", self.path], "ECONNREFUSED")

    @unittest.skipIf(os.geteuid() == 0, "root may do everything")
    def test_no_permission(self):
        os.chmod(self.folder, 0o500)
        self.assertFails(["serve", "--unix", self.path], "EACCES")
        os.chmod(self.folder, 0o700)

    def test_wrong_names(self):
        for name in ("", "@", "/" + 107 * "x", "@" + 108 * "x"):
            with self.subTest(name):
                self.assertFails(["serve", "--unix", name], "--unix" if len(name) < 3 else "ENAMETOOLONG", 2)
        longest = self.folder + "/" + (107 - len(self.folder) - 1) * "x"
        for name in (longest, self.abstract.ljust(108, "x")):
            with self.subTest(name), UnixServer("serve", "--unix", name) as server:
                self.assertAnswers(b"8", "send", "--unix", name, "double", "4")
                self.assertEqual(server.finish(), 0)

    def test_what_has_no_sense_there(self):
        for more in (["--bind", "5000"], ["--proxy", "socks5://127.0.0.1:1"], ["--ttl", "3"], ["-6"]):
            with self.subTest(more):
                self.assertFails(["raw", "--text", "x", "--unix", self.path, *more], more[0], 2)
        self.assertFails(["diagnose", "--unix", self.path], "diagnose", 2)
        self.assertFails(["serve", "--unix", self.path, "--port", "1"], "--unix", 2)


@unittest.skipIf(support.QT, "the engine has none: see Refused")
class Datagrams(Case):
    def test_both_ways(self):
        for what, name in self.names():
            with self.subTest(what), UnixServer("serve", "uppercase", "--udp", "--unix", name) as server:
                self.assertEqual(server.listening["transport"], "unix-datagram")
                ran = support.run("raw", "--udp", "--unix", name, "--text", "hello", "--print", "json")
                self.assertEqual(bytes.fromhex(support.lines(ran.stdout)[-1]["hex"]), b"HELLO", ran.stderr)
                with datagrams(name, self.path + "-own") as sock:
                    for size in (0, 1, 65507):
                        sock.send(size * b"a")
                        self.assertEqual(sock.recv(70_000), size * b"A")
                peers = [server.event("opened")["peer"] for _ in range(2)]
                self.assertTrue(peers[0].startswith("@"), peers)
                self.assertEqual(peers[1], self.path + "-own")
                os.unlink(self.path + "-own")
                self.assertEqual(server.finish(), 0)
                self.assertFalse(os.path.exists(self.path))

    def test_a_peer_without_a_name(self):
        with UnixServer("serve", "echo", "--udp", "--unix", self.path) as server:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sock:
                sock.sendto(b"x", self.path)
                self.assertEqual(server.event("opened")["peer"], f"unnamed (pid {os.getpid()})")
                self.assertIn("EDESTADDRREQ", server.event("error", code="nameless")["text"])

    def test_a_longer_one_is_cut(self):
        with UnixServer("serve", "echo", "--udp", "--unix", self.path) as server, datagrams(self.path) as sock:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 200_000)
            sock.send(65507 * b"a" + b"bcd")
            self.assertEqual(sock.recv(70_000), 65507 * b"a")
            self.assertIn("last 3", server.event("error", code="too-large")["text"])

    def test_a_peer_that_does_not_read_keeps_no_others_waiting(self):
        with UnixServer("serve", "echo", "--udp", "--unix", self.path) as server:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as deaf, datagrams(self.path) as other:
                deaf.bind("")
                most = int(pathlib.Path("/proc/sys/net/unix/max_dgram_qlen").read_text(encoding="ascii"))
                for _ in range(most + 5):
                    deaf.sendto(b"x", self.path)
                server.event("error", code="backlog-full")
                other.send(b"hello")
                self.assertEqual(other.recv(100), b"hello")

    def test_the_other_type_is_told(self):
        with UnixServer("serve", "--unix", self.path):
            self.assertFails(["raw", "--udp", "--text", "x", "--unix", self.path], "EPROTOTYPE")

    def test_socat(self):
        if not shutil.which("socat"):
            self.skipTest("there is no socat")
        with UnixServer("serve", "uppercase", "--udp", "--unix", self.path):
            command = ["socat", "-t1", "-", f"UNIX-SENDTO:{self.path},bind={self.path}-own"]
            ran = subprocess.run(command, input=b"hello", capture_output=True, timeout=support.PATIENCE)
            self.assertEqual(ran.stdout, b"HELLO", ran.stderr)


@unittest.skipIf(support.QT, "the engine has none: see Refused")
class Relays(Case):
    def test_unix_and_tcp_on_either_side(self):
        other = self.path + "2"
        with UnixServer("serve", "--unix", self.path, "--byteorder", "little"):
            with UnixServer("relay", "127.0.0.1:0", f"unix:{self.path}") as first:
                self.assertEqual(first.listening["target"], f"unix:{self.path}")
                with UnixServer("relay", f"unix:{other}", f"127.0.0.1:{first.listening['port']}") as second:
                    with UnixServer("relay", f"unix:{self.abstract}", f"unix:{other}") as third:
                        self.assertAnswers(b"8", "send", "--unix", self.abstract, "double", "4")
                        self.assertEqual(third.event("opened", leg="target")["peer"], other)
                        self.assertEqual(third.finish(), 0)
                    self.assertEqual(second.finish(), 0)
                    self.assertFalse(os.path.exists(other))

    def test_half_close(self):
        other = self.path + "2"
        with UnixServer("serve", "echo", "--unix", self.path):
            with UnixServer("relay", f"unix:{other}", f"unix:{self.path}"), stream(other) as sock:
                sock.sendall(b"hello")
                sock.shutdown(socket.SHUT_WR)
                self.assertEqual(read_all(sock), b"hello")

    def test_datagrams(self):
        other = self.path + "2"
        with UnixServer("serve", "uppercase", "--udp", "--unix", self.path):
            with UnixServer("relay", "--udp", f"unix:{other}", f"unix:{self.path}") as relay:
                with datagrams(other) as sock:
                    sock.send(b"hello")
                    self.assertEqual(sock.recv(100), b"HELLO")
                self.assertEqual(relay.finish(), 0)

    def test_a_target_that_is_not_there(self):
        with UnixServer("relay", f"unix:{self.path}", f"unix:{self.path}-none") as relay, stream(self.path) as sock:
            self.assertEqual(relay.event("error", leg="target")["code"], "no-such-path")
            self.assertEqual(read_all(sock), b"")


@unittest.skipIf(support.QT, "the engine has none: see Refused")
class Captures(Case):
    def recorded(self, *arguments):
        file = self.path + ".pcapng"
        with UnixServer("serve", *arguments, "--capture", file) as server:
            yield server
            self.assertEqual(server.finish(), 0)
        self.decoded = support.lines(support.run("decode", file, "--print", "json").stdout)

    def test_a_recording_has_the_names(self):
        name = self.path + " %ä"
        for kind, exchange in (("stream", self.exchange_stream), ("datagrams", self.exchange_datagrams)):
            with self.subTest(kind):
                more = [] if kind == "stream" else ["--udp"]
                for server in self.recorded("uppercase", *more, "--unix", name):
                    exchange(name)
                    live = server.event("opened")
                opened = [event for event in self.decoded if event["event"] == "opened"]
                self.assertEqual(len(opened), 1)
                self.assertEqual((opened[0]["peer"], opened[0]["local"]), (live["peer"], name))
                sent = [event for event in self.decoded if event["event"] == "bytes" and event["direction"] == "out"]
                self.assertEqual(b"".join(bytes.fromhex(event["hex"]) for event in sent), b"HELLO")
                notes = [event for event in self.decoded if event["event"] == "note" and event.get("connection")]
                self.assertEqual(notes, [])  # the mark is none

    def exchange_stream(self, name):
        with stream(name) as sock:
            sock.sendall(b"hello")
            self.assertEqual(sock.recv(100), b"HELLO")

    def exchange_datagrams(self, name):
        with datagrams(name) as sock:
            sock.send(b"hello")
            self.assertEqual(sock.recv(100), b"HELLO")

    def test_other_programs_read_it(self):
        if not shutil.which("tshark"):
            self.skipTest("there is no tshark")
        for server in self.recorded("uppercase", "--unix", self.path):
            self.exchange_stream(self.path)
            server.event("closed")
        command = ["tshark", "-r", self.path + ".pcapng", "-T", "fields", "-e", "tcp.payload", "-e", "frame.comment"]
        said = subprocess.run(command, capture_output=True, check=True, timeout=support.PATIENCE).stdout.decode()
        self.assertIn(b"HELLO".hex(), said)
        self.assertIn("local=" + self.path, said)


@unittest.skipUnless(support.QT, "the engine has them")
class Refused(Case):
    def test_the_engine_says_so(self):
        for command in (["serve"], ["raw", "--text", "x"], ["serve", "echo", "--udp"], ["raw", "--udp", "--text", "x"]):
            with self.subTest(command):
                self.assertFails([*command, "--unix", self.path], "EAFNOSUPPORT")


if __name__ == "__main__":
    unittest.main()
