#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a record of 24 bytes and eight fields costs under a description: by hand, by us, by the language's official reader
(npm), in turn; the medians of processor time count.

    tests/bench/described.py
    tests/bench/described.py --rounds 7 --json figures.json

tests/bench/README.md says what each figure means.
"""

import argparse
import json
import shutil
import statistics
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ["kaitai-struct-compiler@0.11.0", "kaitai-struct@0.11.0", "js-yaml@4.1.0"]
MESSAGES = {  # by their descriptions
    "record": "01020003000000040000018bcfe568008107fff040490fdb",
    "frame": "465201001085" + b"pump-1\0".hex() + "030001fffe000300",
}
OFFICIAL = {"record": "official reader", "frame": "official reader, frame"}


def ours(programs):
    """Records a second of processor time, by name."""
    command = [programs / "bench_kaitai", "--benchmark_format=json"]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True)
    return {each["name"]: 1e9 / each["cpu_time"] for each in json.loads(done.stdout)["benchmarks"]}


def install(folder):
    """Whether the official reader is there."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        return False
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "node_modules/kaitai-struct-compiler").exists():
        command = ["npm", "install", "--no-audit", "--no-fund", "--prefix", ".", *PACKAGES]
        return subprocess.run(command, cwd=folder, check=False, stdout=subprocess.DEVNULL).returncode == 0
    return True


def official(folder, seconds, name):
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as messages:
        messages.write(f"@{seconds}:{MESSAGES[name]}\n")
        messages.flush()
        command = ["node", ROOT / "tests/peers/official_reader.js", folder, ROOT / "tests/bench/kaitai", name, "-",
                   messages.name]
        found = json.loads(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout)
    return {OFFICIAL[name]: found["plain"], OFFICIAL[name] + ", with places": found["places"]}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default=ROOT / "build/release", type=Path, help="an optimized build with benchmarks")
    parser.add_argument("--rounds", default=3, type=int, help="runs of each, alternating")
    parser.add_argument("--seconds", default=1.0, type=float, help="length of a run of the official reader")
    parser.add_argument("--json", type=Path, help="write all figures there")
    options = parser.parse_args()

    folder = options.build / "tests/official"
    has_official = install(folder)
    runs = []
    for _ in range(options.rounds):
        found = ours(options.build / "bin")
        if has_official:
            for name in MESSAGES:
                found |= official(folder.resolve(), options.seconds, name)
        runs.append(found)
    rates = {name: statistics.median(run[name] for run in runs) for name in runs[0]}
    for name, rate in rates.items():
        print(f"{name:<30}  {rate:>14,.0f} a second, {1e9 / rate:>8,.1f} ns each")
    if has_official:
        for ours_name, theirs in (("withoutTree", OFFICIAL["record"]), ("frameWithoutTree", OFFICIAL["frame"])):
            print(f"{ours_name:<30}  {rates[ours_name] / rates[theirs]:.2f} of the official reader")
        for ours_name, theirs in (("withTree", OFFICIAL["record"]), ("frameWithTree", OFFICIAL["frame"])):
            print(f"{ours_name:<30}  {rates[ours_name] / rates[theirs + ', with places']:.2f} "
                  "of the official reader with places")
    else:
        print("official reader                 There is no node, or npm could not fetch it.")
    if options.json:
        options.json.write_text(json.dumps({"rates": rates, "runs": runs}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
