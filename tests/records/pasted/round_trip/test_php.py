"""What PHP writes and dumps: records come back from what writers make of them.

Compared with PHP 8.2.36, Xdebug 3.2.0, and dump() of Symfony's VarDumper 5.4, which Laravel's dump and dd are.
"""

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings

from tests.records.pasted.round_trip.values import (
    OF_EACH,
    Values,
    Writer,
    any_ids,
    any_texts,
    came_back,
    objects,
    plain_ids,
    plain_texts,
    raw_texts,
    rows,
    short_scores,
)


def literal(value: Any) -> str:
    if isinstance(value, str):
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
    return json.dumps(value)


def short_array(values: Values) -> str:
    arrays = (
        ", ".join(f"'{name}' => {literal(value)}" for name, value in record.items()) for record in objects(values)
    )
    return "$users = [" + ", ".join(f"[{each}]" for each in arrays) + "];"


def var_export(values: Values) -> str:
    def exported(value: Any) -> str:
        # A zero byte and nothing else would leave the quotes.
        return "NULL" if value is None else literal(value)

    arrays = (
        f"  {number} => \n  array (\n"
        + "".join(f"    '{name}' => {exported(value)},\n" for name, value in record.items())
        + "  ),\n"
        for number, record in enumerate(objects(values))
    )
    return "array (\n" + "".join(arrays) + ")"


def number(value: float) -> str:
    """Return a number as PHP shows it: a whole one has no fraction."""
    return str(int(value)) if value == int(value) else repr(value)


def dumped(value: Any, floating: str) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, str):
        return f'string({len(value.encode())}) "{value}"'
    if isinstance(value, bool):
        return f"bool({str(value).lower()})"
    return f"{floating}({number(value)})" if isinstance(value, float) else f"int({value})"


def var_dump(values: Values) -> str:
    arrays = (
        f"  [{index}]=>\n  array(5) {{\n"
        + "".join(f'    ["{name}"]=>\n    {dumped(value, "float")}\n' for name, value in record.items())
        + "  }\n"
        for index, record in enumerate(objects(values))
    )
    return f"array({len(values)}) {{\n" + "".join(arrays) + "}\n"


# How a class may declare its properties.
DECLARED = ["", ":protected", ':"App\\User":private', "", ""]
XDEBUG_DECLARED = ["public ", "protected ", "private ", "public ?bool ", "public string "]
DUMP_DECLARED = ["+", "#", "-", "+", "+"]


def var_dump_objects(values: Values) -> str:
    dumps = (
        f"  [{index}]=>\n  object(App\\User)#{index + 2} (5) {{\n"
        + "".join(
            f'    ["{name}"{declared}]=>\n    {dumped(value, "float")}\n'
            for declared, (name, value) in zip(DECLARED, record.items(), strict=True)
        )
        + "  }\n"
        for index, record in enumerate(objects(values))
    )
    return f"array({len(values)}) {{\n" + "".join(dumps) + "}\n"


def xdebug(values: Values) -> str:
    arrays = (
        f"  [{index}] =>\n  array(5) {{\n"
        + "".join(f"    '{name}' =>\n    {dumped(value, 'double')}\n" for name, value in record.items())
        + "  }\n"
        for index, record in enumerate(objects(values))
    )
    return f"/srv/app/users.php:5:\narray({len(values)}) {{\n" + "".join(arrays) + "}\n"


def xdebug_objects(values: Values) -> str:
    dumps = (
        f"  [{index}] =>\n  class User#{index + 2} (5) {{\n"
        + "".join(
            f"    {declared}${name} =>\n    {dumped(value, 'double')}\n"
            for declared, (name, value) in zip(XDEBUG_DECLARED, record.items(), strict=True)
        )
        + "  }\n"
        for index, record in enumerate(objects(values))
    )
    return f"/srv/app/users.php:5:\narray({len(values)}) {{\n" + "".join(dumps) + "}\n"


def printed(value: Any) -> str:
    return "" if value is None else number(value) if isinstance(value, float) else str(value)


