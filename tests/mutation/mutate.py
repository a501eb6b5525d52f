#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Do the tests notice when the code is wrong? Makes single changes by seed, and runs the tests that cover them.

    tests/mutation/mutate.py protocol                          25 changes anywhere in protocol/
    tests/mutation/mutate.py app/formats app/reading -n 100    a hundred in these two
    tests/mutation/mutate.py app/net --seed 7 --list           what seed 7 would change; builds nothing
    tests/mutation/mutate.py app/net --seed 7 --only 12        the twelfth of them again, with the output of its tests
    tests/mutation/mutate.py app --only app/net/address.cpp:66 every change of that line
    tests/mutation/mutate.py protocol -n 100 --at-least 90     exit status 1 if fewer than 90 % were noticed

A change is one of: a comparison flipped (`<` and `<=`, `==` and `!=`), a constant one more or less, a condition negated, a
statement removed, `&&` and `||` exchanged, `+` and `-` exchanged (changes.py). Each kind comes equally often. Headers are
left alone: what includes them would have to be built anew.

Works in a copy of the tree, build/mutation/tree, with a build folder of its own in it (no unity builds, so that only one
source is compiled, and one program of tests linked): your tree is never touched, and the copy is put right after each
change, also at Ctrl-C. The first run builds everything; later ones what has changed since. With --unity the first one
takes what ccache has of the preset "dev", and each change takes longer: for a few changes. Tests run until the first
failure, for four times as long as they take with nothing changed. A change counts as caught if a test fails, crashes or
does not end; one that does not compile does not count at all.

