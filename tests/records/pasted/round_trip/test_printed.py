"""What programs print without quotes: records come back from what writers make of them.

Compared with Go 1.26 and Java. A value has no mark at its end there, so that texts are words.
"""

from typing import Any

import pytest
from hypothesis import given, settings

from tests.records.pasted.round_trip.values import (
    OF_EACH,
    Values,
    Writer,
    came_back,
    cell,
    objects,
    plain_ids,
    plain_rows,
    plain_words,
    rows,
    whole_ages,
)

CAMEL = ["userId", "age", "score", "vip", "city"]
PASCAL = ["UserId", "Age", "Score", "Vip", "City"]


def in_java(value: Any) -> str:
    return cell(value, "null", "true", "false")


def named(row: tuple[Any, ...], names: list[str], between: str, written: Any = in_java) -> list[str]:
    return [f"{name}{between}{written(value)}" for name, value in zip(names, row, strict=True)]


def java_records(values: Values) -> str:
    return "[" + ", ".join(f"User[{', '.join(named(row, CAMEL, '='))}]" for row in values) + "]\n"


def kotlin(values: Values) -> str:
    return "[" + ", ".join(f"User({', '.join(named(row, CAMEL, '='))})" for row in values) + "]\n"


def java_maps(values: Values) -> str:
    maps = (", ".join(f"{name}={in_java(value)}" for name, value in record.items()) for record in objects(values))
    return "[" + ", ".join(f"{{{each}}}" for each in maps) + "]\n"


def java_maps_by_id(values: Values) -> str:
    maps = (f"{row[0]}={{{', '.join(named(row[1:], CAMEL[1:], '='))}}}" for row in values)
    return "{" + ", ".join(maps) + "}\n"


def scala_maps(values: Values) -> str:
    maps = (", ".join(f"{name} -> {in_java(value)}" for name, value in record.items()) for record in objects(values))
    return "List(" + ", ".join(f"Map({each})" for each in maps) + ")\n"


def scala_classes(values: Values) -> str:
    return "List(" + ", ".join(f"User({','.join(map(in_java, row))})" for row in values) + ")\n"


def commons_lang(values: Values) -> str:
    return "\n".join(
        "com.shop.User@1b2c3d[\n" + ",\n".join(f"  {each}" for each in named(row, CAMEL, "=")) + "\n]"
        for row in values
    )


def openapi(values: Values) -> str:
    return "\n".join(
        "class User {\n" + "\n".join(f"    {each}" for each in named(row, CAMEL, ": ")) + "\n}" for row in values
    )


def c_sharp_records(values: Values) -> str:
    def written(value: Any) -> str:
        return cell(value, "", "True", "False")

    return "\n".join(f"User {{ {', '.join(named(row, PASCAL, ' = ', written))} }}" for row in values)


def go_number(value: float) -> str:
    """Return a number as %v of Go shows it: the shortest, and from 21 digits on with an exponent of two digits."""
    return str(int(value)) if value == int(value) else repr(value)


def go(values: Values) -> str:
    def written(value: Any) -> str:
        return go_number(value) if isinstance(value, float) else cell(value, "<nil>", "true", "false")

    return "[" + " ".join(f"{{{' '.join(named(row, PASCAL, ':', written))}}}" for row in values) + "]\n"


def go_maps(values: Values) -> str:
    def written(value: Any) -> str:
        return go_number(value) if isinstance(value, float) else cell(value, "<nil>", "true", "false")

    maps = (" ".join(f"{name}:{written(record[name])}" for name in sorted(record)) for record in objects(values))
    return "[" + " ".join(f"map[{each}]" for each in maps) + "]\n"


def powershell(values: Values) -> str:
    def written(value: Any) -> str:
        return cell(value, "", "True", "False")

    return "\n".join(f"@{{{'; '.join(named(row, PASCAL, '=', written))}}}" for row in values)


def duckdb(values: Values) -> str:
    structs = (
        ", ".join(f"'{name}': {cell(value, 'NULL', 'true', 'false')}" for name, value in record.items())
        for record in objects(values)
    )
    return "[" + ", ".join(f"{{{each}}}" for each in structs) + "]\n"


def log_of_java(values: Values) -> str:
    return "".join(
        f"2026-11-30 10:00:00,123 INFO  Sync - upsert User[{', '.join(named(row, CAMEL, '='))}]\n" for row in values
    )


FORMATS: dict[str, Writer] = {
    "records of Java": java_records,
    "data classes of Kotlin": kotlin,
    "maps of Java": java_maps,
    "maps of Java by id": java_maps_by_id,
    "maps of Scala": scala_maps,
    "case classes of Scala": scala_classes,
    "Commons Lang": commons_lang,
    "generators for OpenAPI": openapi,
    "records of C#": c_sharp_records,
    "objects of PowerShell": powershell,
    "structs of DuckDB": duckdb,
    "a log of Java": log_of_java,
    "structs of Go": go,
    "maps of Go": go_maps,
}


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=OF_EACH)
@given(values=plain_rows())
def test_words_come_back(name: str, values: Values) -> None:
    assert came_back(FORMATS[name](values)) == values


def awk(values: Values) -> str:
    return "".join(" ".join(map(in_java, row)) + "\n" for row in values)


def csv_without_heading(values: Values) -> str:
    return "".join(",".join(map(in_java, row)) + "\n" for row in values)


def composites_of_postgresql(values: Values) -> str:
    def written(value: Any) -> str:
        return f'"{value}"' if isinstance(value, str) and " " in value else cell(value, "", "t", "f")

    return "".join(f"({','.join(map(written, row))})\n" for row in values)


# A row needs a value in each place.
HEADLESS: dict[str, Writer] = {
    "words": awk,
    "CSV without a heading": csv_without_heading,
    "a list of CSV": lambda values: "".join(f"- {line}\n" for line in csv_without_heading(values).splitlines()),
    "CSV among words": lambda values: f"Please add:\n\n{csv_without_heading(values)}\nThanks, Nina\n",
    "composites of PostgreSQL": composites_of_postgresql,
}


@pytest.mark.parametrize("name", HEADLESS)
@settings(max_examples=OF_EACH)
# One row of words may be a sentence.
@given(values=rows(plain_words, plain_ids, age=whole_ages).filter(lambda values: len(values) > 1))
def test_rows_without_a_heading_come_back(name: str, values: Values) -> None:
    assert came_back(HEADLESS[name](values)) == values
