# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`sockeye-cli load`: the load generator."""

import csv
import json
import pathlib
import signal
import socket
import tempfile
import threading
import unittest

import support


def load(port, *arguments):
    return support.run("load", "127.0.0.1", str(port), *arguments)


def result(done):
    (line,) = support.lines(done.stdout)
    return line


class Load(unittest.TestCase):
    def check(self, figures, requests):
        """What every result has, and that it fits together."""
        self.assertEqual(figures["event"], "load")
        self.assertEqual((figures["requests"], figures["errors"], figures["errors_by_kind"]), (requests, 0, {}))
        self.assertAlmostEqual(figures["requests_per_s"] * figures["seconds"], requests, delta=requests / 100)
        latency = figures["latency_us"]
        order = [latency[key] for key in ("min", "p50", "p90", "p95", "p99", "p999", "p9999", "max")]
        self.assertEqual(order, sorted(order))
        self.assertGreater(latency["min"], 0)
        self.assertEqual(sum(point[0] for point in figures["timeline"]), requests)
        self.assertGreater(figures["generator"]["threads"], 0)

    def test_modes(self):
        for mode, connections, arguments in (("fresh", 16, []), ("keep", 4, []), ("pipe", 2, ["--depth", "8"])):
            with self.subTest(mode), support.Server("app", *(["--persistent"] if mode != "fresh" else [])) as server:
                done = load(server.port, "--mode", mode, "--connections", str(connections), "--requests", "500",
                            "--mix", "search=2,binary,arithmetic=3", "--print", "json", *arguments)
                self.assertEqual((done.returncode, done.stderr), (0, b""))
                figures = result(done)
                self.check(figures, 500)
                self.assertEqual(figures["mode"], mode)
                self.assertEqual(figures["connections"], connections)
                self.assertEqual(figures["depth"], 8 if mode == "pipe" else 1)

    def test_python_server(self):
        with support.PeerServer() as server:
            done = load(server.port, "--requests", "100", "--connections", "4", "--print", "json")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.check(result(done), 100)

    def test_hand_made(self):
        exchange = support.exchanges()[0]
        with support.Server("app", "--persistent") as server:
            done = load(server.port, "--mode", "keep", "--requests", "50", "--hex", exchange["request"],
                        "--print", "json")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.check(result(done), 50)
            self.assertEqual(result(done)["bytes_in"], 50 * len(exchange["reply"]) // 2)
        with support.Server("echo") as server:
            done = load(server.port, "--mode", "pipe", "--requests", "50", "--text", "one", "--text", "größer",
                        "--print", "json")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.check(result(done), 50)
        with support.Server("uppercase", "--persistent") as server:
            done = load(server.port, "--mode", "keep", "--requests", "5", "--text", "a line\n", "--protocol", "lines",
                        "--print", "json")
            self.assertEqual(done.returncode, 0, done.stderr)

    def test_for_people(self):
        with support.Server("app") as server:
            done = load(server.port, "--requests", "200")
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        text = done.stdout.decode()
        for part in ("200 requests in", "0 errors", "p99.9", "█", "µs of processor time a request"):
            self.assertIn(part, text)
        self.assertLessEqual(max(len(line) for line in text.splitlines() if "█" in line), 80)

    def test_rate(self):
        with support.Server("app", "--persistent") as server:
            done = load(server.port, "--mode", "keep", "--rate", "400", "--seconds", "0.5", "--print", "json")
            self.assertEqual(done.returncode, 0, done.stderr)
            figures = result(done)
            self.assertEqual(figures["rate"], 400)
            self.assertEqual(figures["requests"] + figures["not_sent"], 200)
            self.assertIn("p99", figures["generator"]["slip_us"])

    def test_files_and_comparison(self):
        with tempfile.TemporaryDirectory() as folder, support.Server("app") as server:
            before = pathlib.Path(folder, "before.json")
            course = pathlib.Path(folder, "course.csv")
            done = load(server.port, "--requests", "100", "--print", "none", "--json", str(before),
                        "--csv", str(course))
            self.assertEqual((done.returncode, done.stdout, done.stderr), (0, b"", b""))
            self.check(json.loads(before.read_text()), 100)
            with course.open(newline="", encoding="utf-8") as file:
                rows = list(csv.DictReader(file))
            self.assertEqual(sum(int(row["requests"]) for row in rows), 100)
            done = load(server.port, "--requests", "50", "--compare", str(before))
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertRegex(done.stdout.decode(), r"Requests +100 +50\n")
            course.write_text("no result")
            done = load(server.port, "--requests", "50", "--compare", str(course))
            self.assertEqual((done.returncode, done.stdout), (1, b""))
            self.assertIn(b"cannot be compared", done.stderr)
            done = load(server.port, "--requests", "50", "--print", "none", "--json", "/nonexistent/file")
            self.assertEqual(done.returncode, 1)
            self.assertEqual(done.stderr.count(b"\n"), 1)

    def test_interrupted(self):
        with support.Server("app", "--persistent") as server:
            command = [support.CLI, "load", "127.0.0.1", str(server.port), "--mode", "keep", "--seconds", "1000",
                       "--print", "json"]
            with support.Process(command) as process:
                for _ in range(20):
                    server.event("message", direction="in")
                self.assertEqual(process.stop(signal.SIGINT), 0)
                figures = json.loads(process.next_line())
            self.assertTrue(figures["stopped"])
            self.assertGreater(figures["requests"], 0)
            self.assertEqual(figures["errors"], 0)

    def test_nobody_there(self):
        with socket.socket() as sock:
            sock.bind(("127.0.0.1", 0))
            done = load(sock.getsockname()[1], "--print", "json")
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stderr.count(b"\n"), 1)
        self.assertIn(b"Connection refused (ECONNREFUSED)", done.stderr)
        figures = result(done)
        self.assertEqual((figures["requests"], figures["errors"], figures["code"]), (0, 1, "refused"))

    def test_silent(self):
        with socket.create_server(("127.0.0.1", 0)) as deaf:
            done = load(deaf.getsockname()[1], "--timeout", "0.2", "--print", "json")
        self.assertEqual(done.returncode, 1)
        self.assertEqual(result(done)["errors_by_kind"], {"timed-out": 1})

    def test_one_exchange_server(self):
        with support.Server("app") as server:
            done = load(server.port, "--mode", "keep")
        self.assertEqual((done.returncode, done.stdout), (1, b""))
        self.assertIn(b"--persistent", done.stderr)

    def test_wrong_reply(self):
        """A server that errs later: the first wrong reply is there, byte for byte."""
        right = support.exchanges()[0]
        reply = bytes.fromhex(right["reply"])
        with socket.create_server(("127.0.0.1", 0)) as listener:

            def serve():
                for number in range(5):
                    sock, _ = listener.accept()
                    with sock:
                        sock.recv(65536)
                        sock.sendall(reply if number != 3 else reply.replace(b"white", b"black"))

            thread = threading.Thread(target=serve)
            thread.start()
            done = load(listener.getsockname()[1], "--hex", right["request"], "--requests", "4", "--connections", "1",
                        "--print", "json")
            thread.join()
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"1 of 4 requests", done.stderr)
        figures = result(done)
        self.assertEqual((figures["requests"], figures["errors_by_kind"]), (3, {"wrong-reply": 1}))
        self.assertEqual(bytes.fromhex(figures["wrong_sent_hex"]), bytes.fromhex(right["request"]))
        self.assertEqual(bytes.fromhex(figures["wrong_expected_hex"]), reply)
        self.assertEqual(bytes.fromhex(figures["wrong_received_hex"]), reply.replace(b"white", b"black"))
        self.assertEqual(figures["wrong_offset"], reply.index(b"white"))

    def test_usage(self):
        for arguments in (
            ["--mode", "often"],
            ["--connections", "0"],
            ["--connections", "10001"],
            ["--depth", "4"],
            ["--mode", "pipe", "--depth", "1025"],
            ["--mix", "nothing"],
            ["--mix", "search=-1"],
            ["--mix", "search=0"],
            ["--mix", "search=101"],
            ["--hex", "0g"],
            ["--text", ""],
            ["--warmup", "1", "--requests", "5"],
            ["--rate", "0"],
            ["--compare", "/nonexistent"],
        ):
            with self.subTest(arguments):
                done = load(1, *arguments)
                self.assertEqual((done.returncode, done.stdout), (2, b""))
                # Bytes that cannot be read are shown, with a caret below the place.
                self.assertEqual(done.stderr.count(b"\n"), 3 if "--hex" in arguments else 1)


if __name__ == "__main__":
    unittest.main()
