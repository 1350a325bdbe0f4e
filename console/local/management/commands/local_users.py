"""Prints the users that the local service holds: AWS itself has no call that reads users back."""

import json
import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError

from console.local.models import Dataset

# Characters that some programs take for the end of a line; JSON itself escapes the others.
LINE_SEPARATORS = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def one_line(text: str) -> str:
    """Return JSON text that every program reads as one line."""
    return text.translate(LINE_SEPARATORS)


class Command(BaseCommand):
    help = "Prints the users of a dataset of the local service, one JSON object a line, in order of userId."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("dataset_arn", metavar="DATASET_ARN")

    def handle(self, *_args: Any, dataset_arn: str, **_options: Any) -> None:
        try:
            dataset = Dataset.objects.filter(arn=dataset_arn).first()
        except OperationalError as error:
            raise CommandError("The local service has no data yet: start it once with make run.") from error
        if dataset is None or dataset.is_gone:
            raise CommandError(f"The local service has no dataset {dataset_arn}.")
        users = dataset.users.order_by("user_id").values_list("user_id", "properties")
        try:
            for user_id, properties in users.iterator():
                line = {"userId": user_id, "properties": json.loads(properties)}
                self.stdout.write(one_line(json.dumps(line, ensure_ascii=False)))
            self.stdout.flush()
        except BrokenPipeError:
            # Whoever reads has seen enough, as in `| head`. Python must not try to write the rest when it ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
