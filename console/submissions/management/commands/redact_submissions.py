"""Removes what was typed and the properties of the records in submissions after a number of days; run it daily."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, ProgrammingError, connection
from django.utils import timezone

from console.config.setting_names import SETTINGS_TAG
from console.storage.database import cannot_be_used
from console.storage.database_trouble import database_trouble
from console.submissions import journal
from console.submissions.recording import settle_all
from console.submissions.retention import redact_before

# A hundred years: a date that far back can still be had.
MOST_DAYS = 36_500


class Command(BaseCommand):
    help = (
        "Removes what was typed, and the properties of records, from submissions of more than a number of days ago. "
        "Who, when, record IDs and outcomes stay."
    )
    requires_system_checks = (SETTINGS_TAG,)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, required=True, metavar="DAYS", help=f"from 1 to {MOST_DAYS}")

    def handle(self, *_args: Any, days: int, **_options: Any) -> None:
        if not 1 <= days <= MOST_DAYS:
            raise CommandError(f"--days: expected a number from 1 to {MOST_DAYS}; found {days}.")
        # A database that cannot be reached is another matter than one without tables.
        connection.ensure_connection()
        _overwrite_what_is_removed()
        moment = timezone.now() - timedelta(days=days)
        try:
            # What the journal has of a submission is redacted with it.
            settle_all()
            count = sum(redact_before(moment))
        except (OperationalError, ProgrammingError) as error:
            if database_trouble(error):
                raise CommandError(cannot_be_used(error)) from error
            raise CommandError("There are no submissions that could be redacted: run manage.py migrate.") from error
        journal.remove_before(moment)
        age = f"{days} day{'' if days == 1 else 's'}"
        self.stdout.write(f"Redacted {count} submission{'' if count == 1 else 's'} of more than {age} ago.")


def _overwrite_what_is_removed() -> None:
    """Have SQLite write zeros over what is removed; PostgreSQL's vacuum makes room of it."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")
