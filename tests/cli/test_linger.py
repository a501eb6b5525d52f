# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long one who has closed waits for the other side's end of stream: --linger."""

import socket
import struct
import threading
import time
import unittest

import app_protocol
import support

REQUEST = app_protocol.encode_request("search", "ring")


def read_all(sock):
    received = bytearray()
    while piece := sock.recv(65536):
        received += piece
    return bytes(received)


class Server(unittest.TestCase):
    def exchange(self, server):
        """Asks, reads the reply to its end, and does not close. Returns the socket."""
        sock = socket.create_connection(("127.0.0.1", server.port), timeout=support.PATIENCE)
        sock.sendall(REQUEST)
        self.assertIn(b"Misty", read_all(sock))
        return sock

    def test_none_lets_go_at_once(self):
        with support.Server("--linger", "0") as server, self.exchange(server) as sock:
            finished = server.event("finished", direction="out")
            closed = server.event("closed", how="orderly")
            self.assertLess(closed["time"] - finished["time"], 1, "as long as where nothing is asked for")
            # Nobody is there any more: the system answers what we send with a reset.
            with self.assertRaises(ConnectionError):
                for _ in range(1000):
                    sock.sendall(b"x")
                    time.sleep(0.001)

    def test_long_takes_what_still_comes(self):
        with support.Server("--linger", "600") as server:
            with self.exchange(server) as sock:
                server.event("finished", direction="out")
                if support.QT:  # no half-close: what still comes is lost
                    self.assertEqual(server.event("closed")["bytes_in"], len(REQUEST))
                    return
                sock.sendall(b"still here")
                late = server.event("bytes", direction="in")
                self.assertEqual(bytes.fromhex(late["hex"]), b"still here")
            closed = server.event("closed")
            self.assertEqual((closed["how"], closed["bytes_in"]), ("orderly", len(REQUEST) + 10))

    def test_short_ends_by_itself(self):
        with support.Server("--linger", "0.2") as server, self.exchange(server):
            finished = server.event("finished", direction="out")
            closed = server.event("closed")
            if not support.QT:  # no half-close: it ends with its last word
                self.assertGreaterEqual(closed["time"] - finished["time"], 0.15)


class Client(unittest.TestCase):
    """Against a server that answers and never closes."""

    def setUp(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(self.listener.close)
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.serve)
        self.thread.start()
        self.addCleanup(self.thread.join)
        self.addCleanup(self.over.set)

    def serve(self):
        sock, _ = self.listener.accept()
        with sock:
            sock.recv(65536)
            reply = next(exchange for exchange in support.requests() if exchange["action"] == "search")["reply"]
            sock.sendall(bytes.fromhex(reply))
            self.over.wait(support.PATIENCE)

    def seconds_after_reply(self, linger):
        done = support.run(
            "send", "127.0.0.1", str(self.listener.getsockname()[1]), "search", "morpheus",
            "--linger", linger, "--print", "json",
        )  # fmt: skip
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        events = support.lines(done.stdout)
        last = [event["time"] for event in events if event["event"] == "bytes"][-1]
        return next(event["time"] for event in events if event["event"] == "closed") - last

    def test_waits_as_long_as_asked(self):
        if support.QT:  # no half-close: nobody waits for the other side
            self.assertLess(self.seconds_after_reply("0.7"), 0.65)
        else:
            self.assertGreaterEqual(self.seconds_after_reply("0.7"), 0.65)

    def test_none_lets_go_at_once(self):
        self.assertLess(self.seconds_after_reply("0"), 0.65)


class Over(unittest.TestCase):
    """Connections that are gone: nobody is there to wait for."""

    def test_nobody_is_waited_for_who_reset_the_connection(self):
        def reset():
            sock, _ = listener.accept()
            sock.recv(65536)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            sock.close()

        with socket.create_server(("127.0.0.1", 0)) as listener:
            thread = threading.Thread(target=reset)
            thread.start()
            done = support.run(
                "send", "127.0.0.1", str(listener.getsockname()[1]), "search", "ring", "--linger", "2",
            )  # fmt: skip
            thread.join()
        self.assertEqual(done.returncode, 1, done)

    def test_nor_for_whom_a_refused_certificate_was(self):
        with support.Server("--tls-self-signed") as server:
            done = support.run(
                "send", "127.0.0.1", str(server.port), "search", "ring", "--tls", "--linger", "2",
            )  # fmt: skip
        self.assertEqual(done.returncode, 1, done)


if __name__ == "__main__":
    unittest.main()
