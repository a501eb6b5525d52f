# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of the page of a load."""

import contextlib
import json
import subprocess
import tempfile
import time


def scenes(stage):
    """By name; `stage` is what all scenes share."""

    @contextlib.contextmanager
    def server(*arguments):
        """One that prints nothing, which is as fast as it can be; yields its port."""
        port = stage.free_port()
        command = [str(stage.BIN / "sockeye-cli"), "serve", "--port", str(port), "--print", "none", *arguments]
        with subprocess.Popen(command) as process:
            try:
                yield port
            finally:
                process.terminate()

    def begin(program, port, mode, seconds, connections=16):
        """File › New load…, filled in and started."""
        program.press("alt+f", "a")
        program.fill("Port", str(port))
        stage.choose(program, "Mode", mode)
        program.fill("Connections at once", str(connections))
        program.fill("Seconds", str(seconds))
        program.press("Tab")
        program.click("Start load", "push button", "button")

    def compared(name="load", settings=""):
        """Two runs, the second beside the one before."""
        with server("--persistent") as port, stage.sockeye(settings=settings) as program:
            begin(program, port, "Keep", 2)
            time.sleep(3)
            program.fill("Connections at once", "64")
            program.press("Tab")
            program.click("Start load", "push button", "button")
            time.sleep(3)
            program.snap(stage.FOLDER / f"{name}.png")

    def running():
        with server("--persistent") as port, stage.sockeye() as program:
            begin(program, port, "Pipe", 60)
            time.sleep(6)
            program.click("What is asked")
            program.snap(stage.FOLDER / "load-running.png")

    def empty():
        with stage.sockeye() as program:
            program.press("alt+f", "a")
            program.settle()
            program.snap(stage.FOLDER / "load-empty.png")

    def wrong(name="load-wrong", settings=""):
        """A server with a catalogue of its own: the reply that is not the protocol's, byte by byte."""
        with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as catalogue:
            json.dump({"morpheus": "Take the blue pill."}, catalogue)
            catalogue.flush()
            with server("--catalog", catalogue.name) as port, stage.sockeye(settings=settings) as program:
                begin(program, port, "Fresh", 1)
                program.settle()
                program.snap(stage.FOLDER / f"{name}.png")

    return {
        "load": compared,
        "load-running": running,
        "load-empty": empty,
        "load-wrong": wrong,
        "dark-load": lambda: compared("dark-load", stage.DARK),
        "dark-load-wrong": lambda: wrong("dark-load-wrong", stage.DARK),
    }
