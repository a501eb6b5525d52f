# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The pictures of TLS: what a handshake came to, and certificates that do not hold."""

import functools
import subprocess


def server_page(stage, name="tls-server", settings=""):
    """A server with a certificate of its own making: a client that takes any, one that does not, one without TLS."""
    with stage.sockeye("--new-server", settings=settings) as program:
        program.click("Options")
        stage.choose(program, "TLS", "self")
        port = stage.start_server(program)
        for options in (("--tls-insecure",), ("--tls",), ("--timeout", "1")):
            command = [str(stage.BIN / "sockeye-cli"), "send", "127.0.0.1", str(port), "search", "morpheus", *options]
            subprocess.run(command, check=False, capture_output=True)
        program.settle()
        program.click_at(*program.row_of("Messages", "TLSv1"))
        program.snap(stage.FOLDER / f"{name}.png")


def client_page(stage, name="tls-client", settings=""):
    """A certificate that does not hold, and the same one accepted."""
    with stage.server("--tls") as port, stage.sockeye("--new-client", settings=settings) as program:
        stage.choose(program, "Transport", "TLS")
        program.click("Options")
        stage.ask(program, port, "search", "morpheus")
        program.snap(stage.FOLDER / f"{name}-refused.png")
        program.click("Accept any certificate")
        stage.ask(program, port, "search", "morpheus")
        program.click_at(*program.row_of("Messages", "TLSv1"))
        program.snap(stage.FOLDER / f"{name}.png")


def diagnosis(stage, name="diagnose-tls", settings=""):
    """A server whose certificate nobody vouches for."""
    with stage.server("--tls") as port:
        stage.diagnose(name, port, settings, tls=True)


def scenes(stage):
    """`stage` is screenshot_scenes, which knows how to start programs."""
    return {
        "tls-server": functools.partial(server_page, stage),
        "tls-client": functools.partial(client_page, stage),
        "diagnose-tls": functools.partial(diagnosis, stage),
        "dark-tls-server": functools.partial(server_page, stage, "dark-tls-server", stage.DARK),
        "dark-tls-client": functools.partial(client_page, stage, "dark-tls-client", stage.DARK),
    }
