"""Runs the jobs of the local service as they become due, until Ctrl-C: `manage.py serve` starts it by itself."""

import os
import signal
from contextlib import closing, suppress
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from console.local.jobs import locations
from console.local.jobs.running import keep_running
from console.local.jobs.waking import Sleep, wake_worker
from console.local.models import Job
from console.storage.database import has_no_data


class Command(BaseCommand):
    help = (
        "Runs the import, export and deletion jobs of the local service, "
        "and removes the records of deleted datasets, until Ctrl-C."
    )
    # They are the console's, and take the memory of all of it.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--parent", type=int, metavar="PROCESS", help="ends when its parent is not this process any more"
        )

    def handle(self, *_args: Any, parent: int | None, **_options: Any) -> None:
        try:
            Job.objects.exists()
        except DatabaseError as error:
            raise CommandError(has_no_data(error)) from error
        ending = Event()

        def end(*_signal: Any) -> None:
            ending.set()
            wake_worker()

        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, end)
        with suppress(OSError):
            # People put their files into it. A disk that is full may not stay so.
            locations.root()

        def stopping() -> bool:
            return ending.is_set() or parent not in (None, os.getppid())

        with closing(Sleep(stopping)) as sleep:
            keep_running(stopping, sleep)
