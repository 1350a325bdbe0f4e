"""Bytes that are no request, or hardly one, at a console that is served: it answers, or closes, and goes on serving."""

import re
import socket
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import urlsplit

import pytest

from tests.support.numbers import IS_WHOLE
from tests.support.production import HOST, serve_production
from tests.support.served import Served

FORM = "Content-Type: application/x-www-form-urlencoded\r\n"
SIGN_IN = "POST /sign-in/ HTTP/1.1\r\nHost: {host}\r\n"
PARTS = "Content-Type: multipart/form-data; boundary=b\r\n"
CHUNKED = SIGN_IN + FORM + "Transfer-Encoding: chunked\r\n"
GET = "GET {path} HTTP/1.1\r\nHost: {host}\r\n"
PROXIED = "X-Forwarded-Proto: https\r\nX-Forwarded-For: 192.0.2.7\r\n"
# So long the server may take for an answer, and for what follows.
SECONDS, SECONDS_BETWEEN = 20, 0.3
# What the server cannot answer, since it waits for the rest, or since it answers in another language.
UNFINISHED = (
    "nothing",
    "the end of a line",
    "the version before HTTP/1.0",
    "TLS",
    "a form that ends early",
    "parts that end early",
    "parts of a length that no machine has",
    "chunks of a size that is none",
    "chunks that end early",
)
NOT_HTTP_1 = "HTTP/2 without TLS"

BYTES: dict[str, str] = {
    "nothing": "",
    "the end of a line": "\r\n\r\n\r\n",
    "no HTTP": "hello\r\n\r\n",
    "TLS": "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    "another version": "GET / HTTP/9.9\r\nHost: {host}\r\n\r\n",
    "the version before HTTP/1.0": "GET /\r\n",
    "HTTP/2 without TLS": "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "HTTP/1.0 without a host": "GET /sign-in/ HTTP/1.0\r\n\r\n",
    "HTTP/1.1 without a host": "GET /sign-in/ HTTP/1.1\r\nConnection: close\r\n\r\n",
    "two hosts": "GET / HTTP/1.1\r\nHost: {host}\r\nHost: evil.example\r\n\r\n",
    "a host of another site": "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    "a host that is none": "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n",
    "an address of another site": "GET http://evil.example/ HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "an address that is no path": "GET * HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "a tunnel": "CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    "an upgrade": GET.replace("{path}", "/") + "Connection: Upgrade\r\nUpgrade: h2c, websocket\r\n\r\n",
    "a method that is none": "G@T / HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "a method of its own": "ZQX /sign-in/ HTTP/1.1\r\nHost: {host}\r\n" + PROXIED + "\r\n",
    "a path with NUL": GET.replace("{path}", "/a\0b") + "\r\n",
    "a path with half a code": GET.replace("{path}", "/%") + PROXIED + "\r\n",
    "a path that is no UTF-8": GET.replace("{path}", "/%ff%fe/\xff") + PROXIED + "\r\n",
    "a path of static files that leads out": GET.replace("{path}", "/static/..%2f..%2fetc/passwd") + PROXIED + "\r\n",
    "a static file with NUL": GET.replace("{path}", "/static/a%00b") + PROXIED + "\r\n",
    "a static file of any length": GET.replace("{path}", f"/static/{'a' * 5000}") + PROXIED + "\r\n",
    "a path of any length": GET.replace("{path}", f"/{'a' * 70_000}") + PROXIED + "\r\n",
    "a query of too many fields": GET.replace("{path}", f"/settings/?{'a&' * 10_001}") + PROXIED + "\r\n",
    "a header without a name": GET.replace("{path}", "/") + ": a\r\n\r\n",
    "a header without a value": GET.replace("{path}", "/") + "A\r\n\r\n",
    "a header with the end of a line": GET.replace("{path}", "/") + "A: a\r\n b\r\nB: c\rd\r\n\r\n",
    "a header with NUL": GET.replace("{path}", "/") + "A: a\0b\r\n\r\n",
    "a header of any length": GET.replace("{path}", "/") + f"A: {'a' * 500_000}\r\n\r\n",
    "any number of headers": GET.replace("{path}", "/") + "A: a\r\n" * 5000 + "\r\n",
    "cookies of bytes": GET.replace("{path}", "/sign-in/")
    + PROXIED
    + "Cookie: sessionid=\xff\xfe; csrftoken=\x80\r\n\r\n",
    "a charset that is none": SIGN_IN + PROXIED + "Content-Type: a/b; charset=idna\r\nContent-Length: 1\r\n\r\na",
    "a charset by another name": SIGN_IN
    + PROXIED
    + "Content-Type: a/b; charset*=zqx'en'y\r\nContent-Length: 1\r\n\r\na",
    "a content type of any length": SIGN_IN + PROXIED + f"Content-Type: a/b; c={'d' * 20_000}\r\n\r\n",
    "a length that is none": SIGN_IN + FORM + "Content-Length: x\r\n\r\n",
    "a length below 0": SIGN_IN + FORM + "Content-Length: -1\r\n\r\n",
    "a length of 30 digits": SIGN_IN + FORM + f"Content-Length: {'9' * 30}\r\n\r\na=b",
    "parts of a length that no machine has": SIGN_IN
    + PROXIED
    + f"{PARTS}Content-Length: {2**63}\r\n\r\n--b\r\nContent-Disposition: form-data; na",
    "a form of a length that no machine has": SIGN_IN + PROXIED + f"{FORM}Content-Length: {2**63}\r\n\r\na=b",
    "two lengths": SIGN_IN + FORM + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    "more than is taken": SIGN_IN + PROXIED + FORM + "Content-Length: 99999999\r\n\r\n" + "a" * 1000,
    "a form that ends early": SIGN_IN + PROXIED + FORM + "Content-Length: 100\r\n\r\nusername=ada&passw",
    "parts that end early": SIGN_IN
    + PROXIED
    + PARTS
    + "Content-Length: 500\r\n\r\n--b\r\nContent-Disposition: form-data; na",
    "a length and chunks": CHUNKED + "Content-Length: 3\r\n\r\n0\r\n\r\n",
    "chunks without a size": CHUNKED + PROXIED + "\r\nzqx\r\na\r\n0\r\n\r\n",
    "chunks of a size that is none": CHUNKED + PROXIED + "\r\nffffffffffffffffff\r\na",
    "chunks that end early": CHUNKED + PROXIED + "\r\n5\r\nuser",
    "chunks": CHUNKED + PROXIED + "\r\n5\r\nuser=\r\n0\r\n\r\n",
    "an encoding that is none": SIGN_IN + FORM + "Transfer-Encoding: zqx, chunked\r\n\r\n0\r\n\r\n",
    "a request in a request": SIGN_IN
    + PROXIED
    + FORM
    + "Content-Length: 5\r\n\r\na=b&cGET /nowhere/ HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "an expectation": SIGN_IN + FORM + "Expect: 100-continue\r\nContent-Length: 3\r\n\r\na=b",
    "an expectation that is none": SIGN_IN + FORM + "Expect: zqx\r\nContent-Length: 3\r\n\r\na=b",
}


