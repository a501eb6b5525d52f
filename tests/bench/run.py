#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures Sockeye's server beside two yardsticks, or its load generator beside one, in runs that alternate, and
prints ratios of medians.

tests/bench/README.md says what each figure means.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# name, mode, connections, depth, idle
SCENARIOS = [
    ("fresh, 16 at once", "fresh", 16, 1, 0),
    ("fresh, 256 at once", "fresh", 256, 1, 0),
    ("persistent, 1 connection", "keep", 1, 1, 0),
    ("persistent, 16 connections", "keep", 16, 1, 0),
    ("persistent, 256 connections", "keep", 256, 1, 0),
    ("pipelined, 16 connections, depth 16", "keep", 16, 16, 0),
    ("1 active, 1,000 idle", "keep", 1, 1, 1_000),
    ("16 active, 10,000 idle", "keep", 16, 1, 10_000),
]

DESCRIBED = {  # servers that echo messages of a description: what it is, a message, and text in it
    "described": ("record.ksy", b"sockeye-record-for-bench".hex(), "record"),
    "described frame": ("frame.ksy", "465201001085" + b"pump-1\0".hex() + "030001fffe000300", "pump-1"),
}


def golden():
    exchange = json.loads((ROOT / "tests/data/vectors.json").read_text())["exchanges"][0]
    return exchange["request"], exchange["reply"], exchange["result"]


def exchange_with(server):
    """What is asked of that server, in hexadecimal, and text that stands in the reply."""
    if server in DESCRIBED:
        return DESCRIBED[server][1:]
    request, _, result = golden()
    return request, result


def on_core(core):
    """What a child process does first, so that server and load do not take each other's core."""
    return (lambda: os.sched_setaffinity(0, {core})) if core is not None else None


def server_command(programs, server, life):
    """What starts that server; `life`: "one" exchange a connection, or "keep"."""
    request, reply, _ = golden()
    if server == "python":
        persistent = ["--persistent"] if life == "keep" else []
        return [sys.executable, str(ROOT / "tests/peers/app_server.py"), "--quiet", *persistent]
    if server in DESCRIBED:
        description = ROOT / "tests/bench/kaitai" / DESCRIBED[server][0]
        return [str(programs / "bench_sockeye_server"), life, "off", "native", str(description)]
    arguments = {
        "limit": ["bench_epoll_server", life, request, reply],
        "qt": ["bench_qt_server", life],
        "sockeye": ["bench_sockeye_server", life, "off"],
        "sockeye (qt)": ["bench_sockeye_server", life, "off", "qt"],
        "sockeye+capture": ["bench_sockeye_server", life, "disk"],
        "sockeye+window": ["bench_window_server", life],
    }[server]
    return [str(programs / arguments[0]), *arguments[1:]]


def measure(programs, server, scenario, seconds, cores):
    _, mode, connections, depth, idle = scenario
    request, result = exchange_with(server)
    command = server_command(programs, server, "one" if mode == "fresh" else "keep")
    # Qt's offscreen platform complains about each window.
    complaints = subprocess.DEVNULL if server == "sockeye+window" else None
    # A killed server leaves its capture behind. It must not stay: it takes disk, and the memory of the system's cache,
    # so that later runs would get memory that has to be fetched first.
    with tempfile.TemporaryDirectory(dir="/var/tmp") as cache, subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=complaints, text=True,
            preexec_fn=on_core(cores[1]), env={**os.environ, "XDG_CACHE_HOME": cache}) as process:
        try:
            port = process.stdout.readline().strip()
            load = [str(programs / "bench_load"), port, mode, connections, depth, seconds, idle, request, result]
            done = subprocess.run([str(each) for each in load], stdout=subprocess.PIPE, text=True, timeout=120,
                                  preexec_fn=on_core(cores[0]), check=False)
        finally:
            process.kill()
            process.wait()
    if not done.stdout:
        raise SystemExit(f"{server}: no result for {scenario[0]}")
    figures = json.loads(done.stdout)
    if figures["errors"]:
        print(f"{server}, {scenario[0]}: {figures['errors']} errors, first {figures['first_error']}", file=sys.stderr)
    return figures


