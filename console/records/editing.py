"""Changes of a record input's text: laid out, and with one record more."""

from console.records.nodes import Array
from console.records.reading import read_json
from console.records.schema import Schema
from console.records.template import record_template
from console.records.writing import laid_out


def formatted(text: str) -> str | None:
    """Return a text laid out with a member a line, or None if it cannot be read; values stay as they were typed."""
    reading = read_json(text)
    return None if reading.root is None or reading.faults else laid_out(reading.root)


def with_another_record(schema: Schema, text: str) -> str | None:
    """Return a text with the template's record after its own, or None if it cannot be read."""
    if not text.strip():
        return record_template(schema)
    reading = read_json(text)
    template = read_json(record_template(schema)).root
    if reading.root is None or reading.faults or template is None:
        return None
    records = reading.root.items if isinstance(reading.root, Array) else [reading.root]
    return laid_out(Array(0, [*records, template]))
