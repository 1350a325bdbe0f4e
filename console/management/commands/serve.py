"""Serves the console in the foreground until Ctrl-C, and runs the jobs of the local service beside it."""

import os
import signal
import socket
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from console.management.hearing_signals import hear_every_signal
from console.management.kept_running import kept_running

# Python runs one thread of a process at a time. More processes than this take memory for little.
MOST_WORKERS = 4
# Of all processes together, and each may hold a connection to the database: PostgreSQL takes 100 unless it is told
# otherwise. Threads wait for AWS, not for the processor; connections of clients that are open and idle take none.
THREADS = 64
CONNECTIONS = 4096
# Calls that are under way when the server ends may take so long: the console waits 10 seconds for AWS, three times.
SECONDS_TO_END = 30


def end_at_once_when_told() -> None:
    """Let signals end a process that was just forked.

    Until it has handlers of its own it would run those of the server, and never hear that it is to end.
    """
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.SIG_DFL)


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
        # As nohup does, which lets a server outlive its terminal.
        ignores_hangup = signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
        workers = min(os.cpu_count() or 1, MOST_WORKERS)
        server = Server(
            "console.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            respawn_failed_workers=True,
            workers_kill_timeout=SECONDS_TO_END,
            blocking_threads=THREADS // workers,
            backpressure=CONNECTIONS,
            websockets=False,
            log_level=LogLevels.error,
        )
        # Granian would begin its processes anew, and hold the port when nobody sees it any more.
        at_hangup = signal.SIG_IGN if ignores_hangup else server.signal_handler_interrupt
        server.on_startup(lambda: signal.signal(signal.SIGHUP, at_hangup))
        server.on_startup(lambda: self.stdout.write(f"Serving on http://{host}:{port}/ (Ctrl-C ends it)"))
        os.register_at_fork(after_in_child=end_at_once_when_told)
        hear_every_signal()
        # In a process of its own, a heavy job slows no request.
        with kept_running(self._jobs_command()):
            server.serve()

    def _jobs_command(self) -> list[str]:
        manage = str(settings.BASE_DIR / "manage.py")
        return [sys.executable, manage, "local_jobs", f"--parent={os.getpid()}"]

    def _check_port(self, host: str, port: int) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                advice = "End what uses it, or choose another: PORT=9000 make run."
                raise CommandError(f"Port {port} of {host} cannot be had ({error.strerror}). {advice}") from error
