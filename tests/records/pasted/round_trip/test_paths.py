"""Values behind their paths, names and values, and settings: records come back from what writers make of them."""

import csv
import io
import json
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


def gron(values: Values) -> str:
    paths = ["json = [];"]
    for number, record in enumerate(objects(values)):
        paths.append(f"json[{number}] = {{}};")
        paths += [f"json[{number}].{name} = {json.dumps(value)};" for name, value in record.items()]
    return "\n".join(paths)


def jq_stream(values: Values) -> str:
    events: list[Any] = []
    for number, record in enumerate(objects(values)):
        events += [[[number, name], value] for name, value in record.items()]
        events.append([[number, NAMES[-1]]])
    return "\n".join(json.dumps(each, separators=(",", ":")) for each in [*events, [[len(values) - 1]]])


def toml(values: Values) -> str:
    # It has no null: the name is left out. Nor has it halves of pairs, and DEL is written as an escape.
    def shown(value: Any) -> str:
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")

    tables = (
        "\n".join(f"{name} = {shown(value)}" for name, value in record.items() if value is not None)
        for record in objects(values)
    )
    return "\n\n".join(f"[[users]]\n{table}" for table in tables)


def pairs(values: Values) -> str:
    return "\n".join(
        " ".join(
            f"{name}={json.dumps(value) if isinstance(value, str) else cell(value, '', 'true', 'false')}"
            for name, value in record.items()
        )
        for record in objects(values)
    )


def pino_pretty(values: Values) -> str:
    return "".join(
        f"[10:00:0{number}.123] INFO (4711): user\n"
        + "".join(f"    {name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in each.items())
        for number, each in enumerate(objects(values))
    )


def transposed(values: Values) -> str:
    file = io.StringIO()
    rows = [[cell(value, "", "TRUE", "FALSE") for value in row] for row in values]
    csv.writer(file, delimiter="\t", lineterminator="\n").writerows(zip(NAMES, *rows, strict=True))
    return file.getvalue()


FORMATS: dict[str, Writer] = {
    "gron": gron,
    "jq's stream": jq_stream,
    "TOML": toml,
    "names and values": pairs,
    "pino-pretty": pino_pretty,
    "rows as columns": transposed,
}


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=OF_EACH)
@given(values=rows(any_texts))
def test_any_text_comes_back(name: str, values: Values) -> None:
    assert came_back(FORMATS[name](values)) == values
