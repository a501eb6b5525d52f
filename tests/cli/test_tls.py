# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""TLS on the command line, against Python's ssl module and the openssl program."""

import os
import pathlib
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
import unittest

import support
import tls_peer

GOOD_NAMES = "DNS:localhost,IP:127.0.0.1"
PROTOCOL_VERSION = bytes.fromhex("15 03 01 00 02 02 46")  # a fatal alert


class Listener:
    """Takes one connection in a thread and has `talk` do the rest."""

    def __init__(self, talk):
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.listening.settimeout(support.PATIENCE)
        self.port = self.listening.getsockname()[1]
        self._talk = talk
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self):
        sock, _ = self.listening.accept()
        sock.settimeout(support.PATIENCE)
        with sock:
            self._talk(sock)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._thread.join(support.PATIENCE)
        self.listening.close()


class Tls(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.temporary.name)
        cls.authority = tls_peer.Authority(cls.folder)
        cls.trusted = ("--tls-ca", str(cls.authority.file))
        cls.certificate, cls.key = cls.authority.sign(GOOD_NAMES)

    @classmethod
    def tearDownClass(cls):
        cls.temporary.cleanup()

    def own(self):
        """A server's options for the good certificate."""
        return ("--tls", "--tls-cert", self.certificate, "--tls-key", self.key)

    def send(self, port, *options, host="127.0.0.1"):
        done = support.run("send", host, str(port), "search", "morpheus", *options, "--print", "json")
        return done, support.lines(done.stdout)

    def facts(self, events):
        return next(event for event in events if event["event"] == "tls")

    def test_golden_exchanges(self):
        with support.Server("--byteorder", "little", *self.own()) as server:
            self.assertEqual(server.listening["transport"], "tls")
            for exchange in support.exchanges():
                with self.subTest(exchange["name"]):
                    done = support.run(
                        "raw", "localhost", str(server.port), "--hex", exchange["request"], *self.trusted,
                        "--print", "json",
                    )  # fmt: skip
                    self.assertEqual(done.returncode, 0, done.stderr)
                    self.assertEqual(support.lines(done.stdout)[-1]["hex"], exchange["reply"])

    def test_facts(self):
        with support.Server(*self.own()) as server:
            done, events = self.send(server.port, *self.trusted, host="localhost")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(support.told_of_connections(events)[0]["transport"], "tls")
            facts = self.facts(events)
            self.assertEqual((facts["version"], facts["sni"], facts["verdict"]), ("TLSv1.3", "localhost", "ok"))
            self.assertTrue(facts["verified"])
            self.assertEqual(facts["chain"][0]["names"], ["localhost", "127.0.0.1"])
            self.assertEqual(facts["chain"][0]["issuer"], "CN = Authority of the test")
            seen = server.event("tls")
            self.assertEqual((seen["certificate_of"], seen["sni"]), ("us", "localhost"))
            self.assertEqual(seen["chain"][0]["sha256"], server.listening["certificate_sha256"])

    def test_python_client(self):
        golden = support.exchanges()
        for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
            with self.subTest(version.name), support.Server("--persistent", "--byteorder", "little", *self.own()) as server:
                context = tls_peer.client_context(self.authority.file, version)
                with tls_peer.connect(server.port, context) as stream:
                    stream.finish(b"".join(bytes.fromhex(e["request"]) for e in golden))
                    wanted = "".join(e["reply"] for e in golden)
                    self.assertEqual(stream.receive(len(wanted)).hex(), wanted)
                server.event("closed", how="orderly")
                self.assertEqual([event for event in server.events if event["event"] == "error"], [])

    def test_byte_by_byte(self):
        exchange = support.exchanges()[0]
        with support.Server("--byteorder", "little", *self.own()) as server:
            with tls_peer.connect(server.port, tls_peer.client_context(self.authority.file)) as stream:
                for byte in bytes.fromhex(exchange["request"]):
                    stream.send(bytes([byte]))
                self.assertEqual(stream.receive(1 << 20).hex(), exchange["reply"])

    def test_large_both_ways(self):
        data = bytes(range(256)) * 32768
        with support.Server("echo", *self.own()) as server:
            done = support.run(
                "raw", "localhost", str(server.port), "--file", "-", "--half-close", *self.trusted, "--print", "json",
                stdin=data,
            )  # fmt: skip
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(bytes.fromhex(support.lines(done.stdout)[-1]["hex"]), data)

    def test_half_closing_client_of_ours(self):
        golden = support.exchanges()
        request = "".join(e["request"] for e in golden)
        reply = "".join(e["reply"] for e in golden)
        context = tls_peer.server_context(self.certificate, self.key)
        got = []

        def talk(sock):
            stream = tls_peer.Stream(sock, context, server_side=True)
            got.append(stream.receive(1 << 20).hex())  # to its end
            stream.finish(bytes.fromhex(reply))

        with Listener(talk) as peer:
            done = support.run(
                "raw", "localhost", str(peer.port), "--hex", request, "--half-close", "--protocol", "raw",
                *self.trusted, "--print", "json", "--timeout", "1" if support.QT else "30",
            )  # fmt: skip
        if support.QT:  # no half-close: the server waits for an end that does not come, and a note says why
            self.assertEqual(done.returncode, 1)
            notes = [event["text"] for event in support.lines(done.stdout) if event["event"] == "note"]
            self.assertTrue(any("end of stream was not sent" in note for note in notes), notes)
            return
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(got, [request])
        self.assertEqual(support.lines(done.stdout)[-1]["hex"], reply)

    def test_openssl_client(self):
        exchange = support.exchanges()[0]
        with support.Server("--byteorder", "little", *self.own()) as server:
            done = subprocess.run(
                ["openssl", "s_client", "-quiet", "-verify_return_error", "-CAfile", str(self.authority.file),
                 "-verify_hostname", "localhost", "-connect", f"localhost:{server.port}"],
                input=bytes.fromhex(exchange["request"]), capture_output=True, timeout=support.PATIENCE, check=False,
            )  # fmt: skip
            self.assertEqual(done.stdout.hex(), exchange["reply"], done.stderr)
            server.event("closed", how="orderly")

    def test_openssl_server(self):
        exchange = support.exchanges()[0]
        for version in ("-tls1_2", "-tls1_3"):
            with self.subTest(version), socket.create_server(("127.0.0.1", 0)) as taken:
                port = taken.getsockname()[1]
                taken.close()
                command = ["openssl", "s_server", version, "-quiet", "-naccept", "1", "-accept", f"127.0.0.1:{port}",
                           "-cert", self.certificate, "-key", self.key]  # fmt: skip
                with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
                    self.wait_for(port, server)
                    with support.Process(
                        [support.CLI, "raw", "localhost", str(port), "--hex", exchange["request"], *self.trusted]
                    ) as client:
                        request = bytes.fromhex(exchange["request"])
                        self.assertEqual(server.stdout.read(len(request)), request)
                        server.stdin.write(bytes.fromhex(exchange["reply"]))
                        server.stdin.flush()
                        self.assertEqual(client.wait(), 0, client.complaints())
                    server.kill()

    def wait_for(self, port, process):
        """Until somebody listens there; seen from outside, as it takes one connection only."""
        local = f"0100007F:{port:04X} 00000000:0000 0A"
        while process.poll() is None:
            if local in pathlib.Path("/proc/net/tcp").read_text(encoding="ascii"):
                return
        self.fail("openssl s_server did not start")

    def test_certificates_that_do_not_hold(self):
        other, other_key = self.authority.sign("DNS:elsewhere.example", "other")
        cases = {
            "certificate-self-signed": (("--tls-self-signed",), ("--tls",), "nobody but itself"),
            "certificate-unknown-issuer": (self.own(), ("--tls",), "Authority of the test"),
            "certificate-wrong-name": (("--tls-cert", other, "--tls-key", other_key), self.trusted,
                                       "You asked for 127.0.0.1, and it is for elsewhere.example"),
        }
        for code, (served, asked, named) in cases.items():
            with self.subTest(code), support.Server(*served) as server:
                done, events = self.send(server.port, *asked)
                complaint = done.stderr.decode("utf-8")
                self.assertEqual(done.returncode, 1)
                self.assertIn(named, complaint)
                self.assertEqual(complaint.count("\n"), 1)
                self.assertEqual(events[-1]["code"], code)
                self.assertFalse(any(event["event"] == "bytes" for event in events))
                self.assertEqual(server.event("error", connection=1)["code"], "certificate-refused")
                # Taken all the same, it says what it took.
                done, events = self.send(server.port, "--tls-insecure")
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertFalse(self.facts(events)["verified"])
                self.assertIn("certificate-", self.facts(events)["verdict"])

    def test_a_self_signed_one_can_be_trusted(self):
        with support.Server("--tls-self-signed") as server:
            shown = ssl.get_server_certificate(("127.0.0.1", server.port))
            file = self.folder / "shown.pem"
            file.write_text(shown, encoding="ascii")
            for host in ("localhost", "127.0.0.1"):
                done, events = self.send(server.port, "--tls-ca", str(file), host=host)
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertTrue(self.facts(events)["verified"])

    def test_what_the_server_hears_of_a_refusal(self):
        with support.Server("--tls-self-signed") as server:
            with self.assertRaises(ssl.SSLCertVerificationError):
                tls_peer.connect(server.port, tls_peer.client_context(self.authority.file))
            error = server.event("error", connection=1)
            self.assertEqual(error["code"], "certificate-refused")
            self.assertIn("unknown_ca", error["text"])

    def test_a_server_that_wants_a_certificate(self):
        context = tls_peer.server_context(self.certificate, self.key, self.authority.file)

        def talk(sock):
            try:
                stream = tls_peer.Stream(sock, context, server_side=True)
                stream.send(stream.receive(5).upper())
                stream.finish()
                stream.receive(1)
            except ssl.SSLError:
                sock.recv(1)

        for given, status in (((), 1), (("--tls-cert", self.certificate, "--tls-key", self.key), 0)):
            with self.subTest(status), Listener(talk) as peer:
                done = support.run(
                    "raw", "localhost", str(peer.port), "--text", "hello", *self.trusted, *given, "--print", "json",
                )  # fmt: skip
                self.assertEqual(done.returncode, status, done.stderr)
                result = support.lines(done.stdout)[-1]
                self.assertEqual(result.get("code", "none"), "certificate-wanted" if status else "none")

    def test_old_versions(self):
        """Nothing older than 1.2; who has only that hears why."""
        with support.Server("--tls-self-signed") as server:
            subprocess.run(
                ["openssl", "s_client", "-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0", "-connect",
                 f"127.0.0.1:{server.port}"],
                input=b"", capture_output=True, timeout=support.PATIENCE, check=False,
            )  # fmt: skip
            self.assertEqual(server.event("error", connection=1)["code"], "tls-no-common")

    def test_plain_client_of_a_tls_server(self):
        """It is explained, and what it sent is not lost; the next one is served."""
        with support.Server(*self.own()) as server:
            with socket.create_connection(("127.0.0.1", server.port), timeout=support.PATIENCE) as sock:
                sock.sendall(b"GET / HTTP/1.1\r\n\r\n")
                self.assertEqual(sock.recv(100), PROTOCOL_VERSION)
                self.assertEqual(sock.recv(100), b"")
            error = server.event("error", connection=1)
            self.assertEqual(error["code"], "tls-not-spoken")
            self.assertIn("HTTP", error["text"])
            sent = next(event for event in server.events if event["event"] == "bytes")
            self.assertEqual(bytes.fromhex(sent["hex"]), b"GET / HTTP/1.1\r\n\r\n")
            self.assertEqual(self.send(server.port, *self.trusted)[0].returncode, 0)

    def test_plain_client_of_ours(self):
        """A server that has the openssl library say what it thinks of a request that is no ClientHello."""
        for command in (["send", "search", "ring"], ["raw", "--text", "hello, server"]):
            def talk(sock):
                sock.recv(1000)
                sock.sendall(PROTOCOL_VERSION)

            with self.subTest(command), Listener(talk) as listener:
                done = support.run(command[0], "127.0.0.1", str(listener.port), *command[1:], "--timeout", "5")
                self.assertEqual(done.returncode, 1, done)
                self.assertIn("speaks TLS", done.stderr.decode("utf-8"))
                self.assertIn("--tls", done.stderr.decode("utf-8"))
        with self.subTest("our server"), support.Server(*self.own()) as server:
            done = support.run("send", "127.0.0.1", str(server.port), "search", "ring")
            self.assertEqual(done.returncode, 1, done)
            self.assertIn("speaks TLS", done.stderr.decode("utf-8"))

    def test_named_authorities_stand_alone(self):
        """Those of the system have no say any more: here they are the ones of the environment."""
        other = pathlib.Path(tempfile.mkdtemp(dir=self.folder))
        stranger = tls_peer.Authority(other)
        with support.Server(*self.own()) as server:
            command = [support.CLI, "send", "127.0.0.1", str(server.port), "search", "ring", "--tls"]
            environment = {**os.environ, "SSL_CERT_FILE": str(self.authority.file)}
            for options, status in (((), 0), (("--tls-ca", str(stranger.file)), 1), (self.trusted, 0)):
                with self.subTest(options):
                    done = subprocess.run([*command, *options], capture_output=True, timeout=support.PATIENCE,
                                          check=False, env=environment)  # fmt: skip
                    self.assertEqual(done.returncode, status, done.stderr)

    def test_tls_client_of_a_plain_server(self):
        cases = {"app": "tls-silent", "echo": "tls-not-spoken"}
        for service, code in cases.items():
            with self.subTest(service), support.Server(service, "--persistent") as server:
                done, events = self.send(server.port, "--tls", "--timeout", "1")
                self.assertEqual(done.returncode, 1)
                self.assertEqual(events[-1]["code"], code)
                self.assertEqual(server.event("error", connection=1)["code"], "tls-not-expected")

    def test_a_handshake_that_never_ends(self):
        with support.Server("--tls", "--idle-timeout", "0.5") as server:
            with socket.create_connection(("127.0.0.1", server.port), timeout=support.PATIENCE) as sock:
                sock.sendall(b"\x16\x03\x01")
                self.assertEqual(sock.recv(100), b"")
            self.assertIn("TLS handshake", server.event("error", code="idle")["text"])

    def test_an_end_without_close_notify(self):
        with support.Server("echo", *self.own()) as server:
            stream = tls_peer.connect(server.port, tls_peer.client_context(self.authority.file))
            stream.send(b"hello")
            self.assertEqual(stream.receive(5), b"hello")
            stream.close()
            self.assertIn("close_notify", server.event("note", connection=1)["text"])
            server.event("closed", how="orderly")

    def test_chat(self):
        with support.Server("chat", *self.own()) as server:
            context = tls_peer.client_context(self.authority.file)
            with tls_peer.connect(server.port, context) as anna, tls_peer.connect(server.port, context) as ben:
                server.event("tls", connection=2)
                anna.send(b"hello from Anna\n")
                heard = b""
                while b"hello from Anna\n" not in heard:
                    heard += ben.receive(1)

    def test_many(self):
        with support.Server("echo", *self.own()) as server:
            done = support.run(
                "multi", "localhost", str(server.port), "200", *self.trusted, "--print", "json", "--timeout", "60"
            )
            self.assertEqual(done.returncode, 0, done.stderr)
            events = support.lines(done.stdout)
            self.assertEqual(events[-1]["intact"], 200)
            self.assertEqual(sum(event["event"] == "tls" for event in events), 200)

    def test_a_file_tells_what_was_seen(self):
        file = str(self.folder / "seen.pcapng")
        with support.Server("--byteorder", "little", "--capture", file, *self.own()) as server:
            self.send(server.port, *self.trusted)
            self.send(server.port, "--tls")
            self.send(server.port)
            for connection in (1, 2, 3):
                server.event("closed", connection=connection)
            self.assertEqual(server.finish(), 0)
        decoded = support.run("decode", file, "--print", "json")
        self.assertEqual(decoded.returncode, 0, decoded.stderr)
        self.assertEqual(support.lines(decoded.stdout), server.events)
        self.assertIn("tls", [event["event"] for event in server.events])
        if shutil.which("tshark"):
            bad = "_ws.malformed || tcp.analysis.lost_segment || tcp.analysis.retransmission || tcp.analysis.out_of_order"
            found = subprocess.run(["tshark", "-r", file, "-Y", bad], capture_output=True, check=True)
            self.assertEqual(found.stdout, b"")
            comments = subprocess.run(
                ["tshark", "-r", file, "-T", "fields", "-e", "frame.comment"], capture_output=True, check=True
            ).stdout
            self.assertEqual(comments.count(b"what TLS carried"), 3)
            self.assertEqual(comments.count(b"TLS handshake: {"), 1)

    def test_diagnosis(self):
        """Of a server of each kind; with the good certificate trusted through the environment, as the system's are."""
        trusting = dict(os.environ, SSL_CERT_FILE=str(self.authority.file))
        cases = {
            "connected": (self.own(), trusting),
            "certificate-unknown-issuer": (self.own(), None),
            "certificate-self-signed": (("--tls",), None),
            "tls-silent": (("--persistent",), None),
        }
        for code, (served, environment) in cases.items():
            with self.subTest(code), support.Server(*served) as server:
                command = [support.CLI, "diagnose", "127.0.0.1", str(server.port), "--tls", "--timeout", "1"]
                done = subprocess.run(
                    [*command, "--print", "json"], capture_output=True, env=environment, timeout=support.PATIENCE,
                    check=False,
                )  # fmt: skip
                self.assertEqual(done.returncode, 0 if code == "connected" else 1, done.stderr)
                verdict = support.lines(done.stdout)[-1]
                self.assertEqual((verdict["event"], verdict["code"]), ("verdict", code))
                self.assertTrue(verdict["meaning"] and verdict["advice"])

    def test_files_that_do_not_serve(self):
        secret = str(self.folder / "secret.key")
        subprocess.run(
            ["openssl", "pkey", "-in", self.key, "-aes128", "-passout", "pass:x", "-out", secret], check=True
        )
        other_key = self.authority.sign(GOOD_NAMES, "stranger")[1]
        cases = {
            "a key with a password": (self.certificate, secret, "password"),
            "no key": (self.certificate, self.certificate, "no private key"),
            "another's key": (self.certificate, other_key, "not the one"),
            "no certificate": (self.key, self.key, "no certificate"),
        }
        for name, (certificate, key, named) in cases.items():
            with self.subTest(name):
                done = support.run("serve", "--port", "0", "--tls-cert", certificate, "--tls-key", key)
                complaint = done.stderr.decode("utf-8")
                self.assertEqual(done.returncode, 1, complaint)
                self.assertIn(named, complaint)
                self.assertEqual(complaint.count("\n"), 1)
        done, _ = self.send(1, "--tls-ca", self.key)
        self.assertEqual(done.returncode, 1)
        self.assertIn("no certificate", done.stderr.decode("utf-8"))

    def test_wrong_command_lines(self):
        cases = {
            "TLS over UDP": (["serve", "echo", "--udp", "--tls"], "UDP"),
            "a UDP service": (["serve", "echo-udp", "--tls"], "UDP"),
            "a client over UDP": (["send", "127.0.0.1", "1", "search", "x", "--udp", "--tls"], "UDP"),
            "two certificates": (["serve", "--tls-self-signed", *self.own()], "only one"),
            "a key alone": (["serve", "--tls-key", self.key], "--tls-cert"),
            "verified or not": (["send", "127.0.0.1", "1", "search", "x", "--tls-insecure", *self.trusted], "--tls-ca"),
            "no such file": (["serve", "--tls-cert", "/nonexistent"], "/nonexistent"),
            "no option of a client": (["send", "127.0.0.1", "1", "search", "x", "--tls-self-signed"], "--tls-self-signed"),
            "no option of a server": (["serve", "--tls-insecure"], "--tls-insecure"),
        }
        for name, (arguments, named) in cases.items():
            with self.subTest(name):
                done = support.run(*arguments)
                complaint = done.stderr.decode("utf-8")
                self.assertEqual(done.returncode, 2, complaint)
                self.assertEqual(complaint.count("\n"), 1)
                self.assertIn(named, complaint)


if __name__ == "__main__":
    unittest.main()
