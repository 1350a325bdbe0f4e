"""No pattern of the records captures within a possessive repeat or an atomic group.

Python's re raises SystemError for some texts if a pattern does: the text of a person would lead to a page of an error.
"""

import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator
from typing import Any

import console.records

# What a pattern is parsed to is known to the standard library's own modules alone, which have no types.
PARSER: Any = importlib.import_module("re._parser")
CONSTANTS: Any = importlib.import_module("re._constants")


def patterns_in(value: object) -> Iterator[re.Pattern[str]]:
    """Yield the patterns in a value of a module, and in its collections."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict | list | tuple):
        for each in value.values() if isinstance(value, dict) else value:
            yield from patterns_in(each)


def parts_of(argument: Any) -> Iterator[Iterable[tuple[Any, Any]]]:
    """Yield the patterns within the argument of a part of a pattern."""
    if isinstance(argument, PARSER.SubPattern):
        yield argument
    elif isinstance(argument, list | tuple):
        for each in argument:
            yield from parts_of(each)


def has_capture(pattern: Iterable[tuple[Any, Any]], *, is_within: bool = False) -> bool:
    """Return whether a parsed pattern captures within a possessive repeat or an atomic group."""
    for operation, argument in pattern:
        if is_within and operation is CONSTANTS.SUBPATTERN and argument[0] is not None:
            return True
        inner = is_within or operation in (CONSTANTS.POSSESSIVE_REPEAT, CONSTANTS.ATOMIC_GROUP)
        if any(has_capture(each, is_within=inner) for each in parts_of(argument)):
            return True
    return False


def test_no_pattern_captures_within_a_possessive_repeat() -> None:
    modules = [each.name for each in pkgutil.walk_packages(console.records.__path__, "console.records.")]
    found = {
        f"{name}.{variable}": pattern
        for name in modules
        for variable, value in vars(importlib.import_module(name)).items()
        for pattern in patterns_in(value)
    }
    assert len(found) > 400
    capturing = [name for name, each in found.items() if has_capture(PARSER.parse(each.pattern, each.flags))]
    assert capturing == []


def test_such_a_pattern_is_found() -> None:
    assert has_capture(PARSER.parse(r"(?:(?P<quote>\$)x(?P=quote)|y)*+"))
    assert has_capture(PARSER.parse(r"a(?>b|(c))"))
    assert not has_capture(PARSER.parse(r"(?P<quote>(?:x|y)*+)(z)*"))
