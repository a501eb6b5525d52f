# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`sockeye-cli serve` against the peers' clients."""

import json
import signal
import socket
import subprocess
import tempfile
import time
import unittest

import app_client
import app_protocol
import echo_client
import support
import uppercase_client


def connect(port, host="127.0.0.1"):
    return socket.create_connection((host, port), timeout=support.PATIENCE)


class Application(unittest.TestCase):
    def test_golden_exchanges(self):
        with support.Server("--byteorder", "little") as server:
            for exchange in support.exchanges():
                with self.subTest(exchange["name"]):
                    request = bytes.fromhex(exchange["request"])
                    reply = app_client.exchange("127.0.0.1", server.port, request)
                    self.assertEqual(reply.raw.hex(), exchange["reply"])
            self.assertEqual(server.finish(), 0)

    def test_golden_exchanges_byte_by_byte(self):
        with support.Server("--byteorder", "little") as server:
            for exchange in support.exchanges():
                with self.subTest(exchange["name"]), connect(server.port) as sock:
                    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    for byte in bytes.fromhex(exchange["request"]):
                        sock.sendall(bytes([byte]))
                    self.assertEqual(app_protocol.receive_messages(sock, 1)[0].raw.hex(), exchange["reply"])

    def test_pipelined_on_a_persistent_connection(self):
        golden = support.exchanges()
        with support.Server("--byteorder", "little", "--persistent") as server, connect(server.port) as sock:
            sock.sendall(b"".join(bytes.fromhex(exchange["request"]) for exchange in golden) * 20)
            replies = app_protocol.receive_messages(sock, 20 * len(golden))
            self.assertEqual([reply.raw.hex() for reply in replies], [e["reply"] for e in golden] * 20)
            sock.shutdown(socket.SHUT_WR)
            self.assertEqual(sock.recv(1), b"", "the server closes when the peer does")

    def test_byteorder_claimed(self):
        with support.Server("--byteorder", "big") as server:
            reply = app_client.exchange("127.0.0.1", server.port, app_protocol.encode_request("search", "ring"))
            self.assertEqual(reply.header["byteorder"], "big")
            self.assertEqual(reply.result(), app_protocol.CATALOG["ring"])

    def test_catalog(self):
        with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
            json.dump({"tea": "Earl Grey. Hot. ☕"}, file)
            file.flush()
            with support.Server("--catalog", file.name) as server:
                for query, answer in (("tea", "Earl Grey. Hot. ☕"), ("ring", 'No match for "ring".')):
                    request = app_protocol.encode_request("search", query)
                    self.assertEqual(app_client.exchange("127.0.0.1", server.port, request).result(), answer)

    def test_events(self):
        exchange = support.exchanges()[0]
        request, reply = exchange["request"], exchange["reply"]
        before = time.time()
        with support.Server("--byteorder", "little") as server:
            self.assertEqual(
                {key: server.listening[key] for key in ("event", "service", "transport", "host")},
                {"event": "listening", "service": "app", "transport": "tcp", "host": "127.0.0.1"},
            )
            with connect(server.port) as sock:
                peer = "127.0.0.1:%d" % sock.getsockname()[1]
                sock.sendall(bytes.fromhex(request))
                app_protocol.receive_messages(sock, 1)
            server.event("closed")
            events = support.told_of_connections(server.events)
            for event in events:
                self.assertEqual(event["connection"], 1)
                self.assertTrue(before - 1 <= event["time"] <= time.time() + 1, event)
            self.assertEqual(events[0]["event"], "opened")
            self.assertEqual(events[0]["peer"], peer)
            for direction, raw in (("in", request), ("out", reply)):
                moved = [e for e in events if e["event"] == "bytes" and e["direction"] == direction]
                self.assertEqual("".join(e["hex"] for e in moved), raw)
                self.assertEqual(sum(e["size"] for e in moved), len(raw) // 2)
                message = [e for e in events if e["event"] == "message" and e["direction"] == direction]
                self.assertEqual(len(message), 1)
                whole = app_protocol.Decoder().feed(bytes.fromhex(raw))[0]
                self.assertEqual(message[0]["size"], len(whole.raw))
                self.assertEqual(message[0]["header"], whole.header)
                self.assertEqual(list(message[0]["header"]), list(whole.header))
                self.assertEqual(message[0]["content"], whole.json())
                self.assertEqual(message[0]["content_hex"], whole.content.hex())
            self.assertEqual(events[-1]["bytes_in"], len(request) // 2)
            self.assertEqual(events[-1]["bytes_out"], len(reply) // 2)
            self.assertEqual(server.finish(), 0)
            self.assertEqual(server.complaints(), "")

    def test_text_lines(self):
        with support.Process([support.CLI, "serve", "--port", "0"]) as server:
            listening = server.next_line()
            self.assertRegex(listening, r"^Listening on 127\.0\.0\.1:\d+ \(app\)")
            port = int(listening.split(":")[1].split()[0])
            app_client.exchange("127.0.0.1", port, app_protocol.encode_request("search", "morpheus"))
            text = ""
            while " closed" not in text.replace("is closed", ""):
                text += server.next_line() + "\n"
            for part in ("#1", "opened by 127.0.0.1:", "← in", "→ out", "146 bytes", "morpheus", "white rabbit"):
                self.assertIn(part, text)
            self.assertNotIn("\033", text, "colours are for terminals")


class OtherServices(unittest.TestCase):
    def test_echo(self):
        data = bytes(range(256)) * 4096
        with support.Server("echo") as server:
            self.assertEqual(echo_client.echo("127.0.0.1", server.port, data), data)

    def test_uppercase_once(self):
        with support.Server("uppercase") as server:
            self.assertEqual(uppercase_client.shout("127.0.0.1", server.port, ["naïve straße"]), ["NAÏVE STRASSE"])

    def test_uppercase_until_exit(self):
        with support.Server("uppercase", "--persistent") as server, connect(server.port) as sock:
            for word in ("one", "zwei", "três"):
                sock.sendall(word.encode())
                self.assertEqual(uppercase_client.receive_exactly(sock, len(word.encode())), word.upper().encode())
            sock.sendall(b"Exit")
            while sock.recv(16):
                pass


class Ends(unittest.TestCase):
    def test_sigterm_and_sigint(self):
        for how in (signal.SIGTERM, signal.SIGINT):
            with self.subTest(how), support.Server("--persistent") as server, connect(server.port) as sock:
                sock.sendall(app_protocol.encode_request("search", "ring"))
                app_protocol.receive_messages(sock, 1)
                self.assertEqual(server.stop(how), 0)
                self.assertEqual(sock.recv(1), b"", "the connection is closed in order")

    def test_count(self):
        with support.Server("--count", "3") as server:
            for _ in range(3):
                app_client.exchange("127.0.0.1", server.port, app_protocol.encode_request("double", "4"))
            self.assertEqual(server.wait(), 0)

    def test_seconds(self):
        with support.Server("--seconds", "1") as server:
            self.assertEqual(server.wait(), 0)

    def test_broken_pipe_is_quiet(self):
        command = [support.CLI, "serve", "--port", "0", "--print", "json"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as server:
            port = json.loads(server.stdout.readline())["port"]
            server.stdout.close()
            try:
                app_client.exchange("127.0.0.1", port, app_protocol.encode_request("search", "ring"))
            except (OSError, app_protocol.BadMessage):
                pass  # it may have stopped before it answered
            self.assertEqual(server.wait(support.PATIENCE), 0)
            self.assertEqual(server.stderr.read(), b"")

    def test_port_in_use(self):
        with support.Server() as server:
            done = support.run("serve", "--port", str(server.port))
            self.assertEqual(done.returncode, 1)
            self.assertEqual(done.stderr.count(b"\n"), 1)
            self.assertIn(str(server.port).encode(), done.stderr)

    def test_address_of_another_machine(self):
        done = support.run("serve", "--host", "192.0.2.1", "--port", "0")
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"192.0.2.1", done.stderr)

    def test_unwritable_capture(self):
        done = support.run("serve", "--port", "0", "--capture", "/nonexistent/folder/x.pcapng", "--seconds", "5")
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"/nonexistent/folder/x.pcapng", done.stderr)

    def test_no_time_to_listen_is_said(self):
        for command in (["serve", "--port", "0"], ["relay", "127.0.0.1:0", "127.0.0.1:1"]):
            with self.subTest(command):
                done = support.run(*command, "--seconds", "0")
                if done.returncode != 0:  # else it was quick enough
                    self.assertEqual(done.returncode, 1)
                    self.assertNotIn(b"istening", done.stdout)
                    self.assertIn(b"--seconds were over", done.stderr)

    def test_ipv6(self):
        with support.Server("-6") as server:
            self.assertEqual(server.listening["host"], "::1")
            reply = app_client.exchange("::1", server.port, app_protocol.encode_request("search", "ring"))
            self.assertEqual(reply.result(), app_protocol.CATALOG["ring"])
            done = support.run("send", "::1", str(server.port), "double", "21", "-6", "--expect", "42")
            self.assertEqual(done.returncode, 0, done.stderr)


if __name__ == "__main__":
    unittest.main()
