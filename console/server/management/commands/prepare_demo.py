"""Prepares the database for `make run`, creating only what is missing."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, override

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from console.local.demo import make_demo_data
from console.local.storage.one_writer import one_writer
from console.people.demo import make_demo_accounts
from console.storage.database import cannot_be_used, try_to_write


class Command(BaseCommand):
    """`manage.py prepare_demo`.

    Raise CommandError in production, and for a database that cannot be used.
    """

    help = "Migrates the database, and creates the demo's accounts and data unless they were created before."
    # handle runs the checks, and says in a sentence what is wrong with the database.
    requires_system_checks = ()

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--empty", action="store_true", help="leave the demo's datasets and submissions empty")

    @override
    def handle(self, *_args: Any, **options: Any) -> None:
        if settings.CONSOLE_IS_PRODUCTION:
            raise CommandError("Production has no demo, because anyone could sign in with its accounts.")
        with _alone():
            self._prepare(is_filled=not options["empty"])

    def _prepare(self, *, is_filled: bool) -> None:
        try:
            try_to_write()
            self.check(databases=["default"])
            call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
        except DatabaseError as error:
            raise CommandError(cannot_be_used(error)) from error
        with one_writer():
            has_new_accounts = make_demo_accounts()
            has_new_data = make_demo_data(settings.CONSOLE_LOCAL_ACCOUNT, settings.CONSOLE_LOCAL_REGION)
            filled = _fill() if has_new_data and is_filled else ""
        if has_new_accounts:
            self.stdout.write("Created the demo accounts viewer, operator and administrator.")
        if has_new_data:
            self.stdout.write(f"Created the demo data of the local service. {filled}".strip())


def _fill() -> str:
    """Fill the demo if nothing was ever sent, and say so; people's data is never overwritten."""
    # A later start does without it.
    from console.submissions.demo.demos import fill_demo, is_untouched

    return fill_demo() if is_untouched() else ""


@contextmanager
def _alone() -> Iterator[None]:
    """Make other processes that prepare the same data directory wait: creating the same tables at once fails."""
    directory = os.open(settings.CONSOLE_DATA_DIR, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(directory, fcntl.LOCK_EX)
        yield
    finally:
        os.close(directory)
