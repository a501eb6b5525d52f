# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`decode --protocol http` and `resp` of exchanges between programs of other people, against what these saw."""

import http.client
import http.server
import json
import os
import shutil
import socket
import struct
import subprocess
import tempfile
import threading
import unittest

from support import lines, run


class Relay:
    """Passes one connection after the other on to a server, and remembers who said what."""

    def __init__(self, target):
        self.connections = []
        self._target = target
        self._passing = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                client, _ = self._socket.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self._target))
            self._passing += [client, server]
            said = []
            self.connections.append(said)
            for source, sink, direction in ((client, server, 0), (server, client, 1)):
                threading.Thread(target=self._pass, args=(source, sink, direction, said), daemon=True).start()

    @staticmethod
    def _pass(source, sink, direction, said):
        try:
            while data := source.recv(65536):
                said.append((direction, data))
                sink.sendall(data)
            said.append((direction, b""))
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def close(self):
        for each in [self._socket, *self._passing]:
            each.close()

    def pcap(self, path):
        """A capture of raw IP packets, as if they had been seen on the way."""
        with open(path, "wb") as file:
            file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 101))
            time = [1_700_000_000, 0]

            def packet(port, direction, flags, sequence, acknowledged, data=b""):
                ports = (40000 + port, 80) if direction == 0 else (80, 40000 + port)
                ends = (bytes([10, 0, 0, 1]), bytes([10, 0, 0, 2]))
                source, target = ends if direction == 0 else ends[::-1]
                tcp = struct.pack(">HHIIBBHHH", *ports, sequence, acknowledged, 0x50, flags, 65535, 0, 0) + data
                ip = struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(tcp), 0, 0, 64, 6, 0) + source + target
                time[1] += 1000
                file.write(struct.pack("<IIII", time[0], time[1], len(ip + tcp), len(ip + tcp)) + ip + tcp)

            for port, said in enumerate(self.connections):
                packet(port, 0, 0x02, 999, 0)
                packet(port, 1, 0x12, 1999, 1000)
                packet(port, 0, 0x10, 1000, 2000)
                at = [1000, 2000]
                for direction, data in said:
                    for begin in range(0, max(len(data), 1), 1400):
                        piece = data[begin : begin + 1400]
                        packet(port, direction, 0x18 if data else 0x11, at[direction], at[1 - direction], piece)
                        at[direction] += len(piece) if data else 1


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path == "/chunks":
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for piece in (b'{"many": ', b"[1, 2", b", 3]}"):
                self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            self.wfile.write(b"0\r\n\r\n")
        elif self.path == "/close":
            self.send_response(200)
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(b"until the end")
            self.close_connection = True
        elif self.path == "/nothing":
            self.send_response(204)
            self.end_headers()
        else:
            self.send_response(200)
            self.send_header("Content-Length", "100000")
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(b"x" * 100000)

    do_HEAD = do_GET

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(201)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[::-1])

    def log_message(self, *_):
        pass


def decoded(relay, protocol):
    """The messages of the relay's connections as sockeye-cli reads them."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "exchange.pcap")
        relay.pcap(path)
        result = run("decode", path, "--protocol", protocol, "--print", "json")
        events = lines(result.stdout)
        wrong = [event for event in events if event["event"] == "error"]
        return result, wrong, [event for event in events if event["event"] == "message"]


class Http(unittest.TestCase):
    def setUp(self):
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.relay = Relay(self.server.server_address[1])

    def tearDown(self):
        self.server.shutdown()
        self.server.server_close()
        self.relay.close()

    def check(self, expected):
        """`expected`: method, target, status and body of each exchange."""
        result, wrong, messages = decoded(self.relay, "http")
        self.assertEqual((result.returncode, wrong), (0, []))
        requests = [message for message in messages if "method" in message["fields"]]
        replies = [message for message in messages if "status" in message["fields"]]
        self.assertEqual({message["protocol"] for message in messages}, {"http"})
        self.assertEqual([(r["fields"]["method"], r["fields"]["target"]) for r in requests], [e[:2] for e in expected])
        self.assertEqual([r["fields"]["status"] for r in replies], [e[2] for e in expected])
        self.assertEqual([bytes.fromhex(r["content_hex"]) for r in replies], [e[3] for e in expected])
        return replies

    def test_what_python_reads_is_what_sockeye_reads(self):
        client = http.client.HTTPConnection("127.0.0.1", self.relay.port, timeout=20)
        expected = []
        for method, target, body in (
            ("GET", "/", None),
            ("HEAD", "/", None),
            ("GET", "/chunks", None),
            ("HEAD", "/big", None),
            ("GET", "/nothing", None),
            ("POST", "/post", b"back and forth"),
            ("GET", "/close", None),
        ):
            client.request(method, target, body)
            reply = client.getresponse()
            expected.append((method, target, reply.status, reply.read()))
        client.close()
        replies = self.check(expected)
        self.assertEqual(replies[2]["content"], {"many": [1, 2, 3]})
        self.assertEqual(replies[0]["fields"]["headers"]["content-length"], "100000")

    @unittest.skipUnless(shutil.which("curl"), "curl is not installed")
    def test_curl(self):
        base = f"http://127.0.0.1:{self.relay.port}"
        one = subprocess.run(["curl", "-s", base + "/chunks", base + "/"], capture_output=True, check=True, timeout=60)
        head = subprocess.run(["curl", "-sI", base + "/"], capture_output=True, check=True, timeout=60)
        self.assertIn(b"200", head.stdout)
        chunks = b'{"many": [1, 2, 3]}'
        self.assertEqual(one.stdout, chunks + b"x" * 100000)
        self.check([("GET", "/chunks", 200, chunks), ("GET", "/", 200, b"x" * 100000), ("HEAD", "/", 200, b"")])


@unittest.skipUnless(shutil.which("redis-server") and shutil.which("redis-cli"), "Redis is not installed")
class Redis(unittest.TestCase):
    def test_what_redis_cli_prints_is_what_sockeye_reads(self):
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        command = ["redis-server", "--port", str(port), "--save", "", "--bind", "127.0.0.1", "--daemonize", "no"]
        server = subprocess.Popen(command, stdout=subprocess.PIPE)
        try:
            for line in server.stdout:
                if b"eady to accept" in line:
                    break
            relay = Relay(port)
            asked = [
                (["SET", "key", "a value"], "OK"),
                (["GET", "key"], "a value"),
                (["GET", "none"], None),
                (["INCR", "count"], 1),
                (["RPUSH", "list", "a", "b"], 2),
                (["LRANGE", "list", "0", "-1"], ["a", "b"]),
                (["HSET", "h", "f", "v"], 1),
            ]
            for words, _ in asked:
                subprocess.run(
                    ["redis-cli", "-p", str(relay.port), *words], capture_output=True, check=True, timeout=60
                )
            result, wrong, messages = decoded(relay, "resp")
            relay.close()
            self.assertEqual((result.returncode, wrong), (0, []))
            values = [message["fields"]["value"] for message in messages]
            pairs = list(zip(values[::2], values[1::2]))
            self.assertEqual(pairs, [(words, reply) for words, reply in asked], json.dumps(values))
        finally:
            server.terminate()
            server.wait()
            server.stdout.close()


if __name__ == "__main__":
    unittest.main()
