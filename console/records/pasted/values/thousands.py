"""Which separator of a field's numbers stands between thousands for certain, by others of the same field."""

import re
from collections.abc import Iterable
from dataclasses import replace

from console.records.json.nodes import Object, Scalar
from console.records.pasted.values.amounts import bare_amount
from console.records.pasted.values.dialect import Dialect
from console.records.pasted.values.grouped_numbers import MANY_GROUPS
from console.records.pasted.values.plain_numbers import ENGLISH, GERMAN
from console.records.schemas.field_types import BOUNDS
from console.records.schemas.schema import Schema

ONE_GROUP = re.compile(r"-?[0-9]{1,3}(?P<mark>[,.])[0-9]{3}")
# A comma and a point before fraction digits, which a separator of thousands never resembles.
FRACTIONS = {
    ",": re.compile(r"-?[0-9]+,(?:[0-9]{1,2}|[0-9]{4,})"),
    ".": re.compile(r"-?[0-9]+\.(?:[0-9]{1,2}|[0-9]{4,})"),
}


def with_thousands(schema: Schema, records: Iterable[Object], dialect: Dialect) -> Dialect:
    """Return a dialect with the fields in which a comma, or a point, stands between thousands for certain.

    Such is `1,234` beside `1,234.50` or `12,345,678` in a field, where no number of it has a comma before a fraction.
    """
    texts: dict[str, list[str]] = {}
    for record in records:
        for member in record.members:
            field = schema.field(member.key)
            value = member.value.value if isinstance(member.value, Scalar) else None
            if field and isinstance(value, str) and "string" not in field.types and BOUNDS.keys() & set(field.types):
                text = value.strip()
                texts.setdefault(field.name, []).append(bare_amount(text) or text)
    marks = {name: _mark(each) for name, each in texts.items()}
    return replace(
        dialect,
        commas_of_thousands=frozenset(name for name, mark in marks.items() if mark == ","),
        points_of_thousands=frozenset(name for name, mark in marks.items() if mark == "."),
    )


def _mark(texts: list[str]) -> str:
    """Return the separator of thousands of a field's numbers, "" where it is not certain."""
    marks = {
        "," if ENGLISH.fullmatch(each) else "." for each in texts if ENGLISH.fullmatch(each) or GERMAN.fullmatch(each)
    }
    marks |= {"," if "," in each else "." for each in texts if MANY_GROUPS.fullmatch(each)}
    if len(marks) != 1:
        return ""
    (mark,) = marks
    return "" if any(FRACTIONS[mark].fullmatch(each) for each in texts) else mark


def without_thousands(name: str, text: str, dialect: Dialect) -> str:
    """Return a number of a field without its one separator, where that stands between thousands; "" if it does not."""
    bare = bare_amount(text, has_thousands=True) or text
    match = ONE_GROUP.fullmatch(bare)
    if match is None:
        return ""
    fields = dialect.commas_of_thousands if match["mark"] == "," else dialect.points_of_thousands
    return bare.replace(match["mark"], "") if name in fields else ""
