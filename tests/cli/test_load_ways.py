# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`sockeye-cli load` by other ways than plain TCP connections: TLS, proxies, replies that end with the connection; what is
refused, and where results go."""

import contextlib
import json
import os
import pathlib
import signal
import socket
import subprocess
import tempfile
import threading
import unittest

import support
import test_proxy
import test_unix
import tls_peer


def load(port, *arguments, host="127.0.0.1"):
    done = support.run("load", host, str(port), *arguments, "--print", "json")
    return done, support.lines(done.stdout)[0] if done.stdout else None


class StreamPeer:
    """Takes one connection after the other, reads a request, and has `answer(sock, number)` do the rest."""

    def __init__(self, answer):
        self.listening = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = self.listening.getsockname()[1]
        self._answer = answer
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self):
        with contextlib.suppress(OSError):
            number = 0
            while True:
                sock, _ = self.listening.accept()
                with sock, contextlib.suppress(OSError):
                    sock.recv(65536)
                    self._answer(sock, number)
                number += 1

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.listening.shutdown(socket.SHUT_RDWR)
        self._thread.join(support.PATIENCE)
        self.listening.close()


class UntilClose(unittest.TestCase):
    REQUEST = ("--text", "GET / HTTP/1.0\r\n\r\n")

    def test_whole(self):
        """However the reply is cut, with more than a read takes, on each engine."""
        reply = b"HTTP/1.0 200 OK\r\n\r\n" + b"x" * 200_000

        def answer(sock, _):
            sock.sendall(reply[:7])
            sock.sendall(reply[7:])

        with StreamPeer(answer) as peer:
            done, figures = load(peer.port, *self.REQUEST, "--until-close", "--requests", "20", "--connections", "3")
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        self.assertEqual((figures["requests"], figures["errors"], figures["until_close"]), (20, 0, True))
        self.assertEqual(figures["bytes_in"], 20 * len(reply))

    def test_wrong(self):
        """What is short, longer or other than the first reply is wrong, one each; so is a connection that stays open."""
        right = b"right reply"
        cases = {
            2: (right[:5], "closed-early"),
            3: (right + b"!", "wrong-reply"),
            4: (b"wrong reply", "wrong-reply"),
            5: (None, "timed-out"),
        }

        def answer(sock, number):
            reply = cases.get(number, (right, ""))[0]
            sock.sendall(right if reply is None else reply)
            if reply is None:  # stays open until the other side gives it up
                sock.recv(1)

        with StreamPeer(answer) as peer:
            done, figures = load(peer.port, *self.REQUEST, "--until-close", "--requests", "10", "--connections", "1",
                                 "--timeout", "2")
        self.assertEqual(done.returncode, 1)
        self.assertEqual(figures["errors_by_kind"], {"closed-early": 1, "wrong-reply": 2, "timed-out": 1})
        self.assertEqual(figures["requests"], 6)
        self.assertEqual(bytes.fromhex(figures["wrong_received_hex"]), right + b"!")
        self.assertEqual(figures["wrong_offset"], len(right))

    def test_nothing_came(self):
        with StreamPeer(lambda sock, number: None) as peer:
            done, figures = load(peer.port, *self.REQUEST, "--until-close", "--requests", "5")
        self.assertEqual(done.returncode, 1)
        self.assertEqual(figures["errors_by_kind"], {"closed-early": 1})

    def test_endless(self):
        def answer(sock, _):
            while True:
                sock.sendall(b"y" * 65536)

        with StreamPeer(answer) as peer:
            done, figures = load(peer.port, *self.REQUEST, "--until-close", "--requests", "5")
        self.assertEqual(done.returncode, 1)
        self.assertIn("longer than", figures["text"])

    def test_golden(self):
        """The application protocol's replies are compared with what they must mean here, too."""
        with support.Server("app") as server:
            done, figures = load(server.port, "--until-close", "--requests", "50")
            self.assertEqual((done.returncode, figures["requests"]), (0, 50), done.stderr)
        with StreamPeer(lambda sock, number: sock.sendall(b"no such reply")) as peer:
            done, figures = load(peer.port, "--until-close", "--requests", "50")
            self.assertEqual((done.returncode, figures["errors_by_kind"]), (1, {"wrong-reply": 1}))


