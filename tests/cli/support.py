# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of the command line share: starting sockeye-cli and peers, and the golden exchanges."""

import json
import os
import pathlib
import queue
import signal
import subprocess
import sys
import threading

import app_protocol

CLI = str(pathlib.Path(os.environ["SOCKEYE_BIN"]) / "sockeye-cli")
PEERS = pathlib.Path(os.environ["SOCKEYE_PEERS"])
# The engine "qt" knows no half-closed connections, sends no resets, and begins with a note of what it cannot do.
QT = os.environ.get("SOCKEYE_ENGINE") == "qt"
PORTABLE = os.environ.get("SOCKEYE_PORTABLE") == "1"  # it cannot ask the machine for its sockets
PATIENCE = 60  # seconds; a sanitizer makes everything slow, and a machine may be busy


def exchanges():
    """The golden exchanges."""
    path = pathlib.Path(os.environ["SOCKEYE_TEST_DATA"]) / "vectors.json"
    return json.loads(path.read_text(encoding="utf-8"))["exchanges"]


def requests():
    """Those of the golden exchanges that `send` can ask for, by action and value."""
    return [exchange for exchange in exchanges() if "action" in exchange]


def result_of(exchange):
    """What the reply of a golden exchange says; read by the peer where the data do not say it."""
    if "result" in exchange:
        return exchange["result"]
    return app_protocol.Decoder().feed(bytes.fromhex(exchange["reply"]))[0].result()


def run(*arguments, stdin=None, environment=None):
    """Runs sockeye-cli to its end."""
    return subprocess.run(
        [CLI, *arguments], input=stdin, capture_output=True, timeout=PATIENCE, check=False, env=environment
    )


def lines(output):
    """JSON Lines as a list of objects."""
    return [json.loads(line) for line in output.decode("utf-8").splitlines()]


def told_of_connections(events):
    """Those events that are about connections: not the note that an engine begins with."""
    return [event for event in events if event.get("connection") != 0]


class Process:
    """A program in the background, with its output read line by line as it comes."""

    def __init__(self, command, prepare=None):
        """`prepare` runs in the process before the program does."""
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            preexec_fn=prepare,
        )
        self._lines = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        for line in self.process.stdout:
            self._lines.put(line.decode("utf-8").rstrip("\n"))
        self._lines.put(None)

    def next_line(self):
        """The next line, or None at the end of the output."""
        try:
            return self._lines.get(timeout=PATIENCE)
        except queue.Empty:
            self.process.kill()
            raise AssertionError(f"no further line within {PATIENCE} s") from None

    def wait(self):
        return self.process.wait(PATIENCE)

    def stop(self, how=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(how)
        return self.wait()

    def complaints(self):
        return self.process.stderr.read().decode("utf-8")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self._reader.join()
        self.process.stdout.close()
        self.process.stderr.close()


class Server(Process):
    """sockeye-cli serve on a free port, printing JSON Lines."""

    def __init__(self, *arguments, prepare=None):
        super().__init__([CLI, "serve", *arguments, "--port", "0", "--print", "json"], prepare)
        self.events = []
        first = self.next_line()
        if first is None:
            raise AssertionError(f"the server did not start: {self.complaints()}")
        self.listening = json.loads(first)
        self.port = self.listening["port"]

    def event(self, name, **wanted):
        """Reads events until one with that name and those values comes; returns it."""
        while True:
            line = self.next_line()
            if line is None:
                raise AssertionError(f"no {name} {wanted} among {self.events}; {self.complaints()}")
            event = json.loads(line)
            self.events.append(event)
            if event["event"] == name and all(event.get(key) == value for key, value in wanted.items()):
                return event

    def finish(self):
        """Stops it and returns its exit status; all its events are in `events` then."""
        status = self.stop()
        while (line := self.next_line()) is not None:
            self.events.append(json.loads(line))
        return status


class Relay(Server):
    """sockeye-cli relay from a free port to `target`, a port of the loopback or "unix:…", printing JSON Lines."""

    def __init__(self, target, *arguments):
        Process.__init__(
            self, [CLI, "relay", "127.0.0.1:0", target if isinstance(target, str) else f"127.0.0.1:{target}", *arguments]
            + ["--print", "json"],
        )
        self.events = []
        first = self.next_line()
        if first is None:
            raise AssertionError(f"the relay did not start: {self.complaints()}")
        self.listening = json.loads(first)
        self.port = self.listening["port"]


class PeerServer(Process):
    """A peer's server; `port` is its port."""

    def __init__(self, *arguments):
        super().__init__([sys.executable, str(PEERS / "app_server.py"), *arguments])
        self.port = int(self.next_line())
