"""Values in brackets: arrays, objects, maps, tuples and what their languages put before them."""

from console.records.json.nodes import Array, Member, Node, Object
from console.records.pasted.literals.cursor import BRACKETS, NAMES, NoLiteral
from console.records.pasted.literals.descent import Descent
from console.records.pasted.literals.members import read_items, read_member
from console.records.pasted.literals.tokens import Token
from console.records.pasted.literals.types import behind_go_type, behind_shown_type, pass_shown_types

# Casts of PHP, as its var_export writes objects, and of C#.
CASTS = ("object", "array", "int", "long", "short", "double", "float", "decimal", "bool", "string")


def read_array(parser: Descent, opening: Token, closing: str) -> Array | Object:
    """Read what stands in the brackets of an array; with names before its items it is an object, as in PHP."""
    items, members = read_items(parser, closing)
    if items and members:
        raise NoLiteral
    if members and not all(each.key == str(number) for number, each in enumerate(members)):
        return Object(opening.start, members)
    return Array(opening.start, [*items, *(each.value for each in members)])


def read_dumped(parser: Descent, opening: Token) -> Array | Object:
    """Read what stands in the brackets of an array of PHP as it is dumped, without commas."""
    was, parser.needs_commas = parser.needs_commas, False
    node = read_array(parser, opening, "}" if opening.text.endswith("{") else "]")
    parser.needs_commas = was
    return node


def is_before_value(parser: Descent) -> bool:
    """Say whether a bracket was that of a type before its value, and go on behind it.

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
    """Say whether the members of a map of Clojure are next: keywords with their values behind them."""
    return parser.peek() == ":" and parser.tokens[parser.position + 1].kind == "name" and parser.peek(2) != "=>"


def read_clojure(parser: Descent, opening: Token) -> Object:
    """Read what stands in the braces of a map of Clojure."""
    parser.note(NAMES)
    parser.needs_commas = False
    members: list[Member] = []
    while parser.peek() != "}":
        key = parser.expect(":")
        members.append(Member(key.start, parser.joined_name(), parser.value()))
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
