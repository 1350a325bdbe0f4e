"""The HTTP server of the local service alone, over plain sockets: what clients may send, and when they stall."""

import socket
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from http import HTTPStatus
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

import pytest
from django.db import DEFAULT_DB_ALIAS
from django.db import connections as databases

from console.alone.http import connection as connections
from console.alone.http import receiving
from console.alone.http.answering import NO_LENGTH, Service
from console.alone.http.listening import Listener, bound_socket
from console.alone.http.receiving import Bounds
from console.alone.http.turns import Turns
from console.server.http.environ import FileBody
from console.server.http.refusals import BodyRefused

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

MOST = 100_000
HOST = b"Host: localhost\r\n"
OK = b"HTTP/1.1 200 OK"


def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    """Answer as the path says."""
    path = environ["PATH_INFO"]
    if path == "/defect":
        raise LookupError
    if path == "/none":
        start_response("204 No Content", [])
        return []
    if path == "/cut-off":
        start_response("200 OK", [NO_LENGTH])
        return iter((b"",))
    if path in ("/pieces", "/broken"):
        start_response("200 OK", [])
        return pieces(is_broken=path == "/broken")
    try:
        content = environ["wsgi.input"].read()
    except BodyRefused as refused:
        start_response(f"{refused.status.value} {refused.status.phrase}", [])
        return [b"refused"]
    start_response("200 OK", [("X-Length", environ["CONTENT_LENGTH"])])
    if path == "/file":
        file = environ["wsgi.input"]
        file.seek(0)
        return FileBody(file)  # type: ignore[return-value]  # The server knows what it is.
    return [content.upper()]


def pieces(*, is_broken: bool) -> Iterator[bytes]:
    yield b"one"
    yield b"two"
    if is_broken:
        raise LookupError


@contextmanager
def served(directory: Path, most: int = 10) -> Iterator[tuple[Listener, int]]:
    """Serve the application; bodies at /dropped are dropped, and others may have MOST bytes."""
    bound = bound_socket("127.0.0.1", 0)
    lengths = Bounds(lambda environ: 0 if environ["PATH_INFO"] == "/dropped" else 1000, lambda _environ: MOST)
    listener = Listener(bound, Service(application, lengths, directory, Turns(2)), most)
    port: int = bound.getsockname()[1]
    listener.begin()
    try:
        yield listener, port
    finally:
        listener.end(0.0)


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    with served(tmp_path) as (_listener, port):
        yield port


def connect(port: int) -> Any:
    return closing(socket.create_connection(("127.0.0.1", port), timeout=20))


def post(path: str, body: bytes, headers: bytes = b"") -> bytes:
    stated = b"Content-Length: %d\r\n" % len(body)
    return b"POST %b HTTP/1.1\r\n%b%b%b\r\n%b" % (path.encode(), HOST, stated, headers, body)


def until_closed(client: socket.socket) -> bytes:
    received = b""
    while piece := client.recv(65536):
        received += piece
    return received


def until(client: socket.socket, end: bytes) -> bytes:
    received = b""
    while not received.endswith(end):
        piece = client.recv(65536)
        assert piece, received
        received += piece
    return received


def asked(port: int, request: bytes) -> bytes:
    """Send a request whose connection ends after its answer, and return all of that."""
    with connect(port) as client:
        client.sendall(request)
        return until_closed(client)


def test_requests_of_a_connection_are_answered_in_their_order(port: int) -> None:
    with connect(port) as client:
        client.sendall(post("/", b"a"))
        assert until(client, b"A").startswith(OK)
        client.sendall(post("/", b"b") + post("/", b"c"))
        both = until(client, b"C")
        assert both.count(OK) == 2
        assert b"\r\n\r\nB" in both
        client.sendall(post("/", b"d", b"Connection: close\r\n"))
        last = until_closed(client)
        assert last.endswith(b"\r\n\r\nD")
        assert b"\r\nConnection: close\r\n" in last


def test_an_answer_has_its_length_and_the_date(port: int) -> None:
    answer = asked(port, post("/", b"abc", b"Connection: close\r\n"))
    assert b"\r\nContent-Length: 3\r\n" in answer
    assert b"GMT\r\n" in answer.partition(b"\r\nDate: ")[2]


