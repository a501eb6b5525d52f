# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""TLS with Python's ssl module over memory BIOs: unlike an SSLSocket it can half-close, and end without close_notify."""

import pathlib
import socket
import ssl
import subprocess

SETTINGS = """
[req]
distinguished_name = name
[name]
[root]
basicConstraints = critical, CA:TRUE
[end]
basicConstraints = critical, CA:FALSE
subjectAltName = {names}
"""


class Authority:
    """Certificates for tests, made with the openssl program in `folder`."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.file = self.folder / "ca.pem"
        self.key = self.folder / "ca.key"
        self._run(
            "req", "-x509", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
            "-subj", "/CN=Authority of the test", "-days", "10", "-keyout", self.key, "-out", self.file,
            "-config", self._settings("DNS:nobody"), "-extensions", "root",
        )  # fmt: skip

    def _settings(self, names):
        file = self.folder / "openssl.cnf"
        file.write_text(SETTINGS.format(names=names), encoding="ascii")
        return file

    @staticmethod
    def _run(*arguments):
        subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)

    def sign(self, names, stem="server"):
        """A certificate for `names` ("DNS:localhost,IP:127.0.0.1") and its key, as two files."""
        certificate, key, request = (self.folder / f"{stem}.{suffix}" for suffix in ("pem", "key", "csr"))
        self._run(
            "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", f"/CN={stem}",
            "-keyout", key, "-out", request, "-config", self._settings(names),
        )  # fmt: skip
        self._run(
            "x509", "-req", "-in", request, "-CA", self.file, "-CAkey", self.key, "-CAcreateserial", "-days", "5",
            "-out", certificate, "-extfile", self._settings(names), "-extensions", "end",
        )  # fmt: skip
        return str(certificate), str(key)


class Stream:
    """One TLS connection over a connected socket."""

    def __init__(self, sock, context, server_side=False, name=None):
        self.sock = sock
        self._in = ssl.MemoryBIO()
        self._out = ssl.MemoryBIO()
        self.tls = context.wrap_bio(self._in, self._out, server_side=server_side, server_hostname=name)
        self._until_done(self.tls.do_handshake)

    def _flush(self):
        data = self._out.read()
        if data:
            self.sock.sendall(data)

    def _until_done(self, step):
        while True:
            try:
                result = step()
            except ssl.SSLWantReadError:
                self._flush()
                data = self.sock.recv(65536)
                if data:
                    self._in.write(data)
                else:
                    self._in.write_eof()
                continue
            except ssl.SSLError:
                self._flush()  # the alert
                raise
            self._flush()
            return result

    def send(self, data):
        self.tls.write(data)
        self._flush()

    def finish(self, last=b""):
        """Our close_notify, after `last` and together with it; we may still read."""
        if last:
            self.tls.write(last)
        try:
            self.tls.unwrap()
        except ssl.SSLError:
            pass  # it would wait for the other's
        self._flush()

    def receive(self, size):
        """That many bytes, or fewer at the end of the stream."""
        data = b""
        while len(data) < size:
            try:
                piece = self._until_done(lambda: self.tls.read(size - len(data)))
            except ssl.SSLZeroReturnError:
                break
            if not piece:
                break
            data += piece
        return data

    def close(self):
        self.sock.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def client_context(authority=None, version=None):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if authority is None:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    else:
        context.load_verify_locations(authority)
    if version is not None:
        context.minimum_version = context.maximum_version = version
    return context


def server_context(certificate, key, clients=None):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    if clients is not None:
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(clients)
    return context


def connect(port, context, name="localhost"):
    return Stream(socket.create_connection(("127.0.0.1", port), timeout=60), context, name=name)
