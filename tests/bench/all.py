#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs all benchmarks of an optimized build, one after the other, and gathers their figures.

    tests/bench/all.py                       everything; figures to standard output as tables
    tests/bench/all.py --json figures.json   and there, with all runs
    tests/bench/all.py --write               and into the table of tests/bench/README.md, with machine and date
    tests/bench/all.py --only server,load    some of: codec, described, echo, server, shared, connections, load, generators,
                                             repeat, events, capture, lanes, ladder, reread, window, crowd

tests/bench/README.md says what each figure means. The machine must have nothing else to do.
"""

import argparse
import datetime
import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "tests/bench/README.md"
BEGIN, END = "<!-- figures: written by all.py -->", "<!-- end of figures -->"
QUIET = 1.0  # load of a machine that has nothing else to do, at most
OFFSCREEN = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}


def processor():
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def output_of(command, **arguments):
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, text=True, check=False, **arguments)
    if done.returncode != 0:
        raise SystemExit(f"{command[0]} failed with {done.returncode}")
    return done.stdout


def through_file(command):
    """What a script writes with --json."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "figures.json")
        output_of([*command, "--json", file])
        return json.loads(file.read_text(encoding="utf-8"))


def named_lines(text):
    """Lines of a name, padded to a column, and what was measured."""
    lines = [line.split("  ", 1) for line in text.splitlines() if "  " in line.strip()]
    return [{"name": name.strip(), "figure": figure.strip()} for name, figure in lines]


def codec(options):
    command = [options.build / "bin/bench_codec", "--benchmark_format=json", f"--benchmark_repetitions={options.rounds}"]
    return json.loads(output_of([*command, "--benchmark_report_aggregates_only=true"]))["benchmarks"]


def codec_table(results):
    medians = [result for result in results if result.get("aggregate_name", "median") == "median"]  # one run: itself
    rows = [[result["run_name"], f"{result['cpu_time']:,.1f} {result['time_unit']}"] for result in medians]
    return ["codec, one each", "processor time, median"], rows


def described(options):
    return named_lines(output_of([sys.executable, ROOT / "tests/bench/described.py", "--build", options.build,
                                  "--rounds", options.rounds]))


def script(options, *arguments):
    return [sys.executable, ROOT / "tests/bench/run.py", "--build", options.build, "--rounds", options.rounds,
            "--seconds", options.seconds, *arguments]


def server(options):
    return through_file(script(options, "--servers", "limit,qt,python,sockeye,sockeye (qt),sockeye+capture"))["results"]


def echo(options):
    return through_file(script(options, "--servers", "sockeye,described,described frame", "--only", "persistent, 256"))[
        "results"]


def echo_table(results):
    header, rows = server_table(results)
    return ["server of a description", *header[1:]], rows


def shared(options):
    return through_file(script(options, "--share-cores", "--servers", "limit,sockeye,sockeye+capture,sockeye+window",
                               "--without-idle"))["results"]


def shared_table(results):
    header, rows = server_table(results)
    return ["server and load on both cores", *header[1:]], rows


def server_table(results):
    names = list(results[0]["requests_per_s"])
    rows = []
    for result in results:
        rates = result["requests_per_s"]
        shares = [f"{rates[name] / rates[names[0]]:.2f}" for name in names[1:]]
        rows.append([result["scenario"], f"{rates[names[0]]:,.0f}/s", *shares])
    return ["server", names[0], *(f"{name}, share of it" for name in names[1:])], rows


def tails_table(results):
    names = list(results[0]["requests_per_s"])
    rows = []
    for result in results:
        within = [result["latency_us"][tail] for tail in ("p99", "p999")]
        rows.append([result["scenario"], *(" / ".join(f"{each[name]:,.0f}" for each in within) for name in names)])
    return ["99 % and 99.9 % answered within (µs)", *names], rows


def connections(options):
    return through_file([sys.executable, ROOT / "tests/bench/connections.py", "--build", options.build])["results"]


def connections_table(results):
    def mib(number):
        return f"{number / 1024 / 1024:.1f} MiB"

    rows = [[result["server"], f"{result['milliseconds']:,.0f} ms", f"{result['bytes_a_connection']:,.0f}",
             mib(result["rounds"][0]["before"]), ", ".join(mib(one["after"]) for one in result["rounds"])]
            for result in results]
    return ["10,000 connections", "all answered after", "bytes each", "memory before", "after each round"], rows


def load(options):
    return through_file(script(options, "--generators"))["results"]


def load_table(results):
    names = list(results[0]["requests_per_s"])
    rows = [[result["scenario"], *(f"{result['requests_per_s'][name]:,.0f}/s" for name in names),
             f"{result['ratio']:.2f}"] for result in results]
    return ["load generator", *names, "ratio"], rows


