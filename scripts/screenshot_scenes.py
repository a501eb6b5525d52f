# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The pictures that scripts/screenshots takes, one function each.

    screenshot_scenes.py BIN_FOLDER PICTURES_FOLDER WIDTHxHEIGHT [SCENE…]
"""

import contextlib
import functools
import json
import pathlib
import socket
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tests" / "peers"))

import app_client
import app_protocol
import screenshot_captures
import screenshot_loads
import screenshot_tls
from pyatspi import STATE_ENABLED
from screenshot_desktop import Application

BIN, FOLDER = (pathlib.Path(argument) for argument in sys.argv[1:3])
SIZE = tuple(int(part) for part in sys.argv[3].split("x"))
DARK = "[appearance]\ntheme=2\n"


@contextlib.contextmanager
def sockeye(*arguments, settings="", prefix=()):
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "settings.ini"
        file.write_text(settings, encoding="utf-8")
        program = Application([*prefix, str(BIN / "sockeye"), *arguments], file, SIZE)
        try:
            yield program
        finally:
            program.close()


@contextlib.contextmanager
def server(*arguments):
    """A server on the command line; yields its port."""
    command = [str(BIN / "sockeye-cli"), "serve", "--port", "0", "--print", "json", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        try:
            yield json.loads(process.stdout.readline())["port"]
        finally:
            process.terminate()


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def start_server(program):
    port = free_port()
    program.fill("Port", str(port))
    program.click("Start server", "push button", "button")
    program.settle()
    return port


def ask(program, port, action, value):
    program.fill("Port", str(port))
    program.fill("Action", action)
    program.fill("Value", value)
    program.press("ctrl+Return")
    program.settle()


def first_start():
    with sockeye() as program:
        program.settle()
        program.snap(FOLDER / "first-start.png")


def first_exchange(name="first-exchange", settings=""):
    with sockeye("--demo", settings=settings) as program:
        program.row_of("Messages", "rabbit")
        program.settle()
        program.snap(FOLDER / f"{name}.png")


def server_page(name="server-page", settings=""):
    """Some exchanges that are over, and three live connections: silent, inside a header, inside a content."""
    request = app_protocol.encode_request("search", "morpheus")
    with sockeye("--new-server", settings=settings) as program, contextlib.ExitStack() as peers:
        port = start_server(program)
        for action, value in (("search", "ring"), ("double", "7654321"), ("frobnicate", "x"), ("search", "🐶")):
            app_client.exchange("127.0.0.1", port, app_protocol.encode_request(action, value))
        for size in (0, 40, len(request) - 18):
            peer = peers.enter_context(socket.create_connection(("127.0.0.1", port)))
            peer.sendall(request[:size])
        program.click_at(*program.row_of("Messages", "result"))
        program.snap(FOLDER / f"{name}.png")


def client_page():
    with server() as port, sockeye("--new-client") as program:
        ask(program, port, "search", "ring")
        ask(program, port, "double", "7654321")
        ask(program, port, "search", "morpheus")
        program.snap(FOLDER / "client-page.png")


def inspector():
    with server() as port, sockeye("--new-client") as program:
        ask(program, port, "search", "morpheus")
        program.click_at(*program.row_of("Messages", "rabbit"))
        program.snap(FOLDER / "inspector.png")


def error_in_place():
    """A server that got three bad messages, the last one selected."""
    bad = (b"\x00\x02[]", b"\x00\x10{\"byteorder\": 1}", app_protocol.encode_request("search", "x")[:-1] + b"]")
    with sockeye("--new-server") as program:
        port = start_server(program)
        app_client.exchange("127.0.0.1", port, app_protocol.encode_request("search", "ring"))
        for message in bad:
            app_client.exchange("127.0.0.1", port, message)
        program.click_at(*program.row_of("Messages", "not JSON", last=False))
        program.snap(FOLDER / "error.png")


def export(name="export", settings=""):
    """The dialog over a server page with some messages selected."""
    with sockeye("--new-server", settings=settings) as program:
        port = start_server(program)
        for action, value in (("search", "ring"), ("double", "7654321"), ("frobnicate", "x"), ("search", "🐶")):
            app_client.exchange("127.0.0.1", port, app_protocol.encode_request(action, value))
        program.click_at(*program.row_of("Messages", "ring", last=False))
        program.press("shift+Down", "shift+Down", "shift+Down")
        program.press("ctrl+e")
        program.find("File", "text")
        program.snap(FOLDER / f"{name}.png")


def gap(name="gap", settings=""):
    """A capture of another program in which a segment is missing: what it says about it selected."""
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "router.pcap"
        file.write_bytes(screenshot_captures.with_a_gap())
        with sockeye(str(file), settings=settings) as program:
            program.click_at(*program.row_of("Messages", "missing"))
            program.snap(FOLDER / f"{name}.png")


def recovery(name="recovery", settings=""):
    """The next start after a Sockeye with a server and a client was killed."""
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "settings.ini"
        file.write_text(settings, encoding="utf-8")
        killed = Application([str(BIN / "sockeye"), "--demo"], file, SIZE)
        killed.row_of("Messages", "rabbit")
        killed.process.kill()
        killed.process.wait()
        program = Application([str(BIN / "sockeye")], file, SIZE)
        try:
            program.find("Discard what was left behind", "push button", "button")
            program.snap(FOLDER / f"{name}.png")
        finally:
            program.close()


@contextlib.contextmanager
def capture_page(settings="", prefix=()):
    """The program with the page of a live capture in front, of the traffic of some server; yields both."""
    with server() as port, sockeye(settings=settings, prefix=prefix) as program:
        program.press("alt+f")
        program.click("Capture from interface…", "menu item")
        program.fill("Capture filter", f"tcp port {port}")
        program.click("Start capture", "push button", "button")
        yield program, port


def live_capture(name="live-capture", settings=""):
    """Other programs' exchanges on the loopback interface."""
    with capture_page(settings) as (program, port):
        program.find("Stop capture", "push button", "button")
        for action, value in (("search", "ring"), ("double", "7654321"), ("frobnicate", "x"), ("search", "morpheus")):
            app_client.exchange("127.0.0.1", port, app_protocol.encode_request(action, value))
        program.click_at(*program.row_of("Messages", "rabbit"))
        program.snap(FOLDER / f"{name}.png")


