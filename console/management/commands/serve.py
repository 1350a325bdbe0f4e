"""Serves the console in the foreground until Ctrl-C."""

import socket
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

# Threads wait for AWS, not for the processor.
THREADS = 16


class Command(BaseCommand):
    help = "Serves the console on one address until Ctrl-C."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *_args: Any, host: str, port: int, **_options: Any) -> None:
        self._check_port(host, port)
        server = Server(
            "console.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            blocking_threads=THREADS,
            backpressure=THREADS,
            websockets=False,
            log_level=LogLevels.error,
        )
        server.on_startup(lambda: self.stdout.write(f"Serving on http://{host}:{port}/ (Ctrl-C ends it)"))
        server.serve()

    def _check_port(self, host: str, port: int) -> None:
        if not 1 <= port <= 65535:
            raise CommandError(f"The port must be from 1 to 65535; found {port}.")
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                advice = f"End what uses it, or choose another: PORT={port + 1} make run."
                raise CommandError(f"Port {port} of {host} is not free ({error.strerror}). {advice}") from error