@pytest.fixture(scope="module")
def production(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A console in production, which takes what a proxy hands on."""
    with serve_production(tmp_path_factory.mktemp("bytes"), CONSOLE_LOCAL_HTTP="0") as production:
        yield production


@pytest.fixture
def server(request: pytest.FixtureRequest, served: Served, production: Served) -> Served:
    """A console as `make run` serves it, and one in production."""
    return served if request.param == "run" else production


def host_of(server: Served) -> str:
    in_production = server.variables.get("DJANGO_SETTINGS_MODULE") == "console.production"
    return HOST if in_production else urlsplit(server.url).netloc


def exchanged(server: Served, sent: bytes, *, is_unfinished: bool = False) -> bytes:
    """Send bytes, and return what comes back until the server closes, or has nothing to say any more.

    Where they are no whole request, the server learns that nothing more comes.
    """
    parts = urlsplit(server.url)
    received = b""
    with socket.create_connection((parts.hostname, parts.port), timeout=SECONDS) as connection, suppress(OSError):
        # The server closes a connection whose bytes it does not take, also while they are sent.
        connection.sendall(sent)
        if is_unfinished:
            connection.shutdown(socket.SHUT_WR)
        while piece := connection.recv(65536):
            received += piece
            connection.settimeout(SECONDS_BETWEEN)
    return received


def statuses(received: bytes) -> list[int]:
    """Return the statuses of the answers that came back."""
    return [int(each) for each in re.findall(rb"HTTP/1\.[01] (\d{3}) ", received)]


@pytest.mark.parametrize(
    ("server", "name"),
    # In turn, and all of them at both by `make test-all`.
    [
        (server, name)
        for first, server in enumerate(("run", "production"))
        for name in (BYTES if IS_WHOLE else list(BYTES)[first::2])
    ],
    indirect=["server"],
)
def test_bytes_that_are_hardly_a_request_are_no_defect(server: Served, name: str) -> None:
    before = server.log.stat().st_size
    sent = BYTES[name].replace("{host}", host_of(server)).encode("latin-1")
    received = exchanged(server, sent, is_unfinished=name in UNFINISHED)
    assert statuses(received) or name in (*UNFINISHED, NOT_HTTP_1)
    assert all(100 <= each < 500 for each in statuses(received)), received
    assert b"Traceback" not in received
    assert not re.search(
        rb"^location: (?!/|http://%b/|https://%b/)" % ((host_of(server).encode(),) * 2), received, re.I | re.M
    )
    # The console still serves, and its log has nothing of it.
    alive = exchanged(
        server, f"GET /healthz HTTP/1.1\r\nHost: {host_of(server)}\r\nConnection: close\r\n\r\n".encode()
    )
    assert statuses(alive) == [200]
    logged = server.log.read_text()[before:]
    assert "Traceback" not in logged
    assert '"level": "ERROR"' not in logged
    assert " ERROR " not in logged
