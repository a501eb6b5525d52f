# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`sockeye-cli diagnose`: each verdict is brought about for real. What needs a network of another shape runs in a
network namespace of its own, which takes no rights."""

import contextlib
import os
import resource
import shutil
import socket
import struct
import subprocess
import threading
import unittest

import support

# A network with nobody in it: 10.9.0.0/24 swallows everything, 10.8/16 is unreachable, 10.7/16 forbidden, and there is
# no route to anything else.
NETWORK = """
ip link set lo up
ip link add void0 type veth peer name void1
ip link set void0 arp off
ip addr add 10.9.0.1/24 dev void0
ip link set void1 up
ip link set void0 up
ip route add unreachable 10.8.0.0/16
ip route add prohibit 10.7.0.0/16
"""


def port_of(sock):
    return sock.getsockname()[1]


@contextlib.contextmanager
def listener(backlog=5, host="127.0.0.1"):
    with socket.socket() as made:
        made.bind((host, 0))
        made.listen(backlog)
        yield made


def free_port():
    with listener() as made:
        return port_of(made)


def environment():
    """The tools of a system's administrator are not in everybody's path."""
    return {**os.environ, "PATH": os.environ["PATH"] + ":/usr/sbin:/sbin"}


def inside(script, *arguments):
    """The program in a network of its own, after `script` has shaped that."""
    command = ["unshare", "--user", "--map-root-user", "--net", "--mount", "sh", "-e", "-c", script + 'exec "$@"', "sh"]
    return subprocess.run(
        [*command, support.CLI, "diagnose", "--print", "json", *arguments],
        capture_output=True, check=False, timeout=support.PATIENCE, env=environment(),
    )  # fmt: skip


class Diagnose(unittest.TestCase):
    def check(self, done, code):
        """The steps and the verdict."""
        self.assertEqual(done.returncode, 0 if code == "connected" else 1, done.stderr)
        self.assertEqual(done.stderr.count(b"\n"), 0 if code == "connected" else 1, done.stderr)
        *steps, verdict = support.lines(done.stdout)
        self.assertEqual(verdict["event"], "verdict")
        self.assertEqual(verdict["code"], code, verdict)
        self.assertIs(verdict["ok"], code == "connected")
        self.assertTrue(verdict["what"] and verdict["meaning"] and verdict["advice"], verdict)
        self.assertTrue(all(step["event"] == "step" and step["text"] for step in steps))
        self.assertTrue(all(step["seconds"] >= 0 and step["state"] != "running" for step in steps))
        self.assertEqual(steps[0]["step"], "resolve")
        return {step["step"]: step for step in steps}, verdict

    def diagnose(self, host, port, *arguments):
        return support.run("diagnose", host, str(port), "--print", "json", *arguments)

    def test_connected_and_by_whom(self):
        with listener() as server:
            steps, verdict = self.check(self.diagnose("127.0.0.1", port_of(server)), "connected")
            self.assertIn(f"({os.getpid()})", steps["listener"]["text"])
            self.assertIn("in use", steps["listener"]["text"])
            self.assertEqual(steps["connect"]["subject"], f"127.0.0.1:{port_of(server)}")
            self.assertEqual(steps["resolve"]["addresses"], ["127.0.0.1"])
            self.assertIn("waits for us", verdict["meaning"])

    def test_refused(self):
        steps, verdict = self.check(self.diagnose("127.0.0.1", free_port()), "refused")
        self.assertEqual(steps["connect"]["code"], "refused")
        self.assertIn("No program on this machine has this port", verdict["meaning"])

    def test_refused_because_it_listens_elsewhere(self):
        with listener(host="127.0.0.2") as server:
            _, verdict = self.check(self.diagnose("127.0.0.1", port_of(server)), "refused")
            self.assertIn(f"127.0.0.2:{port_of(server)}", verdict["meaning"])
            self.assertIn(f"({os.getpid()})", verdict["meaning"])

    def test_refused_because_it_is_udp(self):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
            udp.bind(("127.0.0.1", 0))
            _, verdict = self.check(self.diagnose("127.0.0.1", port_of(udp)), "refused")
            self.assertIn("UDP", verdict["meaning"])

    def test_reset(self):
        with listener() as server:

            def throw_away():
                peer, _ = server.accept()
                peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                peer.close()

            thread = threading.Thread(target=throw_away)
            thread.start()
            _, verdict = self.check(self.diagnose("127.0.0.1", port_of(server)), "reset")
            thread.join()
            self.assertIn("stood for a moment", verdict["meaning"])

    def test_closed_at_once_is_connected(self):
        with listener() as server:
            thread = threading.Thread(target=lambda: server.accept()[0].close())
            thread.start()
            _, verdict = self.check(self.diagnose("127.0.0.1", port_of(server)), "connected")
            thread.join()
            self.assertIn("closed it at once", verdict["meaning"])

    def test_backlog_full(self):
        with listener(backlog=0) as server, contextlib.ExitStack() as waiting:
            for _ in range(4):
                client = waiting.enter_context(socket.socket())
                client.setblocking(False)
                client.connect_ex(server.getsockname())
            done = self.diagnose("127.0.0.1", port_of(server), "--timeout", "0.5")
            steps, verdict = self.check(done, "timed-out")
            self.assertIn("backlog is full", verdict["meaning"])
            self.assertIn(f"({os.getpid()})", verdict["meaning"])
            self.assertEqual(steps["listener"]["state"], "failed")

    def test_name_not_found(self):
        """Without a network nobody can be asked; with one, nobody knows the name. Each is told as what it is."""
        steps, verdict = self.check(self.diagnose("nonexistent.invalid", 80), "name-not-found")
        self.assertEqual(list(steps), ["resolve"])
        self.assertIn("nonexistent.invalid", verdict["what"])
        self.assertRegex(verdict["meaning"], "No name service knows the name|No name server answered")

    def test_name_server_that_does_not_answer(self):
        script = NETWORK + (
            "conf=$(mktemp) && names=$(mktemp)\n"
            "echo 'nameserver 127.0.0.9' > $conf && echo 'options timeout:1 attempts:1' >> $conf\n"
            "echo 'hosts: dns' > $names\n"
            "mount --bind $conf /etc/resolv.conf && mount --bind $names /etc/nsswitch.conf\n"
        )
        _, verdict = self.check(inside(script, "somewhere.example", "80"), "name-not-found")
        self.assertIn("No name server answered", verdict["meaning"])

    def test_every_address_of_a_name(self):
        script = NETWORK + (
            "hosts=$(mktemp)\n"
            "printf '10.8.0.1 many\\n127.0.0.1 many\\n127.0.0.3 many\\n' > $hosts\n"
            "mount --bind $hosts /etc/hosts\n"
        )
        done = inside(script, "many", "9", "--timeout", "1")
        _, verdict = self.check(done, "refused")
        steps = support.lines(done.stdout)
        tried = {step["subject"]: step["code"] for step in steps if step.get("step") == "connect"}
        self.assertEqual(
            tried, {"10.8.0.1:9": "unreachable", "127.0.0.1:9": "refused", "127.0.0.3:9": "refused"}, verdict
        )
        self.assertEqual(set(steps[0]["addresses"]), {"10.8.0.1", "127.0.0.1", "127.0.0.3"})

    def test_timed_out(self):
        steps, verdict = self.check(inside(NETWORK, "10.9.0.7", "80", "--timeout", "0.3"), "timed-out")
        self.assertEqual(steps["connect"]["code"], "timed-out")
        self.assertIn("cannot be seen from here", steps["listener"]["text"])
        self.assertTrue(verdict["advice"])

    def test_unreachable(self):
        for address, meaning in (("10.8.0.1", "The way ends before"), ("192.0.2.1", "knows no way")):
            with self.subTest(address):
                _, verdict = self.check(inside(NETWORK, address, "80", "--timeout", "5"), "unreachable")
                self.assertIn(meaning, verdict["meaning"])

    def test_forbidden(self):
        _, verdict = self.check(inside(NETWORK, "10.7.0.1", "80", "--timeout", "5"), "forbidden")
        self.assertIn("before anything was sent", verdict["meaning"])

    def test_pings_where_it_may(self):
        steps, _ = self.check(inside(NETWORK, "127.0.0.1", "9"), "refused")  # a new network lets nobody
        self.assertEqual(steps["ping"]["state"], "unknown")
        self.assertIn("does not let ordinary programs ping", steps["ping"]["text"])
        allow = NETWORK + "echo '0 0' > /proc/sys/net/ipv4/ping_group_range\n"
        steps, _ = self.check(inside(allow, "127.0.0.1", "9"), "refused")
        self.assertEqual(steps["ping"]["state"], "ok", steps["ping"])
        steps, verdict = self.check(inside(allow, "10.9.0.7", "80", "--timeout", "0.3"), "timed-out")
        self.assertIn("No answer", steps["ping"]["text"])
        self.assertIn("Neither the connection nor a ping is answered", verdict["meaning"])

    def test_too_many_files(self):
        """With few enough descriptors the program starts and has none left for a connection."""
        with listener(backlog=100) as server:
            told = []
            for limit in range(3, 24):
                done = subprocess.run(
                    [support.CLI, "diagnose", "127.0.0.1", str(port_of(server)), "--print", "json"],
                    capture_output=True, check=False, timeout=support.PATIENCE,
                    preexec_fn=lambda most=limit: resource.setrlimit(resource.RLIMIT_NOFILE, (most, most)),
                )  # fmt: skip
                lines = support.lines(done.stdout)
                # With still fewer the program has none for itself, which Qt tells, too.
                if lines and lines[-1].get("code") == "too-many-files" and done.stderr.count(b"\n") == 1:
                    told.append(done)
            self.assertTrue(told)
            steps, _ = self.check(told[0], "too-many-files")
            self.assertEqual(steps["listener"]["state"], "unknown")

    def test_text(self):
        with listener() as server:
            done = support.run("diagnose", "127.0.0.1", str(port_of(server)))
            self.assertEqual((done.returncode, done.stderr), (0, b""))
            lines = done.stdout.decode("utf-8").splitlines()
            self.assertEqual(len(lines), 5)
            self.assertTrue(lines[-1].startswith("Connected to 127.0.0.1 port"))
        done = support.run("diagnose", "127.0.0.1", str(free_port()), "--print", "none")
        self.assertEqual((done.returncode, done.stdout), (1, b""))
        self.assertEqual(done.stderr.count(b"\n"), 1)

    def test_stops(self):
        script = NETWORK
        command = ["unshare", "--user", "--map-root-user", "--net", "sh", "-e", "-c", script + 'exec "$@"', "sh"]
        arguments = [support.CLI, "diagnose", "10.9.0.7", "80", "--timeout", "600", "--print", "json"]
        os.environ["PATH"] = environment()["PATH"]
        with support.Process([shutil.which("unshare"), *command[1:], *arguments]) as running:
            self.assertIn('"step":"resolve"', running.next_line())
            self.assertEqual(running.stop(), 1)
            self.assertEqual(running.complaints().count("\n"), 1)


class AddressInUse(unittest.TestCase):
    def test_names_the_process(self):
        with listener() as other:
            done = support.run("serve", "--port", str(port_of(other)), "--print", "json")
            self.assertEqual(done.returncode, 1)
            complaint = done.stderr.decode("utf-8")
            self.assertEqual(complaint.count("\n"), 1)
            self.assertIn("Address already in use (EADDRINUSE)", complaint)
            self.assertIn(f"({os.getpid()}) listens there", complaint)


if __name__ == "__main__":
    unittest.main()
