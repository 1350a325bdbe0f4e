"""Records in files of settings: TOML, and INI with a section for each."""

import re
import tomllib
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from console.records.json.nodes import Array, Bare, Member, Node, Object, Scalar
from console.records.json.scalars import number_value
from console.records.pasted.detected import Found
from console.records.pasted.reader import records_in
from console.records.pasted.values.dialect import PLAIN
from console.records.schemas.schema import Schema

# A table, an array of tables or a value in the first line that has any; comments may come first.
NAME = r"(?:[\w.-]++|\"[^\"\n]*\"|'[^'\n]*')"
FIRST_LINE = re.compile(rf"(?:\s*+(?:[#;][^\n]*+\n))*+\s*+(?:\[\[?[ ]*+{NAME}[^\[\]\n]*+\]\]?|{NAME}[ \t]*+=)")
LONGEST = 200_000
# Python writes whole numbers of more than 4,300 digits in hexadecimal alone.
MOST_BITS = 10_000
SECTION = re.compile(r"\[(?P<name>[^\[\]]+)\]")
SETTING = re.compile(r"(?P<name>[\w.-]+)[ \t]*[=:][ \t]*(?:\"(?P<quoted>[^\"]*)\"|(?P<bare>.*))")
COMMENTS = ("#", ";")


class _Number(str):
    """A number with a fraction, as it was typed."""

    __slots__ = ()


def read_toml(schema: Schema, target: str, text: str) -> Found | None:
    """Return the records of a text in TOML, or None."""
    if len(text) > LONGEST or not FIRST_LINE.match(text):
        return None
    try:
        root = tomllib.loads(text.replace("\r\n", "\n"), parse_float=_Number)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError):
        return None
    found = records_in(schema, target, _node(root))
    return replace(found, words=f"{schema.entity.counted(found.number)} of TOML") if found else None


def _node(value: Any) -> Node:
    match value:
        case dict():
            return Object(0, [Member(0, name, _node(each)) for name, each in value.items()])
        case list():
            return Array(0, [_node(each) for each in value])
        case _Number():
            literal = str(value).replace("_", "").removeprefix("+")
            number = number_value(literal)
            return Bare(0, literal) if number is None else Scalar(0, number, literal)
        case datetime() | date() | time():
            return Scalar(0, value.isoformat())
        case int() if value.bit_length() > MOST_BITS:
            return Bare(0, hex(value))
        case int() if not isinstance(value, bool):
            return Scalar(0, value, str(value))
        case _:
            return Scalar(0, value)


def read_ini(schema: Schema, target: str, text: str) -> Found | None:
    """Return the records of a text that has a section for each, with names and values, or None."""
    if len(text) > LONGEST or not FIRST_LINE.match(text):
        return None
    sections: list[Member] = []
    for line in text.splitlines():
        bare = line.strip()
        if not bare or bare.startswith(COMMENTS):
            continue
        section = SECTION.fullmatch(bare)
        if section:
            sections.append(Member(0, section["name"].strip(), Object(0, [])))
            continue
        setting = SETTING.fullmatch(bare)
        if setting is None or not sections:
            return None
        quoted = setting["quoted"]
        value = Bare(0, setting["bare"].strip()) if quoted is None else Scalar(0, quoted)
        _members(sections[-1]).append(Member(0, setting["name"], value))
    found = records_in(schema, target, Object(0, sections)) if sections else None
    if found is None:
        return None
    return replace(found, words=f"{schema.entity.counted(found.number)} of INI", dialect=PLAIN)


def _members(section: Member) -> list[Member]:
    return section.value.members if isinstance(section.value, Object) else []
