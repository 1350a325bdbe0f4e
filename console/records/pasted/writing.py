"""Records written out as record input: an object for each, one member a line."""

from collections.abc import Iterable

from console.records.json.nodes import Object
from console.records.json.writing import json_of, json_text


def write_records(records: Iterable[Object]) -> str:
    """Return JSON text of an array of records, one member a line; numbers stay as they were typed."""
    return "[\n" + ",\n".join(_object(record) for record in records) + "\n]"


def _object(record: Object) -> str:
    members = (f"    {json_text(member.key)}: {json_of(member.value)}" for member in record.members)
    return "  {\n" + ",\n".join(members) + "\n  }"
