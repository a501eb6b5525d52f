#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Opens many connections to each server, has each answered once, and closes them: how long that takes, and what memory
the server needs for them and keeps afterwards.

tests/bench/README.md says what each figure means.
"""

import argparse
import json
import os
import statistics
import subprocess
import time
from pathlib import Path

from run import ROOT, golden, machine, on_core, server_command

KIB = 1024
PATIENCE = 10  # seconds in which a server may let go of what was closed


def own_memory(process):
    """Bytes of memory that nobody else shares and no file backs."""
    for line in Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("RssAnon:"):
            return int(line.split()[1]) * KIB
    raise SystemExit("no RssAnon: this needs Linux")


def settled_memory(process):
    """What is left of it once it falls no more."""
    least = own_memory(process)
    until = time.monotonic() + PATIENCE
    still = 0
    while still < 5 and time.monotonic() < until:
        time.sleep(0.2)
        now = own_memory(process)
        still = still + 1 if now >= least else 0
        least = min(least, now)
    return own_memory(process)


def measure(options, server, cores):
    request, reply, _ = golden()
    client = [options.build / "bin/bench_connections", None, options.connections, request, len(reply) // 2]
    command = [str(word) for word in server_command(options.build / "bin", server, "keep")]
    rounds = []
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                          preexec_fn=on_core(cores[1])) as process:
        try:
            client[1] = process.stdout.readline().strip()
            warm = [*client[:2], 16, *client[3:]]  # what is allocated once is
            for count, arguments in enumerate([warm] + [client] * options.rounds):
                before = settled_memory(process)
                with subprocess.Popen([str(word) for word in arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                      text=True, preexec_fn=on_core(cores[0])) as crowd:
                    took = crowd.stdout.readline()
                    if not took:
                        raise SystemExit(f"{server}: the connections were not answered")
                    opened = own_memory(process)
                    crowd.communicate("\n")
                if count > 0:
                    rounds.append({"milliseconds": float(took), "before": before, "open": opened,
                                   "after": settled_memory(process)})
        finally:
            process.kill()
    return rounds


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", default=ROOT / "build/release", type=Path, help="an optimized build with benchmarks")
    parser.add_argument("--connections", default=10_000, type=int)
    parser.add_argument("--rounds", default=3, type=int, help="of opening and closing, with the same server")
    parser.add_argument("--servers", default="limit,sockeye,sockeye+capture")
    parser.add_argument("--json", type=Path, help="write all figures there")
    options = parser.parse_args()
    cores = (None, None) if os.cpu_count() < 2 else (0, 1)
    results = []
    print(f"{'':<20}{'all answered after':>20}{'bytes a connection':>20}{'before':>12}{'after, by round':>30}")
    for server in options.servers.split(","):
        rounds = measure(options, server, cores)
        took = statistics.median(each["milliseconds"] for each in rounds)
        first = rounds[0]
        each = (first["open"] - first["before"]) / options.connections
        after = ", ".join(f"{one['after'] / KIB / KIB:.1f}" for one in rounds)
        before = first["before"] / KIB / KIB
        print(f"{server:<20}{took:>17,.0f} ms{each:>20,.0f}{before:>8.1f} MiB{after:>26} MiB", flush=True)
        results.append({"server": server, "connections": options.connections, "milliseconds": took,
                        "bytes_a_connection": each, "rounds": rounds})
    if options.json:
        options.json.write_text(json.dumps({"machine": machine(cores), "results": results}, indent=1) + "\n")


if __name__ == "__main__":
    main()
