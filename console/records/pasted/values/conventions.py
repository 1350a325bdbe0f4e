"""Values as programs and people write them, turned into what the types of fields take.

Each change is certain, and is counted, for the page to say it before it is made. What is not certain, such as `1,234`
or a date without its offset, stays as it was, for the validation to say what to write.
"""

import re
from collections import Counter
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, field
from functools import partial

from console.records.json.nodes import (
    Array,
    Bare,
    Member,
    Node,
    Object,
    Respelled,
    Scalar,
    describe,
    quoted,
    shortened,
)
from console.records.json.scalars import number_value
from console.records.json.writing import json_of
from console.records.missing import is_missing
from console.records.pasted.values.amounts import on_currencies
from console.records.pasted.values.boolean_words import boolean_of
from console.records.pasted.values.dialect import Dialect
from console.records.pasted.values.moments import PARTS_OF_SECOND, plain_moment, seconds_of_smaller
from console.records.pasted.values.plain_numbers import plain_number
from console.records.pasted.values.thousands import without_thousands
from console.records.pasted.values.typed_values import unwrapped_value
from console.records.requests import LIST_SEPARATOR
from console.records.schemas.field_types import BOUNDS, WHOLE_NUMBER_TYPES
from console.records.schemas.fields import Field
from console.records.schemas.schema import Schema
from console.records.validation.rules import BOOLEANS
from console.records.validation.text_doubts import FORMULA_OF_TEXT, ROUNDED
from console.records.validation.timestamps import seconds_of_milliseconds

WITH_POINT = re.compile(r"-?[0-9]{1,3}\.[0-9]{3}")
# How Stata and SAS write a missing number.
NO_VALUE_OF_STATISTICS = "."
MOST_CHANGES_NAMED = 3
REASONS = {
    **{f"{unit}seconds": f": {unit}seconds become seconds" for unit in ("milli", "micro", "nano")},
    "thousands": ": in other numbers of its field, the same mark stands between thousands",
}
TYPES_LEFT_OUT = "The types that a database has written beside the values are left out."


@dataclass(slots=True)
class Changes:
    """What a press will change in values: how often each text becomes each other, by kind of change."""

    counts: dict[str, Counter[tuple[str, str]]] = field(default_factory=dict)
    notes: dict[str, None] = field(default_factory=dict)

    def add(self, kind: str, before: str, after: str) -> None:
        """Count one change."""
        self.counts.setdefault(kind, Counter())[before, after] += 1

    def note(self, sentence: str) -> None:
        """Say something once, however often it applies."""
        self.notes[sentence] = None

    def sentences(self) -> tuple[str, ...]:
        """Return what changes, in words and numbers: `34.0 becomes 34, twice`."""
        for note in on_currencies(before for before, _after in self.counts.get("number", ())):
            self.note(note)
        changes = (
            sentence for kind, counts in self.counts.items() for sentence in _sentences(counts, REASONS.get(kind, ""))
        )
        return (*self.notes, *changes)


def _sentences(counts: Counter[tuple[str, str]], reason: str) -> Iterable[str]:
    if len(counts) <= MOST_CHANGES_NAMED:
        for (before, after), number in counts.items():
            yield f"{shortened(before)} becomes {shortened(after)}{_times(number)}{reason}."
        return
    before, after = next(iter(counts))
    yield f"{shortened(before)} becomes {shortened(after)}, and others likewise{_times(counts.total())}{reason}."


def _times(number: int) -> str:
    return {1: "", 2: ", twice"}.get(number, f", {number} times")


def conventional(schema: Schema, record: Object, dialect: Dialect, changes: Changes) -> Object:
    """Return a record whose values are as its fields take them, where that is certain."""
    members = []
    for member in record.members:
        field = schema.field(member.key)
        value = unwrapped_value(member.value)
        if value is not member.value:
            changes.note(TYPES_LEFT_OUT)
        if dialect.has_cells and field and "string" not in field.types and isinstance(value, Scalar) and value.value:
            value = Bare(value.start, value.value)
        members.append(
            Member(member.start, member.key, _value(field, value, dialect, changes) if field else _plain(value))
        )
    return Object(record.start, members)


def _plain(value: Node) -> Node:
    """Return a value that no field is for: a word for no value is null."""
    is_none = isinstance(value, Bare) and is_missing(str(value.value))
    return Scalar(value.start, None) if is_none else value