def generate(programs, generator, scenario, seconds, cores):
    """One run of a load generator against the canned server."""
    _, mode, connections, depth, _ = scenario
    request, reply, expected = golden()
    command = [programs / "bench_epoll_server", "one" if mode == "fresh" else "keep", request, reply]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                          preexec_fn=on_core(cores[1])) as process:
        try:
            port = process.stdout.readline().strip()
            if generator == "bench_load":
                load = [programs / "bench_load", port, mode, connections, depth, seconds, 0, request, expected]
            else:
                load = [programs / "sockeye-cli", "load", "127.0.0.1", port, "--mode", "pipe" if depth > 1 else mode,
                        "--connections", connections, "--seconds", seconds, "--warmup", 0.3, "--threads", 1,
                        "--hex", request, "--print", "json", *(["--depth", depth] if depth > 1 else [])]
            done = subprocess.run([str(each) for each in load], stdout=subprocess.PIPE, text=True, timeout=120,
                                  preexec_fn=on_core(cores[0]), check=False)
        finally:
            process.kill()
    if not done.stdout:
        raise SystemExit(f"{generator}: no result for {scenario[0]}")
    figures = json.loads(done.stdout)
    if figures["errors"]:
        print(f"{generator}, {scenario[0]}: {figures['errors']} errors", file=sys.stderr)
    return figures


def compare_generators(options):
    """sockeye-cli load beside bench_load against the same server, run after run."""
    cores = (None, None) if options.share_cores or os.cpu_count() < 2 else (0, 1)
    generators = ["bench_load", "sockeye-cli load"]
    scenarios = [scenario for scenario in SCENARIOS if scenario[4] == 0 and options.only in scenario[0]]
    width = max(len(scenario[0]) for scenario in SCENARIOS)
    results = []
    print(" " * width, *(f"{name:>20}" for name in generators), "   ratio  (requests a second)")
    for scenario in scenarios:
        runs = {name: [] for name in generators}
        for _ in range(options.rounds):
            for name in generators:
                runs[name].append(generate(options.build / "bin", name, scenario, options.seconds, cores))
        rates = {name: statistics.median(run["requests_per_s"] for run in runs[name]) for name in generators}
        ratio = rates[generators[1]] / rates[generators[0]]
        print(f"{scenario[0]:<{width}}", *(f"{rates[name]:>20,.0f}" for name in generators), f"{ratio:>8.2f}",
              flush=True)
        results.append({"scenario": scenario[0], "requests_per_s": rates, "ratio": ratio, "runs": runs})
    if options.json:
        options.json.write_text(json.dumps({"machine": machine(cores), "results": results}, indent=1) + "\n")


def machine(cores):
    return {"system": platform.platform(), "cores": os.cpu_count(), "pinned": cores[0] is not None}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", default=ROOT / "build/release", type=Path, help="an optimized build with benchmarks")
    parser.add_argument("--rounds", default=3, type=int, help="runs of each, alternating; their median counts")
    parser.add_argument("--seconds", default=1.0, type=float, help="length of a run")
    parser.add_argument("--only", default="", help="scenarios whose name holds this")
    parser.add_argument("--servers", default="limit,qt,sockeye,sockeye (qt)",
                        help="of: limit, qt, python, sockeye, sockeye (qt), described, described frame, sockeye+capture, "
                             "sockeye+window")
    parser.add_argument("--without-idle", action="store_true", help="only scenarios without idle connections")
    parser.add_argument("--share-cores", action="store_true", help="do not pin load and server to a core each")
    parser.add_argument("--generators", action="store_true", help="bench_load and sockeye-cli load, same server")
    parser.add_argument("--json", type=Path, help="write all figures there")
    options = parser.parse_args()

    if options.generators:
        compare_generators(options)
        return
    servers = options.servers.split(",")
    cores = (None, None) if options.share_cores or os.cpu_count() < 2 else (0, 1)
    programs = options.build / "bin"
    results = []
    width = max(len(scenario[0]) for scenario in SCENARIOS)
    print(" " * width, *(f"{name:>20}" for name in servers), "  (requests a second, share of the first)")
    for scenario in SCENARIOS:
        if options.only not in scenario[0] or (options.without_idle and scenario[4]):
            continue
        runs = {server: [] for server in servers}
        for _ in range(options.rounds):
            for server in servers:
                runs[server].append(measure(programs, server, scenario, options.seconds, cores))
        rates = {name: statistics.median(run["requests_per_s"] for run in runs[name]) for name in servers}
        cells = [f"{rates[name]:>12,.0f} {rates[name] / rates[servers[0]]:>7.2f}" for name in servers]
        print(f"{scenario[0]:<{width}}", *cells, flush=True)
        tails = {tail: {name: statistics.median(run["latency_us"][tail] for run in runs[name]) for name in servers}
                 for tail in ("p99", "p999")}
        results.append({
            "scenario": scenario[0], "requests_per_s": rates, "latency_us": tails,
            "runs": runs,
        })
    if options.json:
        options.json.write_text(json.dumps({"machine": machine(cores), "results": results}, indent=1) + "\n")


if __name__ == "__main__":
    main()
