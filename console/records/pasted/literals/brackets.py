"""Values in brackets: arrays, objects, maps, tuples and what their languages put before them."""

from console.records.json.nodes import Array, Member, Node, Object, Scalar
from console.records.pasted.literals.cursor import BRACKETS, NAMES, NoLiteral
from console.records.pasted.literals.descent import Descent
from console.records.pasted.literals.members import read_items, read_member
from console.records.pasted.literals.tokens import STRINGS, Token
from console.records.pasted.literals.types import behind_go_type, behind_shown_type, pass_shown_types

# Twice as many tokens as a schema's fields may be.
MOST_COLUMNS = 200
# Casts of PHP, as its var_export writes objects, and of C#.
CASTS = ("object", "array", "int", "long", "short", "double", "float", "decimal", "bool", "string")


def read_array(parser: Descent, opening: Token, closing: str) -> Array | Object:
    """Read what stands in the brackets of an array; with names before its items it is an object, as in PHP."""
    heading = _heading_of_nushell(parser) if closing == "]" else None
    items, members = read_items(parser, closing)
    if heading and not members:
        parser.note(BRACKETS)
        return Array(opening.start, [heading, *items])
    if items and members:
        raise NoLiteral
    if members and not all(each.key == str(number) for number, each in enumerate(members)):
        return Object(opening.start, members)
    return Array(opening.start, [*items, *(each.value for each in members)])


def _heading_of_nushell(parser: Descent) -> Array | None:
    """Read the names of columns before rows, as Nushell writes a table: `[[user_id, age]; ["u-1", 34]]`."""
    at = 1
    while parser.peek() == "[" and at < MOST_COLUMNS:
        is_name = parser.tokens[parser.position + at].kind in ("name", *STRINGS)
        following = parser.peek(at + 1)
        if not is_name or following not in (",", "]"):
            return None
        at += 2
        if following == "]":
            break
    if at == 1 or parser.peek(at) != ";":
        return None
    tokens = [parser.tokens[parser.position + each] for each in range(1, at, 2)]
    parser.position += at + 1
    names = [parser.part(each) if each.kind in STRINGS else each.text for each in tokens]
    return Array(tokens[0].start, [Scalar(token.start, name) for token, name in zip(tokens, names, strict=True)])


def read_dumped(parser: Descent, opening: Token) -> Array | Object:
    """Read what stands in the brackets of an array of PHP as it is dumped, without commas."""
    was, parser.needs_commas = parser.needs_commas, False
    node = read_array(parser, opening, "}" if opening.text.endswith("{") else "]")
    parser.needs_commas = was
    return node


def is_before_value(parser: Descent) -> bool:
    """Return whether a bracket was that of a type before its value, and go on behind it.

    Such are `[]types.User{…}` of Go, `[pscustomobject]@{…}` of PowerShell, `[] {…}` behind C#'s `new`, and
    `[Object: null prototype] {…}` of Node.js.
    """
    if parser.peek(1) == ":" and [parser.peek(ahead) for ahead in (2, 3, 4)] == ["null", "prototype", "]"]:
        parser.position += 5
        return True
    if parser.peek(1) == "]" and parser.peek(2) == "@":
        parser.position += 2
        return True
    parser.position -= 1
    behind = behind_go_type(parser)
    parser.position += behind or 1
    if not behind and parser.peek() == "]" and parser.peek(1) == "{":
        parser.position += 1
        return True
    return bool(behind)


def read_hashtable(parser: Descent, opening: Token) -> Object:
    """Read what stands in the braces of a hashtable of PowerShell: its members end with semicolons or lines."""
    parser.note(NAMES)
    was, parser.is_powershell = parser.is_powershell, True
    members: list[Member] = []
    while parser.peek() != "}":
        members.append(read_member(parser))
        while parser.peek() == ";":
            parser.take()
    parser.expect("}")
    parser.is_powershell = was
    return Object(opening.start, members)


def is_clojure_ahead(parser: Descent) -> bool:
    """Return whether the members of a map of Clojure are next: keywords with their values behind them."""
    is_keyword = parser.peek() == ":" and parser.tokens[parser.position + 1].kind == "name"
    return (is_keyword and parser.peek(2) not in ("=>", ",", "}", ")")) or _is_keyed_ahead(parser)


def _is_keyed_ahead(parser: Descent) -> bool:
    """Return whether a text is next with a map of Clojure behind it."""
    is_text = parser.tokens[parser.position].kind in STRINGS
    return (
        is_text
        and parser.peek(1) == "{"
        and parser.peek(2) == ":"
        and parser.tokens[parser.position + 3].kind == "name"
    )


def read_clojure(parser: Descent, opening: Token) -> Object:
    """Read what stands in the braces of a map of Clojure."""
    parser.note(NAMES)
    parser.needs_commas = False
    members: list[Member] = []
    while parser.peek() != "}":
        key = parser.take()
        if key.kind not in STRINGS and key.text != ":":
            raise NoLiteral
        name = parser.part(key) if key.kind in STRINGS else parser.joined_name()
        members.append(Member(key.start, name, parser.value()))
        parser.separator("}", is_plain=True)
    parser.expect("}")
    return Object(opening.start, members)


def read_object(parser: Descent, opening: Token) -> Node:
    """Read what stands in braces."""
    pass_shown_types(parser)
    if parser.peek() != "}" and not parser.is_member_ahead():
        # The initializer of an array in Java, C# and Lua.
        parser.note(BRACKETS)
        return read_array(parser, opening, "}")
    members: list[Member] = []
    while parser.peek() != "}":
        members.append(read_member(parser))
        parser.separator("}")
    parser.expect("}")
    return Object(opening.start, members)


def read_repr(parser: Descent, opening: Token) -> Node:
    """Read `#<struct User USER_ID="u-1">` of Ruby, or `<QuerySet [{…}]>`, whose value it is."""
    parser.note(NAMES)
    if opening.kind == "repr":
        node = parser.value()
    else:
        node = Object(opening.start, read_items(parser, ">")[1])
        parser.position -= 1
    parser.expect(">")
    return node


def _read_named_tuple(parser: Descent, opening: Token) -> Object:
    """Read the members of a struct of RON, Rust's notation, or of a tuple of Swift or C#: `(USER_ID: "u-1")`."""
    items, members = read_items(parser, ")")
    if items:
        raise NoLiteral
    parser.note("tuples with names written as objects")
    return Object(opening.start, members)


def read_tuple(parser: Descent, opening: Token) -> Node:
    """Read a tuple, or a value in parentheses."""
    cast = 1 + (parser.peek(1) == "?")
    if (parser.peek() in CASTS and parser.peek(cast) == ")") or (
        parser.peek() == "*" and (cast := behind_go_type(parser))
    ):
        parser.position += cast + 1
        return parser.value()
    shown = behind_shown_type(parser)
    if shown:
        parser.position += shown
        return parser.value()
    if parser.tokens[parser.position].kind == "name" and parser.peek(1) == ":":
        return _read_named_tuple(parser, opening)
    items: list[Node] = []
    is_tuple = False
    while parser.peek() != ")":
        items.append(parser.value())
        is_tuple = is_tuple or parser.peek() == ","
        parser.separator(")", is_plain=True)
    parser.expect(")")
    if len(items) == 1 and not is_tuple:
        return items[0]
    parser.note("tuples written as arrays")
    return Array(opening.start, items)