def test_a_body_may_come_byte_by_byte_and_in_chunks(port: int) -> None:
    with connect(port) as client:
        for each in post("/", b"slow"):
            client.sendall(bytes([each]))
        assert until(client, b"SLOW").startswith(OK)
        client.sendall(b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n")
        client.sendall(b"3\r\nabc\r\n2\r\nde\r\n0\r\nTrailer: x\r\n\r\n")
        answer = until(client, b"ABCDE")
        assert b"\r\nX-Length: 5\r\n" in answer


def test_a_long_body_is_kept_and_one_that_is_too_long_is_refused(port: int) -> None:
    with connect(port) as client:
        client.sendall(post("/", b"x" * MOST))
        assert until(client, b"X" * MOST).startswith(OK)
        client.sendall(post("/", b"x" * (MOST + 1)))
        refused = until_closed(client)
    assert refused.startswith(b"HTTP/1.1 413 ")
    assert b"\r\nConnection: close\r\n" in refused


def test_chunks_that_are_too_long_are_refused(port: int) -> None:
    chunk = b"c350\r\n" + b"x" * 50_000 + b"\r\n"
    start = b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n"
    assert asked(port, start + 3 * chunk + b"0\r\n\r\n").startswith(b"HTTP/1.1 413 ")


def test_a_body_without_a_bound_is_dropped(port: int) -> None:
    with connect(port) as client:
        client.sendall(post("/dropped", b"x" * 200_000))
        assert b"\r\nX-Length: 0\r\n" in until(client, b"\r\n\r\n")
        client.sendall(post("/", b"next"))
        assert until(client, b"NEXT").startswith(OK)


def test_a_client_that_waits_is_told_to_go_on_or_refused(port: int) -> None:
    waits = b"POST / HTTP/1.1\r\n" + HOST + b"Expect: 100-continue\r\nContent-Length: %d\r\n\r\n"
    with connect(port) as client:
        client.sendall(waits % 3)
        assert until(client, b"\r\n\r\n") == b"HTTP/1.1 100 Continue\r\n\r\n"
        client.sendall(b"abc")
        assert until(client, b"ABC").startswith(OK)
        client.sendall(waits % (MOST + 1))
        assert until_closed(client).startswith(b"HTTP/1.1 413 ")


def test_a_head_has_a_bound(port: int) -> None:
    start = b"POST / HTTP/1.1\r\n" + HOST + b"Connection: close\r\nX: "
    assert asked(port, start + b"x" * 15_000 + b"\r\n\r\n").startswith(OK)
    assert asked(port, start + b"x" * 17_000 + b"\r\n\r\n").startswith(b"HTTP/1.1 431 ")
    assert asked(port, start + b"x" * 17_000).startswith(b"HTTP/1.1 431 ")


@pytest.mark.parametrize(
    "request_",
    [
        b"hello\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: many\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nmany\r\n",
    ],
)
def test_what_is_no_request_is_refused(port: int, request_: bytes) -> None:
    refused = asked(port, request_)
    assert refused.startswith(b"HTTP/1.1 400 Bad Request\r\n")
    assert refused.endswith(b"\r\n\r\nBad Request.\n")


def test_another_protocol_may_be_offered(port: int) -> None:
    offer = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQ\r\n"
    with connect(port) as client:
        for _ in range(2):
            client.sendall(post("/", b"abc", offer))
            assert until(client, b"ABC").startswith(OK)
        client.sendall(post("/", b"plain"))
        assert until(client, b"PLAIN").startswith(OK)


def test_a_head_alone_and_the_first_version_of_http(port: int) -> None:
    with connect(port) as client:
        client.sendall(b"GET /none HTTP/1.1\r\n" + HOST + b"\r\n")
        answer = until(client, b"\r\n\r\n")
        assert answer.startswith(b"HTTP/1.1 204 No Content\r\n")
        assert b"Content-Length" not in answer
    assert asked(port, b"GET / HTTP/1.0\r\n\r\n").startswith(OK)
    kept = b"GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"
    with connect(port) as client:
        client.sendall(kept)
        assert b"\r\nConnection: keep-alive\r\n" in until(client, b"\r\n\r\n")
        client.sendall(kept)
        assert until(client, b"\r\n\r\n").startswith(OK)
    assert asked(port, b"GET /pieces HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").endswith(b"\r\n\r\nonetwo")


def test_an_answer_in_pieces_is_whole_or_ends_the_connection(port: int) -> None:
    whole = asked(port, post("/pieces", b"", b"Connection: close\r\n"))
    assert b"\r\nTransfer-Encoding: chunked\r\n" in whole
    assert whole.endswith(b"\r\n\r\n3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n")
    assert asked(port, post("/broken", b"")).endswith(b"3\r\none\r\n3\r\ntwo\r\n")
    assert asked(port, post("/file", b"abc", b"Connection: close\r\n")).endswith(b"3\r\nabc\r\n0\r\n\r\n")


def test_a_connection_may_be_cut_off_and_a_defect_is_answered(port: int) -> None:
    assert asked(port, post("/cut-off", b"")) == b""
    answer = asked(port, post("/defect", b"", b"Connection: close\r\n"))
    assert answer.startswith(b"HTTP/1.1 500 Internal Server Error\r\n")
    assert answer.endswith(b"Internal server error\n")


def test_clients_that_stall_keep_no_other_waiting_and_are_let_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "SECONDS", 1)
    begun = {
        "nothing": b"",
        "a head": b"POST / HTTP/1.1\r\nHost:",
        "a body": post("/", b"abc")[:-1],
        "chunks": b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n5\r\nab",
    }
    with served(tmp_path, most=len(begun) + 1) as (_listener, port):
        stalled = {name: socket.create_connection(("127.0.0.1", port), timeout=20) for name in begun}
        for name, sent in begun.items():
            stalled[name].sendall(sent)
        assert asked(port, post("/", b"abc", b"Connection: close\r\n")).endswith(b"ABC")
        answers = {name: until_closed(client) for name, client in stalled.items()}
        for client in stalled.values():
            client.close()
    assert answers["nothing"] == answers["a head"] == b""
    assert answers["a body"].startswith(b"HTTP/1.1 408 ")
    assert answers["chunks"].startswith(b"HTTP/1.1 408 ")


