"""Tables as clients and data frames draw them: records come back from what writers make of them.

Compared with sqlite 3, DuckDB 2.0.1, polars 2.1.0, pandas 3.1.1, rich 15.0.0, tabulate 0.10.0, prettytable 3.18.0 and
R 4.2.2; of the others, after outputs of theirs. They put no marks around texts, so that texts are words of letters.
"""

from typing import Any

import pytest
from hypothesis import given, settings

from tests.records.pasted.round_trip.values import (
    NAMES,
    OF_EACH,
    Values,
    Writer,
    came_back,
    cell,
    columns_as_wide,
    plain_ids,
    plain_rows,
    plain_texts,
    rows,
)
from tests.records.pasted.round_trip.values import short_scores as scores

# Columns that are on the right.
NUMBERS = (1, 2)


def cells_of(values: Values, missing: str, true: str = "true", false: str = "false") -> list[list[str]]:
    return [[cell(value, missing, true, false) for value in row] for row in values]


def line(row: list[str], widths: list[int], bars: str, right: tuple[int, ...] = ()) -> str:
    """Return a row with a bar before it, bars between its cells and one behind it."""
    padded = [
        f" {text:>{width}} " if column in right else f" {text:<{width}} "
        for column, (text, width) in enumerate(zip(row, widths, strict=True))
    ]
    return bars[0] + bars[1].join(padded) + bars[2:]


def rule(widths: list[int], marks: str) -> str:
    return marks[0] + marks[2].join(marks[1] * (width + 2) for width in widths) + marks[3]


def box(
    heading: list[list[str]], body: list[list[str]], marks: str, bars: str = "│││", right: tuple[int, ...] = ()
) -> str:
    """Return a table whose rules above, below the heading and at the end have these marks, four of each."""
    widths = columns_as_wide([*heading, *body])
    top, middle, bottom = marks.split()
    return "\n".join(
        [
            rule(widths, top),
            *(line(row, widths, bars) for row in heading),
            rule(widths, middle),
            *(line(row, widths, bars, right) for row in body),
            rule(widths, bottom),
            "",
        ]
    )


def sqlite_box(values: Values) -> str:
    return box([NAMES], cells_of(values, "", "1", "0"), "┌─┬┐ ├─┼┤ └─┴┘")


def sqlite_table(values: Values) -> str:
    return box([NAMES], cells_of(values, "", "1", "0"), "+-++ +-++ +-++", "|||")


def duckdb(values: Values) -> str:
    types = ["varchar", "int64", "double", "boolean", "varchar"]
    return box([NAMES, types], cells_of(values, "NULL"), "┌─┬┐ ├─┼┤ └─┴┘", right=NUMBERS)


def polars(values: Values) -> str:
    heading = [NAMES, ["---"] * 5, ["str", "i64", "f64", "bool", "str"]]
    return f"shape: ({len(values)}, 5)\n" + box(heading, cells_of(values, "null"), "┌─┬┐ ╞═╪╡ └─┴┘", "│┆│")


def rich(values: Values) -> str:
    text = box([NAMES], cells_of(values, "None", "True", "False"), "┏━┳┓ ┡━╇┩ └─┴┘")
    lines = text.split("\n")
    lines[1] = lines[1].replace("│", "┃")
    return "\n".join(lines)


def spark(values: Values) -> str:
    body = cells_of(values, "null")
    widths = columns_as_wide([NAMES, *body])
    between = "+" + "+".join("-" * width for width in widths) + "+"
    rows = ("|" + "|".join(f"{text:>{width}}" for text, width in zip(row, widths, strict=True)) + "|" for row in body)
    heading = "|" + "|".join(f"{text:>{width}}" for text, width in zip(NAMES, widths, strict=True)) + "|"
    return "\n".join([between, heading, between, *rows, between, ""])


def bq(values: Values) -> str:
    return box([NAMES], cells_of(values, "NULL"), "+-++ +-++ +-++", "|||", NUMBERS)


