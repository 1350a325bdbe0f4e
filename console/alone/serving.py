"""The server of the local service alone: the endpoint, and background work in a thread beside it."""

import os
import signal
import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from http import HTTPStatus
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from django.db import connection

from console.alone.http.answering import Service
from console.alone.http.listening import Listener
from console.alone.http.receiving import Bounds
from console.alone.http.turns import Turns
from console.alone.signals import signals_to_end
from console.local.controls import bounds as controls
from console.local.controls.application import with_controls
from console.local.http import bounds
from console.local.http.addresses import PREFIX
from console.local.http.endpoints import http_endpoint
from console.server import memory, sizes
from console.server.http.bodies import SMALL
from console.work.frames import with_room
from console.work.waking import Sleep, wake_worker
from console.work.worker import keep_running

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

# Calls that are answered at a time, each with a connection to the database. Python runs one of them at a time; others
# wait for the disk, or simulate a delay.
TURNS = 16
# Each has a thread.
MOST_CONNECTIONS = 500
# At the end: for what is answered, and for clients that stall, and then for a job to reach a place to stop at.
SECONDS_TO_END = 15.0
SECONDS_TO_STOP_WORK = 5.0
ELSEWHERE = f"There is nothing at this address: the address of the endpoint ends in {PREFIX}.\n".encode()

type Environ = dict[str, Any]


def serve(bound: socket.socket, data: Path, is_ending: Event, when_ready: Callable[[], None]) -> None:
    """Serve a socket until SIGINT, SIGTERM or SIGHUP, and then finish what is answered.

    `when_ready` is called once requests are answered. Raise RuntimeError if the server cannot begin.
    """
    sizes.raise_limit_of_files()
    memory.give_back_early()
    turns = Turns(TURNS)
    lengths = Bounds(_first_bound, partial(_larger_bound, turns))
    service = Service(with_controls(http_endpoint(_elsewhere)), lengths, data, turns)
    listener = Listener(bound, service, min(sizes.connections(), MOST_CONNECTIONS))
    with _background_work():
        listener.begin()
        try:
            if not is_ending.is_set():
                when_ready()
                _wait_for_a_signal(is_ending)
        finally:
            listener.end(SECONDS_TO_END)


def _wait_for_a_signal(is_ending: Event) -> None:
    """Return once a signal has come that ends this process, whichever of its threads the system gives it to."""
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    # Before the handlers, so that no signal comes between that neither ends this nor is written there.
    signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    for each in signals_to_end():
        signal.signal(each, lambda _number, _frame: None)
    if not is_ending.is_set():
        os.read(reader, 1)


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
    """Answer what is asked elsewhere than at the endpoint, as by a client whose address lacks its end."""
    headers = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(ELSEWHERE)))]
    start_response(f"{HTTPStatus.NOT_FOUND} {HTTPStatus.NOT_FOUND.phrase}", headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [ELSEWHERE]


def _first_bound(environ: Environ) -> int:
    if controls.is_below(environ["PATH_INFO"]):
        return min(SMALL, controls.longest_body(environ))
    return SMALL if bounds.is_below(environ["PATH_INFO"]) and bounds.is_plausible(environ) else 0


def _larger_bound(turns: Turns, environ: Environ) -> int:
    if controls.is_below(environ["PATH_INFO"]):
        return controls.longest_body(environ)
    is_known = bounds.is_below(environ["PATH_INFO"]) and turns.run(bounds.has_known_key, environ)
    return bounds.LONGEST_BODY if is_known else 0