def live_no_right(name="live-no-right", settings=""):
    """The same without the right to capture."""
    prefix = ("setpriv", "--bounding-set=-net_raw", "--inh-caps=-net_raw", "--")
    with capture_page(settings, prefix) as (program, _):
        program.find("Copy command", "push button", "button")
        program.snap(FOLDER / f"{name}.png")


def live_empty():
    with sockeye() as program:
        program.press("alt+f")
        program.click("Capture from interface…", "menu item")
        program.click("Capture filter", "text")
        program.press("t", "c", "p", "space", "x")
        program.find("What is wrong with the filter")
        program.snap(FOLDER / "live-empty.png")


def refused():
    with sockeye("--new-client") as program:
        ask(program, free_port(), "search", "morpheus")
        program.snap(FOLDER / "refused.png")


def choose(program, name, what):
    """In a box with a list: types the beginning of an entry."""
    program.click(name, "combo box")
    subprocess.run(["xdotool", "type", "--delay", "5", what], check=True)
    program.press("Return")


def udp(name="udp", settings=""):
    """A client over UDP: answered, and refused."""
    with server("uppercase-udp") as port, sockeye("--new-client", settings=settings) as program:
        choose(program, "Transport", "UDP")
        for target, value in ((port, "one datagram there, one back"), (free_port(), "anybody?")):
            program.fill("Port", str(target))
            program.fill("Value", value)
            program.press("ctrl+Return")
            program.settle()
        program.snap(FOLDER / f"{name}.png")


