"""Runs background work as it becomes due, until Ctrl-C. `manage.py serve` starts it by itself."""

import os
import signal
from collections.abc import Sequence
from contextlib import closing
from threading import Event
from typing import Any, override

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection

from console.storage.database import cannot_be_used
from console.storage.migrations import applied_migrations
from console.storage.open_database import keep_open
from console.storage.places import RUN
from console.storage.same_file import insist_on_same_file
from console.work.waking import Sleep, wake_worker
from console.work.worker import keep_lanes_running, run_alone


class Command(BaseCommand):
    """`manage.py run_worker`.

    Raise CommandError if the database cannot be used or has no data yet.
    """

    help = (
        "Runs background work until Ctrl-C, such as the jobs of the local service and the removal of deleted "
        "datasets and ended sessions."
    )
    # The checks would import the whole console, which takes memory.
    requires_system_checks = ()

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--parent", type=int, metavar="PROCESS", help="end when the parent process is no longer this one"
        )
        parser.add_argument(
            "--alone", nargs=2, metavar=("NAME", "LEASE"), help="do one piece of work that a worker has taken, and end"
        )

    @override
    def handle(self, *_args: Any, parent: int | None, alone: Sequence[str], **_options: Any) -> None:
        self._check_data()
        connection.close()
        insist_on_same_file(settings.DATABASES["default"], is_open=keep_open(settings.DATABASES["default"]))
        ending = Event()

        def end(*_signal: Any) -> None:
            ending.set()
            wake_worker()

        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, end)

        def stopping() -> bool:
            return ending.is_set() or parent not in (None, os.getppid())

        if alone:
            name, token = alone
            run_alone(name, token, stopping)
            return
        with closing(Sleep(stopping)) as sleep:
            keep_lanes_running(stopping, sleep)

    def _check_data(self) -> None:
        try:
            if applied_migrations():
                return
        except DatabaseError as error:
            raise CommandError(cannot_be_used(error)) from error
        raise CommandError(f"The console has no data yet: start it once with {RUN}.")
