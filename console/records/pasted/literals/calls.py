"""Words of literals: values, calls, builders and the names of types before their braces."""

import re

from console.records.entities import ENTITIES, kebab_case
from console.records.json.nodes import Array, Bare, Member, Node, Object, Scalar
from console.records.pasted.literals.brackets import is_before_value, read_object
from console.records.pasted.literals.call_values import call_value, joined_texts
from console.records.pasted.literals.cursor import NAMES, WORDS, NoLiteral
from console.records.pasted.literals.descent import Descent
from console.records.pasted.literals.members import TARGETS, read_arguments, read_target
from console.records.pasted.literals.tokens import STRINGS, Token
from console.records.pasted.literals.types import behind_julia_type, behind_type_arguments
from console.records.pasted.literals.words import last_part, word_value
from console.records.property_names import match_key

BEFORE_VALUE = ("new", "await", "return")
# The final calls of builders, and of requests of Rust.
BUILDS, SENDS = ("build",), ("send", "build", "customize")
REQUESTS = frozenset(kebab_case(entity.operation).replace("-", "_") for entity in ENTITIES.values())
SETTER = re.compile(r"\Aset_(?=\w)")
# A member of an enumeration, as Rust shows it, and as its programs name it.
VARIANT = re.compile(r"(?:[A-Z]\w*::)*[A-Z][a-z]\w*")
METHOD = re.compile(r"\w\.[a-z_]+\Z")
WITH = re.compile(r"with(?=[A-Z])")
MACROS = ("vec", "json")
OPTIONS = ("Just", "Some")
# The names that browsers and debuggers print before brackets: `Array(2) [ {…}, {…} ]`.
COLLECTIONS = ("Array", "List", "Set", "Map", "Collection", "Vector")
COUNT_TOKENS = 3
CONSTRUCTORS = "arguments of constructors written as arrays"
# Methods that leave a value as it is.
UNCHANGING = frozenset(
    (
        *("build", "encode", "decode", "toString", "isoformat", "freeze", "to_s", "trim", "toList", "strip"),
        *("to_string", "to_owned", "into", "tolist", "ToList", "ToArray", "toDF", "unwrap", "expect"),
    )
)


def read_word(parser: Descent, token: Token) -> Node:
    """Read a word: that of a value, a call, or a name before the braces of an object."""
    if token.text in BEFORE_VALUE:
        if token.text == "new" and [parser.peek(ahead) for ahead in range(3)] == ["(", ")", "{"]:
            # C# infers the type.
            parser.position += 2
        return parser.primary()
    if token.text == "interface" and parser.peek(2) == "(":
        parser.position += 2
        return parser.primary()
    if token.text == "map" and parser.peek() == "[" and is_before_value(parser):
        return parser.primary()
    if token.text in MACROS and parser.peek() == "!":
        parser.take()
        return parser.primary()
    if parser.peek() == "!" and parser.peek(1) == "(" and METHOD.search(token.text):
        # Ruby's methods may end in "!": `User.create!(…)`.
        parser.take()
    parser.position += behind_type_arguments(parser)
    if of_julia := behind_julia_type(parser):
        parser.position += of_julia
        if parser.peek() == "[":
            return parser.primary()
    if token.text in COLLECTIONS and is_counted_ahead(parser):
        parser.position += COUNT_TOKENS
    if token.text in COLLECTIONS and parser.peek() == "[":
        return parser.primary()
    if parser.peek() == "(":
        arguments = read_arguments(parser, token)
        parser.note(WORDS)
        if arguments == ([], []) and parser.peek() == "{":
            return _initialized(parser, token)
        if arguments == ([], []) and parser.peek() == "." and WITH.match(parser.peek(1)):
            return _with_members(parser, token)
        if last_part(token.text) == "builder" and arguments == ([], []):
            return _built(parser, token, BUILDS)
        if last_part(token.text) in REQUESTS and arguments == ([], []) and parser.peek() == ".":
            return _built(parser, token, SENDS)
        node = call_value(token.start, token.text, arguments) or _constructed(parser, token, arguments)
        if node is None:
            raise NoLiteral
        return node
    if token.text == "void" and parser.peek() == "0":
        # `void 0`, as JavaScript compilers write `undefined`.
        parser.take()
        return Bare(token.start, "undefined")
    word = word_value(token.start, token.text)
    if word is not None:
        if token.text not in ("true", "false", "null"):
            parser.note(WORDS)
        return word
    if parser.peek() == "[" and [parser.peek(ahead) for ahead in (2, 3)] == ["]", "{"]:
        # Node.js prints an object's class: `Object [AxiosHeaders] {…}`.
        parser.position += 3
    if parser.peek() == "{":
        parser.note(NAMES)
        return _initialized(parser, token)
    if token.text in OPTIONS and (
        parser.tokens[parser.position].kind in STRINGS or parser.tokens[parser.position].kind == "number"
    ):
        # Haskell and OCaml call without parentheses.
        parser.note(WORDS)
        return parser.primary()
    if parser.structs and VARIANT.fullmatch(token.text) and parser.peek() in (",", "}", ")"):
        parser.words[token.text] = None
        return Bare(token.start, last_part(token.text))
    raise NoLiteral


