"""The server of the local service alone: the endpoint, and background work in a thread beside it."""

import asyncio
import socket
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from http import HTTPStatus
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from django.db import connection
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server.embed import Server

from console.alone.signals import signals_to_end
from console.local.controls import bounds as controls
from console.local.controls.application import with_controls
from console.local.http import bounds
from console.local.http.addresses import PREFIX
from console.local.http.endpoints import http_endpoint
from console.server import memory, sizes
from console.server.ending import UnderWay
from console.server.http.bodies import SMALL
from console.server.http.buffered import Bounds, Buffered
from console.server.http.heads import bounds_of_heads
from console.work.frames import with_room
from console.work.waking import Sleep, wake_worker
from console.work.worker import keep_running

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

# Python runs one of them at a time. Others wait for the disk, or simulate a delay.
THREADS = 16
# At the end: for what is answered, and for clients that stall, and then for a job to reach a place to stop at.
SECONDS_TO_END = 15.0
SECONDS_TO_STOP_WORK = 5.0
SECONDS_BETWEEN_LOOKS = 0.005
ELSEWHERE = f"There is nothing at this address: the address of the endpoint ends in {PREFIX}.\n".encode()

type Environ = dict[str, Any]


def serve(host: str, port: int, data: Path, is_ending: Event, when_ready: Callable[[], None]) -> None:
    """Serve until SIGINT, SIGTERM or SIGHUP, then finish the requests in progress.

    `when_ready` is called once requests are answered. Raise OSError or RuntimeError if the server cannot begin.
    """
    sizes.raise_limit_of_files()
    memory.give_back_early()
    with _background_work():
        asyncio.run(_serve(host, port, data, is_ending, when_ready))


def free_port(host: str, port: int) -> int:
    """Return the port if it is free, or a free one for port 0; exit with a sentence if it is in use."""
    try:
        family, kind, _protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror as error:
        sys.exit(f"{host} is no address of this machine ({error.strerror}). Choose another with --host.")
    try:
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            found: int = probe.getsockname()[1]
            return found
    except OSError as error:
        advice = "Stop the program that uses it, or choose another with --port; 0 is any that is free."
        sys.exit(f"Port {port} of {host} cannot be used ({error.strerror}). {advice}")


async def _serve(host: str, port: int, data: Path, is_ending: Event, when_ready: Callable[[], None]) -> None:
    application = Buffered(
        with_controls(http_endpoint(_elsewhere)), Bounds(_first_bound, _largest_bound, _asked_bound), data, THREADS
    )
    server = Server(
        application,
        address=host,
        port=port,
        http=HTTPModes.http1,
        http1_settings=bounds_of_heads(),
        interface=Interfaces.ASGINL,
        backpressure=sizes.connections(),
        websockets=False,
        log_level=LogLevels.error,
    )
    told_to_end = asyncio.Event()
    for each in signals_to_end():
        asyncio.get_running_loop().add_signal_handler(each, told_to_end.set)
    serving = asyncio.create_task(server.serve())
    await _until_answered(host, port, serving)
    try:
        if not is_ending.is_set():
            when_ready()
            serving.add_done_callback(lambda _serving: told_to_end.set())
            await told_to_end.wait()
            _check_running(serving)
    finally:
        # Also where its output cannot be written: a server that is cancelled says so in its own words.
        if not serving.done():
            server.stop()  # type: ignore[no-untyped-call]  # It has no types.
        await _until_it_can_be_left(application.under_way, serving)


async def _until_it_can_be_left(under_way: UnderWay, serving: "asyncio.Task[None]") -> None:
    """Wait until the server has ended, or only stalled clients are left, which it would wait for half a minute."""
    since = time.monotonic()
    while not serving.done() and (now := time.monotonic()) - since < SECONDS_TO_END:
        if under_way.can_be_left(since, now):
            return
        await asyncio.sleep(SECONDS_BETWEEN_LOOKS)


async def _until_answered(host: str, port: int, serving: "asyncio.Task[None]") -> None:
    """Wait until the server accepts connections; raise the error that ended it before."""
    is_answered = False
    while not is_answered:
        await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
        with suppress(OSError):
            _reader, writer = await asyncio.open_connection(host, port)
            writer.close()
            is_answered = True
        # Another server may answer at a port that this one has not got.
        _check_running(serving)


def _check_running(serving: "asyncio.Task[None]") -> None:
    """Raise the error that ended the server, or RuntimeError if there was none."""
    if serving.done():
        serving.result()
        raise RuntimeError("the server has ended by itself")


@contextmanager
def _background_work() -> Iterator[None]:
    """Run background work while the block runs, and then stop it where it can go on another time."""
    stopping = Event()
    worker = Thread(target=with_room, args=(_work, stopping), daemon=True, name="worker")
    worker.start()
    try:
        yield
    finally:
        stopping.set()
        wake_worker()
        worker.join(SECONDS_TO_STOP_WORK)


def _work(stopping: Event) -> None:
    try:
        with closing(Sleep(stopping.is_set)) as sleep:
            keep_running(stopping.is_set, sleep)
    finally:
        connection.close()


def _elsewhere(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    """Answer requests outside the endpoint, such as from a client whose URL lacks its path."""
    headers = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(ELSEWHERE)))]
    start_response(f"{HTTPStatus.NOT_FOUND} {HTTPStatus.NOT_FOUND.phrase}", headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [ELSEWHERE]


def _first_bound(environ: Environ) -> int:
    if controls.is_below(environ["PATH_INFO"]):
        return min(SMALL, controls.longest_body(environ))
    return SMALL if bounds.is_below(environ["PATH_INFO"]) and bounds.is_plausible(environ) else 0


def _largest_bound(environ: Environ) -> int | None:
    if controls.is_below(environ["PATH_INFO"]):
        return controls.longest_body(environ)
    return None if bounds.is_below(environ["PATH_INFO"]) else 0


def _asked_bound(environ: Environ) -> int:
    try:
        return bounds.LONGEST_BODY if bounds.has_known_key(environ) else 0
    finally:
        # Nothing ends a request here, and long bodies are rare.
        connection.close()
