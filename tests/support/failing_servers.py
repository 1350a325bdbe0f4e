"""Servers of this machine that fail as the cases of tests/support/aws_failures.py say."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.support.aws_failures import Case, Where
from tests.support.aws_stand_in import http, stand_in
from tests.support.served import free_port


@contextmanager
def failing(case: Case, directory: Path) -> Iterator[str]:
    """Give the address of who fails as a case says."""
    with ExitStack() as stack:
        if case.where is Where.NO_NAME:
            yield "http://personalize.invalid"
        elif case.where is Where.NOBODY:
            yield f"http://127.0.0.1:{free_port()}"
        elif case.where is Where.NO_ROOM:
            yield stack.enter_context(_no_room())
        elif case.where is Where.SILENT_TLS:
            listening = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
            yield f"https://127.0.0.1:{listening.getsockname()[1]}"
        elif case.where is Where.CLOSING_TLS:
            yield stack.enter_context(_closing(b""))
        elif case.where is Where.NO_TLS:
            yield stack.enter_context(_closing(http(400)))
        elif case.where is Where.OTHER_CERTIFICATE:
            yield stack.enter_context(stand_in(tls=_nobodys_context(directory))).url
        else:
            yield stack.enter_context(stand_in(lambda _received: case.pieces)).url


@contextmanager
def _closing(said: bytes) -> Iterator[str]:
    """Give the address of a server that reads the beginning of a handshake, says something and closes."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=_close_each, args=(listening, said), daemon=True).start()
        try:
            yield f"https://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            listening.shutdown(socket.SHUT_RDWR)


def _close_each(listening: socket.socket, said: bytes) -> None:
    with suppress(OSError):
        while True:
            connection, _address = listening.accept()
            with connection:
                connection.recv(4096)
                connection.sendall(said)


@contextmanager
def _no_room() -> Iterator[str]:
    """Give the address of a server whose queue of connections is full, so that Linux drops what asks for another."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listening, ExitStack() as stack:
        for _ in range(2):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(listening.getsockname())
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


def _nobodys_context(directory: Path) -> ssl.SSLContext:
    """Return a context with a certificate for 127.0.0.1 that signs itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    certificate = made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    file = directory / "certificate.pem"
    form, none = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, form, none)
        + certificate.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context
