# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`sockeye-cli relay` between the peers."""

import os
import select
import socket
import tempfile
import time
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

    def test_a_target_that_is_silent_in_the_handshake(self):
        with socket.create_server(("127.0.0.1", 0)) as target:
            options = ["--tls-target-insecure", "--timeout", "0.3"]
            with support.Relay(target.getsockname()[1], *options) as relay, connect(relay.port) as client:
                try:
                    self.assertEqual(client.recv(1), b"")
                except ConnectionResetError:  # as sockets of Qt cannot say it
                    pass
                error = relay.event("error")
                self.assertEqual((error["code"], error["leg"]), ("tls-silent", "target"))
                self.assertEqual(relay.event("closed")["how"], "failed")

    def test_a_report(self):
        with tempfile.TemporaryDirectory() as folder, support.Server("--byteorder", "little") as server:
            report = os.path.join(folder, "run.md")
            scenario = os.path.join(folder, "all.scenario")
            with open(scenario, "w", encoding="utf-8") as file:
                file.write("at 1h down\n")
            options = ["--fault", "latency:latency=1", "--seed", "7", "--scenario", scenario, "--report", report]
            with support.Relay(server.port, *options) as relay:
                self.assertFalse(os.path.exists(report))
                exchange = support.requests()[0]
                app_client.exchange("127.0.0.1", relay.port, bytes.fromhex(exchange["request"]))
                relay.event("closed")
                self.assertEqual(relay.finish(), 0)
            with open(report, encoding="utf-8") as file:
                text = file.read()
            command = (
                f"sockeye-cli relay 127.0.0.1:{relay.port} 127.0.0.1:{server.port} --protocol app "
                f"--scenario {scenario} --fault latency:latency=1 --seed 7"
            )
            for part in (
                "| Seed | 7 |",
                command,
                "| `latency_downstream` | `latency:latency=1` |",
                "at 1h down",
                "Written by Sockeye 0.",
                "| Connections | 1 |",
                f"| Bytes from clients | {len(exchange['request']) // 2} |",
                "| Messages from the target | 1 |",
            ):
                self.assertIn(part, text)

    def test_a_report_to_standard_output(self):
        result = support.run("relay", "127.0.0.1:0", "127.0.0.1:1", "--report", "-", "--seed", "7", "--seconds", "1")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertTrue(result.stdout.startswith(b"# "), result.stdout)
        self.assertIn(b"| Seed | 7 |", result.stdout)

    def test_a_report_that_cannot_be(self):
        ends = ("relay", "127.0.0.1:0", "127.0.0.1:1")
        result = support.run(*ends, "--report", "/nowhere/at/all.md")
        self.assertEqual(result.returncode, 1)
        self.assertIn(b"/nowhere/at/all.md", result.stderr)
        result = support.run("relay", "--toxiproxy-api", "0", "--report", "run.md")
        self.assertEqual(result.returncode, 2)
        self.assertIn(b"--report", result.stderr)

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

    def test_faults_of_what_messages_say(self):
        specs = {
            "wrong_length:by=-1,stream=upstream": "content-not-json",
            "missing_key:key=header.content-type,stream=upstream": "missing-header",
            "broken_utf8:stream=upstream": "content-not-in-encoding",
        }
        request = app_protocol.encode_request("search", "morpheus")
        for spec, code in specs.items():
            with self.subTest(spec), support.Server("--byteorder", "little") as server:
                with support.Relay(server.port, "--fault", spec) as relay, connect(relay.port) as client:
                    client.sendall(request)
                    self.assertEqual(server.event("error")["code"], code)
                    strike = relay.event("fault")
                    self.assertEqual((strike["offset"], strike["size"]), (0, len(request)))
                    self.assertNotIn(strike["sent_hex"], (request.hex(), ""))
                    self.assertEqual(relay.event("message")["fault"], spec.partition(":")[0])

    def test_values_are_set(self):
        fault = 'set:path=json.result,value="one, two"'
        with support.Server("--byteorder", "little") as server:
            with support.Relay(server.port, "--fault", fault, "--where", 'fault == "set"') as relay:
                with connect(relay.port) as client:
                    client.sendall(app_protocol.encode_request("search", "morpheus"))
                    (reply,) = app_protocol.receive_messages(client, 1)
                self.assertEqual(reply.result(), "one, two")
                message = relay.event("message")
                self.assertEqual((message["direction"], message["fault"]), ("out", "set"))
                self.assertEqual(relay.finish(), 0)
                told = [event for event in relay.events if event["event"] == "message"]
                self.assertEqual(told, [message])

    def test_what_cannot_strike_is_said(self):
        result = support.run("relay", "127.0.0.1:0", "127.0.0.1:1", "--protocol", "lines", "--fault", "wrong_length")
        self.assertEqual(result.returncode, 2)
        self.assertIn(b"lines", result.stderr)
        with support.Server("--byteorder", "little") as server:
            with support.Relay(server.port, "--fault", "missing_key:key=json") as relay:
                app_client.exchange("127.0.0.1", relay.port, bytes.fromhex(support.requests()[0]["request"]))
                self.assertIn("as in json.result", relay.event("fault")["detail"]["undone"])
            with support.Relay(server.port, "--fault", "missing_key:key=json.none") as relay:
                exchange = support.requests()[0]
                reply = app_client.exchange("127.0.0.1", relay.port, bytes.fromhex(exchange["request"]))
                self.assertEqual(reply.raw.hex(), exchange["reply"])
                strike = relay.event("fault")
                self.assertEqual(strike["size"], 0)
                self.assertIn("none", strike["detail"]["undone"])
                relay.event("closed")
                told = [event for event in relay.events if event["event"] == "message"]
                self.assertEqual([message.get("fault") for message in told], [None, None])

    def test_bandwidth_is_shared(self):
        each = 60_000
        with support.Server("echo") as server:
            with support.Relay(server.port, "--fault", "bandwidth:rate=400,shared=true") as relay:
                clients = [connect(relay.port) for _ in range(4)]
                begin = time.monotonic()
                came = [0] * len(clients)
                for client in clients:
                    client.sendall(bytes(each))
                least = None
                while sum(came) < each * len(clients):
                    ready, _, _ = select.select(clients, [], [], support.PATIENCE)
                    self.assertTrue(ready)
                    for client in ready:
                        came[clients.index(client)] += len(client.recv(65536))
                    if sum(came) >= each * len(clients) / 2 and least is None:
                        least = min(came)
                took = time.monotonic() - begin
                for client in clients:
                    client.close()
                self.assertGreater(took, each * len(clients) / 400_000 * 0.95)
                self.assertGreater(least, each / 8)

    def test_an_end_behind_what_is_not_read_yet(self):
        # The target has said all and is gone while the relay still holds back what it said: that is no reset.
        reply = bytes(range(256)) * 1200
        with tempfile.TemporaryDirectory() as folder:
            name = os.path.join(folder, "target")
            for family, address in (socket.AF_INET, ("127.0.0.1", 0)), (socket.AF_UNIX, name):
                for half_closes in True, False:
                    if os.environ.get("SOCKEYE_ENGINE") == "qt" and (family == socket.AF_UNIX or half_closes):
                        continue  # it knows neither Unix sockets nor half-closed connections
                    with self.subTest(family=family, half_closes=half_closes), socket.socket(family) as target:
                        if family == socket.AF_UNIX and os.path.exists(name):
                            os.unlink(name)
                        target.bind(address)
                        target.listen()
                        self.holds_back(target, half_closes, reply)

    def holds_back(self, target, half_closes, reply):
        end = target.getsockname()
        where = end[1] if isinstance(end, tuple) else f"unix:{end}"
        with support.Relay(where, "--protocol", "raw", "--fault", "bandwidth:rate=400") as relay:
            with connect(relay.port) as client:
                client.sendall(b"go")
                peer, _ = target.accept()
                with peer:
                    if half_closes:
                        client.shutdown(socket.SHUT_WR)
                    while peer.recv(2) and half_closes:
                        pass
                    peer.sendall(reply)
                got = b""
                while piece := client.recv(1 << 20):
                    got += piece
                self.assertEqual(len(got), len(reply))
            self.assertEqual(relay.event("closed")["how"], "orderly")

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
