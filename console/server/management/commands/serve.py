"""Serves the console in the foreground until Ctrl-C, and runs its worker beside it."""

import gc
import logging
import math
import os
import shutil
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, override

from django.conf import settings
from django.core.checks import run_checks
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connections
from granian.constants import HTTPModes, Interfaces, RuntimeModes
from granian.log import LogLevels

from console.metrics.value_files import DIRECTORY
from console.personalize.connections.endpoints import SERVED_PORT
from console.server import sizes
from console.server.http.heads import bounds_of_heads
from console.server.processes import Processes
from console.server.signals import hear_every_signal, hear_signals_across_forks
from console.server.spare_room import keep
from console.server.static_files import collect_static_files
from console.server.supervisor import kept_running
from console.server.warm_up import warm_up
from console.storage.database import cannot_be_used, try_to_write
from console.storage.places import RUN_AT_9000, manage_command

log = logging.getLogger(__name__)

# How long pages that are under way when the server ends may take: they wait for AWS to read, and as long to write. The
# worker waits for the calls of imports, and then for a database that is away to take their answers.
SECONDS_TO_RECORD = 10
SECONDS_TO_END = (
    math.ceil(settings.CONSOLE_AWS_SECONDS) + max(math.ceil(settings.CONSOLE_AWS_SECONDS), SECONDS_TO_RECORD) + 5
)


@contextmanager
def metrics_directory(path: Path) -> Iterator[None]:
    """Name a directory in which the server's processes write their counters while it runs: see value_files.py."""
    # A server that was killed has left its files.
    shutil.rmtree(path, ignore_errors=True)
    os.environ[DIRECTORY] = str(path)
    try:
        yield
    finally:
        shutil.rmtree(path, ignore_errors=True)


class Command(BaseCommand):
    """`manage.py serve`.

    Raise CommandError for a port that is not valid or in use, settings with errors, a database that cannot be used,
    static files that cannot be written, and processes that cannot be begun.
    """

    help = "Serves the console on one address until Ctrl-C or SIGTERM, and then finishes the requests in progress."
    # The checks import the pages, which is possible only once there is a directory for metrics.
    requires_system_checks = ()

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", default="8000")

    @override
    def handle(self, *_args: Any, host: str, port: str, **_options: Any) -> None:
        if not port.isascii() or not port.isdigit() or not 1 <= int(port) <= 65535:
            raise CommandError(f"The port must be a number from 1 to 65535; found {port}.")
        self._check_port(host, int(port))
        os.environ[SERVED_PORT] = port
        sizes.raise_limit_of_files()
        keep(settings.CONSOLE_DATA_DIR)
        with metrics_directory(settings.CONSOLE_DATA_DIR / f"metrics-{host}-{port}"):
            self._check_settings()
            self._collect_static_files()
            # SQLite's connections do not survive a fork.
            connections.close_all()
            self._serve(host, int(port))

    def _check_settings(self) -> None:
        try:
            try_to_write()
            found = [each for each in run_checks(databases=["default"]) if not each.is_silenced()]
            if not settings.CONSOLE_IS_PRODUCTION or any(each.is_serious() for each in found):
                self.check(databases=["default"])
                return
        except DatabaseError as error:
            raise CommandError(cannot_be_used(error)) from error
        # Django's text has several lines, and what collects the log of production reads JSON.
        for each in found:
            log.warning("%s %s (%s)", each.msg, each.hint or "", each.id)

    def _collect_static_files(self) -> None:
        """Collect the static files once for all processes, before there are any; raise CommandError if that fails."""
        try:
            collect_static_files()
        except OSError as error:
            where = settings.STATIC_ROOT
            raise CommandError(f"The static files cannot be written to {where} ({error.strerror}).") from error

    def _serve(self, host: str, port: int) -> None:
        # As nohup does, which lets a server outlive its terminal.
        ignores_hangup = signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
        server = Processes(
            "console.config.asgi:application",
            address=host,
            port=port,
            # HTTP/2 without TLS is spoken by no browser and no AWS client.
            http=HTTPModes.http1,
            http1_settings=bounds_of_heads(),
            interface=Interfaces.ASGINL,
            # Granian does little outside Python; one thread uses less processor time for it than several.
            runtime_mode=RuntimeModes.st,
            workers=sizes.processes(),
            respawn_failed_workers=True,
            workers_kill_timeout=SECONDS_TO_END,
            backpressure=sizes.connections(),
            websockets=False,
            log_level=LogLevels.error,
            log_dictconfig=settings.LOGGING if settings.CONSOLE_IS_PRODUCTION else None,
        )
        # At SIGHUP, Granian would restart its processes, and keep the port after the terminal is gone.
        at_hangup = signal.SIG_IGN if ignores_hangup else server.signal_handler_interrupt
        server.on_startup(lambda: signal.signal(signal.SIGHUP, at_hangup))
        server.on_startup(lambda: self._say_address(f"http://{host}:{port}/"))
        hear_signals_across_forks()
        hear_every_signal()
        # The processes share the memory of what is here before they fork, until one of them writes to it: the garbage
        # collector would, so that it is to leave all this alone.
        warm_up()
        gc.collect()
        gc.freeze()
        # In a process of its own, heavy work slows no request.
        try:
            with kept_running(self._worker_command(), SECONDS_TO_END) as tell_worker_to_end:
                # Both end at the same time, so that stopping takes as long as the longer of the two.
                server.when_stopping = tell_worker_to_end
                server.serve()
        except (OSError, RuntimeError) as error:
            raise CommandError(f"The processes of the server cannot be begun ({error}).") from error

    def _say_address(self, address: str) -> None:
        if settings.CONSOLE_IS_PRODUCTION:
            log.info("Serving on %s", address)
        else:
            # It serves all the same where its output goes to a full disk.
            with suppress(OSError):
                self.stdout.write(f"Serving on {address} (Ctrl-C stops it)")

    def _worker_command(self) -> list[str]:
        return [*manage_command(), "run_worker", f"--parent={os.getpid()}"]

    def _check_port(self, host: str, port: int) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                advice = f"Stop the program that uses it, or choose another port: {RUN_AT_9000}."
                raise CommandError(f"Port {port} of {host} cannot be used ({error.strerror}). {advice}") from error
