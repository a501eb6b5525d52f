# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Clients through proxies: microsocks and tinyproxy, and what answers that is none."""

import contextlib
import os
import shutil
import socket
import tempfile
import threading
import time
import unittest

import support


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


@contextlib.contextmanager
def listening(command, port):
    """A program that listens on that port once it is ready."""
    with support.Process(command) as process:
        deadline = time.monotonic() + support.PATIENCE
        while True:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                if process.process.poll() is not None or time.monotonic() > deadline:
                    raise
                time.sleep(0.01)
        yield process


@contextlib.contextmanager
def microsocks(*options):
    if shutil.which("microsocks") is None:
        raise unittest.SkipTest("microsocks is not there")
    port = free_port()
    with listening(["microsocks", "-i", "127.0.0.1", "-p", str(port), *options], port):
        yield port


@contextlib.contextmanager
def tinyproxy(*settings):
    if shutil.which("tinyproxy") is None:
        raise unittest.SkipTest("tinyproxy is not there")
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "tinyproxy.conf")
        with open(file, "w", encoding="utf-8") as out:
            out.write("\n".join([f"Port {port}", "Listen 127.0.0.1", "Timeout 60", "MaxClients 50", *settings, ""]))
        with listening(["tinyproxy", "-d", "-c", file], port):
            yield port


