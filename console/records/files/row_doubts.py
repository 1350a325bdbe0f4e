"""Doubtful values in the valid rows of a CSV file: a job imports them unchanged, and warns."""

import re
from collections.abc import Iterator

from console.records.entities import Entity
from console.records.files.checking.table_checks import TableCheck
from console.records.files.source import Batch
from console.records.json.nodes import quoted
from console.records.validation.text_doubts import Doubt

QUOTED_HEADING = "Headings in quotes"
SPACED_HEADING = "Headings with spaces"
SPACED_NAME = re.compile(r"(?:\A|(?<=,))(?:[ \t]+[^,\r\n]+|[^,\r\n]*[^,\s][ \t]+)(?=[,\r\n]|\Z)")
REPEATED = "Repeated IDs"


def doubts_on_heading(line: str) -> Iterator[Doubt]:
    """Yield what is doubtful in the line of a heading.

    "Don't enclose headers in quotation marks": "Data format guidelines" of the developer guide.
    """
    if '"' in line:
        sentence = (
            "The heading has quotes. AWS's documents ask for names without them: remove them before AWS reads it."
        )
        yield Doubt(QUOTED_HEADING, sentence)
    spaced = SPACED_NAME.search(line)
    if spaced:
        sentence = (
            f"The heading has spaces around {quoted(spaced[0])}, which may become a part of the name: remove them."
        )
        yield Doubt(SPACED_HEADING, sentence)


def doubts_on_batch(check: TableCheck, batch: Batch) -> Iterator[tuple[int, str, Doubt]]:
    """Yield the place in the batch, the field and what is doubtful in each text of a batch that was just checked.

    They come field by field, in the order of the schema.
    """
    for each, column in zip(check.checks, check.places, strict=True):
        name, cells = each.field.name, batch.columns[column]
        yield from ((place, name, doubt) for place, doubts in each.doubts_in(cells) for doubt in doubts)


def repeated(entity: Entity) -> Doubt:
    """Return what is said of an id that an earlier row has."""
    return Doubt(REPEATED, f"An earlier row has the same {entity.id_field}. The last one of them counts.")
