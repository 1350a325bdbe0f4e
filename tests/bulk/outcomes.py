"""What becomes of the rows of a file: what a look, the mapping of its columns and the check make of it."""

import json
from pathlib import Path
from typing import Any

from console.bulk.checking.repeats import Repeats
from console.bulk.checking.running_check import rules_for
from console.bulk.models import Import
from console.records.files.checking.table_checks import TableCheck
from console.records.files.heading_fields import fields_of_columns
from console.records.files.readers.batches import batches
from console.records.files.readers.look import look_at
from tests.records.files.readers.reading import SCHEMA


class Outcome:
    """What became of the rows of a file: records by row, invalid rows with the fields of their problems, columns."""

    def __init__(self, path: Path) -> None:
        self.look = look_at(path, SCHEMA)
        made = Import(columns=fields_of_columns(SCHEMA, self.look.heading), choices={}, without={}, findings={})
        self.left_out = [head for head, field in zip(self.look.heading, made.columns, strict=True) if not field]
        self.records: dict[int, dict[str, Any]] = {}
        self.invalid: dict[int, set[str]] = {}
        self.repeats = Repeats(is_event=False)
        check = None
        for batch in batches(path, SCHEMA, self.look):
            check = check or TableCheck(SCHEMA, made.columns, rules_for(made, SCHEMA, self.look, batch))
            done = check.check(batch)
            self.repeats.look_at(done.ids, done.numbers)
            for number, record_id, properties in zip(done.numbers, done.ids, done.properties, strict=True):
                self.records[number] = {"userId": record_id, **json.loads(properties)}
            self.invalid |= {row.number: {field for field, _fault in row.faults} for row in done.invalid}