@contextlib.contextmanager
def saying(answer):
    """Something that says that to whoever connects, and closes once it has been told something more."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def talk():
            with contextlib.suppress(OSError):
                sock, _ = server.accept()
                with sock:
                    sock.recv(1000)
                    sock.sendall(answer)
                    sock.shutdown(socket.SHUT_WR)
                    while sock.recv(1000):
                        pass

        thread = threading.Thread(target=talk)
        thread.start()
        yield server.getsockname()[1]
        server.close()
        thread.join()


class Proxies(unittest.TestCase):
    def ask(self, proxy, port, *options, host="127.0.0.1", text="hello", timeout="10"):
        done = support.run(
            "raw", host, str(port), "--text", text, "--proxy", proxy, "--print", "json", "--timeout", timeout, *options
        )
        return done.returncode, support.lines(done.stdout), done.stderr.decode()

    def echoed(self, proxy, *options, host="127.0.0.1", server=()):
        with support.Server("echo", *server) as peer:
            status, events, text = self.ask(proxy, peer.port, *options, host=host)
            self.assertEqual(status, 0, text)
            came = b"".join(bytes.fromhex(each["hex"]) for each in events if each["event"] == "bytes" and each["direction"] == "in")
            self.assertEqual(came, b"hello")  # and nothing of what the proxy said
            notes = [each["text"] for each in events if each["event"] == "note"]
            shown = proxy.replace("someone:se%2Fcret@", "")
            self.assertIn(f"Through the proxy {shown} to {host} port {peer.port}.", notes)

    def test_socks(self):
        with microsocks() as port:
            self.echoed(f"socks5://127.0.0.1:{port}")
            self.echoed(f"socks5://localhost:{port}", "-4", host="localhost")
            self.echoed(f"socks5://127.0.0.1:{port}", host="::1", server=("--host", "::1"))

    def test_socks_with_login(self):
        with microsocks("-u", "someone", "-P", "se/cret") as port:
            self.echoed(f"socks5://someone:se%2Fcret@127.0.0.1:{port}")
            status, _, text = self.ask(f"socks5://127.0.0.1:{port}", 1)
            self.assertEqual(status, 1)
            self.assertIn("It wants a user and a password", text)
            status, _, text = self.ask(f"socks5://someone:wrong@127.0.0.1:{port}", 1)
            self.assertEqual(status, 1)
            self.assertIn("It does not accept the user and the password", text)
            self.assertNotIn("wrong", text)

    def test_socks_refusal(self):
        with microsocks() as port:
            status, _, text = self.ask(f"socks5://127.0.0.1:{port}", free_port())
            self.assertEqual(status, 1)
            self.assertRegex(text, r"The proxy made no connection to 127\.0\.0\.1 port \d+ \(by socks5://127\.0\.0\.1:\d+\)")
            self.assertIn("connection refused by the server (SOCKS5 code 5)", text)

    def test_http(self):
        with tinyproxy() as port:
            self.echoed(f"http://127.0.0.1:{port}")
            self.echoed(f"http://127.0.0.1:{port}", host="::1", server=("--host", "::1"))

    def test_http_with_login(self):
        with tinyproxy("BasicAuth someone secret") as port:
            with support.Server("echo") as peer:
                status, _, text = self.ask(f"http://someone:secret@127.0.0.1:{port}", peer.port)
                self.assertEqual(status, 0, text)
            status, _, text = self.ask(f"http://127.0.0.1:{port}", 1)
            self.assertEqual(status, 1)
            self.assertIn("It wants a user and a password (407)", text)

    def test_http_refusal(self):
        with tinyproxy("ConnectPort 443") as port:
            status, _, text = self.ask(f"http://127.0.0.1:{port}", 5000)
            self.assertEqual(status, 1)
            self.assertIn("It answered “HTTP/1.", text)
            self.assertIn("403", text)

    def test_tls_above(self):
        """The certificate is the server's, and checked by the server's name."""
        with microsocks() as socks, tinyproxy() as http:
            for proxy in (f"socks5://127.0.0.1:{socks}", f"http://127.0.0.1:{http}"):
                with self.subTest(proxy):
                    self.echoed(proxy, "--tls-insecure", host="localhost", server=("--tls-self-signed",))

    def test_what_is_no_proxy(self):
        for answer, kind, wanted in (
            (b"HTTP/1.1 400 Bad Request\r\n\r\n", "socks5", "is no SOCKS5 proxy: its answer begins with 48 54"),
            (b"\x05\xff", "http", "is no HTTP proxy: its answer begins with “\\x05"),
            (b"", "socks5", "It closed the connection in the middle of it"),
            (b"HTTP/1.1 200", "http", "It closed the connection in the middle of it"),
            (b"HTTP/1.1 200 " + b"x" * 70000, "http", "Its answer has no end"),
            (b"\x05\x00\x05\x63\x00\x01", "socks5", "It closed the connection in the middle of it"),
            (b"\x05\x00\x05\x63\x00\x01\x00", "socks5", "that SOCKS5 does not name (code 99)"),
            (b"\x05\x00\x05\x00\x00\x09\x00", "socks5", "a kind of address that SOCKS5 does not know (9)"),
        ):
            with self.subTest(answer[:20]), saying(answer) as port:
                status, _, text = self.ask(f"{kind}://127.0.0.1:{port}", 5000)
                self.assertEqual(status, 1)
                self.assertIn(wanted, text)

    def test_nobody_there(self):
        status, _, text = self.ask(f"socks5://127.0.0.1:{free_port()}", 5000)
        self.assertEqual(status, 1)
        self.assertIn("Connection refused (ECONNREFUSED): nothing listens on the proxy 127.0.0.1 port", text)

    def test_silence(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
            status, _, text = self.ask(f"http://127.0.0.1:{port}", 5000, timeout="0.3")
            self.assertEqual(status, 1)
            self.assertIn("timed out", text)

    def test_wrong_usage(self):
        for options, wanted in (
            (("--proxy", "ftp://127.0.0.1:1"), "expected socks5://HOST:PORT or http://HOST:PORT"),
            (("--proxy", "http://127.0.0.1:1/way"), "A proxy has no path"),
            (("--proxy", "http://127.0.0.1:1", "--udp"), "UDP has none"),
        ):
            with self.subTest(options):
                done = support.run("raw", "127.0.0.1", "5000", "--text", "x", *options)
                self.assertEqual(done.returncode, 2)
                self.assertIn(wanted, done.stderr.decode())


if __name__ == "__main__":
    unittest.main()