def test_a_body_that_drips_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "SECONDS", 0.2)
    with served(tmp_path) as (_listener, port), connect(port) as client:
        client.sendall(post("/", b"x" * 100)[:-100])
        began = time.monotonic()
        client.settimeout(0.05)
        answer = b""
        while not answer and time.monotonic() < began + 10:
            client.sendall(b"x")
            try:
                answer = client.recv(1000)
            except TimeoutError:
                continue
    assert answer.startswith(b"HTTP/1.1 408 ")


def test_a_body_that_ends_early_is_refused(port: int) -> None:
    with connect(port) as client:
        client.sendall(post("/", b"abc")[:-1])
        client.shutdown(socket.SHUT_WR)
        assert until_closed(client).startswith(b"HTTP/1.1 400 ")


def test_more_clients_than_are_taken_wait(tmp_path: Path) -> None:
    with served(tmp_path, most=1) as (_listener, port):
        first = socket.create_connection(("127.0.0.1", port))
        with connect(port) as second:
            second.sendall(post("/", b"abc"))
            second.settimeout(0.3)
            with pytest.raises(TimeoutError):
                second.recv(1)
            first.close()
            second.settimeout(20)
            assert until(second, b"ABC").startswith(OK)


def test_the_end_waits_for_an_answer_and_for_no_idle_client(tmp_path: Path) -> None:
    begun, may_end = Event(), Event()

    def slow(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        begun.set()
        may_end.wait(20)
        return application(environ, start_response)

    bound = bound_socket("127.0.0.1", 0)
    listener = Listener(bound, Service(slow, Bounds(lambda _: 1000, lambda _: MOST), tmp_path, Turns(2)), 10)
    port = bound.getsockname()[1]
    listener.begin()
    with connect(port) as idle, connect(port) as client:
        client.sendall(post("/", b"abc"))
        assert begun.wait(20)
        began = time.monotonic()
        ending = Thread(target=listener.end, args=(20.0,))
        ending.start()
        assert idle.recv(1) == b""
        may_end.set()
        answer = until_closed(client)
        ending.join()
    assert time.monotonic() - began < 5
    assert answer.endswith(b"ABC")
    assert b"\r\nConnection: close\r\n" in answer
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))


def test_a_port_in_use_is_told_in_a_sentence(port: int) -> None:
    with pytest.raises(SystemExit) as ended:
        bound_socket("127.0.0.1", port)
    assert ended.value.code == (
        f"Port {port} of 127.0.0.1 cannot be used (Address already in use). Stop the program that uses it, or choose "
        "another with --port; 0 is any that is free."
    )


def test_turns_lend_few_connections_to_many_threads() -> None:
    turns, seen, most = Turns(2), set(), []
    running: list[None] = []

    def call() -> None:
        running.append(None)
        most.append(len(running))
        # Each thread has the connection that is lent to it, whatever thread had it before.
        lent = databases[DEFAULT_DB_ALIAS]
        lent.validate_thread_sharing()
        seen.add(id(lent))
        time.sleep(0.01)
        running.pop()

    threads = [Thread(target=turns.run, args=(call,)) for _ in range(20)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(most) == 20
    assert max(most) <= 2
    assert len(seen) <= 2


def test_a_turn_raises_what_its_call_raises_and_ends() -> None:
    turns = Turns(1)

    def fail() -> None:
        raise LookupError(HTTPStatus.OK)

    for _ in range(3):
        with pytest.raises(LookupError):
            turns.run(fail)