class Tls(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        folder = pathlib.Path(cls.temporary.name)
        cls.authority = tls_peer.Authority(folder)
        cls.trusted = ("--tls", "--tls-ca", str(cls.authority.file))
        cls.certificate, cls.key = cls.authority.sign("DNS:localhost,IP:127.0.0.1")
        cls.own = ("--tls", "--tls-cert", cls.certificate, "--tls-key", cls.key)

    @classmethod
    def tearDownClass(cls):
        cls.temporary.cleanup()

    def test_modes(self):
        for mode, handshakes in (("fresh", 100), ("keep", 4), ("pipe", 4)):
            persistent = ["--persistent"] if mode != "fresh" else []
            with self.subTest(mode), support.Server("app", *self.own, *persistent) as server:
                done, figures = load(server.port, *self.trusted, "--mode", mode, "--connections", "4",
                                     "--requests", "100")
                self.assertEqual((done.returncode, done.stderr), (0, b""))
                self.assertEqual((figures["requests"], figures["errors"], figures["transport"]), (100, 0, "tls"))
                self.assertEqual((figures["tls"]["handshakes"], figures["tls"]["resumed"]), (handshakes, 0))
                self.assertEqual((figures["tls"]["version"], figures["tls"]["verdict"]), ("TLSv1.3", "ok"))
                self.assertGreater(figures["tls"]["handshake_us"]["p50"], 0)
                if mode == "fresh":  # the time of a request has its handshake in it
                    self.assertGreater(figures["latency_us"]["max"], figures["tls"]["handshake_us"]["p50"])

    def test_resumed(self):
        with support.Server("app", *self.own) as server:
            done, figures = load(server.port, *self.trusted, "--tls-resume", "--connections", "2", "--requests", "50")
            self.assertEqual((done.returncode, figures["requests"]), (0, 50), done.stderr)
            self.assertEqual((figures["tls"]["handshakes"], figures["tls"]["resumed"]), (50, 48))

    def test_for_people(self):
        with support.Server("app", *self.own) as server:
            done = support.run("load", "localhost", str(server.port), "-4", *self.trusted, "--requests", "20")
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        self.assertRegex(done.stdout.decode(), r"TLS handshakes: 20, of them resumed: 0; .*\(TLSv1\.3\)")

    def test_until_close(self):
        with support.Server("app", *self.own) as server:
            done, figures = load(server.port, *self.trusted, "--until-close", "--requests", "30")
        self.assertEqual((done.returncode, figures["requests"]), (0, 30), done.stderr)

    def test_not_trusted(self):
        with support.Server("app", "--tls-self-signed") as server:
            done, figures = load(server.port, "--tls", "--requests", "5")
            self.assertEqual(done.returncode, 1)
            self.assertEqual((figures["code"], figures["errors_by_kind"]),
                             ("certificate-self-signed", {"tls-failed": 1}))
            self.assertEqual(done.stderr.count(b"\n"), 1)
            done, figures = load(server.port, "--tls-insecure", "--requests", "5")
            self.assertEqual((done.returncode, figures["requests"]), (0, 5), done.stderr)
            self.assertEqual(figures["tls"]["verdict"], "certificate-self-signed")

    def test_no_tls_there(self):
        with support.Server("app") as server:
            done, figures = load(server.port, "--tls-insecure", "--requests", "5", "--timeout", "0.5")
        self.assertEqual((done.returncode, figures["errors_by_kind"]), (1, {"tls-failed": 1}))
        with socket.create_server(("127.0.0.1", 0)) as deaf:
            done, figures = load(deaf.getsockname()[1], "--tls-insecure", "--requests", "5", "--timeout", "0.2")
        self.assertEqual((done.returncode, figures["code"]), (1, "tls-silent"))

    def test_fails_later(self):
        """Handshakes that fail in the middle of a run are counted, and the run goes on."""
        context = tls_peer.ssl.SSLContext(tls_peer.ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, self.key)
        exchange = support.exchanges()[0]
        listening = socket.create_server(("127.0.0.1", 0))

        def serve():
            for number in range(11):
                sock, _ = listening.accept()
                with sock:
                    if number == 4:
                        sock.recv(1000)
                        sock.sendall(b"no TLS at all")
                        continue
                    with context.wrap_socket(sock, server_side=True) as secured:
                        secured.recv(65536)
                        secured.sendall(bytes.fromhex(exchange["reply"]))

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        with listening:
            done, figures = load(listening.getsockname()[1], *self.trusted, "--hex", exchange["request"],
                                 "--connections", "1", "--requests", "10")
            thread.join(support.PATIENCE)
        self.assertEqual((figures["requests"], figures["errors_by_kind"]), (9, {"tls-failed": 1}))
        self.assertEqual(figures["tls"]["handshakes"], 9)
        self.assertEqual(done.returncode, 1)


class Proxy(unittest.TestCase):
    def test_load(self):
        for scheme, proxy in (("socks5", test_proxy.microsocks), ("http", test_proxy.tinyproxy)):
            for mode in ("fresh", "keep"):
                persistent = ["--persistent"] if mode == "keep" else []
                with self.subTest(scheme + " " + mode), proxy() as port, support.Server("app", *persistent) as server:
                    url = f"{scheme}://127.0.0.1:{port}"
                    done, figures = load(server.port, "--proxy", url, "--mode", mode, "--connections", "3",
                                         "--requests", "40")
                    self.assertEqual((done.returncode, done.stderr), (0, b""))
                    self.assertEqual((figures["requests"], figures["errors"], figures["proxy"]), (40, 0, url))

    def test_tls_through_it(self):
        with test_proxy.microsocks() as port, support.Server("app", "--tls-self-signed") as server:
            done, figures = load(server.port, "--proxy", f"socks5://127.0.0.1:{port}", "--tls-insecure",
                                 "--connections", "2", "--requests", "20")
            self.assertEqual((done.returncode, figures["requests"], figures["tls"]["handshakes"]), (0, 20, 20),
                             done.stderr)

    def test_refused(self):
        with test_proxy.microsocks() as port:
            done, figures = load(test_proxy.free_port(), "--proxy", f"socks5://127.0.0.1:{port}", "--requests", "5")
        self.assertEqual((done.returncode, figures["code"], figures["errors_by_kind"]),
                         (1, "proxy-failed", {"proxy-failed": 1}))

    def test_server_goes(self):
        """The proxy's refusals are counted, and the run ends."""
        exchange = support.exchanges()[0]
        listening = socket.create_server(("127.0.0.1", 0))

        def serve():
            for number in range(4):
                sock, _ = listening.accept()
                with sock:
                    sock.recv(65536)
                    if number == 3:  # before the reply, which lets the next connection be made
                        listening.close()
                    sock.sendall(bytes.fromhex(exchange["reply"]))

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        with test_proxy.microsocks() as port:
            done, figures = load(listening.getsockname()[1], "--proxy", f"socks5://127.0.0.1:{port}", "--connections",
                                 "1", "--hex", exchange["request"], "--requests", "6")
        thread.join(support.PATIENCE)
        self.assertEqual((done.returncode, figures["requests"], figures["errors_by_kind"]), (1, 3, {"proxy-failed": 3}))

    def test_multi(self):
        with test_proxy.microsocks() as port, support.Server("echo") as server:
            done = support.run("multi", "127.0.0.1", str(server.port), "8", "--message", "hello", "--proxy",
                               f"socks5://127.0.0.1:{port}", "--print", "json")
            self.assertEqual((done.returncode, done.stderr), (0, b""))
            self.assertEqual(support.lines(done.stdout)[-1]["intact"], 8)
            done = support.run("multi", "127.0.0.1", str(test_proxy.free_port()), "3", "--message", "hello", "--proxy",
                               f"socks5://127.0.0.1:{port}", "--print", "json")
            self.assertEqual(done.returncode, 1)
            self.assertIn(b"The proxy made no connection", done.stderr)


@unittest.skipIf(support.QT or support.PORTABLE, "that engine has no Unix sockets")
class Unix(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = os.path.join(folder.name, "s")

    def run_to(self, *options, name=None):
        done = support.run("load", "--unix", name or self.path, *options, "--print", "json")
        return done, support.lines(done.stdout)[0] if done.stdout else None

    def test_streams(self):
        for mode in ("fresh", "keep", "pipe"):
            persistent = ["--persistent"] if mode != "fresh" else []
            with self.subTest(mode), test_unix.UnixServer("serve", "app", "--unix", self.path, *persistent):
                done, figures = self.run_to("--mode", mode, "--connections", "4", "--requests", "200")
                self.assertEqual((done.returncode, done.stderr), (0, b""))
                self.assertEqual((figures["requests"], figures["errors"], figures["transport"]), (200, 0, "unix"))
                self.assertEqual((figures["host"], figures["port"], figures["peer"]),
                                 ("unix:" + self.path, 0, self.path))

    def test_datagrams(self):
        name = "@sockeye-load-" + str(os.getpid())
        for mode in ("fresh", "keep", "pipe"):
            with self.subTest(mode), test_unix.UnixServer("serve", "echo", "--udp", "--unix", name):
                done, figures = self.run_to("--udp", "--mode", mode, "--connections", "3", "--requests", "100",
                                            "--text", "one", "--text", "two", name=name)
                self.assertEqual((done.returncode, done.stderr), (0, b""))
                self.assertEqual((figures["requests"], figures["lost"], figures["transport"]),
                                 (100, 0, "unix-datagram"))

    def test_full_backlog(self):
        """Connections wait for their turn, which is no error."""
        reply = bytes.fromhex(support.exchanges()[0]["reply"])
        listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        listening.bind(self.path)
        listening.listen(0)

        def serve():
            for _ in range(31):
                sock, _ = listening.accept()
                with sock:
                    sock.recv(65536)
                    sock.sendall(reply)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        done, figures = self.run_to("--hex", support.exchanges()[0]["request"], "--connections", "8", "--requests", "30")
        thread.join(support.PATIENCE)
        listening.close()
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        self.assertEqual((figures["requests"], figures["errors"]), (30, 0))

    def test_nobody_there(self):
        done, figures = self.run_to("--requests", "5")
        self.assertEqual((done.returncode, figures["requests"]), (1, 0))
        self.assertIn(b"ENOENT", done.stderr)
        done, figures = self.run_to("--udp", "--text", "x", "--requests", "5")
        self.assertEqual((done.returncode, figures["requests"]), (1, 0))
        self.assertIn(b"ENOENT", done.stderr)


class Result(unittest.TestCase):
    def run_to(self, *options, **how):
        with support.Server("app") as server:
            command = [support.CLI, "load", "127.0.0.1", str(server.port), "--requests", "20", *options]
            return subprocess.run(command, capture_output=True, timeout=support.PATIENCE, check=False, **how)

    @unittest.skipUnless(os.path.exists("/dev/full"), "/dev/full is not there")
    def test_no_room(self):
        for option in ("--json", "--csv"):
            with self.subTest(option):
                done = self.run_to("--print", "none", option, "/dev/full")
                self.assertEqual((done.returncode, done.stdout), (1, b""))
                self.assertIn(b"ENOSPC", done.stderr)
                self.assertTrue(pathlib.Path("/dev/full").is_char_device())

    def test_devices_and_pipes(self):
        done = self.run_to("--print", "none", "--json", "/dev/null", "--csv", "/dev/stdout")
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        self.assertTrue(done.stdout.startswith(b"seconds,requests,"))
        with tempfile.TemporaryDirectory() as folder:
            fifo = pathlib.Path(folder, "fifo")
            os.mkfifo(fifo)
            came = []
            reader = threading.Thread(target=lambda: came.append(fifo.read_bytes()))
            reader.start()
            done = self.run_to("--print", "none", "--json", str(fifo))
            reader.join(support.PATIENCE)
            self.assertEqual((done.returncode, done.stderr), (0, b""))
            self.assertEqual(json.loads(came[0])["requests"], 20)
            self.assertEqual([each.name for each in pathlib.Path(folder).iterdir()], ["fifo"])

    def test_standard_output(self):
        done = self.run_to("--json", "-")
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        self.assertEqual(json.loads(done.stdout)["requests"], 20)


    def test_a_file_that_cannot_be_written_is_known_before_the_run(self):
        with socket.create_server(("127.0.0.1", 0)) as listener, tempfile.TemporaryDirectory() as folder:
            for option in ("--json", "--csv"):
                done = support.run("load", f"127.0.0.1:{listener.getsockname()[1]}", option, f"{folder}/none/result")
                self.assertEqual((done.returncode, done.stdout), (1, b""))
                self.assertIn(b"none/result", done.stderr)
            listener.setblocking(False)
            self.assertRaises(BlockingIOError, listener.accept)


class Stopped(unittest.TestCase):
    def test_before_any_reply(self):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            command = [support.CLI, "load", "127.0.0.1", str(listener.getsockname()[1])]
            with support.Process(command) as run:
                with listener.accept()[0] as sock:
                    sock.recv(1)
                    self.assertEqual(run.stop(signal.SIGINT), 1)
                    self.assertIn("Stopped before any reply", run.complaints())


class Usage(unittest.TestCase):
    def test_refused_in_words(self):
        for arguments, words in (
            (["--udp"], "application protocol"),
            (["--udp", "--text", "x", "--tls"], "TLS needs TCP"),
            (["--udp", "--text", "x", "--until-close"], "UDP"),
            (["--udp", "--text", "x", "--proxy", "socks5://localhost:1"], "UDP has none"),
            (["--udp", "--text", "x" * 65508], "A datagram carries at most"),
            (["--udp", "--text", "x", "--connections", "1", "--mode", "keep", "--bind", "7000"], "port of its own"),
            (["--until-close", "--mode", "keep"], "mode fresh"),
            (["--tls-resume"], "over TLS only"),
            (["--tls-insecure", "--tls-ca", os.devnull], "--tls-ca"),
            (["--proxy", "ftp://localhost"], "--proxy"),
            (["--json", "-", "--csv", "-"], "only one"),
            (["--json", "-", "--print", "json"], "only one"),
        ):
            with self.subTest(arguments):
                done = support.run("load", "127.0.0.1", "1", *arguments)
                self.assertEqual((done.returncode, done.stdout), (2, b""))
                self.assertIn(words, done.stderr.decode())


if __name__ == "__main__":
    unittest.main()