def _value(field: Field, value: Node, dialect: Dialect, changes: Changes) -> Node:
    if isinstance(value, Array):
        return _list(field, value, changes)
    if not isinstance(value, Scalar):
        return value
    found = conversion_of(field, value, dialect)
    _note_doubt(field, value, dialect, changes)
    if found is None:
        return value
    kind, converted = found
    _note_lost_digits(field, value, changes)
    _note(kind, value, converted, changes)
    return converted


def conversion_of(
    field: Field, value: Scalar, dialect: Dialect, without: Container[str] = ()
) -> tuple[str, Scalar] | None:
    """Return what a value becomes in a field, and the kind of that change; None where it stays as it is.

    Kinds in `without` are not tried.
    """
    for kind, convert in _conversions(field):
        converted = None if kind in without else convert(field, value, dialect)
        if converted is not None:
            return kind, converted
    return None


def _note_doubt(field: Field, value: Scalar, dialect: Dialect, changes: Changes) -> None:
    """Say that a number with a point is left as it is, where others of its table have a decimal comma."""
    text = str(value.value)
    if field.name in dialect.points_of_thousands:
        return
    if dialect.has_decimal_comma and WITH_POINT.fullmatch(text) and BOUNDS.keys() & set(field.types):
        changes.note(f"{text} stays as it is. If its point separates thousands, write {text.replace('.', '')}.")


def _note_lost_digits(field: Field, value: Scalar, changes: Changes) -> None:
    text = value.literal or str(value.value)
    if ROUNDED.fullmatch(text) and set(WHOLE_NUMBER_TYPES) & set(field.types):
        changes.note(f"{text} looks like a number that a spreadsheet has rounded: take its last digits from there.")


def _note(kind: str, before: Scalar, after: Scalar, changes: Changes) -> None:
    """Count a change, unless it is none to a person: a cell's digits are a number."""
    typed = before.typed if isinstance(before, Respelled) else before.literal
    old = typed or (str(before.value) if isinstance(before.value, str) else describe(before).text)
    new = after.literal or ("no value (null)" if after.value is None else _shown(after))
    if isinstance(after.value, str) and not isinstance(before.value, str):
        new = quoted(new)
    # An empty cell is no value, and `true` in a cell is true.
    if not (isinstance(before, Bare) and (not old or old.strip().lower() == new)) and old != new:
        changes.add(kind, old or "an empty text", new)


def _shown(value: Scalar) -> str:
    return value.value if isinstance(value.value, str) else json_of(value)


def _conversions(field: Field) -> Iterable[tuple[str, "Convert"]]:
    if "string" in field.types:
        return TEXT_CONVERSIONS
    if "boolean" in field.types:
        return BOOLEAN_CONVERSIONS
    return (*MOMENT_CONVERSIONS, *NUMBER_CONVERSIONS) if field.is_timestamp else NUMBER_CONVERSIONS


def _missing_text(field: Field, value: Scalar, dialect: Dialect) -> Scalar | None:
    """Return no value for what is certainly none in a field of texts: a real text may be `NA`."""
    if not isinstance(value, Bare):
        return None
    text = str(value.value)
    is_none = not text or text in dialect.no_value or (dialect.has_quotes and is_missing(text))
    return Scalar(value.start, None) if (is_none and field.nullable) or _is_null(value, dialect) else None


def _missing(field: Field, value: Scalar, dialect: Dialect) -> Scalar | None:
    if not isinstance(value.value, str):
        return None
    text = value.value.strip()
    is_none = value.value in dialect.no_value or text in ("", NO_VALUE_OF_STATISTICS) or is_missing(text)
    return Scalar(value.start, None) if (is_none and field.nullable) or _is_null(value, dialect) else None


def _is_null(value: Scalar, dialect: Dialect) -> bool:
    """Return whether a value is an unquoted NULL among quoted texts: no text, even in a required field."""
    return dialect.has_quotes and isinstance(value, Bare) and str(value.value).upper() == "NULL"


def _text_of_formula(_field: Field, value: Scalar, _dialect: Dialect) -> Scalar | None:
    """Return the text of a formula such as ="00123", which keeps a spreadsheet from taking it for a number."""
    match = FORMULA_OF_TEXT.fullmatch(value.value) if isinstance(value.value, str) else None
    return Scalar(value.start, match[1].replace('""', '"')) if match else None


