"""The socket that clients connect to, and the threads of their connections."""

import logging
import socket
import sys
import time
from contextlib import suppress
from threading import Lock, Semaphore, Thread

from console.alone.http.answering import Service
from console.alone.http.connection import Connection
from console.work.frames import with_room

log = logging.getLogger(__name__)

# Clients that wait to be connected.
BACKLOG = 1024
SECONDS_AFTER_FAILURE = 0.1
# At the end, for clients that stall, and for one whose request has just come.
SECONDS_FOR_CLIENTS = 8.0
SECONDS_BETWEEN_LOOKS = 0.005


def bound_socket(host: str, port: int) -> socket.socket:
    """Return a socket that has a port, or any that is free for port 0; end with a sentence if it cannot be had."""
    try:
        family, kind, _protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror as error:
        sys.exit(f"{host} is no address of this machine ({error.strerror}). Choose another with --host.")
    bound = socket.socket(family, kind)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
        # Of two programs that were bound to a port before either listened, one would fail later.
        bound.listen(BACKLOG)
    except OSError as error:
        bound.close()
        advice = "Stop the program that uses it, or choose another with --port; 0 is any that is free."
        sys.exit(f"Port {port} of {host} cannot be used ({error.strerror}). {advice}")
    return bound


class Listener:
    """Takes connections of a socket, up to a number at a time, and gives each a thread."""

    def __init__(self, bound: socket.socket, service: Service, most: int) -> None:
        self._socket, self._service = bound, service
        self._room = Semaphore(most)
        self._connections: set[Connection] = set()
        self._lock = Lock()
        self._is_ending = False

    def begin(self) -> None:
        """Begin to take connections, in a thread of its own; raise RuntimeError if there is none."""
        Thread(target=self._take_all, daemon=True, name="connections").start()

    def end(self, seconds: float) -> None:
        """Take no more connections, and return when those are answered that have come; at the latest after a time.

        Clients that stall are not waited for that long.
        """
        self._is_ending = True
        with suppress(OSError):
            # It ends the waiting for a connection on Linux.
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        since = time.monotonic()
        while (connections := self._open()) and (waited := time.monotonic() - since) < seconds:
            if waited > SECONDS_FOR_CLIENTS and not any(each.is_answering for each in connections):
                return
            for each in connections:
                each.stop()
            time.sleep(SECONDS_BETWEEN_LOOKS)

    def _open(self) -> list[Connection]:
        with self._lock:
            return list(self._connections)

    def _take_all(self) -> None:
        while not self._is_ending:
            self._room.acquire()
            try:
                connected, _address = self._socket.accept()
            except OSError as error:
                self._room.release()
                if not self._is_ending:
                    log.warning("A connection could not be taken (%s).", error.strerror)
                    time.sleep(SECONDS_AFTER_FAILURE)
                continue
            self._begin_one(connected)

    def _begin_one(self, connected: socket.socket) -> None:
        connection = Connection(self._service, connected, lambda: self._is_ending)
        with self._lock:
            self._connections.add(connection)
        try:
            Thread(target=with_room, args=(self._serve, connection), daemon=True, name="connection").start()
        except RuntimeError:
            log.warning("A connection got no thread.")
            connected.close()
            self._forget(connection)

    def _serve(self, connection: Connection) -> None:
        try:
            connection.run()
        finally:
            self._forget(connection)

    def _forget(self, connection: Connection) -> None:
        with self._lock:
            self._connections.discard(connection)
        self._room.release()
