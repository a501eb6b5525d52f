# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives a program as a person would: finds controls by their accessible names, clicks, types, takes pictures."""

import os
import subprocess
import time

import gi
import pyatspi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi

PATIENCE = 60  # seconds
FIELDS = ("text", "combo box", "spin button")  # roles of what can be typed into; labels have the same names


def until(what, condition):
    """Waits for `condition` to return something true, and returns it."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.05)
    raise TimeoutError(f"{what} did not come within {PATIENCE} s")


def descendants(node):
    """All accessible objects below `node`, itself included; those that vanish meanwhile are left out."""
    stack = [node]
    while stack:
        here = stack.pop()
        if here is None:
            continue
        yield here
        try:
            # Tables have a child for each cell: nobody looks for those by name.
            count = min(here.childCount, 500)
            stack += [here.getChildAtIndex(index) for index in reversed(range(count))]
        except Exception:  # pylint: disable=broad-except  # the bus raises many kinds for an object that is gone
            continue


def is_called(node, name):
    """Whether that is its name, or that of its label: Qt gives a combo box the name of what is chosen in it."""
    if node.name == name:
        return True
    if node.getRoleName() != "combo box":
        return False
    labels = [
        relation.getTarget(index)
        for relation in node.getRelationSet()
        if relation.getRelationType() == pyatspi.RELATION_LABELLED_BY
        for index in range(relation.getNTargets())
    ]
    return any(label.name == name for label in labels)


class Application:
    """One run of the program, with settings and captures of its own, in the folder of its settings."""

    def __init__(self, command, settings, size):
        self.size = size
        environment = {
            **os.environ,
            "SOCKEYE_SETTINGS": str(settings),
            "XDG_CACHE_HOME": str(settings.parent / "cache"),
            # Objects that go while they are looked at are nothing to report.
            "QT_LOGGING_RULES": "qt.accessibility.*=false",
        }
        self.process = subprocess.Popen(command, env=environment)
        self.window = until("the window", self._map_window)
        self.node = until("the accessible program", self._find_node)

    def _map_window(self):
        found = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)],
            capture_output=True, text=True, check=False,
        ).stdout.split()  # fmt: skip
        if not found:
            return None
        width, height = self.size
        for command in (
            ["windowmove", "--sync", found[0], "0", "0"],
            ["windowsize", found[0], str(width), str(height)],
            ["windowactivate", found[0]],
        ):
            subprocess.run(["xdotool", *command], check=False, timeout=10)
        return found[0]

    def _find_node(self):
        # Nothing is cached: no main loop runs here that would hear of changes.
        desktop = pyatspi.Registry.getDesktop(0)
        desktop.set_cache_mask(Atspi.Cache.NONE)
        desktop.clear_cache()
        for program in desktop:
            try:
                if program is not None and program.get_process_id() == self.process.pid:
                    program.set_cache_mask(Atspi.Cache.NONE)
                    program.clear_cache()
                    return program
            except Exception:  # pylint: disable=broad-except
                continue
        return None

    def visible(self, name, roles=()):
        """Visible controls of that name, in reading order."""
        found = []
        for node in descendants(self.node):
            try:
                if (roles and node.getRoleName() not in roles) or not is_called(node, name):
                    continue
                states = node.getState()
                if states.contains(pyatspi.STATE_SHOWING) and states.contains(pyatspi.STATE_VISIBLE):
                    found.append(node)
            except Exception:  # pylint: disable=broad-except
                continue
        return found

    def find(self, name, *roles, last=False):
        found = until(f'"{name}"', lambda: self.visible(name, roles))
        return found[-1 if last else 0]

    def click(self, name, *roles, last=False, button=1):
        node = self.find(name, *roles, last=last)
        box = node.queryComponent().getExtents(pyatspi.DESKTOP_COORDS)
        self.click_at(box.x + box.width // 2, box.y + box.height // 2, button)

    def click_at(self, x, y, button=1):
        subprocess.run(["xdotool", "mousemove", str(x), str(y), "click", str(button)], check=True)
        self.settle()

    def press(self, *keys):
        subprocess.run(["xdotool", "key", *keys], check=True)
        self.settle()

    def fill(self, name, text):
        """Replaces what a field says."""
        self.click(name, *FIELDS)
        self.press("ctrl+a")
        subprocess.run(["xdotool", "type", "--delay", "5", text], check=True)
        self.settle()

    def row_of(self, table, text, last=True):
        """A place in the last (or first) visible cell of a table whose text contains `text`."""

        def look():
            nodes = list(descendants(self.find(table)))
            for node in reversed(nodes) if last else nodes:
                try:
                    if text in node.name and node.getState().contains(pyatspi.STATE_SHOWING):
                        box = node.queryComponent().getExtents(pyatspi.DESKTOP_COORDS)
                        return box.x + min(box.width // 2, 60), box.y + box.height // 2
                except Exception:  # pylint: disable=broad-except
                    continue
            return None

        return until(f'"{text}" in the table "{table}"', look)

    @staticmethod
    def settle():
        """Gives the program a moment to paint: models take what is new some thirty times a second."""
        time.sleep(0.3)

    def snap(self, file):
        subprocess.run(["xdotool", "mousemove", str(self.size[0] - 2), str(self.size[1] - 2)], check=True)
        time.sleep(0.7)
        subprocess.run(["import", "-window", "root", str(file)], check=True)
        print(file, flush=True)

    def close(self):
        self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
