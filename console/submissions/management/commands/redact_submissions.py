"""Removes typed text and properties of records from submissions after a number of days; run it daily."""

from datetime import timedelta
from typing import Any, override

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, ProgrammingError, connection
from django.utils import timezone

from console.storage.database import cannot_be_used
from console.storage.database_trouble import database_trouble
from console.submissions import journal
from console.submissions.recording import settle_all
from console.submissions.retention import overwrite_what_is_removed, redact_before, redact_elsewhere
from console.variables.names import SETTINGS_TAG

# A hundred years: more could leave the range of dates.
MOST_DAYS = 36_500


class Command(BaseCommand):
    """`manage.py redact_submissions --days DAYS`.

    Raise CommandError for a number of days out of range, for a database that cannot be used or has no tables, and for
    what could not be removed.
    """

    help = (
        "Removes what was typed, and the properties of records, from submissions older than a number of days. "
        "Who, when, record IDs and outcomes stay."
    )
    requires_system_checks = (SETTINGS_TAG,)

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, required=True, metavar="DAYS", help=f"from 1 to {MOST_DAYS}")

    @override
    def handle(self, *_args: Any, days: int, **_options: Any) -> None:
        if not 1 <= days <= MOST_DAYS:
            raise CommandError(f"--days: expected a number from 1 to {MOST_DAYS}; found {days}.")
        # The error of an unreachable database is raised here as it is; after this, an error means missing tables.
        connection.ensure_connection()
        overwrite_what_is_removed()
        moment = timezone.now() - timedelta(days=days)
        try:
            # The journal's outcomes come first, so that they are redacted with their submissions.
            settle_all()
            count = sum(redact_before(moment))
            left = redact_elsewhere(moment)
        except (OperationalError, ProgrammingError) as error:
            if database_trouble(error):
                raise CommandError(cannot_be_used(error)) from error
            raise CommandError("There are no submissions that could be redacted: run manage.py migrate.") from error
        journal.remove_before(moment)
        age = f"{days} day{'' if days == 1 else 's'}"
        self.stdout.write(f"Redacted {count} submission{'' if count == 1 else 's'} of more than {age} ago.")
        if left:
            raise CommandError(" ".join(left))
