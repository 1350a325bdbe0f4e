"""Prints the records that the local service stores: AWS itself has no call that reads them back."""

import errno
import json
from collections.abc import Iterator
from typing import Any, override

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, ProgrammingError, connection

from console.local.models import Dataset
from console.output.streams import drop_output
from console.records.entities import ENTITIES
from console.storage.database import has_no_data
from console.variables.names import SETTINGS_TAG

# Characters that some programs take for the end of a line; JSON itself escapes the others.
LINE_SEPARATORS = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def one_line(text: str) -> str:
    """Return JSON text that every program reads as one line."""
    return text.translate(LINE_SEPARATORS)


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
            dataset = Dataset.objects.filter(arn=dataset_arn).first()
        except (OperationalError, ProgrammingError) as error:
            raise CommandError(has_no_data(error)) from error
        if dataset is None or dataset.is_gone:
            raise CommandError(f"The local service has no dataset {dataset_arn}.")
        try:
            for line in _lines(dataset):
                self.stdout.write(one_line(json.dumps(line, ensure_ascii=False)))
            self.stdout.flush()
        except OSError as error:
            if error.errno != errno.EPIPE:
                raise
            # The reader has seen enough, as in `| head`.
            drop_output()


def _lines(dataset: Dataset) -> Iterator[dict[str, Any]]:
    """Yield the records of a dataset as they are printed; an event of nobody known has no user id."""
    entity = ENTITIES[dataset.dataset_type]
    if not entity.is_event:
        rows = dataset.records.order_by("record_id").values_list("record_id", "properties")
        for record_id, properties in rows.iterator():
            yield {entity.id_property: record_id, "properties": json.loads(properties)}
        return
    for user_id, properties in dataset.events.order_by("pk").values_list("user_id", "properties").iterator():
        user = {entity.id_property: user_id} if user_id else {}
        yield user | json.loads(properties)
