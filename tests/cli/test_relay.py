# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`sockeye-cli relay` between the peers."""

import os
import socket
import tempfile
import unittest

import app_client
import app_protocol
import support


def connect(port):
    return socket.create_connection(("127.0.0.1", port), timeout=support.PATIENCE)


class Relay(unittest.TestCase):
    def test_golden_exchanges(self):
        with support.Server("--byteorder", "little") as server, support.Relay(server.port) as relay:
            self.assertEqual(relay.listening["service"], "relay")
            self.assertEqual(relay.listening["target"], f"127.0.0.1:{server.port}")
            self.assertIsInstance(relay.listening["seed"], int)
            for number, exchange in enumerate(support.exchanges(), 1):
                with self.subTest(exchange["name"]):
                    reply = app_client.exchange("127.0.0.1", relay.port, bytes.fromhex(exchange["request"]))
                    self.assertEqual(reply.raw.hex(), exchange["reply"])
                    closed = relay.event("closed", connection=number)
                    self.assertEqual(closed["bytes_in"], len(exchange["request"]) // 2)
                    self.assertEqual(closed["bytes_out"], len(exchange["reply"]) // 2)
            self.assertEqual(relay.finish(), 0)

    def test_events(self):
        with support.Server("--byteorder", "little") as server, support.Relay(server.port, "--count", "1") as relay:
            exchange = support.requests()[0]
            app_client.exchange("127.0.0.1", relay.port, bytes.fromhex(exchange["request"]))
            relay.event("closed")
            self.assertEqual(relay.wait(), 0)
            events = support.told_of_connections(relay.events)
            opened = [event for event in events if event["event"] == "opened"]
            self.assertEqual([event["leg"] for event in opened], ["client", "target"])
            self.assertEqual(opened[1]["peer"], f"127.0.0.1:{server.port}")
            messages = [event for event in events if event["event"] == "message"]
            self.assertEqual([message["direction"] for message in messages], ["in", "out"])
            for message in messages:
                self.assertGreaterEqual(message["passed_us"], 0)

    def test_a_target_that_refuses(self):
        with socket.socket() as nobody:
            nobody.bind(("127.0.0.1", 0))
            with support.Relay(nobody.getsockname()[1]) as relay:
                try:
                    with connect(relay.port) as client:
                        self.assertEqual(client.recv(1), b"")
                except ConnectionResetError:  # perhaps before connecting was done
                    pass
                error = relay.event("error")
                self.assertEqual((error["code"], error["leg"]), ("refused", "target"))
                self.assertEqual(relay.finish(), 0)

    def test_faults_and_their_strikes(self):
        with support.Server("--byteorder", "little") as server:
            faults = ["--fault", "latency:latency=120", "--fault", "slicer:average_size=50", "--seed", "7"]
            with support.Relay(server.port, *faults) as relay:
                self.assertEqual(relay.listening["seed"], 7)
                exchange = support.requests()[0]
                reply = app_client.exchange("127.0.0.1", relay.port, bytes.fromhex(exchange["request"]))
                self.assertEqual(reply.raw.hex(), exchange["reply"])
                relay.event("closed")
                strikes = [event for event in relay.events if event["event"] == "fault"]
                self.assertEqual({strike["name"] for strike in strikes}, {"latency", "slicer"})
                self.assertEqual(strikes[0]["detail"], {"delay_us": 120_000})
                self.assertEqual({strike["direction"] for strike in strikes}, {"out"})
                size = len(exchange["reply"]) // 2
                self.assertEqual((strikes[0]["offset"], strikes[0]["size"]), (0, size))
                passed = [event["passed_us"] for event in relay.events if event["event"] == "message"]
                self.assertGreaterEqual(passed[1], 120_000)

    def test_a_fault_of_some_messages(self):
        fault = 'drop:stream=upstream,where="json.action == "search" && json.value == "ring""'
        with support.Server("--byteorder", "little", "--persistent") as server:
            with support.Relay(server.port, "--fault", fault) as relay, connect(relay.port) as client:
                for value in ("ring", "morpheus", "ring", "morpheus"):
                    client.sendall(app_protocol.encode_request("search", value))
                replies = app_protocol.receive_messages(client, 2)
                self.assertEqual([reply.result() for reply in replies], [app_protocol.CATALOG["morpheus"]] * 2)
                strike = relay.event("fault")
                self.assertEqual((strike["name"], strike["direction"], strike["offset"]), ("drop", "in", 0))

    def test_one_seed_one_run(self):
        def run(seed):
            with support.Server("echo") as server:
                with support.Relay(server.port, "--fault", "corrupt:rate=0.05", "--seed", seed) as relay:
                    with connect(relay.port) as client:
                        client.sendall(bytes(1000))
                        came = b""
                        while len(came) < 1000:
                            came += client.recv(1000 - len(came))
                    relay.event("closed")
                    strikes = [event["offset"] for event in relay.events if event["event"] == "fault"]
                    return came, strikes

        first = run("5")
        self.assertEqual(first, run("5"))
        self.assertNotEqual(first, run("6"))

    def test_tls_on_both_legs(self):
        with support.Server("--tls-self-signed", "--byteorder", "little") as server:
            with support.Relay(server.port, "--tls-listen", "--tls-target-insecure") as relay:
                self.assertEqual(relay.listening["transport"], "tls")
                done = support.run(
                    "send", "127.0.0.1", str(relay.port), "search", "morpheus", "--tls-insecure", "--expect", "rabbit"
                )
                self.assertEqual(done.returncode, 0, done.stderr)
                relay.event("closed")
                messages = [event for event in relay.events if event["event"] == "message"]
                self.assertEqual(messages[0]["content"], {"action": "search", "value": "morpheus"})

    def test_tls_towards_one_side(self):
        with support.Server("--byteorder", "little") as server:
            with support.Relay(server.port, "--tls-listen") as relay:
                done = support.run("send", "127.0.0.1", str(relay.port), "search", "ring", "--tls-insecure")
                self.assertEqual(done.returncode, 0, done.stderr)
        with support.Server("--tls-self-signed", "--byteorder", "little") as server:
            with support.Relay(server.port, "--tls-target-insecure") as relay:
                done = support.run("send", "127.0.0.1", str(relay.port), "search", "ring")
                self.assertEqual(done.returncode, 0, done.stderr)

    def test_a_target_whose_certificate_is_not_trusted(self):
        with support.Server("--tls-self-signed") as server, support.Relay(server.port, "--tls-target") as relay:
            done = support.run("send", "127.0.0.1", str(relay.port), "search", "ring")
            self.assertEqual(done.returncode, 1)
            self.assertEqual(relay.event("error")["leg"], "target")

    def test_capture(self):
        with tempfile.TemporaryDirectory() as folder:
            file = os.path.join(folder, "relay.pcapng")
            with support.Server("--byteorder", "little") as server:
                with support.Relay(server.port, "--capture", file, "--fault", "latency:latency=1") as relay:
                    exchange = support.requests()[0]
                    app_client.exchange("127.0.0.1", relay.port, bytes.fromhex(exchange["request"]))
                    relay.event("closed")
                    self.assertEqual(relay.finish(), 0)
            decoded = support.lines(support.run("decode", file, "--print", "json").stdout)
            messages = [event for event in decoded if event["event"] == "message"]
            self.assertEqual([message["direction"] for message in messages], ["in", "out"])

    def test_udp(self):
        with support.Server("echo", "--udp") as server:
            with support.Relay(server.port, "--udp", "--fault", "delay:time=50") as relay:
                self.assertEqual(relay.listening["transport"], "udp")
                done = support.run(
                    "raw", "127.0.0.1", str(relay.port), "--udp", "--text", "hello", "--expect", "hello"
                )
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertEqual(relay.event("fault")["detail"], {"delay_us": 50_000})
                message = relay.event("message", direction="out")
                self.assertGreaterEqual(message["passed_us"], 50_000)
                self.assertEqual(relay.finish(), 0)

    def test_a_scenario(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "afternoon")
            with open(path, "w", encoding="utf-8") as file:
                file.write("# bad\nat 0s latency:latency=60\nat 100ms down for 50ms\nat 200ms remove latency\n")
            with support.Server("--byteorder", "little") as server:
                with support.Relay(server.port, "--scenario", path) as relay:
                    told = [relay.event("scenario") for _ in range(4)]
                    self.assertEqual([(each["line"], each["ends"]) for each in told],
                        [(2, False), (3, False), (3, True), (4, False)])  # fmt: skip
                    self.assertEqual(told[0]["text"], "at 0s latency:latency=60")
                    self.assertEqual([each["due_ms"] for each in told], [0, 100, 150, 200])
                    exchange = support.requests()[0]  # it listens again, and nothing goes wrong any more
                    reply = app_client.exchange("127.0.0.1", relay.port, bytes.fromhex(exchange["request"]))
                    self.assertEqual(reply.raw.hex(), exchange["reply"])
                    self.assertEqual(relay.finish(), 0)
            with open(path, "a", encoding="utf-8") as file:
                file.write("at 1s lattency\n")
            ended = support.run("relay", "127.0.0.1:0", "127.0.0.1:1", "--scenario", path)
            self.assertNotEqual(ended.returncode, 0)
            self.assertIn("Line 5, column 7: There is no fault lattency. Perhaps latency was meant.",
                ended.stderr.decode("utf-8"))  # fmt: skip

    def test_seconds(self):
        with support.Relay(1, "--seconds", "0.1") as relay:
            self.assertEqual(relay.wait(), 0)


if __name__ == "__main__":
    unittest.main()