def _text_of_number(field: Field, value: Scalar, _dialect: Dialect) -> Scalar | None:
    """Return the text of a whole number, as which programs have ids; nobody knows which digits another number had."""
    if isinstance(value, Respelled):
        # `0150` of YAML, a postal code: a text keeps what was typed.
        return Scalar(value.start, value.typed)
    is_whole = type(value.value) is int and abs(value.value) < 2**53 and value.literal.lstrip("-").isdecimal()
    return Scalar(value.start, value.literal) if is_whole else None


def _boolean(_field: Field, value: Scalar, _dialect: Dialect) -> Scalar | None:
    # Text is valid unchanged.
    is_valid = not isinstance(value, Bare) and value.value in BOOLEANS
    if is_valid or isinstance(value.value, bool) or value.value is None:
        return None
    meant = boolean_of(value.value)
    return None if meant is None else Scalar(value.start, meant)


def _without_thousands(field: Field, value: Scalar, dialect: Dialect) -> Scalar | None:
    """Return a number without the separator that stands between thousands in others of its field."""
    text = without_thousands(field.name, value.value.strip(), dialect) if isinstance(value.value, str) else ""
    number = number_value(text)
    return None if number is None else Scalar(value.start, number, text)


def _number(field: Field, value: Scalar, dialect: Dialect) -> Scalar | None:
    """Return a number that JSON writes another way, and one that a field of whole numbers takes without `.0`."""
    text = plain_number(value.literal or (value.value.strip() if isinstance(value.value, str) else ""), dialect)
    number = number_value(text.removeprefix("+"))
    if number is None or not BOUNDS.keys() & set(field.types):
        return None
    text = text.removeprefix("+")
    is_whole = not {"float", "double"} & set(field.types)
    if isinstance(number, float) and is_whole and number.is_integer() and abs(number) < 2**53:
        number, text = int(number), str(int(number))
    if isinstance(number, float) and abs(number) == float("inf"):
        return None
    if isinstance(value.value, str) and not isinstance(value, Bare) and text == value.value:
        # A number as text is valid as it is.
        return None
    return Scalar(value.start, number, text)


def _seconds_by(to_seconds: Callable[[object], int | None]) -> "Convert":
    """Return what makes seconds of a moment in a smaller unit."""

    def seconds(_field: Field, value: Scalar, _dialect: Dialect) -> Scalar | None:
        whole = number_value(value.value.strip()) if isinstance(value.value, str) else value.value
        found = to_seconds(whole)
        return None if found is None else Scalar(value.start, found, str(found))

    return seconds


def _plain_moment(field: Field, value: Scalar, _dialect: Dialect) -> Scalar | None:
    """Return a date with an offset as RFC 3339 has it, and for a field of whole numbers in whole seconds."""
    text = value.value.strip() if isinstance(value.value, str) else ""
    written = plain_moment(text, keeps_fraction=bool({"float", "double"} & set(field.types)))
    return Scalar(value.start, written) if written else None


def _list(field: Field, value: Array, changes: Changes) -> Node:
    """Return the text of a list of categories."""
    texts = [each.value for each in value.items if isinstance(each, Scalar) and isinstance(each.value, str)]
    if field.has_several and field.nullable and value.count == 0:
        changes.add("list", "[]", "no value (null)")
        return Scalar(value.start, None)
    are_categories = field.categorical and texts and len(texts) == value.count
    if not are_categories or any(LIST_SEPARATOR in each for each in texts):
        return value
    joined = LIST_SEPARATOR.join(texts)
    changes.add("list", f"[{', '.join(texts)}]", joined)
    return Scalar(value.start, joined)


type Convert = Callable[[Field, Scalar, Dialect], Scalar | None]
TEXT_CONVERSIONS = (("missing", _missing_text), ("formula", _text_of_formula), ("text", _text_of_number))
BOOLEAN_CONVERSIONS = (("missing", _missing), ("boolean", _boolean))
NUMBER_CONVERSIONS = (("missing", _missing), ("thousands", _without_thousands), ("number", _number))
MOMENT_CONVERSIONS = (
    ("missing", _missing),
    ("moment", _plain_moment),
    ("milliseconds", _seconds_by(seconds_of_milliseconds)),
    *((unit, _seconds_by(partial(seconds_of_smaller, parts))) for unit, parts in PARTS_OF_SECOND.items()),
)
