#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures `sockeye-cli load` over TLS and UDP beside other generators, in runs that alternate, against the same server:
openssl s_time, a minimal epoll loop, and iperf3. What is not installed is skipped, and said.

tests/bench/README.md says what each figure means.
"""

import argparse
import contextlib
import json
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BYTES = 64  # of a datagram
SOCKETS = 16


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def await_port(port):
    for _ in range(200):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise SystemExit(f"nothing listens on port {port}")


@contextlib.contextmanager
def running(command, **how):
    with subprocess.Popen([str(word) for word in command], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, text=True, **how) as process:
        try:
            yield process
        finally:
            process.kill()


def output_of(command):
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          timeout=120, check=False)
    return done.stdout


@contextlib.contextmanager
def tls_server():
    """openssl s_server, which serves a file by HTTP/1.0, one connection after the other."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                        "-subj", "/CN=localhost", "-keyout", "key.pem", "-out", "cert.pem"], cwd=folder, check=True,
                       capture_output=True)
        Path(folder, "page.txt").write_text("x" * 100, encoding="ascii")
        port = free_port()
        with running(["openssl", "s_server", "-accept", port, "-WWW", "-quiet", "-cert", "cert.pem", "-key", "key.pem"],
                     cwd=folder):
            await_port(port)
            yield port


def s_time(port, seconds, reuse):
    """openssl counts whole seconds, by the clock's ticks: one more or less, and it says how many there were."""
    text = output_of(["openssl", "s_time", "-connect", f"127.0.0.1:{port}", "-www", "/page.txt", "-time",
                      max(1, round(seconds)), "-reuse" if reuse else "-new"])
    found = re.search(r"(\d+) connections in (\d+) real seconds", text)
    if found is None:
        raise SystemExit(f"openssl s_time says: {text}")
    return int(found[1]) / max(1, int(found[2]))


def load(programs, port, seconds, *arguments):
    figures = json.loads(output_of([programs / "sockeye-cli", "load", "127.0.0.1", port, "--seconds", seconds, "--threads",
                                    1, "--print", "json", *arguments]).splitlines()[0])
    if figures["errors"] or figures.get("lost"):
        print(f"sockeye-cli load: {figures['errors_by_kind']}, {figures.get('lost', 0)} lost", file=sys.stderr)
    return figures["requests_per_s"]


def tls(options, reuse):
    if shutil.which("openssl") is None:
        return {}, "openssl is not installed"
    rates = {"openssl s_time": [], "sockeye-cli load": []}
    with tls_server() as port:
        for _ in range(options.rounds):
            rates["openssl s_time"].append(s_time(port, options.seconds, reuse))
            rates["sockeye-cli load"].append(
                load(options.build / "bin", port, options.seconds, "--tls-insecure", "--connections", 1, "--until-close",
                     "--text", "GET /page.txt HTTP/1.0\r\n\r\n", *(["--tls-resume"] if reuse else [])))
    return rates, ""


def udp(options):
    programs = options.build / "bin"
    rates = {"bench_datagrams": [], "sockeye-cli load": []}
    with running([programs / "bench_datagrams", "serve"]) as server:
        port = server.stdout.readline().strip()
        for _ in range(options.rounds):
            limit = output_of([programs / "bench_datagrams", "load", port, SOCKETS, options.seconds, BYTES])
            rates["bench_datagrams"].append(json.loads(limit)["requests_per_s"])
            rates["sockeye-cli load"].append(load(programs, port, options.seconds, "--udp", "--mode", "keep",
                                                  "--connections", SOCKETS, "--text", "x" * BYTES))
    return rates, ""


def udp_one_way(options):
    """iperf3 asks nothing and waits for nothing: datagrams a second that go out of one socket."""
    if shutil.which("iperf3") is None:
        return {}, "iperf3 is not installed"
    rates = {"iperf3, one way": []}
    port = free_port()
    command = ["iperf3", "-c", "127.0.0.1", "-p", port, "-u", "-b", 0, "-l", BYTES, "-t", options.seconds, "-J"]
    with running(["iperf3", "-s", "-p", port]):
        for _ in range(options.rounds):
            for _ in range(20):  # its server is not there at once, and is busy for a while after each run
                end = json.loads(output_of(command))["end"]
                if "sum" in end:
                    break
                time.sleep(0.2)
            else:
                raise SystemExit("iperf3 measures nothing")
            rates["iperf3, one way"].append(end["sum"]["packets"] / end["sum"]["seconds"])
    return rates, ""


SCENARIOS = [
    ("TLS, a whole handshake each", lambda options: tls(options, False)),
    ("TLS, resumed", lambda options: tls(options, True)),
    (f"UDP, {SOCKETS} sockets, {BYTES} bytes", udp),
    (f"UDP, one way, {BYTES} bytes", udp_one_way),
]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", default=ROOT / "build/release", type=Path, help="an optimized build with benchmarks")
    parser.add_argument("--rounds", default=3, type=int, help="runs of each, alternating; their median counts")
    parser.add_argument("--seconds", default=2.0, type=float, help="length of a run")
    parser.add_argument("--only", default="", help="scenarios whose name holds this")
    parser.add_argument("--json", type=Path, help="write all figures there")
    options = parser.parse_args()
    results = []
    for name, measure in SCENARIOS:
        if options.only not in name:
            continue
        runs, why = measure(options)
        medians = {generator: statistics.median(rates) for generator, rates in runs.items()}
        cells = [f"{generator} {rate:,.0f}/s" for generator, rate in medians.items()]
        if len(medians) == 2:
            first, second = medians.values()
            cells.append(f"ratio {second / first:.2f}" if first else "no ratio")
        print(f"{name + ':':<34}", ", ".join(cells) if cells else f"skipped: {why}", flush=True)
        results.append({"scenario": name, "requests_per_s": medians, "runs": runs, "skipped": why})
    if options.json:
        options.json.write_text(json.dumps(results, indent=1) + "\n")


if __name__ == "__main__":
    main()
