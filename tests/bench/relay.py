#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures `sockeye-cli relay` beside a direct connection, and beside socat where it is installed, in rounds that
alternate: how much passes in a second in one direction, and how long one small exchange takes.

tests/bench/README.md says what each figure means.
"""

import argparse
import contextlib
import json
import os
import shutil
import socket
import statistics
import subprocess
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BLOCK = bytes(1024 * 1024)


class Target:
    """A server that reads all that a connection sends, or sends back what it reads."""

    def __init__(self, echoes):
        self.echoes = echoes
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=16)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.run, daemon=True).start()

    def run(self):
        while True:
            connection, _ = self.listener.accept()
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        buffer = bytearray(len(BLOCK))
        with connection:
            while count := connection.recv_into(buffer):
                if self.echoes:
                    connection.sendall(memoryview(buffer)[:count])
            if not self.echoes:
                connection.sendall(b".")


def throughput(port, mebibytes):
    """MB/s of 1,000,000 bytes, until the target has read the last one."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        began = time.perf_counter()
        for _ in range(mebibytes):
            connection.sendall(BLOCK)
        connection.shutdown(socket.SHUT_WR)
        assert connection.recv(1) == b"."
        return mebibytes * len(BLOCK) / (time.perf_counter() - began) / 1e6


def exchange(port, count):
    """Microseconds for one small exchange, the median of many on one connection."""
    times = []
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for _ in range(count):
            began = time.perf_counter()
            connection.sendall(b"sixteen bytes ..")
            got = 0
            while got < 16:
                got += len(connection.recv(16))
            times.append(time.perf_counter() - began)
    return statistics.median(times) * 1e6


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def relay(kind, programs, target, folder):
    """The port to connect to."""
    if kind == "direct":
        yield target
        return
    port = free_port()
    if kind == "socat":
        command = ["socat", f"TCP-LISTEN:{port},bind=127.0.0.1,reuseaddr,fork,nodelay", f"TCP:127.0.0.1:{target},nodelay"]
    else:
        command = [str(programs / "sockeye-cli"), "relay", f"127.0.0.1:{port}", f"127.0.0.1:{target}", "--print", "none"]
        if kind == "sockeye+capture":
            command += ["--capture", os.path.join(folder, "relay.pcapng")]
    process = subprocess.Popen(command)
    time.sleep(1)  # until it listens
    try:
        yield port
    finally:
        process.terminate()
        process.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--programs", type=Path, default=ROOT / "build/release/bin")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--mebibytes", type=int, default=1024)
    parser.add_argument("--exchanges", type=int, default=5000)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    kinds = ["direct", "sockeye", "sockeye+capture", *(["socat"] if shutil.which("socat") else [])]
    sink, echo = Target(False), Target(True)
    rates = {kind: [] for kind in kinds}
    times = {kind: [] for kind in kinds}
    for _ in range(arguments.rounds):
        for kind in kinds:
            with tempfile.TemporaryDirectory() as folder:
                with relay(kind, arguments.programs, sink.port, folder) as port:
                    rates[kind].append(throughput(port, arguments.mebibytes))
                with relay(kind, arguments.programs, echo.port, folder) as port:
                    times[kind].append(exchange(port, arguments.exchanges))
    result = {
        kind: {"mb_per_s": round(statistics.median(rates[kind])), "exchange_us": round(statistics.median(times[kind]), 1)}
        for kind in kinds
    }
    if arguments.json:
        print(json.dumps(result))
        return
    print(f"{'':16} {'MB/s':>8} {'of direct':>10} {'exchange, µs':>14}")
    for kind, figures in result.items():
        share = figures["mb_per_s"] / result["direct"]["mb_per_s"]
        print(f"{kind:16} {figures['mb_per_s']:8} {share:10.2f} {figures['exchange_us']:14}")


if __name__ == "__main__":
    main()