def udp_server():
    """Several peers of a server over UDP."""
    with sockeye("--new-server") as program, contextlib.ExitStack() as peers:
        choose(program, "Service", "uppercase-udp")
        port = start_server(program)
        for word in ("first", "second", "naïve straße"):
            peer = peers.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
            peer.connect(("127.0.0.1", port))
            for text in (word, "", word * 3):
                peer.send(text.encode())
                peer.recv(65536)
        program.click_at(*program.row_of("Connections", "127.0.0.1"))
        program.snap(FOLDER / "udp-server.png")


def chat(name="chat", settings=""):
    """Three people and the server's own window."""
    with sockeye("--new-server", settings=settings) as program, contextlib.ExitStack() as peers:
        choose(program, "Service", "chat")
        port = start_server(program)
        people = []
        for person in ("Ada", "Grace", None):
            peer = peers.enter_context(socket.create_connection(("127.0.0.1", port)))
            people.append(peer)
            program.settle()
            if person:
                peer.sendall(f"/name {person}\n".encode())
        for number, line in (
            (0, "Does anybody know why my second message never gets an answer?"),
            (1, "Perhaps both came in one read. recv() returns what has come, not what was sent 🐟"),
            (2, "same here"),
            (0, "Größe stimmt, und 日本語 kommt ganz an."),
        ):
            people[number].sendall(line.encode() + b"\n")
            program.settle()
        program.fill("Line to say", "Look at the two rulers in Bytes: one shows the reads, the other the messages.")
        program.press("Return")
        choose(program, "To", "#3")
        program.fill("Line to say", "You may give yourself a name: /name")
        program.press("Return")
        people[1].close()
        program.settle()
        program.snap(FOLDER / f"{name}.png")


def chat_client():
    """A client page as a seat in a chat."""
    with server("chat") as port, sockeye("--new-client") as program:
        program.click("Options", "check box", "toggle button", "push button", "button")
        choose(program, "Protocol", "lines")
        program.click("Options", "check box", "toggle button", "push button", "button")
        program.fill("Port", str(port))
        program.click("Connect", "push button", "button")
        with socket.create_connection(("127.0.0.1", port)) as other:
            program.settle()
            program.fill("Line to say", "/name Ada")
            program.press("Return")
            program.fill("Line to say", "hello everybody")
            program.press("Return")
            other.sendall("/name Grace\nhello Ada 🐟\n".encode())
            program.settle()
            program.snap(FOLDER / "chat-client.png")


def sockets(name="sockets", settings=""):
    """Sockeye's sockets with every state that people ask about, one of them selected."""
    with server("stall") as port, sockeye(settings=settings) as program, contextlib.ExitStack() as peers:
        for unread in (b"", b"unread bytes", b"more of them" * 20):
            peer = peers.enter_context(socket.create_connection(("127.0.0.1", port)))
            peer.sendall(unread)
        with server() as other:
            request = app_protocol.encode_request("search", "ring")
            app_client.exchange("127.0.0.1", other, request)
            # One that reads the reply to its end and forgets to close.
            forgetful = peers.enter_context(socket.create_connection(("127.0.0.1", other)))
            forgetful.sendall(request)
            while forgetful.recv(4096):
                pass
            program.press("alt+t", "s")
            program.click_at(*program.row_of("Sockets", "CLOSE_WAIT"))
            program.snap(FOLDER / f"{name}.png")


def diagnose(name, port, settings="", tls=False):
    with sockeye(settings=settings) as program:
        program.press("alt+t", "d")
        program.fill("Port", str(port))
        if tls:
            program.click("TLS", "check box")
        program.click("Diagnose", "push button", "button")
        program.find("Copy report", "push button", "button")
        until_verdict(program)
        program.snap(FOLDER / f"{name}.png")