def hive(values: Values) -> str:
    names = [f"users.{name.lower()}" for name in NAMES]
    rows = box([names], cells_of(values, "NULL"), "+-++ +-++ +-++", "|||")
    return rows + f"{len(values)} rows selected (0.123 seconds)\n"


def clickhouse(values: Values) -> str:
    body = cells_of(values, "ᴺᵁᴸᴸ")
    widths = columns_as_wide([NAMES, *body])
    heading = "┌─" + "─┬─".join(f"{name:─<{width}}" for name, width in zip(NAMES, widths, strict=True)) + "─┐"
    bottom = "└─" + "─┴─".join("─" * width for width in widths) + "─┘"
    rows = (line(row, widths, "│││", NUMBERS) for row in body)
    return "\n".join([heading, *rows, bottom, ""])


def nushell(values: Values) -> str:
    body = [[str(number), *row] for number, row in enumerate(cells_of(values, ""))]
    return box([["#", *NAMES]], body, "╭─┬╮ ├─┼┤ ╰─┴╯", right=(2, 3))


def aws_cli(values: Values) -> str:
    body = cells_of(values, "None", "True", "False")
    widths = columns_as_wide([NAMES, *body])
    width = sum(widths) + 3 * len(widths) - 1
    lines = ["-" * (width + 2), f"|{'Scan':^{width}}|", rule(widths, "+-++"), line(NAMES, widths, "|||")]
    return "\n".join([*lines, rule(widths, "+-++"), *(line(row, widths, "|||") for row in body), rule(widths, "+-++")])


def tabulate_grid(values: Values) -> str:
    body = cells_of(values, "", "True", "False")
    widths = columns_as_wide([NAMES, *body])
    between = rule(widths, "+-++")
    rows = "\n".join(f"{line(row, widths, '|||', NUMBERS)}\n{between}" for row in body)
    return f"{between}\n{line(NAMES, widths, '|||')}\n{rule(widths, '+=++')}\n{rows}\n"


def psql(values: Values) -> str:
    body = cells_of(values, "", "t", "f")
    widths = columns_as_wide([NAMES, *body])
    rows = (line(row, widths, "||", NUMBERS)[1:].rstrip() for row in body)
    heading = "|".join(f" {name:^{width}} " for name, width in zip(NAMES, widths, strict=True))
    between = "+".join("-" * (width + 2) for width in widths)
    count = f"({len(values)} row{'s' * (len(values) > 1)})"
    return "\n".join([heading, between, *rows, count, ""])


def console_table(values: Values) -> str:
    body = [
        [
            str(number),
            *(f"'{value}'" if isinstance(value, str) else cell(value, "null", "true", "false") for value in row),
        ]
        for number, row in enumerate(values)
    ]
    return box([["(index)", *NAMES]], body, "┌─┬┐ ├─┼┤ └─┴┘")


def pipes_of_pandas(values: Values) -> str:
    body = [[str(number), *row] for number, row in enumerate(cells_of(values, "<NA>", "True", "False"))]
    widths = columns_as_wide([["", *NAMES], *body])
    marks = "|" + "|".join(("-" * (width + 1) + ":") for width in widths) + "|"
    return "\n".join([line(["", *NAMES], widths, "|||"), marks, *(line(row, widths, "|||") for row in body), ""])


