"""Types that stand before values in Go, C#, Java and PowerShell, which a literal is read without."""

from console.records.pasted.literals.cursor import Cursor
from console.records.pasted.literals.tokens import STRINGS

# The longest type that is passed over, in tokens: `Dictionary<string, List<int?>>`.
LONGEST_TYPE = 12
# A named tuple lists the name and type of each field.
LONGEST_JULIA_TYPE = 400
IN_TYPE_ARGUMENTS = ("name", "angled", "other", "mark", "repr", "arrow")
POINTERS = ("*", "&")
SIZES = ("len", "cap")
# How values begin that are neither texts nor numbers.
BEGINNINGS = ("{", "[", "(", "true", "false", "nil")


def behind_go_type(cursor: Cursor) -> int:
    """Return how many tokens a type of Go takes that stands before the brackets of its value, 0 if none does.

    It is a list, a map or a pointer, such as `[]types.User`, `map[string]interface {}` and `*int`.
    """
    end = _go_type(cursor, 0)
    return end if end > 1 and cursor.peek(end) in ("{", ")") else 0


def _go_type(cursor: Cursor, at: int) -> int:
    """Return the place behind a type; 0 if there is none."""
    while at < LONGEST_TYPE:
        if cursor.peek(at) == "[" and cursor.peek(at + 1) == "]":
            at += 2
        elif cursor.peek(at) == "[" and _is_number_in_brackets(cursor, at):
            at += 3
        elif cursor.peek(at) in POINTERS:
            at += 1
        elif cursor.peek(at) == "map" and cursor.peek(at + 1) == "[":
            key = _go_type(cursor, at + 2)
            if not key or cursor.peek(key) != "]":
                return 0
            at = key + 1
        elif cursor.peek(at) == "interface" and cursor.peek(at + 1) == "{":
            return at + 3
        else:
            return at + 1 if cursor.tokens[cursor.position + at].kind == "name" else 0
    return 0


def _is_number_in_brackets(cursor: Cursor, at: int) -> bool:
    return cursor.tokens[cursor.position + at + 1].kind == "number" and cursor.peek(at + 2) == "]"


def behind_type_arguments(cursor: Cursor, brackets: tuple[str, ...] = ("{", "(")) -> int:
    """Return how many tokens `<User>`, `<string, object>` or the `[]` of an array's type take, 0 if there are none.

    They stand before one of some brackets.
    """
    if cursor.peek() == "[" and cursor.peek(1) == "]":
        return 2 if cursor.peek(2) == "{" else 0
    at, opened = 0, 0
    while at < LONGEST_TYPE and cursor.tokens[cursor.position + at].kind in IN_TYPE_ARGUMENTS:
        text = cursor.peek(at)
        if at == 0 and not text.startswith("<"):
            return 0
        opened += text.count("<") - text.count(">")
        at += 1
        if opened == 0:
            return at if cursor.peek(at) in brackets else 0
    return 0


def behind_julia_type(cursor: Cursor) -> int:
    """Return how many tokens the braces of a type of Julia take, as in `Dict{String, Any}[…]`, 0 if there are none."""
    if cursor.peek() != "{" or cursor.peek(2) not in (",", "{", "}"):
        return 0
    opened = 0
    for at in range(LONGEST_JULIA_TYPE):
        opened += {"{": 1, "}": -1}.get(cursor.peek(at), 0)
        if opened == 0:
            return at + 1 if cursor.peek(at + 1) in ("[", "(") else 0
        if cursor.tokens[cursor.position + at].kind != "name" and cursor.peek(at) not in ("{", "}", ","):
            return 0
    return 0


def behind_shown_type(cursor: Cursor) -> int:
    """Return how many tokens a type or a length takes that is shown before a value, and its parenthesis; 0 if none is.

    Such are `([]main.User) (len=2) {…}` and `(string) (len=3) "u-1"` as Go's dumpers print them.
    """
    end = _go_type(cursor, 0)
    if cursor.peek() in SIZES and cursor.peek(1) == "=":
        end = next((at for at in range(LONGEST_TYPE) if cursor.peek(at) == ")"), 0)
    elif cursor.peek() == "0" and cursor.tokens[cursor.position].kind == "other":
        # An address.
        end = 2
    following = cursor.tokens[cursor.position + end + 1]
    is_before_value = (
        following.kind in STRINGS or following.kind in ("number", "angled") or following.text in BEGINNINGS
    )
    return end + 1 if end and cursor.peek(end) == ")" and is_before_value else 0


def pass_shown_types(cursor: Cursor) -> None:
    """Go on behind the types that are shown before the name of a member."""
    while cursor.peek() == "(" and (behind := _behind_parenthesis(cursor)):
        cursor.position += behind


def _behind_parenthesis(cursor: Cursor) -> int:
    cursor.position += 1
    behind = behind_shown_type(cursor)
    cursor.position -= 1
    return behind + 1 if behind else 0