def is_counted_ahead(parser: Descent) -> bool:
    """Return whether the number of items is next that is shown before their brackets."""
    is_number = parser.peek() == "(" and parser.tokens[parser.position + 1].kind == "number" and parser.peek(2) == ")"
    return is_number and parser.peek(COUNT_TOKENS) in ("[", "{")


def _constructed(parser: Descent, token: Token, arguments: tuple[list[Node], list[Member]]) -> Array | None:
    """Return the values that a constructor is given in its own order, where it makes no part of a record, or None."""
    values, members = arguments
    is_type = last_part(token.text)[:1].isupper() and not parser.members and not members
    if not is_type or len(values) < 2 or not all(isinstance(each, Scalar) for each in values):
        return None
    parser.note(CONSTRUCTORS)
    return Array(token.start, values)


def _initialized(parser: Descent, token: Token) -> Node:
    """Read the braces behind the name of a type; a dictionary of C# has its members as pairs."""
    brace = parser.take()
    # Rust has a space there, and Go, whose word is that of a constant, has none.
    is_of_rust = brace.start > token.start + len(token.text) and parser.peek(1) == ":"
    parser.structs += is_of_rust
    node = read_object(parser, brace)
    parser.structs -= is_of_rust
    return (isinstance(node, Array) and call_value(token.start, "dict", ([node], []))) or node


def _built(parser: Descent, token: Token, ends: tuple[str, ...]) -> Node:
    """Read the calls of a builder in Java and Rust, up to one of those that end it: each is a member.

    What is called again adds to the list of a member, as in Rust.
    """
    members: dict[str, list[Member]] = {}
    while parser.peek() == ".":
        parser.take()
        name = parser.take()
        if name.text in ends:
            read_arguments(parser)
            if parser.peek() == "?":
                parser.take()
            return Object(token.start, [_joined(each) for each in members.values()])
        member = _called(parser, name, SETTER.sub("", name.text))
        members.setdefault(member.key, []).append(member)
    raise NoLiteral


def _joined(members: list[Member]) -> Member:
    """Return one member of those with one name."""
    first = members[0]
    if len(members) == 1:
        return first
    return Member(first.start, first.key, Array(first.start, [each.value for each in members]))


def _with_members(parser: Descent, token: Token) -> Node:
    """Read calls such as `.withUserId("u-1")`, each of which is a member."""
    members: list[Member] = []
    while parser.peek() == "." and WITH.match(parser.peek(1)):
        parser.take()
        name = parser.take()
        members.append(_called(parser, name, WITH.sub("", name.text)))
    return Object(token.start, members)


def _called(parser: Descent, name: Token, member: str) -> Member:
    """Read the arguments of a method that sets a member."""
    parser.count()
    if match_key(member) in TARGETS:
        parser.expect("(")
        target = read_target(parser)
        parser.expect(")")
        return Member(name.start, member, target)
    values, named = read_arguments(parser)
    if named:
        raise NoLiteral
    return Member(name.start, member, values[0] if len(values) == 1 else Array(name.start, values))


def read_method(parser: Descent, node: Node) -> Node:
    """Read the call of a method that leaves its value as it is."""
    parser.position += 2
    read_arguments(parser)
    return node


def read_joined(parser: Descent, node: Node) -> Node:
    """Read the call that joins texts: `["a"].join("|")` of JavaScript and Ruby, `"|".join(["a"])` of Python."""
    parser.position += 2
    values, members = read_arguments(parser)
    parts = [node, *values] if isinstance(node, Scalar) else [*values, node]
    joined = None
    if len(parts) == 2 and not members and isinstance(parts[1], Array):
        joined = joined_texts(node.start, [parts[0], *parts[1].items], members)
    if joined is None:
        raise NoLiteral
    parser.note(WORDS)
    return joined