def generators(options):
    return through_file([sys.executable, ROOT / "tests/bench/generators.py", "--build", options.build, "--rounds",
                         options.rounds])


def generators_table(results):
    rows = [[result["scenario"], ", ".join(f"{name} {rate:,.0f}/s" for name, rate in result["requests_per_s"].items())
             or f"skipped: {result['skipped']}"] for result in results]
    return ["generators over TLS and UDP", "requests a second"], rows


def repeat(options):
    return through_file([sys.executable, ROOT / "tests/bench/repeat.py", "--build", options.build])["results"]


def repeat_table(results):
    shares = list(results[0]["interval_us"])
    rows = [[result["name"], f"{min(result['sent']):,} of {result['wanted']:,}",
             *(f"{result['interval_us'][share]:,.0f}" for share in shares)] for result in results]
    return ["every millisecond for a minute: intervals (µs)", "sent", *shares], rows


def events(options):
    return named_lines(output_of([options.build / "bin/bench_capture"]))


def capture(options):
    return named_lines(output_of([options.build / "bin/bench_large_capture", options.messages], env=OFFSCREEN))


def lanes(options):
    return named_lines(output_of([options.build / "bin/bench_lanes", options.messages], env=OFFSCREEN))


def ladder(options):
    return named_lines(output_of([options.build / "bin/bench_ladder", options.messages], env=OFFSCREEN))


def reread(options):
    return named_lines(output_of([options.build / "bin/bench_reread", options.messages], env=OFFSCREEN))


def window(options):
    return named_lines(output_of([options.build / "bin/bench_busy_window"], env=OFFSCREEN))


def crowd(options):
    text = output_of([options.build / "bin/bench_many_connections"], env=OFFSCREEN)
    lines = []
    step = ""
    for line in text.splitlines():
        if line.startswith(" "):
            lines += named_lines(f"{step}: {line.strip()}")
        else:
            step = line
    return lines


def lines_table(title):
    return lambda results: ([title, "figure"], [[line["name"], line["figure"]] for line in results])


PARTS = {
    "codec": (codec, codec_table),
    "described": (described, lines_table("a record of a description")),
    "echo": (echo, echo_table),
    "server": (server, server_table, tails_table),
    "shared": (shared, shared_table),
    "connections": (connections, connections_table),
    "load": (load, load_table),
    "generators": (generators, generators_table),
    "repeat": (repeat, repeat_table),
    "events": (events, lines_table("events of a capture")),
    "capture": (capture, lines_table("a large capture")),
    "lanes": (lanes, lines_table("lanes of ten million messages")),
    "ladder": (ladder, lines_table("ladder of ten million messages")),
    "reread": (reread, lines_table("a large capture, read anew")),
    "window": (window, lines_table("the busy window")),
    "crowd": (crowd, lines_table("10,000 connections in the window")),
}


def markdown(header, rows):
    lines = [header, ["---"] * len(header), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def write_readme(text):
    readme = README.read_text(encoding="utf-8")
    before, _, rest = readme.partition(BEGIN)
    _, found, after = rest.partition(END)
    if not found:
        raise SystemExit(f"{README} has no place for figures")
    README.write_text(f"{before}{BEGIN}\n\n{text}\n{END}{after}", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default=ROOT / "build/release", type=Path, help="an optimized build with benchmarks")
    parser.add_argument("--only", default=",".join(PARTS), help="of: " + ", ".join(PARTS))
    parser.add_argument("--rounds", default=5, type=int, help="runs of each, alternating; their median counts")
    parser.add_argument("--seconds", default=1.0, type=float, help="length of a run of server and load")
    parser.add_argument("--messages", default=10_000_000, type=int, help="of the large capture")
    parser.add_argument("--json", type=Path, help="write all figures there")
    parser.add_argument("--write", action="store_true", help="put the tables into tests/bench/README.md")
    options = parser.parse_args()
    wanted = options.only.split(",")
    for name in wanted:
        if name not in PARTS:
            parser.error(f"there is no {name}")

    busy = os.getloadavg()[0]
    if busy > QUIET:
        print(f"The machine is busy (load {busy:.2f}): figures will be too low.", file=sys.stderr)
    machine = {"processor": processor(), "cores": os.cpu_count(), "system": platform.platform(), "load": busy,
               "date": datetime.date.today().isoformat()}
    text = (f"Measured on {machine['date']}: {machine['processor']}, {machine['cores']} cores, {machine['system']}; "
            f"load before it {busy:.2f}.\n")
    figures = {"machine": machine}
    for name in wanted:
        measure, *tables = PARTS[name]
        figures[name] = measure(options)
        text += "".join("\n" + markdown(*table(figures[name])) for table in tables)
    print(text, end="")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    if options.write:
        write_readme(text)


if __name__ == "__main__":
    main()
