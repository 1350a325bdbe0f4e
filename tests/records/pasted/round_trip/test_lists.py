"""Rows in lists, names and values on lines, and settings: records come back from what writers make of them."""

import configparser
import csv
import io
import json
import urllib.parse
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
    columns_as_wide,
    objects,
    plain_rows,
    rows,
)

LABELS = ["User ID", "Age", "Score", "VIP", "City"]


def shown(value: Any) -> str:
    return cell(value, "", "true", "false")


def csv_lines(values: Values) -> list[str]:
    def line(row: list[str]) -> str:
        file = io.StringIO()
        csv.writer(file, lineterminator="").writerow(row)
        return file.getvalue()

    return [line(NAMES), *(line([shown(value) for value in row]) for row in values)]


def dashes(values: Values) -> str:
    return "".join(f"- {line}\n" for line in csv_lines(values))


def stars(values: Values) -> str:
    return "".join(f"* {line}\n" for line in csv_lines(values))


def numbers(values: Values) -> str:
    return "".join(f"{number}. {line}\n" for number, line in enumerate(csv_lines(values), 1))


def tasks(values: Values) -> str:
    return "".join(f"- [{'x' if number % 2 else ' '}] {line}\n" for number, line in enumerate(csv_lines(values)))


def pairs(values: Values, mark: str, separator: str = ", ") -> str:
    # What has no value is left out, as people do.
    records = (
        separator.join(f"{name.lower()}: {shown(value)}" for name, value in record.items() if value is not None)
        for record in objects(values)
    )
    return "".join(f"{mark}{record}\n" for record in records)


def dkvp(values: Values) -> str:
    return "".join(
        ",".join(f"{name}={shown(value)}" for name, value in record.items()) + "\n" for record in objects(values)
    )


def logfmt(values: Values) -> str:
    return "".join(
        f'time=2026-11-30T10:00:0{number}Z level=INFO msg="put user" '
        + " ".join(
            f"{name}={json.dumps(value, ensure_ascii=False) if isinstance(value, str) else cell(value, 'null', 'true', 'false')}"
            for name, value in record.items()
        )
        + "\n"
        for number, record in enumerate(objects(values))
    )


def ini(values: Values) -> str:
    config = configparser.RawConfigParser()
    config.optionxform = str  # type: ignore[assignment,method-assign]
    for row in values:
        config[row[0]] = {
            name: shown(value) for name, value in zip(NAMES[1:], row[1:], strict=True) if value is not None
        }
    file = io.StringIO()
    config.write(file)
    return file.getvalue()


def env(values: Values) -> str:
    quoted = (
        [f'{name}="{value}"' if isinstance(value, str) else f"{name}={shown(value)}" for name, value in record.items()]
        for record in objects(values)
    )
    return "\n\n".join("\n".join(f"export {line}" for line in lines) for lines in quoted)


def mysql_vertical(values: Values) -> str:
    return "".join(
        f"{'*' * 27} {number}. row {'*' * 27}\n"
        + "".join(f"{name:>7}: {cell(value, 'NULL', '1', '0')}\n" for name, value in record.items())
        for number, record in enumerate(objects(values), 1)
    )


def clickhouse_vertical(values: Values) -> str:
    return "".join(
        f"Row {number}:\n──────\n"
        + "".join(f"{name + ':':<8} {cell(value, 'ᴺᵁᴸᴸ', 'true', 'false')}\n" for name, value in record.items())
        + "\n"
        for number, record in enumerate(objects(values), 1)
    )


def spark_vertical(values: Values) -> str:
    width = max(len(cell(value, "null", "true", "false")) for row in values for value in row)
    return "".join(
        f"-RECORD {number}{'-' * (width + 2)}\n"
        + "".join(f" {name:<7} | {cell(value, 'null', 'true', 'false'):<{width}} \n" for name, value in record.items())
        for number, record in enumerate(objects(values))
    )


def xtab(values: Values) -> str:
    return "\n".join(
        "".join(f"{name:<7} {cell(value, '-', 'true', 'false')}\n" for name, value in record.items())
        for record in objects(values)
    )


def flatten(values: Values) -> str:
    return "#\n".join(
        "".join(f"{name:<7}  {shown(value)}\n" for name, value in record.items()) for record in objects(values)
    )


def expand_of_cqlsh(values: Values) -> str:
    names = columns_as_wide([[name] for name in NAMES])[0]
    return "".join(
        f"\n@ Row {number}\n{'-' * (names + 1)}+{'-' * 20}\n"
        + "".join(f" {name:<{names}} | {cell(value, 'null', 'True', 'False')} \n" for name, value in record.items())
        for number, record in enumerate(objects(values), 1)
    )


def labels(values: Values) -> str:
    return "\n".join(
        "".join(f"{label}: {shown(value)}\n" for label, value in zip(LABELS, row, strict=True) if value is not None)
        for row in values
    )


def strong_labels(values: Values) -> str:
    return "\n".join(
        "".join(
            f"- **{label}:** {shown(value)}\n" for label, value in zip(LABELS, row, strict=True) if value is not None
        )
        for row in values
    )


def properties(values: Values) -> str:
    return "".join(
        f"users[{number}].{name}={shown(value)}\n"
        for number, record in enumerate(objects(values))
        for name, value in record.items()
        if value is not None
    )


def form(values: Values) -> str:
    return urllib.parse.urlencode(
        {name: shown(value) for name, value in objects(values)[0].items() if value is not None}
    )


FORMATS: dict[str, Writer] = {"logfmt": logfmt}
PLAIN_FORMATS: dict[str, Writer] = {
    "a list of rows": dashes,
    "a list with stars": stars,
    "a list with numbers": numbers,
    "a list of tasks": tasks,
    "a list of names and values": lambda values: pairs(values, "- "),
    "names and values with commas": lambda values: pairs(values, ""),
    "names and values with bars": lambda values: pairs(values, "", " | "),
    "names and values with semicolons": lambda values: pairs(values, "", "; "),
    "Miller's DKVP": dkvp,
    "INI": ini,
    "variables": env,
    "MySQL's records": mysql_vertical,
    "ClickHouse's Vertical": clickhouse_vertical,
    "Spark's vertical": spark_vertical,
    "Miller's XTAB": xtab,
    "xsv's flatten": flatten,
    "cqlsh's EXPAND": expand_of_cqlsh,
    "names before colons": labels,
    "names in strong emphasis": strong_labels,
    "properties": properties,
}


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=OF_EACH)
@given(values=rows(any_texts))
def test_any_text_comes_back(name: str, values: Values) -> None:
    assert came_back(FORMATS[name](values)) == values


@pytest.mark.parametrize("name", PLAIN_FORMATS)
@settings(max_examples=OF_EACH)
@given(values=plain_rows())
def test_words_come_back(name: str, values: Values) -> None:
    assert came_back(PLAIN_FORMATS[name](values)) == values


@settings(max_examples=OF_EACH)
@given(values=rows(any_texts))
def test_any_text_of_one_record_comes_back_from_a_form(values: Values) -> None:
    assert came_back(form(values)) == values[:1]
