"""The AWS CLI's shorthand syntax, as far as a list of records goes: `userId=u-1,properties="{…}"`."""

import re
from typing import Any

# Keys and values as the CLI's user guide has them under "Using shorthand syntax": a value in quotes ends with its
# quote, another one with a comma; a backslash takes the meaning from what follows.
KEY = re.compile(r"\s*([A-Za-z]+)\s*=\s*")
DOUBLE_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"\s*', re.DOTALL)
SINGLE_QUOTED = re.compile(r"'((?:[^'\\]|\\.)*)'\s*", re.DOTALL)
BARE = re.compile(r"((?:[^,\\]|\\.)*)", re.DOTALL)
BARE_INSIDE = re.compile(r"((?:[^,\\\]}]|\\.)*)", re.DOTALL)
SPACES = re.compile(r"\s*")
ESCAPED = {
    DOUBLE_QUOTED: re.compile(r'\\(["\\])'),
    SINGLE_QUOTED: re.compile(r"\\(['\\])"),
    BARE: re.compile(r"\\(,)"),
}


def read_shorthand(argument: str) -> dict[str, Any] | None:
    """Return the members that one argument in shorthand syntax names, or None if it is none.

    Values are texts, lists of texts, as in `impression=a,b` and `impression=[a,b]`, and members in braces.
    """
    read = _members(argument, 0, "")
    return None if read is None or read[1] < len(argument) else read[0]


def _members(argument: str, position: int, end: str) -> tuple[dict[str, Any], int] | None:
    """Return members and the position of what ends them: a character, or "" for the end of the argument."""
    members: dict[str, Any] = {}
    while True:
        key = KEY.match(argument, position)
        if key is None or key[1] in members:
            return None
        read = _value(argument, key.end(), end)
        if read is None:
            return None
        members[key[1]], position = read
        if argument[position : position + 1] == end:
            return members, position
        if argument[position : position + 1] != ",":
            return None
        position += 1


def _value(argument: str, position: int, end: str) -> tuple[Any, int] | None:
    """Return a value and the position behind it."""
    opening = argument[position : position + 1]
    # No member of these requests has braces within braces.
    if opening == "{" and not end:
        inner = _members(argument, position + 1, "}")
        return inner and (inner[0], _after(argument, inner[1]))
    if opening == "[":
        values, position = _texts(argument, position + 1, BARE_INSIDE, is_closed=True)
        return (values, _after(argument, position)) if argument[position : position + 1] == "]" else None
    values, position = _texts(argument, position, BARE_INSIDE if end else BARE, is_closed=False)
    return values[0] if len(values) == 1 else values, position


def _texts(argument: str, position: int, bare: re.Pattern[str], *, is_closed: bool) -> tuple[list[str], int]:
    """Return texts between commas; where no bracket closes them, the name of another member ends them."""
    values: list[str] = []
    while True:
        value, position = _text(argument, position, bare)
        values.append(value)
        is_last = argument[position : position + 1] != ","
        if is_last or (not is_closed and (KEY.match(argument, position + 1) or position + 1 == len(argument))):
            return values, position
        position += 1


def _after(argument: str, position: int) -> int:
    """Return the position behind a closing bracket and the spaces after it."""
    match = SPACES.match(argument, position + 1)
    return match.end() if match else position + 1


def _text(argument: str, position: int, bare: re.Pattern[str]) -> tuple[str, int]:
    for form in (DOUBLE_QUOTED, SINGLE_QUOTED):
        match = form.match(argument, position)
        if match:
            return ESCAPED[form].sub(r"\1", match[1]), match.end()
    match = bare.match(argument, position)
    end = match.end() if match else position
    return ESCAPED[BARE].sub(r"\1", argument[position:end]).strip(), end
