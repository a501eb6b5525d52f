# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`sockeye-cli multi`: the classic client of many connections."""

import contextlib
import selectors
import signal
import socket
import threading
import unittest

import support

DEFAULT = b"Message 1 from client.Message 2 from client."


@contextlib.contextmanager
def echo_server(answer=lambda data: data):
    """The classic server of many connections, on a selector: sends back what `answer` makes of each read. Where that is
    less, it ends."""
    stop = threading.Event()
    received = {}
    ended = set()
    listener = socket.create_server(("127.0.0.1", 0), backlog=512)

    def serve():
        with selectors.DefaultSelector() as selector, listener:
            listener.setblocking(False)
            selector.register(listener, selectors.EVENT_READ)
            while not stop.is_set():
                for key, _ in selector.select(0.05):
                    if key.fileobj is listener:
                        sock, _ = listener.accept()
                        received[sock] = b""
                        selector.register(sock, selectors.EVENT_READ)
                        continue
                    sock = key.fileobj
                    data = sock.recv(65536)
                    received[sock] += data
                    if not data:
                        selector.unregister(sock)
                        sock.close()
                    elif sock not in ended:
                        reply = answer(data)
                        sock.sendall(reply)
                        if len(reply) < len(data):
                            # What still comes is read: closing now could reset the connection.
                            ended.add(sock)
                            sock.shutdown(socket.SHUT_WR)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield listener.getsockname()[1], received
    finally:
        stop.set()
        thread.join()


class Multi(unittest.TestCase):
    def multi(self, port, count, *arguments):
        return support.run("multi", "127.0.0.1", str(port), str(count), "--print", "json", *arguments)

    def summary(self, done):
        result = support.lines(done.stdout)[-1]
        self.assertEqual(result["event"], "summary")
        return {key: result[key] for key in ("connections", "intact", "changed", "short", "failed")}

    def test_default_messages(self):
        with echo_server() as (port, received):
            done = self.multi(port, 50)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(
                self.summary(done), {"connections": 50, "intact": 50, "changed": 0, "short": 0, "failed": 0}
            )
            self.assertEqual(list(received.values()), [DEFAULT] * 50)
        events = support.lines(done.stdout)
        for name in ("opened", "closed"):
            self.assertEqual(sorted(e["connection"] for e in events if e["event"] == name), list(range(1, 51)))
        for event in events:
            if event["event"] == "closed":
                self.assertEqual((event["bytes_in"], event["bytes_out"], event["how"]), (44, 44, "orderly"))

    def test_chosen_messages(self):
        with echo_server() as (port, received):
            done = self.multi(port, 3, "--message", "größe 🐰", "--message", "", "--message", "two")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(list(received.values()), ["größe 🐰two".encode()] * 3)

    def test_much_on_each(self):
        """More than the kernel holds, so that writing has to wait for reading."""
        message = "x" * 100_000
        with support.Server("echo") as server:
            done = self.multi(server.port, 4, "--timeout", "60", *(["--message", message] * 15))
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(self.summary(done)["intact"], 4)
            self.assertEqual(support.lines(done.stdout)[-1]["bytes_in"], 4 * 15 * 100_000)

    def test_changed(self):
        with echo_server(bytes.upper) as (port, _):
            done = self.multi(port, 5)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(self.summary(done)["changed"], 5)

    def test_short(self):
        with echo_server(lambda data: data[:-1]) as (port, _):
            done = self.multi(port, 5)
            self.assertEqual(done.returncode, 1)
            self.assertEqual(self.summary(done)["short"], 5)
            self.assertEqual(done.stderr.count(b"\n"), 1)
            self.assertIn(b"before the whole reply", done.stderr)

    def test_silent(self):
        with echo_server(lambda data: b"") as (port, _), socket.create_server(("127.0.0.1", 0)) as deaf:
            done = self.multi(deaf.getsockname()[1], 3, "--timeout", "0.3")
            self.assertEqual(done.returncode, 1)
            self.assertEqual(self.summary(done)["short"], 3)
            self.assertEqual(self.summary(self.multi(port, 3))["short"], 3)

    def test_refused(self):
        with socket.socket() as sock:
            sock.bind(("127.0.0.1", 0))
            done = self.multi(sock.getsockname()[1], 3)
        self.assertEqual(done.returncode, 1)
        self.assertEqual(self.summary(done), {"connections": 3, "intact": 0, "changed": 0, "short": 0, "failed": 3})
        self.assertIn(b"Connection refused (ECONNREFUSED)", done.stderr)

    def test_cancelled(self):
        with socket.create_server(("127.0.0.1", 0)) as deaf:
            command = [support.CLI, "multi", "127.0.0.1", str(deaf.getsockname()[1]), "5", "--print", "json"]
            with support.Process(command) as process:
                while '"bytes"' not in process.next_line():
                    pass
                self.assertEqual(process.stop(signal.SIGINT), 1)
                last = None
                while (line := process.next_line()) is not None:
                    last = line
                self.assertIn('"failed":5', last)

    def test_ten_thousand(self):
        """All of them, with the server in another process."""
        with support.Server("echo", "--max-connections", "10000") as server:
            done = self.multi(server.port, 10_000)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(self.summary(done)["intact"], 10_000)

    def test_how_many(self):
        for count in ("0", "10001", "-1", "many"):
            with self.subTest(count):
                self.assertEqual(self.multi(1, count).returncode, 2)


if __name__ == "__main__":
    unittest.main()