def print_r(values: Values) -> str:
    # false is shown as nothing, as null is: flags are numbers here.
    arrays = (
        f"    [{index}] => Array\n        (\n"
        + "".join(
            f"            [{name}] => {int(value) if isinstance(value, bool) else printed(value)}\n"
            for name, value in record.items()
        )
        + "        )\n\n"
        for index, record in enumerate(objects(values))
    )
    return "Array\n(\n" + "".join(arrays) + ")\n"


def print_r_objects(values: Values) -> str:
    declared = ["", ":protected", ":App\\User:private", "", ""]
    shown = (
        f"    [{index}] => App\\User Object\n        (\n"
        + "".join(
            f"            [{name}{each}] => {int(value) if isinstance(value, bool) else printed(value)}\n"
            for each, (name, value) in zip(declared, record.items(), strict=True)
        )
        + "        )\n\n"
        for index, record in enumerate(objects(values))
    )
    return "Array\n(\n" + "".join(shown) + ")\n"


def shown(value: Any) -> str:
    """Return a value as dump shows it: texts without any escape, but for what does not show."""
    if isinstance(value, str):
        return f'"{value}"'
    return number(value) if isinstance(value, float) else json.dumps(value)


def dump(values: Values) -> str:
    arrays = (
        f"  {index} => array:5 [\n"
        + "".join(f'    "{name}" => {shown(value)}\n' for name, value in record.items())
        + "  ]\n"
        for index, record in enumerate(objects(values))
    )
    return f"array:{len(values)} [\n" + "".join(arrays) + "]\n"


def dump_objects(values: Values) -> str:
    dumps = (
        f"  {index} => App\\User {{#{index + 7}\n"
        + "".join(
            f"    {declared}{name}: {shown(value)}\n"
            for declared, (name, value) in zip(DUMP_DECLARED, record.items(), strict=True)
        )
        + "  }\n"
        for index, record in enumerate(objects(values))
    )
    return f"array:{len(values)} [\n" + "".join(dumps) + "]\n"


def dump_plain_objects(values: Values) -> str:
    dumps = (
        f"  {index} => {{#{index + 7}\n"
        + "".join(f'    +"{name}": {shown(value)}\n' for name, value in record.items())
        + "  }\n"
        for index, record in enumerate(objects(values))
    )
    return f"array:{len(values)} [\n" + "".join(dumps) + "]\n"


FORMATS: dict[str, Writer] = {
    "a short array": short_array,
    "var_export": var_export,
    "var_dump": var_dump,
    "var_dump of objects": var_dump_objects,
    "var_dump of Xdebug": xdebug,
    "var_dump of Xdebug, of objects": xdebug_objects,
}
DUMPS: dict[str, Writer] = {
    "dump": dump,
    "dump of objects": dump_objects,
    "dump of objects without a class": dump_plain_objects,
}
PRINTED: dict[str, Writer] = {"print_r": print_r, "print_r of objects": print_r_objects}


def in_dumps(text: str) -> bool:
    """Return whether dump shows a text as it is.

    What does not show has an escape there, and a backslash has none: nobody can tell them apart.
    """
    return not re.search(r"[\x00-\x1f\x7f\\]", text)


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=OF_EACH)
@given(values=rows(raw_texts, score=short_scores))
def test_any_text_comes_back(name: str, values: Values) -> None:
    assert came_back(FORMATS[name](values)) == values


@pytest.mark.parametrize("name", DUMPS)
@settings(max_examples=OF_EACH)
@given(values=rows(any_texts.filter(in_dumps), any_ids.filter(in_dumps), short_scores))
def test_texts_come_back_from_dumps(name: str, values: Values) -> None:
    assert came_back(DUMPS[name](values)) == values


@pytest.mark.parametrize("name", PRINTED)
@settings(max_examples=OF_EACH)
@given(values=rows(plain_texts, plain_ids, short_scores))
def test_words_come_back_from_print_r(name: str, values: Values) -> None:
    assert came_back(PRINTED[name](values)) == values
