"""Prints the records that the local service stores: AWS itself has no call that reads them back."""

import errno
from typing import Any, override

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, ProgrammingError, connection

from console.local.storage.reading_back import find_dataset, record_lines
from console.output.streams import drop_output
from console.storage.database import has_no_data
from console.variables.names import SETTINGS_TAG


class Command(BaseCommand):
    """`manage.py local_records DATASET_ARN`.

    Raise CommandError for an unknown dataset, and a database without tables.
    """

    help = (
        "Prints the records of a local dataset, one JSON object per line: users, items and actions in the order of "
        "their IDs, interactions in the order in which they were stored."
    )
    requires_system_checks = (SETTINGS_TAG,)

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("dataset_arn", metavar="DATASET_ARN")

    @override
    def handle(self, *_args: Any, dataset_arn: str, **_options: Any) -> None:
        # The error of an unreachable database is raised here as it is; after this, an error means missing tables.
        connection.ensure_connection()
        try:
            dataset = find_dataset(dataset_arn)
        except (OperationalError, ProgrammingError) as error:
            raise CommandError(has_no_data(error)) from error
        if dataset is None:
            raise CommandError(f"The local service has no dataset {dataset_arn}.")
        try:
            for line in record_lines(dataset):
                self.stdout.write(line)
            self.stdout.flush()
        except OSError as error:
            if error.errno != errno.EPIPE:
                raise
            # The reader has seen enough, as in `| head`.
            drop_output()
