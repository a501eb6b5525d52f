# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options of sockets: each is seen to do what its sentence says, in a network of its own. What the kernel has is asked
of the very sockets of the program (pidfd_getfd), what is on the wire of tshark, `ss` and of peers in Python."""

import contextlib
import ctypes
import os
import re
import socket
import subprocess
import tempfile
import time
import unittest

import support

PIDFD_GETFD = 438  # on every architecture
TCP_KEEPIDLE, TCP_KEEPINTVL, TCP_KEEPCNT = socket.TCP_KEEPIDLE, socket.TCP_KEEPINTVL, socket.TCP_KEEPCNT
IPV6_TCLASS = 67


def sockets_of(process):
    """Copies of its sockets."""
    libc = ctypes.CDLL(None, use_errno=True)
    pidfd = os.pidfd_open(process.process.pid)
    found = []
    try:
        for name in os.listdir(f"/proc/{process.process.pid}/fd"):
            try:
                if not os.readlink(f"/proc/{process.process.pid}/fd/{name}").startswith("socket:"):
                    continue
            except OSError:
                continue
            copy = libc.syscall(PIDFD_GETFD, pidfd, int(name), 0)
            if copy < 0:
                raise unittest.SkipTest(f"pidfd_getfd: {os.strerror(ctypes.get_errno())}")
            found.append(socket.socket(fileno=copy))
    finally:
        os.close(pidfd)
    return found


@contextlib.contextmanager
def socket_of(process, wanted):
    """The one that `wanted` says yes to."""
    found = sockets_of(process)
    try:
        fitting = [each for each in found if wanted(each)]
        if not fitting:
            raise AssertionError(f"none of {found}")
        yield fitting[0]
    finally:
        for each in found:
            each.close()


def is_connected(sock):
    with contextlib.suppress(OSError):
        return sock.type == socket.SOCK_STREAM and sock.family in (socket.AF_INET, socket.AF_INET6) and sock.getpeername()
    return False


def is_udp(sock):
    return sock.type == socket.SOCK_DGRAM and sock.family in (socket.AF_INET, socket.AF_INET6)


class Waiting:
    """A listener, `raw` that waits for its reply, and the connection between them."""

    def __init__(self, *options, host="127.0.0.1"):
        self.listener = socket.create_server((host, 0), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
        self.client = support.Process(
            [support.CLI, "raw", host, str(self.listener.getsockname()[1]), "--text", "hello", *options]
        )

    def __enter__(self):
        self.client.__enter__()
        self.listener.settimeout(support.PATIENCE)
        self.far, self.from_ = self.listener.accept()
        self.far.settimeout(support.PATIENCE)
        self.far.recv(5)
        return self

    def __exit__(self, *_):
        self.far.close()
        self.client.__exit__()
        self.listener.close()


class Client(unittest.TestCase):
    def number(self, options, level, name, host="127.0.0.1"):
        with Waiting(*options, host=host) as pair, socket_of(pair.client, is_connected) as sock:
            return sock.getsockopt(level, name)

    def test_small_writes(self):
        self.assertEqual(self.number([], socket.IPPROTO_TCP, socket.TCP_NODELAY), 1)
        self.assertEqual(self.number(["--no-delay"], socket.IPPROTO_TCP, socket.TCP_NODELAY), 1)
        self.assertEqual(self.number(["--nagle"], socket.IPPROTO_TCP, socket.TCP_NODELAY), 0)

    def test_buffers(self):
        self.assertEqual(self.number(["--send-buffer", "20000"], socket.SOL_SOCKET, socket.SO_SNDBUF), 40000)
        self.assertEqual(self.number(["--receive-buffer", "30000"], socket.SOL_SOCKET, socket.SO_RCVBUF), 60000)

    def test_small_receive_buffer_slows_the_sender(self):
        """How much a peer can send to somebody who does not read: `stall` never does."""
        taken = {}
        for size in (None, 4096):
            options = [] if size is None else ["--receive-buffer", str(size)]
            with support.Server("stall", *options) as server, socket.create_connection(("127.0.0.1", server.port)) as sock:
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
                sock.settimeout(1)
                count = 0
                with contextlib.suppress(TimeoutError):
                    while count < 4_000_000:
                        count += sock.send(b"x" * 1000)
                taken[size] = count
        self.assertLess(taken[4096] * 2, taken[None])

    def test_traffic_class(self):
        self.assertEqual(self.number(["--tos", "184"], socket.IPPROTO_IP, socket.IP_TOS), 184)
        wanted = 0 if support.QT else 184  # which that engine says of itself
        self.assertEqual(self.number(["--tos", "184"], socket.IPPROTO_IPV6, IPV6_TCLASS, "::1"), wanted)

    @unittest.skipIf(support.QT, "the engine cannot set it, and says so")
    def test_ttl(self):
        self.assertEqual(self.number(["--ttl", "7"], socket.IPPROTO_IP, socket.IP_TTL), 7)
        self.assertEqual(self.number(["--ttl", "7"], socket.IPPROTO_IPV6, socket.IPV6_UNICAST_HOPS, "::1"), 7)

    def test_keep_alive(self):
        self.assertEqual(self.number([], socket.SOL_SOCKET, socket.SO_KEEPALIVE), 0)
        self.assertEqual(self.number(["--keep-alive", "0"], socket.SOL_SOCKET, socket.SO_KEEPALIVE), 1)

    @unittest.skipIf(support.QT, "the engine cannot set its times, and says so")
    def test_keep_alive_times(self):
        options = ["--keep-alive", "9", "--keep-alive-interval", "3", "--keep-alive-count", "4"]
        with Waiting(*options) as pair:
            with socket_of(pair.client, is_connected) as sock:
                asked = [sock.getsockopt(socket.IPPROTO_TCP, each) for each in (TCP_KEEPIDLE, TCP_KEEPINTVL, TCP_KEEPCNT)]
            self.assertEqual(asked, [9, 3, 4])
            shown = subprocess.run(
                ["ss", "-tnoH", f"sport = :{pair.from_[1]}"], capture_output=True, check=True, text=True
            ).stdout
        self.assertRegex(shown, r"timer:\(keepalive,[78]")  # seconds until it asks

    @unittest.skipIf(support.QT, "the engine cannot set its times, and says so")
    def test_keep_alive_asks(self):
        """A silent peer gets a packet without bytes; tshark calls it Keep-Alive."""
        with tempfile.TemporaryDirectory() as folder:
            file = os.path.join(folder, "lo.pcapng")
            with support.Process(["tshark", "-i", "lo", "-w", file, "-f", "tcp", "-P", "-l"]) as tshark:
                deadline = time.monotonic() + support.PATIENCE
                while not os.path.exists(file) and time.monotonic() < deadline:
                    time.sleep(0.05)
                with Waiting("--keep-alive", "1") as pair:
                    while (line := tshark.next_line()) is not None and "[TCP Keep-Alive]" not in line:
                        pass
                    self.assertIn("[TCP Keep-Alive]", line)
                    self.assertIn(f"{pair.from_[1]} →", line)
                tshark.stop()

    def test_own_port(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        with Waiting("--bind", str(port)) as pair:
            self.assertEqual(pair.from_, ("127.0.0.1", port))

    def test_own_address(self):
        with Waiting("--bind", "127.0.0.9") as pair:
            self.assertEqual(pair.from_[0], "127.0.0.9")
        with Waiting("--bind", "[::1]:0", host="::1") as pair:
            self.assertEqual(pair.from_[0], "::1")

    def test_own_end_over_udp(self):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            sock.bind(("127.0.0.1", 0))
            sock.settimeout(support.PATIENCE)
            arguments = ["raw", "--udp", "127.0.0.1", str(sock.getsockname()[1]), "--text", "hello"]
            with support.Process([support.CLI, *arguments, "--bind", "127.0.0.9:0"]) as client:
                bytes_, peer = sock.recvfrom(100)
                self.assertEqual((bytes_, peer[0]), (b"hello", "127.0.0.9"))
                sock.sendto(b"HELLO", peer)
                self.assertEqual(client.wait(), 0)

    def wrong(self, *arguments):
        done = support.run("raw", *arguments, "--text", "x", "--print", "none")
        self.assertEqual(done.stdout, b"")
        return done.returncode, done.stderr.decode()

    def test_own_end_is_no_good(self):
        with socket.create_server(("127.0.0.1", 0)) as other:
            port = str(other.getsockname()[1])
            status, text = self.wrong("127.0.0.1", port, "--bind", f"127.0.0.1:{port}")
            self.assertEqual(status, 1)
            self.assertIn("Address already in use (EADDRINUSE): the client cannot have 127.0.0.1 port", text)
            status, text = self.wrong("127.0.0.1", port, "--bind", "192.0.2.1")
            self.assertEqual(status, 1)
            self.assertIn("(EADDRNOTAVAIL): the client cannot connect to 127.0.0.1 port", text)
            status, text = self.wrong("127.0.0.1", port, "--bind", "::1")
            self.assertEqual(status, 1)
            self.assertIn("(EAFNOSUPPORT): there is no way to 127.0.0.1", text)
            status, text = self.wrong("127.0.0.1", port, "--bind", "nonsense")
            self.assertEqual(status, 2)
            self.assertIn("--bind: “nonsense” is no [ADDRESS:]PORT", text)

    def test_udp_has_none_of_a_connection(self):
        for options in (["--keep-alive", "0"], ["--nagle"], ["--no-delay"]):
            with self.subTest(options[0]):
                done = support.run("send", "127.0.0.1", "9", "search", "morpheus", "--udp", *options)
                self.assertEqual(done.returncode, 2, done)
                self.assertIn(f"{options[0]}: only TCP connections have it".encode(), done.stderr)

    @unittest.skipUnless(support.QT, "the other engine can")
    def test_what_the_engine_cannot(self):
        status, text = self.wrong("127.0.0.1", "1", "--ttl", "3")
        self.assertEqual(status, 2)
        self.assertIn("This engine cannot set the TTL", text)
        status, text = self.wrong("127.0.0.1", "1", "--keep-alive", "3")
        self.assertEqual(status, 2)
        self.assertIn("this engine cannot set its times", text)


class Server(unittest.TestCase):
    """Whoever is accepted has what was asked for."""

    def accepted(self, options, *names):
        with support.Server("echo", *options) as server, socket.create_connection(("127.0.0.1", server.port)) as sock:
            sock.sendall(b"a")
            sock.recv(1)
            with socket_of(server, is_connected) as far:
                return [far.getsockopt(*name) for name in names]

    def test_options(self):
        nodelay = (socket.IPPROTO_TCP, socket.TCP_NODELAY)
        self.assertEqual(self.accepted([], nodelay), [1])
        self.assertEqual(self.accepted(["--nagle"], nodelay), [0])
        sizes = (socket.SOL_SOCKET, socket.SO_SNDBUF), (socket.SOL_SOCKET, socket.SO_RCVBUF)
        self.assertEqual(self.accepted(["--send-buffer", "20000", "--receive-buffer", "30000"], *sizes), [40000, 60000])
        kept = (socket.SOL_SOCKET, socket.SO_KEEPALIVE), (socket.IPPROTO_IP, socket.IP_TOS)
        self.assertEqual(self.accepted(["--keep-alive", "0", "--tos", "32"], *kept), [1, 32])

    @unittest.skipIf(support.QT, "the engine cannot set it, and says so")
    def test_times_and_ttl(self):
        names = [(socket.IPPROTO_TCP, each) for each in (TCP_KEEPIDLE, TCP_KEEPINTVL, TCP_KEEPCNT)]
        options = ["--keep-alive", "7", "--keep-alive-interval", "2", "--keep-alive-count", "5", "--ttl", "44"]
        self.assertEqual(self.accepted(options, *names, (socket.IPPROTO_IP, socket.IP_TTL)), [7, 2, 5, 44])

    @unittest.skipIf(support.QT, "the engine cannot set it, and says so")
    def test_ttl_of_both_families(self):
        """IPv4 over a socket of IPv6 has it, too."""
        options = ["--host", "::", "--ttl", "44", "--tos", "32"]
        names = (socket.IPPROTO_IP, socket.IP_TTL), (socket.IPPROTO_IP, socket.IP_TOS)
        self.assertEqual(self.accepted(options, *names), [44, 32])

    def test_a_peer_sees_them(self):
        """Of each datagram of a server: its TTL and TOS as they came."""
        options = ["--tos", "32"] if support.QT else ["--tos", "32", "--ttl", "44"]
        with support.Server("echo-udp", *options) as server, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            sock.setsockopt(socket.IPPROTO_IP, socket.IP_RECVTOS, 1)
            sock.setsockopt(socket.IPPROTO_IP, 12, 1)  # IP_RECVTTL
            sock.settimeout(support.PATIENCE)
            sock.sendto(b"hello", ("127.0.0.1", server.port))
            _, told, _, _ = sock.recvmsg(100, 1000)
            came = {kind: int.from_bytes(data[:1], "little") for _, kind, data in told}
        self.assertEqual(came[socket.IP_TOS], 32)
        self.assertEqual(came[socket.IP_TTL], 64 if support.QT else 44)


class Relay(unittest.TestCase):
    def test_both_sides(self):
        with support.Server("echo") as server, support.Relay(server.port, "--bind", "127.0.0.8", "--tos", "32") as relay:
            with socket.create_connection(("127.0.0.1", relay.port)) as sock:
                sock.sendall(b"a")
                self.assertEqual(sock.recv(1), b"a")
                opened = server.event("opened")
                self.assertTrue(re.match(r"127\.0\.0\.8:", opened["peer"]), opened)
                found = sockets_of(relay)
                classes = [each.getsockopt(socket.IPPROTO_IP, socket.IP_TOS) for each in found if is_connected(each)]
                for each in found:
                    each.close()
                self.assertEqual(classes, [32, 32])


if __name__ == "__main__":
    unittest.main()
