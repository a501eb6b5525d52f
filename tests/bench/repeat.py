#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures how evenly `sockeye-cli raw --every` sends, beside a plain loop of timerfd, in runs that alternate, on one
connection to the same echo server.

tests/bench/README.md says what each figure means.
"""

import argparse
import contextlib
import json
import statistics
import subprocess
from pathlib import Path

from generators import await_port, free_port, running

ROOT = Path(__file__).resolve().parents[2]
BYTES = 64
SHARES = ("p50", "p90", "p99", "p999", "max")


@contextlib.contextmanager
def echo_server(programs):
    port = free_port()
    with running([programs / "sockeye-cli", "serve", "echo", "--persistent", "--port", port, "--print", "none"]):
        await_port(port)
        yield port


def repeated(command):
    lines = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, text=True, check=True).stdout
    result = json.loads(lines.splitlines()[-1])
    return result.get("repeat", result)


def measure(options):
    programs = options.build / "bin"
    count = round(options.seconds * 1000 / options.every)
    runs = {"timerfd loop": [], "sockeye-cli raw": []}
    with echo_server(programs) as port:
        for _ in range(options.rounds):
            runs["timerfd loop"].append(
                repeated([programs / "bench_timer_loop", port, round(options.every * 1000), count, BYTES]))
            runs["sockeye-cli raw"].append(
                repeated([programs / "sockeye-cli", "raw", "127.0.0.1", port, "--text", "x" * BYTES, "--persistent",
                          "--every", options.every, "--repeat", count, "--print", "json", "--where", "size > 1MiB"]))
    return [{
        "name": name,
        "wanted": count,
        "sent": [run["sent"] for run in its],
        "interval_us": {share: statistics.median(run["interval_us"][share] for run in its) for share in SHARES},
    } for name, its in runs.items()]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=Path, default=ROOT / "build/release")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--every", type=float, default=1, metavar="MS")
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    results = measure(options)
    if options.json:
        options.json.write_text(json.dumps({"results": results}, indent=1), encoding="utf-8")
    print(f"{'interval, µs':18}{'sent':>16}" + "".join(f"{share:>10}" for share in SHARES))
    for result in results:
        sent = f"{min(result['sent'])}/{result['wanted']}"
        print(f"{result['name']:18}{sent:>16}" + "".join(f"{result['interval_us'][share]:>10.0f}" for share in SHARES))


if __name__ == "__main__":
    main()
