"""Glimpses of data frames, what consoles list, and cells on lines: records come back from what writers make of them.

Compared with polars 2.1.0, dplyr 1.0.10 with R 4.2.2, redis-cli 7.0.15 and Node.js 20.20.2.
"""

import json
from typing import Any

import pytest
from hypothesis import given, settings

from tests.records.pasted.round_trip.values import (
    NAMES,
    OF_EACH,
    Values,
    Writer,
    any_ids,
    any_texts,
    came_back,
    cell,
    objects,
    plain_rows,
    rows,
)

# What R shows of characters that do not show, and of quotes.
IN_R = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\a": "\\a", "\b": "\\b", "\f": "\\f", "\v": "\\v"}
# What redis-cli shows of them; each byte that is not one of ASCII is an escape of its own.
IN_REDIS = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\a": "\\a", "\b": "\\b"}


def polars_glimpse(values: Values) -> str:
    columns = zip(NAMES, ("str", "i64", "f64", "bool", "str"), zip(*values, strict=True), strict=True)
    # Each value is what Python's repr shows, but for null.
    lines = (
        f"$ {name:<7} {f'<{type_}>':>6} {', '.join('null' if each is None else repr(each) for each in column)}"
        for name, type_, column in columns
    )
    return f"Rows: {len(values)}\nColumns: 5\n" + "\n".join(lines) + "\n"


def in_r(text: str) -> str:
    """Return a text in quotes, as R shows it in UTF-8."""
    shown = (IN_R.get(each, each) if ord(each) > 0x1F or each in IN_R else f"\\{ord(each):03o}" for each in text)
    return '"' + "".join(shown).replace("\x7f", "\\177") + '"'


def r_glimpse(values: Values) -> str:
    def column(cells: tuple[Any, ...]) -> str:
        if isinstance(cells[0], str):
            return ", ".join(map(in_r, cells))
        return ", ".join(cell(each, "NA", "TRUE", "FALSE") for each in cells)

    columns = zip(NAMES, ("chr", "int", "dbl", "lgl", "chr"), zip(*values, strict=True), strict=True)
    lines = (f"$ {name:<7} <{type_}> {column(cells)}" for name, type_, cells in columns)
    return f"Rows: {len(values)}\nColumns: 5\n" + "\n".join(lines) + "\n"


def redis_texts(values: Values) -> list[str]:
    """Return the names and values of the first row in turn; a hash has texts alone, and no null."""
    record = objects(values)[0]
    shown = {name: cell(value, "", "true", "false") for name, value in record.items() if value is not None}
    return [each for pair in shown.items() for each in pair]


def in_redis(text: str) -> str:
    def shown(byte: int) -> str:
        character = chr(byte)
        return IN_REDIS.get(character) or (character if 0x20 <= byte < 0x7F else f"\\x{byte:02x}")

    return '"' + "".join(map(shown, text.encode())) + '"'


def redis_hash(values: Values) -> str:
    return "\n".join(f"{number:2}) {in_redis(text)}" for number, text in enumerate(redis_texts(values), 1)) + "\n"


def redis_raw(values: Values) -> str:
    # As redis-cli prints it into a file or another program.
    return "\n".join(redis_texts(values)) + "\n"


def redis_map(values: Values) -> str:
    texts = [in_redis(text) for text in redis_texts(values)]
    pairs = zip(texts[::2], texts[1::2], strict=True)
    return "\n".join(f"{number}# {name} => {value}" for number, (name, value) in enumerate(pairs, 1)) + "\n"


def in_browser(value: Any) -> str:
    """Return a value as the consoles of browsers show it."""
    if isinstance(value, str):
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'"
    return json.dumps(value)


def browser_list(values: Values) -> str:
    shown = [
        "{" + ", ".join(f"{name}: {in_browser(value)}" for name, value in record.items()) + "}"
        for record in objects(values)
    ]
    items = "".join(f"{number}: {item}\n" for number, item in enumerate(shown))
    return f"({len(values)}) [{', '.join('{…}' for _each in shown)}]\n{items}length: {len(values)}\n[[Prototype]]: Array(0)\n"


def debugger_list(values: Values) -> str:
    # As IntelliJ copies a list of Java's records.
    items = (
        f' {number} = {{User@{800 + number}}} "User[userId={row[0]}, age={cell(row[1], "null", "", "")}, '
        f'score={row[2]}, vip={str(row[3]).lower()}, city={row[4]}]"\n'
        for number, row in enumerate(values)
    )
    return f"users = {{ArrayList@789}}  size = {len(values)}\n" + "".join(items)


def cells_on_lines(values: Values) -> str:
    # As the results of BigQuery are copied.
    lines = ["Row", *NAMES]
    for number, row in enumerate(values, 1):
        lines += [str(number), *(cell(value, "null", "true", "false") for value in row)]
    return "\n".join(lines) + "\n"


def cells_on_lines_of_snowflake(values: Values) -> str:
    lines = list(NAMES)
    for number, row in enumerate(values, 1):
        lines += [str(number), *(cell(value, "null", "TRUE", "FALSE") for value in row)]
    return "\n".join(lines) + "\n"


FORMATS: dict[str, Writer] = {"glimpse of polars": polars_glimpse, "glimpse of R": r_glimpse, "Chrome": browser_list}
ONE_RECORD: dict[str, Writer] = {"HGETALL": redis_hash, "HGETALL of RESP3": redis_map}
PLAIN_FORMATS: dict[str, Writer] = {
    "IntelliJ": debugger_list,
    "BigQuery": cells_on_lines,
    "Snowflake": cells_on_lines_of_snowflake,
}


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=OF_EACH)
@given(values=rows(any_texts))
def test_any_text_comes_back(name: str, values: Values) -> None:
    assert came_back(FORMATS[name](values)) == values


def is_no_name(text: str) -> bool:
    """Return whether a text is not the name of a field: names and values in turn look alike, and are refused."""
    return text.replace("_", "").upper() not in [name.replace("_", "") for name in NAMES]


@pytest.mark.parametrize("name", ONE_RECORD)
@settings(max_examples=OF_EACH)
@given(values=rows(any_texts.filter(is_no_name), any_ids.filter(is_no_name)))
def test_any_text_of_one_record_comes_back(name: str, values: Values) -> None:
    assert came_back(ONE_RECORD[name](values)) == values[:1]


@pytest.mark.parametrize("name", PLAIN_FORMATS)
@settings(max_examples=OF_EACH)
@given(values=plain_rows())
def test_words_come_back(name: str, values: Values) -> None:
    assert came_back(PLAIN_FORMATS[name](values)) == values


@settings(max_examples=OF_EACH)
@given(values=plain_rows())
def test_words_of_one_hash_come_back(values: Values) -> None:
    assert came_back(redis_raw(values)) == values[:1]
