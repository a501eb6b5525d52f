#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures `sockeye-cli relay` beside a direct connection, and beside socat and HAProxy where they are installed, in
rounds that alternate: how much passes in a second in one direction, and how long one small exchange takes. With --idle,
how long it takes to open that many connections and to make an exchange on a tenth of them, and the memory it takes.

tests/bench/README.md says what each figure means.
"""

import argparse
import asyncio
import contextlib
import json
import multiprocessing
import os
import resource
import shutil
import socket
import statistics
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
BLOCK = bytes(1024 * 1024)


HAPROXY = """global
    maxconn {connections}
defaults
    mode tcp
    timeout connect 10s
    timeout client 1h
    timeout server 1h
listen relay
    bind 127.0.0.1:{port} backlog 4096
    server target 127.0.0.1:{target}
"""


class Listening(NamedTuple):
    port: int
    process: int | None  # None: there is nothing between


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


async def echo_lines(reader, writer):
    while line := await reader.read(4096):
        writer.write(line)
    writer.close()


def serve_many(pipe):
    """A process of its own: a server for very many connections that sends back what it reads."""

    async def run():
        server = await asyncio.start_server(echo_lines, "127.0.0.1", 0, backlog=4096)
        pipe.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    allow_many_files()
    asyncio.run(run())


def allow_many_files():
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))


def most_connections():
    """That a relay may have here: each takes two descriptors."""
    return min(resource.getrlimit(resource.RLIMIT_NOFILE)[1] // 2 - 200, 20_000)


def resident(process):
    """MiB; None of nothing."""
    if process is None:
        return None
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return round(int(status.split("VmRSS:")[1].split()[0]) / 1024)


def many(listening, count):
    """Opens `count` connections and makes an exchange on every tenth: seconds for either, and memory in between."""
    began = time.perf_counter()
    with contextlib.ExitStack() as stack:
        open_ones = [
            stack.enter_context(socket.create_connection(("127.0.0.1", listening.port), timeout=60)) for _ in range(count)
        ]
        for connection in open_ones[-1:]:  # the last one arrives behind all others
            connection.sendall(b"?")
            assert connection.recv(1) == b"?"
        opened = time.perf_counter()
        memory = resident(listening.process)
        for connection in open_ones[::10]:
            connection.sendall(b"sixteen bytes ..")
        for connection in open_ones[::10]:
            assert connection.recv(16, socket.MSG_WAITALL) == b"sixteen bytes .."
        return {"open_s": round(opened - began, 2), "exchange_s": round(time.perf_counter() - opened, 3), "mib": memory}


def measure_many(kinds, programs, count):
    ours, theirs = multiprocessing.Pipe()
    target = multiprocessing.Process(target=serve_many, args=(theirs,), daemon=True)
    target.start()
    port = ours.recv()
    result = {}
    for kind in kinds:
        with tempfile.TemporaryDirectory() as folder, relay(kind, programs, port, folder) as listening:
            result[kind] = many(listening, count)
    target.terminate()
    return result


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_it_listens(port, seconds=30):
    deadline = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except ConnectionRefusedError:
            assert time.monotonic() < deadline, f"nothing listens on port {port}"
            time.sleep(0.05)


@contextlib.contextmanager
def relay(kind, programs, target, folder):
    if kind == "direct":
        yield Listening(target, None)
        return
    port = free_port()
    if kind == "haproxy":
        config = os.path.join(folder, "haproxy.cfg")
        Path(config).write_text(HAPROXY.format(port=port, target=target, connections=most_connections()), encoding="utf-8")
        command = ["haproxy", "-db", "-q", "-f", config]
    elif kind == "socat":
        command = ["socat", f"TCP-LISTEN:{port},bind=127.0.0.1,reuseaddr,fork,nodelay", f"TCP:127.0.0.1:{target},nodelay"]
    else:
        command = [str(programs / "sockeye-cli"), "relay", f"127.0.0.1:{port}", f"127.0.0.1:{target}", "--print", "none"]
        if kind == "sockeye+capture":
            command += ["--capture", os.path.join(folder, "relay.pcapng")]
    process = subprocess.Popen(command)
    wait_until_it_listens(port)
    try:
        yield Listening(port, process.pid)
    finally:
        process.terminate()
        process.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--programs", type=Path, default=ROOT / "build/release/bin")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--mebibytes", type=int, default=1024)
    parser.add_argument("--exchanges", type=int, default=5000)
    parser.add_argument("--idle", type=int, metavar="CONNECTIONS", help="measure that many connections, mostly idle")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    allow_many_files()
    others = [name for name in ("socat", "haproxy") if shutil.which(name)]
    kinds = ["direct", "sockeye", "sockeye+capture", *others]
    if arguments.idle:
        kinds.remove("sockeye+capture")
        result = measure_many([kind for kind in kinds if kind != "socat"], arguments.programs, arguments.idle)
    else:
        result = measure(kinds, arguments)
    if arguments.json:
        print(json.dumps(result))
        return
    columns = list(result["direct"])
    print(f"{'':16}" + "".join(f"{name:>14}" for name in columns))
    for kind, figures in result.items():
        print(f"{kind:16}" + "".join(f"{'-' if figures[name] is None else figures[name]:>14}" for name in columns))


def measure(kinds, arguments):
    sink, echo = Target(False), Target(True)
    rates = {kind: [] for kind in kinds}
    times = {kind: [] for kind in kinds}
    for _ in range(arguments.rounds):
        for kind in kinds:
            with tempfile.TemporaryDirectory() as folder:
                with relay(kind, arguments.programs, sink.port, folder) as listening:
                    rates[kind].append(throughput(listening.port, arguments.mebibytes))
                with relay(kind, arguments.programs, echo.port, folder) as listening:
                    times[kind].append(exchange(listening.port, arguments.exchanges))
    direct = statistics.median(rates["direct"])
    return {
        kind: {
            "mb_per_s": round(statistics.median(rates[kind])),
            "of_direct": round(statistics.median(rates[kind]) / direct, 2),
            "exchange_us": round(statistics.median(times[kind]), 1),
        }
        for kind in kinds
    }


if __name__ == "__main__":
    main()
