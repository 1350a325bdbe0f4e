"""What is hardly meant in the rows of a CSV file that are valid: a job takes them as they are, and says so."""

import re
from collections.abc import Iterator

from console.records.entities import Entity
from console.records.files.csv_file import EntityRecord
from console.records.schemas.schema import Schema
from console.records.validation.rules import LONGEST_CATEGORY, in_all
from console.records.validation.text_doubts import IN_FILE, Doubt, doubts_on_text

QUOTED_HEADING = "Headings in quotes"
REPEATED = "Repeated IDs"
LONG_CATEGORIES = "Long categories"
# Most ids are like u-1, which no rule doubts: of files with millions of rows, each look counts.
PLAIN_ID = re.compile(r"[A-Za-z][A-Za-z_-]*[0-9][A-Za-z0-9_-]*")


def doubts_on_heading(line: str) -> Iterator[Doubt]:
    """Yield what is doubtful in the line of a heading.

    "Don't enclose headers in quotation marks": "Data format guidelines" of the developer guide.
    """
    if '"' in line:
        sentence = (
            "The heading has quotes. AWS's documents ask for names without them: remove them before AWS reads it."
        )
        yield Doubt(QUOTED_HEADING, sentence)


def doubts_on_row(schema: Schema, record: EntityRecord) -> Iterator[tuple[str, Doubt]]:
    """Yield the field and what is doubtful in each text of a valid row."""
    values = record.properties
    for field in schema.fields:
        value = record.entity_id if field.is_id else values.get(field.property_name)
        if field.categorical and isinstance(value, str) and len(value) > LONGEST_CATEGORY:
            yield field.name, Doubt(LONG_CATEGORIES, in_all(value))
        if isinstance(value, str) and not (field.is_id and PLAIN_ID.fullmatch(value)):
            for doubt in doubts_on_text(field, value, IN_FILE):
                yield field.name, doubt


def repeated(entity: Entity) -> Doubt:
    """Return what is said of an id that an earlier row has."""
    return Doubt(REPEATED, f"An earlier row has the same {entity.id_field}. The last one of them counts.")
