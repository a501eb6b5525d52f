# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`sockeye-cli relay --toxiproxy-api`: what scripts see of it, and a client library that others wrote for Toxiproxy."""

import json
import shutil
import socket
import subprocess
import tempfile
import threading
import unittest
import urllib.error
import urllib.request

import support

LIBRARY = "toxiproxy-node-client@4.1.0"


class Api(support.Server):
    """sockeye-cli relay with the API on a free port, printing JSON Lines."""

    def __init__(self, *arguments):
        support.Process.__init__(
            self, [support.CLI, "relay", *arguments, "--toxiproxy-api", "0", "--print", "json"]
        )
        self.events = []
        self.listening = json.loads(self.next_line())
        self.url = f"http://127.0.0.1:{self.listening['port']}"

    def ask(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, method=method)
        try:
            with urllib.request.urlopen(request, timeout=support.PATIENCE) as answer:
                return answer.status, json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.loads(error.read())


def echo(connection):
    with connection:
        try:
            while data := connection.recv(65536):
                connection.sendall(data)
        except OSError:  # resets are what is tried
            pass


class Echo:
    """A server that answers what it is told."""

    def __enter__(self):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()
        return self

    def run(self):
        while True:
            try:
                connection = self.socket.accept()[0]
            except OSError:
                return
            threading.Thread(target=echo, args=(connection,), daemon=True).start()

    def __exit__(self, *_):
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        self.thread.join()


class Toxiproxy(unittest.TestCase):
    def test_events_of_proxies(self):
        with Echo() as target, Api() as api:
            self.assertEqual(api.listening["service"], "toxiproxy-api")
            self.assertEqual(api.listening["host"], "127.0.0.1")
            body = {"name": "a", "listen": "127.0.0.1:0", "upstream": f"127.0.0.1:{target.port}"}
            ports = []
            for name in ("a", "b"):
                status, proxy = api.ask("POST", "/proxies", {**body, "name": name})
                self.assertEqual(status, 201, proxy)
                listening = api.event("listening", proxy=name)
                ports.append(listening["port"])
                self.assertEqual(proxy["listen"], f"127.0.0.1:{listening['port']}")
                self.assertEqual(listening["target"], body["upstream"])
                api.event("api", proxy=name, method="POST", path="/proxies", status=201)
            for number, port in enumerate(ports, 1):  # connections of all proxies have numbers of one row
                with socket.create_connection(("127.0.0.1", port), timeout=support.PATIENCE) as client:
                    client.sendall(b"hello")
                    self.assertEqual(client.recv(5), b"hello")
                api.event("closed", connection=number)
            status, error = api.ask("POST", "/proxies", body)
            self.assertEqual((status, error), (409, {"error": "proxy already exists", "status": 409}))
            self.assertEqual(api.finish(), 0)

    def test_the_relay_is_a_proxy(self):
        with Echo() as target, Api("127.0.0.1:0", f"127.0.0.1:{target.port}", "--fault", "latency:latency=5") as api:
            port = api.event("listening", proxy="relay")["port"]
            status, proxies = api.ask("GET", "/proxies")
            self.assertEqual(status, 200)
            relay = proxies["relay"]
            self.assertEqual((relay["listen"], relay["enabled"]), (f"127.0.0.1:{port}", True))
            self.assertEqual([toxic["type"] for toxic in relay["toxics"]], ["latency"])
            self.assertEqual(api.ask("DELETE", "/proxies/relay")[0], 204)
            with self.assertRaises(OSError):
                socket.create_connection(("127.0.0.1", port), timeout=support.PATIENCE).close()
            self.assertEqual(api.finish(), 0)

    def test_mistakes(self):
        for arguments, words in (
            (["--toxiproxy-api", "here"], "PORT"),
            (["--toxiproxy-api", "example.org:8474"], "ADDRESS:PORT"),
            (["127.0.0.1:0", "--toxiproxy-api", "0"], "LISTEN and TARGET"),
            (["--toxiproxy-api", "0", "--udp"], "TCP"),
            (["--toxiproxy-api", "0", "--fault", "latency"], "no relay"),
            (["--toxiproxy-api", "192.0.2.1:0"], "EADDRNOTAVAIL"),
            ([], "LISTEN and TARGET"),
        ):
            with self.subTest(arguments):
                ended = support.run("relay", *arguments)
                self.assertNotEqual(ended.returncode, 0)
                self.assertIn(words, ended.stderr.decode("utf-8"))

    def test_a_client_library(self):
        if not (shutil.which("node") and shutil.which("npm")):
            self.skipTest("there is no node, or no npm")
        with tempfile.TemporaryDirectory() as folder:
            install = ["npm", "install", "--prefix", folder, "--no-audit", "--no-fund", "--ignore-scripts", LIBRARY]
            try:
                installed = subprocess.run(install, capture_output=True, timeout=support.PATIENCE, check=False)
            except subprocess.TimeoutExpired:
                self.skipTest("npm's registry does not answer")
            if installed.returncode != 0:
                self.skipTest("npm's registry cannot be reached: " + installed.stderr.decode("utf-8")[:200])
            script = shutil.copy(support.PEERS / "toxiproxy_client.js", folder)
            with Echo() as target, Api() as api:
                ended = subprocess.run(
                    ["node", script, api.url, str(target.port)],
                    capture_output=True,
                    timeout=support.PATIENCE,
                    check=False,
                )
                self.assertEqual(ended.stderr.decode("utf-8"), "")
                self.assertEqual(ended.stdout, b"ok\n")
                self.assertEqual(api.finish(), 0)


if __name__ == "__main__":
    unittest.main()
