"""SQL: records come back from what writers make of them."""

from typing import Any

import pytest
from hypothesis import given, settings

from tests.records.pasted.round_trip.values import (
    NAMES,
    OF_EACH,
    Values,
    Writer,
    any_texts,
    came_back,
    cell,
    objects,
    rows,
)


def inserts(values: Values) -> str:
    def literal(value: Any) -> str:
        return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else cell(value, "NULL", "TRUE", "FALSE")

    columns = ", ".join(f'"{name}"' for name in NAMES)
    rows = (f"({', '.join(literal(value) for value in row)})" for row in values)
    return "".join(f"INSERT INTO users ({columns}) VALUES {row};\n" for row in rows)


def dump(values: Values) -> str:
    head = (
        "PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\nCREATE TABLE users (USER_ID TEXT, AGE INT, SCORE, VIP, CITY);\n"
    )
    return (
        head + inserts(values).replace(f" ({', '.join(chr(34) + name + chr(34) for name in NAMES)})", "") + "COMMIT;\n"
    )


def mysql_dump(values: Values) -> str:
    def literal(value: Any) -> str:
        if isinstance(value, str):
            escaped = value.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n")
            return f"'{escaped}'"
        return cell(value, "NULL", "1", "0")

    rows = ",\n".join(f"({','.join(literal(value) for value in row)})" for row in values)
    return f"/*!40101 SET NAMES utf8 */;\nINSERT INTO `users` ({','.join(f'`{name}`' for name in NAMES)}) VALUES\n{rows};\n"


def copy(values: Values) -> str:
    def written(value: Any) -> str:
        text = cell(value, "\\N", "t", "f")
        is_text = isinstance(value, str)
        return (
            text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\b", "\\b")
            if is_text
            else text
        )

    rows = "".join("\t".join(written(value) for value in row) + "\n" for row in values)
    return f"SET row_security = off;\n\nCOPY public.users ({', '.join(NAMES)}) FROM stdin;\n{rows}\\.\n\n--\n"


def conditions(values: Values) -> str:
    def condition(name: str, value: Any) -> str:
        if value is None:
            return f"{name} IS NULL"
        quote = "'"
        return f"{name} = " + (
            f"'{value.replace(quote, quote * 2)}'" if isinstance(value, str) else str(value).lower()
        )

    rows = (" AND ".join(condition(name, value) for name, value in each.items()) for each in objects(values))
    return "\nOR ".join(f"({row})" for row in rows)


FORMATS: dict[str, Writer] = {
    "INSERT": inserts,
    "a dump of sqlite": dump,
    "a dump of MySQL": mysql_dump,
    "a dump of PostgreSQL": copy,
    "conditions of SQL": conditions,
}


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=OF_EACH)
@given(values=rows(any_texts))
def test_any_text_comes_back(name: str, values: Values) -> None:
    assert came_back(FORMATS[name](values)) == values