What survives is either a test that is missing, or an equivalent change, which nobody can tell from the right code: a
buffer a byte larger, a limit of time, a shortcut that only saves work. Look at each; write the test, or say why not.
"""

import argparse
import fcntl
import os
import pathlib
import random
import re
import resource
import signal
import subprocess
import sys
import time

from changes import changes_of

ROOT = pathlib.Path(__file__).resolve().parents[2]
# The copy and its build folder; main() may choose others.
TREE = ROOT / "build/mutation/tree"
BUILD = TREE / "build/mutation"

# folder, programs to build, the tests that cover it, as options of ctest. Those of hostile input hold everything against
# the clock, and fail on a busy machine whatever was changed.
COVERED_BY = (
    ("protocol/", ["protocol_tests"], ["-L", "^protocol$", "-E", "hostile"]),
    (
        "app/(formats|recording|reading|storage|events)/",
        ["app_tests", "tst_left_captures"],
        [
            "-L",
            "^app$",
            "-R",
            "^tst_(capture|import|tcp|left|reading|replay|stream_decoder|message_log|connection_limit|spool|export$)",
        ],
    ),
    (
        "app/(endpoint|net|channel|tls)/",
        ["app_tests"],
        [
            "-L",
            "^app$",
            "-R",
            "^tst_(channel|unsent|server|client|datagrams|chat|many|answer|ends|closing|stream$|stream_qt|host_text|failure|"
            "event_dispatcher|tls|load_run|load_trouble)",
        ],
    ),
    ("app/", ["app_tests"], ["-L", "^app$"]),
)
LEFT_ALONE = re.compile(r"app/(cli|capture_tool)/|app/platform/portable/|protocol/dissector/make_dissector\.cpp")
# What a wrong program may take before it is stopped.
MEMORY = 8 << 30
QUIET = '_Pragma("GCC diagnostic ignored \\"-Wall\\"") _Pragma("GCC diagnostic ignored \\"-Wparentheses\\"") '


def covered_by(name):
    return next((programs, tests) for folder, programs, tests in COVERED_BY if re.match(folder, name))


def run(command, seconds=None, quiet=True, **options):
    """Its exit status and output; None as the status if it did not end in time. Ends with all that it started."""
    with subprocess.Popen(
        command,
        cwd=TREE,
        stdout=subprocess.PIPE if quiet else None,
        stderr=subprocess.STDOUT if quiet else None,
        text=True,
        errors="replace",
        start_new_session=True,
        **options,
    ) as process:
        try:
            output, _ = process.communicate(timeout=seconds)
            return process.returncode, output or ""
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            output, _ = process.communicate()
            return None, output or ""
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise


def copy_tree():
    """What git knows or would add, into TREE; only what differs is written, so that only that is built."""
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True,
        check=True,
    )
    names = [name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]
    for name in names:
        source, target = ROOT / name, TREE / name
        content = source.read_bytes()
        if not target.is_file() or target.read_bytes() != content:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        target.chmod(source.stat().st_mode)
    wanted = set(names)
    for path in TREE.rglob("*"):
        name = path.relative_to(TREE).as_posix()
        if not name.startswith("build/") and path.is_file() and name not in wanted:
            path.unlink()


def build(targets, jobs, **options):
    return run(["cmake", "--build", str(BUILD), f"-j{jobs}", "--target", *targets], **options)


def prepare(targets, jobs, unity):
    copy_tree()
    status, output = run(
        ["cmake", "-S", str(TREE), "-B", str(BUILD), "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Debug"]
        + ["-DCMAKE_CXX_FLAGS_DEBUG=-g1", "-DSOCKEYE_UI=OFF", "-DSOCKEYE_FUZZ=OFF", "-DSOCKEYE_CHECKED=ON"]
        + [f"-DSOCKEYE_UNITY={'ON' if unity else 'OFF'}"]
    )
    if status == 0:
        status, output = build(targets, jobs)
    if status != 0:
        sys.exit(f"What is to be changed does not build:\n{output[-4000:]}")


def limit_memory():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def run_tests(tests, jobs, seconds=None, quiet=True):
    """The names of those that failed, until the first; ["(no end)"] when there was none in time."""
    status, output = run(
        ["ctest", "--test-dir", str(BUILD), "--stop-on-failure", "--output-on-failure", "--parallel", str(jobs), *tests],
        seconds,
        quiet,
        preexec_fn=limit_memory,
    )
    if status is None:
        return ["(no end)"]
    failed = re.findall(r"Test +#\d+: (\S+) \.+ *\**(?:Failed|Timeout|Exception|SEGFAULT|Subprocess)", output)
    return failed or ([] if status == 0 else ["(some test)"])


def candidates(folders):
    """(name, text, change) of all that may be changed, in a fixed order."""
    found = []
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.cpp") if (ROOT / folder).is_dir() else [ROOT / folder]):
            name = path.relative_to(ROOT).as_posix()
            if not LEFT_ALONE.match(name):
                text = path.read_text(encoding="utf-8")
                found += [(name, text, change) for change in changes_of(text)]
    return found


def choose(found, count, seed):
    """`count` of them: a kind, and then one of that kind; no two in a line."""
    chooser = random.Random(seed)
    kinds = {}
    for candidate in found:
        kinds.setdefault(candidate[2].kind, []).append(candidate)
    for of_kind in kinds.values():
        chooser.shuffle(of_kind)
    chosen, lines = [], set()
    while len(chosen) < count and kinds:
        kind = chooser.choice(sorted(kinds))
        name, text, change = kinds[kind].pop()
        if not kinds[kind]:
            del kinds[kind]
        if (name, change.line(text)) not in lines:
            lines.add((name, change.line(text)))
            chosen.append((name, text, change))
    return chosen


def try_one(name, text, change, limits, jobs, show):
    """"caught by …", "survived" or "did not compile"; the copy is as it was before when it returns or is interrupted."""
    path = TREE / name
    programs, tests = covered_by(name)
    try:
        path.write_text(QUIET + change.apply(text), encoding="utf-8")
        # What is compiled here is of no use to anybody else.
        status, output = build(programs, jobs, env={**os.environ, "CCACHE_READONLY": "1"})
        if show and status != 0:
            print(output)
        if status != 0:
            return "did not compile"
        failed = run_tests(tests, jobs, limits[programs[0], *tests], quiet=not show)
        return f"caught by {failed[0]}" if failed else "survived"
    finally:
        path.write_text(text, encoding="utf-8")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", help="where to change something: folders or files of protocol/ and app/")
    parser.add_argument("-n", "--count", type=int, default=25, help="how many changes (25)")
    parser.add_argument("-s", "--seed", type=int, default=1, help="which ones (1)")
    parser.add_argument("-j", "--jobs", type=int, default=os.cpu_count(), help="compilers and tests at once")
    parser.add_argument("--unity", action="store_true", help="build like the preset dev, in a copy of its own")
    parser.add_argument("--list", action="store_true", help="only say what would be changed")
    parser.add_argument("--only", help="a number of the list, or FILE:LINE")
    parser.add_argument("--at-least", type=float, default=0, help="per cent that must be noticed")
    return parser.parse_args()


def main():
    global TREE, BUILD
    given = arguments()
    if given.unity:
        TREE = ROOT / "build/mutation-unity/tree"
        BUILD = TREE / "build/mutation"
    # Ends like Ctrl-C: what is running is stopped, and the copy put right.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    found = candidates(given.folders)
    chosen = list(enumerate(choose(found, given.count, given.seed), 1))
    if given.only and ":" in given.only:
        chosen = [
            (number, candidate)
            for number, candidate in enumerate(found, 1)
            if f"{candidate[0]}:{candidate[2].line(candidate[1])}" == given.only
        ]
    elif given.only:
        chosen = [one for one in chosen if one[0] == int(given.only)]
    if given.list:
        for number, (name, text, change) in chosen:
            print(f"{number:4} {name}:{change.line(text)}  {change.kind}: {change.describe(text)}")
        return 0

    TREE.mkdir(parents=True, exist_ok=True)
    with open(TREE.parent / "lock", "w", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.exit(f"Another run is using {TREE.parent}.")
        return try_all(given, chosen)


def try_all(given, chosen):
    needed = {(programs[0], *tests): (programs, tests) for programs, tests in (covered_by(one[0]) for _, one in chosen)}
    prepare(sorted({program for programs, _ in needed.values() for program in programs}), given.jobs, given.unity)
    limits = {}
    for key, (_, tests) in needed.items():
        start = time.monotonic()
        failed = run_tests(tests, given.jobs)
        if failed:
            sys.exit(f"With nothing changed, {failed[0]} fails.")
        limits[key] = 30 + 4 * (time.monotonic() - start)

    verdicts = []
    try:
        for number, (name, text, change) in chosen:
            verdict = try_one(name, text, change, limits, given.jobs, show=bool(given.only))
            verdicts.append((verdict, f"{name}:{change.line(text)}  {change.kind}: {change.describe(text)}"))
            print(f"{number:4} {verdict:40} {verdicts[-1][1]}", flush=True)
    except KeyboardInterrupt:
        print("Interrupted.")

    caught = sum(verdict.startswith("caught") for verdict, _ in verdicts)
    survived = [what for verdict, what in verdicts if verdict == "survived"]
    print(f"\n{caught} caught, {len(survived)} survived, {len(verdicts) - caught - len(survived)} did not compile")
    for what in survived:
        print(f"survived: {what}")
    if caught + len(survived) == 0:
        return 0
    percent = 100 * caught / (caught + len(survived))
    print(f"{percent:.0f} % noticed")
    return 0 if percent >= given.at_least else 1


if __name__ == "__main__":
    sys.exit(main())