def until_verdict(program):
    """Steps have all ended when the copy button can be pressed."""
    for _ in range(40):
        program.settle()
        if program.find("Copy report", "push button", "button").getState().contains(STATE_ENABLED):
            return


def diagnose_refused(name="diagnose-refused", settings=""):
    """Somebody listens on the port, but at another address."""
    with socket.create_server(("127.0.0.2", 0)) as listener:
        diagnose(name, listener.getsockname()[1], settings)


def diagnose_timed_out(name="diagnose-timed-out", settings=""):
    """A program that listens and does not accept."""
    with socket.socket() as listener, contextlib.ExitStack() as waiting:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for _ in range(4):
            client = waiting.enter_context(socket.socket())
            client.setblocking(False)
            client.connect_ex(listener.getsockname())
        diagnose(name, listener.getsockname()[1], settings)


def flood(name="flood", settings=""):
    """A client floods a server that never reads: both queues, and what they say."""
    with server("stall") as port, sockeye("--new-client", settings=settings) as program:
        program.fill("Port", str(port))
        program.click("Kernel", "page tab")
        program.click("Flood", "push button", "button")
        for _ in range(20):
            program.settle()
        program.snap(FOLDER / f"{name}.png")


def many(name="many", settings="", connections=10_000, service=("echo", "--persistent")):
    """Many connections to a server in another process, with what became of them."""
    with server(*service) as port, sockeye(settings=settings) as program:
        program.press("alt+t", "m")
        program.fill("Port", str(port))
        program.fill("Number of connections", str(connections))
        program.press("Tab")
        program.click("Open connections", "push button", "button")
        program.settle()
        program.snap(FOLDER / f"{name}.png")


def many_changed():
    """A server that sends back something else."""
    many("many-changed", DARK, 12, ("uppercase", "--persistent"))


def left_out(name="left-out", settings=""):
    """A server that is asked faster than its capture can be written, where bytes are to be left out then."""
    with sockeye("--new-server", settings=settings + "[captures]\nleaveOut=true\n") as program:
        program.click("Options", "toggle button", "push button", "check box", "button")
        program.settle()
        program.click("Persistent connections", "check box")
        port = start_server(program)
        command = [str(BIN / "sockeye-cli"), "load", "127.0.0.1", str(port), "--mode", "pipe", "--connections", "16",
                   "--depth", "64", "--seconds", "6"]
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        program.settle()
        program.snap(FOLDER / f"{name}.png")


SCENES = {
    "first-start": first_start,
    "first-exchange": first_exchange,
    "server-page": server_page,
    "client-page": client_page,
    "inspector": inspector,
    "error": error_in_place,
    "export": export,
    "gap": gap,
    "recovery": recovery,
    "live-capture": live_capture,
    "live-no-right": live_no_right,
    "live-empty": live_empty,
    "refused": refused,
    "udp": udp,
    "udp-server": udp_server,
    "chat": chat,
    "chat-client": chat_client,
    "sockets": sockets,
    "diagnose-refused": diagnose_refused,
    "diagnose-timed-out": diagnose_timed_out,
    "flood": flood,
    "many": many,
    "many-changed": many_changed,
    "left-out": left_out,
    **screenshot_loads.scenes(sys.modules[__name__]),
    **screenshot_tls.scenes(sys.modules[__name__]),
}
# The same in the dark.
for dark, scene in {
    "dark-chat": chat,
    "dark": first_exchange,
    "dark-server": server_page,
    "dark-export": export,
    "dark-gap": gap,
    "dark-recovery": recovery,
    "dark-live-capture": live_capture,
    "dark-live-no-right": live_no_right,
    "dark-sockets": sockets,
    "dark-diagnose": diagnose_refused,
    "dark-flood": flood,
    "dark-left-out": left_out,
}.items():
    SCENES[dark] = functools.partial(scene, dark, DARK)


def main():
    for name in sys.argv[4:] or SCENES:
        SCENES[name]()


if __name__ == "__main__":
    main()
