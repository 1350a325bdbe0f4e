"""Literals of programs: records come back from what writers make of them."""

import json
from typing import Any

import pytest
from hypothesis import given, settings

from tests.records.pasted.round_trip.values import NAMES, OF_EACH, Values, Writer, any_texts, came_back, objects, rows

# What Rust's Debug has for these.
RUST = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"} | {
    chr(code): f"\\u{{{code:x}}}" for code in (*range(1, 9), *range(11, 32))
}


def ruby(values: Values) -> str:
    hashes = (
        ", ".join(
            f"{name}: " + ("nil" if value is None else json.dumps(value).replace("#", "\\u0023"))
            for name, value in record.items()
        )
        for record in objects(values)
    )
    return "[" + ", ".join(f"{{{each}}}" for each in hashes) + "]"


def php(values: Values) -> str:
    def literal(value: Any) -> str:
        if isinstance(value, str):
            return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
        return json.dumps(value)

    arrays = (
        ", ".join(f"'{name}' => {literal(value)}" for name, value in record.items()) for record in objects(values)
    )
    return "$users = [" + ", ".join(f"[{each}]" for each in arrays) + "];"


def javascript(values: Values) -> str:
    records = (", ".join(f"{name}: {json.dumps(value)}" for name, value in each.items()) for each in objects(values))
    return "const users = [\n" + "".join(f"  {{ {record} }},\n" for record in records) + "];"


def perl(values: Values) -> str:
    def shown(value: Any) -> str:
        if isinstance(value, str):
            return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
        return "undef" if value is None else str(int(value)) if isinstance(value, bool) else repr(value)

    records = (", ".join(f"'{name}' => {shown(value)}" for name, value in each.items()) for each in objects(values))
    return "$VAR1 = [\n" + ",\n".join(f"          {{ {record} }}" for record in records) + "\n        ];"


def python_models(values: Values) -> str:
    records = (", ".join(f"{name}={value!r}" for name, value in each.items()) for each in objects(values))
    return "[" + ", ".join(f"User({record})" for record in records) + "]"


def rust(values: Values) -> str:
    def shown(name: str, value: Any) -> str:
        if isinstance(value, str):
            return '"' + "".join(RUST.get(each, each) for each in value) + '"'
        if name == "AGE":
            return "None" if value is None else f"Some({value})"
        return str(value).lower()

    records = (", ".join(f"{name}: {shown(name, value)}" for name, value in each.items()) for each in objects(values))
    return "[" + ", ".join(f"User {{ {record} }}" for record in records) + "]"


def ron(values: Values) -> str:
    """Rust's notation, whose escapes are those of Debug, and one for the single quote."""

    def shown(name: str, value: Any) -> str:
        if isinstance(value, str):
            return '"' + "".join((RUST | {"'": "\\'"}).get(each, each) for each in value) + '"'
        if name == "AGE":
            return "None" if value is None else f"Some({value})"
        return str(value).lower()

    records = (",".join(f"{name}:{shown(name, value)}" for name, value in each.items()) for each in objects(values))
    return "[" + ",".join(f"({record})" for record in records) + "]"


def numpy(values: Values) -> str:
    """What NumPy prints of an array of objects."""
    return "[" + "\n ".join("[" + " ".join(map(repr, row)) + "]" for row in values) + "]"


def tribble(values: Values) -> str:
    def shown(value: Any) -> str:
        if isinstance(value, str):
            return json.dumps(value, ensure_ascii=False)
        if isinstance(value, bool):
            return str(value).upper()
        return "NA" if value is None else f"{value}L" if isinstance(value, int) else repr(value)

    cells = (", ".join(map(shown, row)) for row in values)
    return "tibble::tribble(\n  ~" + ", ~".join(NAMES) + ",\n  " + ",\n  ".join(cells) + "\n)"


FORMATS: dict[str, Writer] = {
    "Python": lambda values: f"users = {objects(values)!r}",
    "Python's tuples": lambda values: repr([tuple(NAMES), *values]),
    "Ruby": ruby,
    "PHP": php,
    "JavaScript": javascript,
    "Perl": perl,
    "Python's models": python_models,
    "Rust": rust,
    "RON": ron,
    "NumPy's array": numpy,
    "tribble": tribble,
}


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=OF_EACH)
@given(values=rows(any_texts))
def test_any_text_comes_back(name: str, values: Values) -> None:
    assert came_back(FORMATS[name](values)) == values
