"""A mail server of our own: it takes letters over TLS alone, and keeps them."""

import socket
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass
class Kept:
    """What the server was given; it refuses whoever is in `refused`."""

    port: int = 0
    letters: list[str] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    refused: str = "refused@"


def certificate(folder: Path) -> Path:
    """Make a key and a certificate for 127.0.0.1, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    file = folder / "mail.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return file


class _Talk(socketserver.BaseRequestHandler):
    """One visit of somebody who brings letters."""

    def handle(self) -> None:
        server: Any = self.server
        self.kept: Kept = server.kept
        self.socket: socket.socket = self.request
        self.lines = self.socket.makefile("rb")
        self.encrypted = False
        self.say("220 ready")
        while (line := self.heard()) and self.answered(line):
            pass
        self.lines.close()
        with suppress(OSError):
            self.socket.close()

    def say(self, line: str) -> None:
        self.socket.sendall(f"{line}\r\n".encode())

    def heard(self) -> str:
        try:
            heard: bytes = self.lines.readline()
            return heard.decode(errors="replace").rstrip("\r\n")
        except OSError:
            return ""

    def answered(self, line: str) -> bool:
        word = line.upper()
        if word == "QUIT":
            return False
        if word == "STARTTLS":
            return self.secured()
        if word == "DATA":
            self.say("354 go on")
            self.kept.letters.append("\n".join(iter(self.heard, ".")))
            self.kept.encrypted.append(self.encrypted)
        refused = word.startswith("RCPT") and self.kept.refused in line
        self.say(
            "550 no such box"
            if refused
            else "250-here\r\n250 STARTTLS"
            if word[:4] == "EHLO"
            else "250 fine"
        )
        return True

    def secured(self) -> bool:
        server: Any = self.server
        self.say("220 go ahead")
        self.lines.close()
        try:
            self.socket = server.tls.wrap_socket(self.socket, server_side=True)
        except OSError:
            return False
        self.lines = self.socket.makefile("rb")
        self.encrypted = True
        return True


@contextmanager
def mail_server(file: Path) -> Iterator[Kept]:
    """Run a server with this certificate; it keeps what it is given."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(file)
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Talk) as server:
        running: Any = server
        running.kept, running.tls = Kept(port=server.server_address[1]), tls
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield running.kept
        server.shutdown()
        thread.join(10)
