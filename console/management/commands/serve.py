"""Serves the console in the foreground until Ctrl-C."""

import socket
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

# Threads wait for AWS, not for the processor; connections that are open and idle take none.
THREADS = 64
CONNECTIONS = 4096


class Command(BaseCommand):
    help = "Serves the console on one address until Ctrl-C."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", default="8000")

    def handle(self, *_args: Any, host: str, port: str, **_options: Any) -> None:
        if not port.isascii() or not port.isdigit() or not 1 <= int(port) <= 65535:
            raise CommandError(f"The port must be a number from 1 to 65535; found {port}.")
        self._serve(host, int(port))

    def _serve(self, host: str, port: int) -> None:
        self._check_port(host, port)
        server = Server(
            "console.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            blocking_threads=THREADS,
            backpressure=CONNECTIONS,
            websockets=False,
            log_level=LogLevels.error,
        )
        server.on_startup(lambda: self.stdout.write(f"Serving on http://{host}:{port}/ (Ctrl-C ends it)"))
        server.serve()

    def _check_port(self, host: str, port: int) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                advice = "End what uses it, or choose another: PORT=9000 make run."
                raise CommandError(f"Port {port} of {host} cannot be had ({error.strerror}). {advice}") from error
