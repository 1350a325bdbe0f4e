"""Every shape in which an example may be pasted."""

import json
import re
from typing import Any

from tests.support.examples.example import Example


def shapes(example: Example, target: str) -> dict[str, tuple[str, list[dict[str, Any]]]]:
    """Return texts, by what they are detected as: record input has a number instead. Beside each is what is stored."""
    record, second, body = example.record, example.second, example.body_to(target)
    one, two = [example.stored], [example.stored, example.second_stored]
    ((list_name, members),) = [(name, value) for name, value in body.items() if isinstance(value, list)]
    beside = {name: value for name, value in body.items() if name != list_name}
    options = " ".join(f"--{_option(name)} '{value}'" for name, value in beside.items())
    of_call = {name: value for name, value in beside.items() if value != target}
    in_api_shape = {**of_call, **members[0]}
    cells = ["true" if value is True else str(value) for value in record.values()]
    return {
        "1": (as_json(record), one),
        "2": (json.dumps([record, second], indent=2), two),
        "3": (as_json(in_api_shape), one),
        "4": (as_json([{**in_api_shape, "properties": json.loads(in_api_shape["properties"])}]), one),
        "2 lines of JSON Lines": (f"{as_json(record)}\n{as_json(second)}\n", two),
        f"1 {example.name} of a {example.operation} request": (as_json(body), one),
        f"1 {example.name} of YAML": (
            "".join(f"{name}: {json.dumps(value)}\n" for name, value in record.items()),
            one,
        ),
        f"1 {example.name} of an AWS CLI command": (
            f"aws personalize-events {example.command} {options} \\\n  --{_option(list_name)} '{as_json(members)}'",
            one,
        ),
        "1 row of CSV": (f"{','.join(record)}\r\n{','.join(f'"{each}"' for each in cells)}\r\n", one),
        "1 row of a spreadsheet": (f"{'\t'.join(record)}\n{'\t'.join(cells)}\n", one),
        "nearly JSON: text put in straight double quotes": (repr(record).replace("True", "true"), one),
    }


def as_json(value: Any) -> str:
    """Return a value as a person types it."""
    return json.dumps(value, ensure_ascii=False)


def _option(name: str) -> str:
    return re.sub("([A-Z])", r"-\1", name).lower()
