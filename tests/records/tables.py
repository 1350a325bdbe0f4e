"""Many records, and CSV files of many rows, for what is measured."""

import json
from collections.abc import Iterator
from typing import Any

from console.records.schemas.schema import Schema
from tests.records.literal_schemas import users_schema

TYPES: list[tuple[Any, Any]] = [
    ("int", 1),
    ("long", 2),
    ("float", 1.5),
    ("double", 2.5),
    ("boolean", True),
    ("string", "text"),
    ("categorical string", "a|b"),
    (["null", "int"], None),
]
FIELDS = {f"FIELD_{number}": TYPES[number % len(TYPES)] for number in range(25)}
SCHEMA_OF_25 = users_schema(**{name: type_ for name, (type_, _value) in FIELDS.items()})
RECORD_OF_25 = {name: value for name, (_type, value) in FIELDS.items()}

SCHEMA_OF_ROWS: Schema = users_schema(
    AGE=["null", "int"], VISITS="long", SPEND="float", MEMBER="boolean", CITY="string", GENRES="categorical string"
)


def users_of_25_fields(count: int) -> list[tuple[str, str]]:
    """Return so many users as PutUsers has them: ids, and properties as JSON text."""
    properties = json.dumps({name.lower(): value for name, value in RECORD_OF_25.items()})
    return [(f"u-{number}", properties) for number in range(count)]


def csv_lines(count: int, *, wrong_each: int = 0) -> Iterator[str]:
    """Yield a heading and so many rows; each row whose number `wrong_each` divides has one cell that does not fit."""
    yield "USER_ID,AGE,VISITS,SPEND,MEMBER,CITY,GENRES\r\n"
    for number in range(count):
        age = number % 90 if number % 3 else ""
        visits = "many" if wrong_each and number % wrong_each == 0 else number
        member = "true" if number % 2 else "false"
        yield f'u-{number},{age},{visits},{number / 7:.2f},{member},"Zürich, {number}",drama|comedy\r\n'
