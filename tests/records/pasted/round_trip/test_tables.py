"""Tables, and records with a field on each line: records come back from what writers make of them."""

import re
from html import escape
from typing import Any

import pytest
from hypothesis import assume, given, settings

from tests.records.pasted.round_trip.values import (
    NAMES,
    OF_EACH,
    Values,
    Writer,
    came_back,
    cell,
    objects,
    plain_rows,
    rows,
    stands_in_quotes,
    texts,
)

# What Markdown takes a backslash before.
MARKS = re.compile(r"[!-/:-@\[-`{-~]")


def ruled(values: Values) -> str:
    cells = [NAMES, *([cell(value, "NULL", "1", "0") for value in row] for row in values)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(NAMES))]
    line = "+" + "+".join("-" * (width + 2) for width in widths) + "+"
    body = [
        "|" + "|".join(f" {text:<{width}} " for text, width in zip(row, widths, strict=True)) + "|" for row in cells
    ]
    return "\n".join([line, body[0], line, *body[1:], line, f"{len(values)} rows in set (0.00 sec)"])


def vertical(values: Values) -> str:
    blocks = [
        f"-[ RECORD {number} ]---\n"
        + "\n".join(f"{name:<7} | {cell(value, '', 't', 'f')}" for name, value in zip(NAMES, row, strict=True))
        for number, row in enumerate(values, 1)
    ]
    return "\n".join(blocks) + "\n"


def vertical_in_box(values: Values) -> str:
    cells = [[cell(value, "", "t", "f") for value in row] for row in values]
    width = max(len(text) for row in cells for text in row)
    blocks = [
        f"+-[ RECORD {number} ]+{'-' * (width + 2)}+\n"
        + "\n".join(f"| {name:<7} | {text:<{width}} |" for name, text in zip(NAMES, row, strict=True))
        for number, row in enumerate(cells, 1)
    ]
    return "\n".join([*blocks, f"+---------+{'-' * (width + 2)}+"]) + "\n"


def unaligned(values: Values) -> str:
    blocks = (
        "\n".join(f"{name}|{cell(value, '', 't', 'f')}" for name, value in each.items()) for each in objects(values)
    )
    return "\n\n".join(blocks) + "\n"


def markdown(values: Values) -> str:
    def escaped(value: Any) -> str:
        text = cell(value, "", "True", "False")
        return MARKS.sub(r"\\\g<0>", text) if isinstance(value, str) else text

    lines = ["| " + " | ".join(map(escaped, row)) + " |" for row in [NAMES, *values]]
    return "\n".join([lines[0], "|" + "---|" * len(NAMES), *lines[1:]])


def html_table(values: Values) -> str:
    cells = [NAMES, *([cell(value, "", "t", "f") for value in row] for row in values)]
    rows = ("<tr>" + "".join(f"<td>{escape(text)}</td>" for text in row) + "</tr>" for row in cells)
    return "<table>\n" + "\n".join(rows) + "\n</table>"


def sqlite_lines(values: Values) -> str:
    return "\n\n".join(
        "\n".join(f"{name:>7} = {cell(value, '', '1', '0')}" for name, value in record.items())
        for record in objects(values)
    )


def box(values: Values) -> str:
    line = "┼".join("─" * 5 for _name in NAMES)
    rows = ("│" + "│".join(f" {cell(value, '', 'true', 'false')} " for value in row) + "│" for row in values)
    return "\n".join(["│" + "│".join(f" {name} " for name in NAMES) + "│", f"├{line}┤", *rows])


def ltsv(values: Values) -> str:
    records = ({name: cell(value, "", "true", "false") for name, value in each.items()} for each in objects(values))
    return "\n".join("\t".join(f"{name}:{text}" for name, text in each.items()) for each in records)


def aligned(values: Values) -> str:
    table = [NAMES, *([cell(value, "NULL", "true", "false") for value in row] for row in values)]
    widths = [max(len(row[column]) for row in table) for column in range(len(NAMES))]
    return "\n".join("  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)) for row in table)


FORMATS: dict[str, Writer] = {
    "MySQL": ruled,
    "psql's records": vertical,
    "psql's records in a box": vertical_in_box,
    "psql's records without alignment": unaligned,
    "Markdown": markdown,
    "HTML": html_table,
    "sqlite's lines": sqlite_lines,
    "a box": box,
    "LTSV": ltsv,
}


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=OF_EACH)
@given(values=rows(texts))
def test_words_come_back_from_tables_that_quote_nothing(name: str, values: Values) -> None:
    # Where characters are of several widths, nobody can tell a bar in a cell from one between cells.
    bar = {"MySQL": "|", "a box": "\u2502"}.get(name, "\n")
    assume(bar not in "".join(f"{row[0]}{row[4]}" for row in values))
    assume(not any(stands_in_quotes(text) for row in values for text in (row[0], row[4])))
    assert came_back(FORMATS[name](values)) == values


# Where it is blanks alone that stand between columns, their width tells them apart only if all characters have one.
@settings(max_examples=OF_EACH * 5)
@given(plain_rows())
def test_aligned_columns_come_back(values: Values) -> None:
    assert came_back(aligned(values)) == values
