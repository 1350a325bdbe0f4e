"""The AWS CLI's shorthand syntax, as far as a list of records goes: `userId=u-1,properties="{…}"`."""

import re

# Keys and values as the CLI's user guide has them under "Using shorthand syntax": a value in quotes ends with its
# quote, another one with a comma; a backslash takes the meaning from what follows.
KEY = re.compile(r"\s*([A-Za-z]+)\s*=\s*")
DOUBLE_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"\s*', re.DOTALL)
SINGLE_QUOTED = re.compile(r"'((?:[^'\\]|\\.)*)'\s*", re.DOTALL)
BARE = re.compile(r"((?:[^,\\]|\\.)*)", re.DOTALL)
ESCAPED = {
    DOUBLE_QUOTED: re.compile(r'\\(["\\])'),
    SINGLE_QUOTED: re.compile(r"\\(['\\])"),
    BARE: re.compile(r"\\(,)"),
}


def read_shorthand(argument: str) -> dict[str, str] | None:
    """Return the members that one argument in shorthand syntax names, or None if it is none."""
    members: dict[str, str] = {}
    position = 0
    while True:
        key = KEY.match(argument, position)
        if key is None or key[1] in members:
            return None
        value, position = _value(argument, key.end())
        members[key[1]] = value
        if position == len(argument):
            return members
        if argument[position] != ",":
            return None
        position += 1


def _value(argument: str, position: int) -> tuple[str, int]:
    for form in (DOUBLE_QUOTED, SINGLE_QUOTED):
        match = form.match(argument, position)
        if match:
            return ESCAPED[form].sub(r"\1", match[1]), match.end()
    match = BARE.match(argument, position)
    end = match.end() if match else position
    return ESCAPED[BARE].sub(r"\1", argument[position:end]).strip(), end
