#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks of the source tree itself: the layers, the layout, and what must not stand in any file.

    layers.py ROOT
"""

import pathlib
import re
import subprocess
import sys

TOP_LEVEL = {
    "CMakeLists.txt", "CMakePresets.json", "README.md", "ARCHITECTURE.md", "LICENSE",
    "app", "protocol", "ui", "resources", "tests", "scripts",
}  # fmt: skip

LAYERS = ("protocol", "app", "ui")

# What a layer may not include: other layers, and the parts of Qt that would bring in what it must do without.
FORBIDDEN = {
    "protocol": re.compile(
        r"[<\"]((app|ui)/|Qt(Network|Gui|Widgets|Svg|Test)\b|Q(Object|Tcp\w+|Udp\w+|Ssl\w+|Host\w+|Network\w*|"
        r"AbstractSocket|SocketNotifier|File\w*|SaveFile|Dir|TemporaryFile|Timer\w*|ElapsedTimer|DateTime|Thread\w*|"
        r"EventLoop|\w*Widget|Painter|Application|Gui\w+)\b)"
    ),
    "app": re.compile(
        r"[<\"](ui/|Qt(Gui|Widgets|Svg)\b|Q(\w*Widget|Application|GuiApplication|MainWindow|Dialog|Painter|Pixmap|Image|"
        r"Color|Font|Icon)\b)"
    ),
}
# What the build files of a layer may not link.
FORBIDDEN_LINKS = {
    "protocol": re.compile(r"Qt6::(Network|Gui|Widgets|Svg)|sockeye::(app|ui)"),
    "app": re.compile(r"Qt6::(Gui|Widgets|Svg)|sockeye::ui"),
}

# A protocol is named in its own room, in the registry and by the services that speak it; everybody else asks the value.
PROTOCOL_ROOMS = ("protocol/protocols/", "protocol/services/", "tests/")
NAMES_A_PROTOCOL = re.compile(
    r"\b(app|raw|lines|datagram)Protocol\(\)|rotocol(\(\))?(->|\.)id\(\)\s*[=!]=|"
    r"[=!]=\s*(default|plain)Protocol\(\)|(default|plain)Protocol\(\)\s*[=!]="
)

# What is of one system or of POSIX, and where it may be; all other sources do with C++, Qt and the headers in app/platform.
SYSTEM_HEADER = re.compile(
    r"\s*#\s*include <((sys|net|netinet|netpacket|arpa|linux|asm|mach)/|"
    r"(aio|dirent|dlfcn|endian|fcntl|fnmatch|ftw|glob|grp|ifaddrs|langinfo|libgen|malloc|mqueue|netdb|poll|pthread|pwd|"
    r"sched|semaphore|signal|spawn|strings|syslog|termios|ucontext|unistd|utime|windows|winsock2?|ws2tcpip)\.h>)"
)
SYSTEM_CONDITION = re.compile(
    r"\s*#\s*(el)?if.*\b(_*(linux|unix|gnu_linux)_*|__(APPLE|MACH|ANDROID|\w+BSD|GLIBC|GNU_LIBRARY)\w*|_?_?WIN(32|64)\w*|"
    r"_POSIX\w*|Q_OS_\w+|Q_CC_\w+)\b"
)
SYSTEM_ROOMS = ("app/platform/linux/", "app/platform/posix/", "app/capture_tool/", "tests/")
CONDITION_ROOMS = ("app/platform/", "app/capture_tool/", "tests/")
# What a build may be without is included by the folders that it is without as well.
CHOSEN = re.compile(r'\s*#\s*include "app/(platform/(linux|posix|portable)|net/native)/')
CHOSEN_ROOMS = (
    "app/platform/linux/", "app/platform/posix/", "app/platform/portable/", "app/net/native/",
    "app/net/engines/all_engines.cpp", "tests/",
)  # fmt: skip
RAW_STRING = re.compile(r'R"(\w*)\(.*?\)\1"', re.DOTALL)

MAX_LINES = 450
# Sources in one folder, headers not counted.
MAX_SOURCES = 30
# Files that may be longer, each with its reason.
LONG_FILES = {
    "LICENSE": "the licence's own text",
    "tests/app/formats/tst_capture_files.cpp": "data tables",
    "tests/app/channel/tst_channel.cpp": "a row for what one engine can, and one for what the other does instead",
    "tests/app/net/tst_event_dispatcher.cpp": "every scenario runs on two dispatchers",
}

UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME|X" r"XX|HA" r"CK)\b|\bfor n" r"ow\b|\bnot impl" r"emented\b")
MACHINE_PATH = re.compile(r"(?<![\w.])/(home|root|work|Users)/\w")
ARG = re.compile(r"\.arg\(")
NEXT_ARG = re.compile(r"\s*\.arg\(")
# What hides parentheses from the eye that counts them: strings and characters, as far as they go.
LITERAL = re.compile(r"\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])+'(?!\w)")
NEEDS_LICENCE = {".cpp", ".h", ".py", ".cmake", ".sh"}
TEXT = NEEDS_LICENCE | {".txt", ".md", ".json", ".yml", ".desktop", ".xml", ""}


def files_of(root):
    """What git knows or would add; everything but build folders where there is no git."""
    listed = subprocess.run(
        ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0:
        names = [name for name in listed.stdout.decode().split("\0") if name]
    else:
        names = [str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()]
        names = [name for name in names if not name.startswith(("build", "."))]
    return sorted(name for name in names if (root / name).is_file())


def needs_licence(path, text):
    if path.suffix in NEEDS_LICENCE or path.name == "CMakeLists.txt":
        return bool(text.strip())
    return path.suffix == "" and text.startswith("#!")


def chained_args(text):
    """Line numbers of .arg(a).arg(b), also over line breaks: a "%1" in a is a place to the second call."""
    blank = LITERAL.sub(lambda literal: "_" * len(literal.group()), text)
    for call in ARG.finditer(blank):
        depth, at = 1, call.end()
        while depth and at < len(blank):
            depth += {"(": 1, ")": -1}.get(blank[at], 0)
            at += 1
        if NEXT_ARG.match(blank, at):
            yield blank.count("\n", 0, call.start()) + 1


def system_complaints(name, text):
    """What a source takes from the system beside app/platform; programs that it only prints are in raw strings."""
    own = RAW_STRING.sub(lambda literal: "\n" * literal.group().count("\n"), text)
    for rule, rooms, what in (
        (SYSTEM_HEADER, SYSTEM_ROOMS, "a header of the system outside app/platform"),
        (SYSTEM_CONDITION, CONDITION_ROOMS, "a question for the system outside app/platform"),
        (CHOSEN, CHOSEN_ROOMS, "an include that not every build has"),
    ):
        if not name.startswith(rooms):
            for number, line in enumerate(own.splitlines(), 1):
                if rule.match(line):
                    yield number, f"{what}: {line.strip()}"


def complaints_about(name, text):
    path = pathlib.PurePosixPath(name)
    lines = text.splitlines()
    layer = path.parts[0]
    if needs_licence(path, text) and not any("SPDX-License-Identifier:" in line for line in lines[:4]):
        yield 1, "no SPDX-License-Identifier line at the top"
    if path.suffix in {".cpp", ".h", ".py", ".sh"} and len(lines) > MAX_LINES and name not in LONG_FILES:
        yield len(lines), f"more than {MAX_LINES} lines; split it, or give its reason in tests/layers.py"
    includes = FORBIDDEN.get(layer) if path.suffix in {".cpp", ".h"} else None
    links = FORBIDDEN_LINKS.get(layer) if path.name == "CMakeLists.txt" else None
    if path.suffix in {".cpp", ".h"}:
        for number in chained_args(text):
            yield number, "an .arg() on the result of another: one call with all that is put in"
        yield from system_complaints(name, text)
    for number, line in enumerate(lines, 1):
        if includes and line.lstrip().startswith("#include") and includes.search(line):
            yield number, f"an include against the layers: {line.strip()}"
        if links and links.search(line):
            yield number, f"a link against the layers: {line.strip()}"
        if name not in LONG_FILES and UNFINISHED.search(line):
            yield number, f"a word that means unfinished: {line.strip()}"
        if layer in LAYERS and not name.startswith(PROTOCOL_ROOMS) and NAMES_A_PROTOCOL.search(line):
            yield number, f"a protocol is named or compared outside its room: {line.strip()}"
        if MACHINE_PATH.search(line):
            yield number, f"a path of one machine: {line.strip()}"


def circles_between(folders):
    """The sets of folders that include each other, directly or not; `folders` maps a folder to those it includes."""
    order, lowest, stack, found = {}, {}, [], []

    def visit(folder):
        order[folder] = lowest[folder] = len(order)
        stack.append(folder)
        for other in sorted(folders.get(folder, ())):
            if other not in order:
                visit(other)
                lowest[folder] = min(lowest[folder], lowest[other])
            elif other in stack:
                lowest[folder] = min(lowest[folder], order[other])
        if lowest[folder] == order[folder]:
            circle = stack[stack.index(folder) :]
            del stack[stack.index(folder) :]
            if len(circle) > 1:
                found.append(sorted(circle))

    for folder in sorted(folders):
        if folder not in order:
            visit(folder)
    return found


def complaints_about_folders(root, names):
    includes, sources = {}, {}
    for name in names:
        path = pathlib.PurePosixPath(name)
        if path.parts[0] not in LAYERS or path.suffix not in {".cpp", ".h"}:
            continue
        folder = str(path.parent)
        sources[folder] = sources.get(folder, 0) + (path.suffix == ".cpp")
        text = (root / name).read_text(encoding="utf-8", errors="replace")
        for included in re.findall(r'^#include "((?:protocol|app|ui)/[^"]+)"', text, re.MULTILINE):
            other = str(pathlib.PurePosixPath(included).parent)
            if other != folder:
                includes.setdefault(folder, set()).add(other)
    for circle in circles_between(includes):
        yield f"{circle[0]}: folders include each other in a circle: {', '.join(circle)}"
    for folder, count in sorted(sources.items()):
        if count > MAX_SOURCES:
            yield f"{folder}: {count} sources; a folder has at most {MAX_SOURCES}"


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    names = files_of(root)
    found = [
        f"{top}: beyond the agreed layout at the top level"
        for top in sorted({pathlib.PurePosixPath(name).parts[0] for name in names})
        if top not in TOP_LEVEL and not top.startswith(".")
    ]
    for name in names:
        path = root / name
        if path.suffix in TEXT and not name.startswith("tests/data/"):
            text = path.read_text(encoding="utf-8", errors="replace")
            found += [f"{name}:{line}: {what}" for line, what in complaints_about(name, text)]
    found += complaints_about_folders(root, names)
    print("\n".join(found) if found else f"{len(names)} files are as they should be.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
