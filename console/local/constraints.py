"""Requests validated by the constraints of botocore's service model: type, required, length, range, pattern, enum.

botocore's own validator covers what clients check before they send: type, required and minimum. It prints values
into its messages too, and the values of properties are sensitive. This walk reads every constraint from the model
and never repeats a value.
"""

import math
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from numbers import Real
from typing import Any

import regex
from botocore.model import ListShape, MapShape, Shape, StringShape, StructureShape

JSON_TYPES: dict[str, tuple[type, ...]] = {
    "structure": (dict,),
    "map": (dict,),
    "list": (list,),
    "string": (str,),
    "blob": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "long": (int,),
    "float": (int, float),
    "double": (int, float),
    "timestamp": (int, float, str),
}


@cache
def is_valid(shape: Shape) -> Callable[[Any], bool]:
    """Return a function that tells whether a JSON value satisfies all constraints of a shape.

    It takes a tenth of the time of `violations`, which names what is broken.
    """
    if isinstance(shape, StructureShape):
        return _members_are_valid(shape)
    if isinstance(shape, ListShape):
        item_is_valid = is_valid(shape.member)
        return lambda value: _alone_is_valid(shape, value) and all(map(item_is_valid, value))
    if isinstance(shape, StringShape) and not shape.enum and "pattern" not in shape.metadata:
        least, most = shape.metadata.get("min", 0), shape.metadata.get("max", math.inf)
        return lambda value: type(value) is str and least <= len(value) <= most and "\0" not in value
    return lambda value: not any(violations(shape, value))


def _members_are_valid(shape: StructureShape) -> Callable[[Any], bool]:
    member_is_valid = {name: is_valid(member) for name, member in shape.members.items()}
    required = shape.required_members

    def members_are_valid(value: Any) -> bool:
        return (
            type(value) is dict
            and all(value.get(name) is not None for name in required)
            and all(
                member is None or member_is_valid[name](member)
                for name, member in value.items()
                if name in member_is_valid
            )
        )

    return members_are_valid


def _alone_is_valid(shape: Shape, value: Any) -> bool:
    """Return whether a value satisfies the constraints of a shape, not counting those of its members."""
    return _has_type(shape, value) and not any(_broken(shape, value))


def violations(shape: Shape, value: Any, path: str = "") -> Iterator[str]:
    """Yield a sentence for each constraint of a shape that a JSON value violates; `path` names the member."""
    if not _has_type(shape, value):
        yield _sentence(path, f"Member must be of type {shape.type_name}")
        return
    broken = list(_broken(shape, value))
    yield from (_sentence(path, each) for each in broken)
    if broken:
        # Nothing more is said of what is too long or too short: its members may be any number.
        return
    if isinstance(shape, StructureShape):
        for name, member in shape.members.items():
            inner = f"{path}.{name}" if path else name
            if value.get(name) is not None:
                yield from violations(member, value[name], inner)
            elif name in shape.required_members:
                yield _sentence(inner, "Member must not be null")
    elif isinstance(shape, ListShape):
        for position, item in enumerate(value):
            yield from violations(shape.member, item, f"{path}.{position + 1}.member")
    elif isinstance(shape, MapShape):
        # The keys are the caller's own words: none is named.
        for words, held, found in (("keys", shape.key, value), ("value", shape.value, value.values())):
            if failed := _failed(held, found):
                yield _sentence(path, f"Map {words} must satisfy constraint: [{failed}]")


def _failed(shape: Shape, values: Iterable[Any]) -> str:
    """Return the constraints that values in a map violate; such values have no path of their own."""
    return ", ".join(dict.fromkeys(each for value in values for each in _failed_by(shape, value)))


def _failed_by(shape: Shape, value: Any) -> Iterator[str]:
    if not _has_type(shape, value):
        yield f"Member must be of type {shape.type_name}"
        return
    broken = list(_broken(shape, value))
    yield from broken
    if isinstance(shape, ListShape) and not broken and (failed := _failed(shape.member, value)):
        yield f"Member must satisfy constraint: [{failed}]"


def _has_type(shape: Shape, value: Any) -> bool:
    if isinstance(value, bool):
        return bool(shape.type_name == "boolean")
    return isinstance(value, JSON_TYPES[shape.type_name])


def _broken(shape: Shape, value: Any) -> Iterator[str]:
    minimum, maximum = shape.metadata.get("min"), shape.metadata.get("max")
    size, what = (value, "value") if isinstance(value, Real) else (len(value), "length")
    if minimum is not None and size < minimum:
        yield f"Member must have {what} greater than or equal to {minimum}"
    if maximum is not None and size > maximum:
        # A pattern is not tried on a text that is too long: some take their time.
        yield f"Member must have {what} less than or equal to {maximum}"
        return
    if not isinstance(shape, StringShape):
        return
    if "\0" in value:
        yield "Member must not contain the character NUL"
    pattern = shape.metadata.get("pattern")
    if pattern and not _compiled(pattern).fullmatch(value):
        yield f"Member must satisfy regular expression pattern: {pattern}"
    if shape.enum and value not in shape.enum:
        yield f"Member must satisfy enum value set: [{', '.join(shape.enum)}]"


@cache
def _compiled(pattern: str) -> "regex.Pattern[str]":
    return regex.compile(pattern)


def _sentence(path: str, constraint: str) -> str:
    return f"Value at '{path}' failed to satisfy constraint: {constraint}"