def aligned(cells: list[list[str]], right: tuple[int, ...], between: str = " ") -> list[str]:
    widths = columns_as_wide(cells)
    return [
        between.join(
            f"{text:>{width}}" if column in right else f"{text:<{width}}"
            for column, (text, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in cells
    ]


def with_decimals(values: Values, missing: str, true: str, false: str) -> list[list[str]]:
    """Return cells whose numbers have as many decimals as the one with most has."""
    decimals = max(len(repr(row[2]).split(".")[1]) for row in values)
    return [
        [
            cell(row[0], "", "", ""),
            cell(row[1], missing, "", ""),
            f"{row[2]:.{decimals}f}",
            true if row[3] else false,
            row[4],
        ]
        for row in values
    ]


def pandas(values: Values) -> str:
    body = with_decimals(values, "<NA>", "True", "False")
    cells = [["", *NAMES], *([str(number), *row] for number, row in enumerate(body))]
    return "\n".join(aligned(cells, (1, 2, 3, 4, 5), "  ")) + "\n"


def pandas_without_index(values: Values) -> str:
    return "\n".join(aligned([NAMES, *with_decimals(values, "<NA>", "True", "False")], (0, 1, 2, 3, 4))) + "\n"


def r_data_frame(values: Values) -> str:
    body = with_decimals(values, "NA", "TRUE", "FALSE")
    cells = [["", *NAMES], *([str(number), *row] for number, row in enumerate(body, 1))]
    return "\n".join(aligned(cells, (1, 2, 3, 4, 5))) + "\n"


def sqlite_column(values: Values) -> str:
    body = cells_of(values, "", "1", "0")
    dashes = ["-" * width for width in columns_as_wide([NAMES, *body])]
    return "\n".join(aligned([NAMES, dashes, *body], (), "  ")) + "\n"


def sqlplus(values: Values) -> str:
    body = cells_of(values, "", "1", "0")
    dashes = ["-" * width for width in columns_as_wide([NAMES, *body])]
    return "\n" + "\n".join(aligned([NAMES, dashes, *body], NUMBERS)) + f"\n\n{len(values)} rows selected.\n"


def powershell(values: Values) -> str:
    body = cells_of(values, "", "True", "False")
    dashes = [f"{'-' * len(name)}" for name in NAMES]
    return "\n" + "\n".join(aligned([NAMES, dashes, *body], (1, 2, 3))) + "\n\n"


def rst(values: Values) -> str:
    body = cells_of(values, "", "True", "False")
    marks = ["=" * (width + 2) for width in columns_as_wide([NAMES, *body])]
    heading, *rows = aligned([[f"{name}" for name in NAMES], marks, *body], NUMBERS, "  ")
    return "\n".join([rows[0], heading, *rows, rows[0]]) + "\n"


def write_table(values: Values) -> str:
    def shown(value: Any) -> str:
        return f'"{value}"' if isinstance(value, str) else cell(value, "NA", "TRUE", "FALSE")

    rows = (" ".join([f'"{number}"', *map(shown, row)]) for number, row in enumerate(values, 1))
    return " ".join(f'"{name}"' for name in NAMES) + "\n" + "\n".join(rows) + "\n"


FORMATS: dict[str, Writer] = {
    "sqlite's box": sqlite_box,
    "sqlite's table": sqlite_table,
    "DuckDB": duckdb,
    "polars": polars,
    "rich": rich,
    "Spark": spark,
    "bq": bq,
    "Hive": hive,
    "ClickHouse": clickhouse,
    "Nushell": nushell,
    "the AWS CLI": aws_cli,
    "tabulate": tabulate_grid,
    "psql": psql,
    "console.table": console_table,
    "to_markdown of pandas": pipes_of_pandas,
    "write.table": write_table,
    "sqlite's columns": sqlite_column,
    "SQL*Plus": sqlplus,
    "reStructuredText": rst,
}
# They show few digits of a number.
OF_FEW_DIGITS: dict[str, Writer] = {
    "pandas": pandas,
    "pandas without an index": pandas_without_index,
    "a data frame of R": r_data_frame,
    "Format-Table": powershell,
}


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=OF_EACH)
@given(values=plain_rows())
def test_words_come_back(name: str, values: Values) -> None:
    assert came_back(FORMATS[name](values)) == values


@pytest.mark.parametrize("name", OF_FEW_DIGITS)
@settings(max_examples=OF_EACH)
@given(values=rows(plain_texts, plain_ids, scores))
def test_words_come_back_beside_numbers_of_few_digits(name: str, values: Values) -> None:
    assert came_back(OF_FEW_DIGITS[name](values)) == values
