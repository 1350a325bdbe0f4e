"""Rows that were pasted into one field of a record, as into a control of the form."""

import re
from collections.abc import Iterator
from dataclasses import replace

from console.records.json.nodes import Member, Node, Object, Scalar
from console.records.pasted.detected import Found, Refusal
from console.records.pasted.reader import first_found
from console.records.pasted.readers import READERS
from console.records.schemas.schema import Schema
from console.records.template import placeholder

# No single value of a field that takes one line has these.
SEVERAL_VALUES = re.compile(r"[\n\t]")


def found_in_field(schema: Schema, target: str, found: Found) -> Found | None:
    """Return records with those that a text in one of their fields is, in the place of that field, or None.

    A record that has nothing else gives way to them.
    """
    for index, record in enumerate(found.records):
        for member in record.members if isinstance(record, Object) else ():
            inner = _read(schema, target, member)
            if inner and isinstance(record, Object):
                field = schema.field(member.key)
                words = f"{inner.words} in {field.name if field else member.key} of record {index + 1}"
                rest = tuple(_without(schema, record, member))
                records = (*found.records[:index], *rest, *inner.records, *found.records[index + 1 :])
                return replace(inner, words=words, records=records)
    return None


def _read(schema: Schema, target: str, member: Member) -> Found | None:
    text = member.value.value if isinstance(member.value, Scalar) else None
    if not isinstance(text, str) or not SEVERAL_VALUES.search(text.strip()):
        return None
    try:
        return first_found(READERS, schema, target, text)
    except Refusal:
        # A text of several lines may be meant as it is.
        return None


def _without(schema: Schema, record: Object, pasted: Member) -> Iterator[Node]:
    """Yield a record without the member that was pasted into, unless nothing is left of it."""
    members = [member for member in record.members if member is not pasted]
    if any(_is_filled_in(schema, member) for member in members):
        yield Object(record.start, members)


def _is_filled_in(schema: Schema, member: Member) -> bool:
    if not isinstance(member.value, Scalar):
        return True
    field = schema.field(member.key)
    return member.value.value not in ("", None, placeholder(field) if field else "")
