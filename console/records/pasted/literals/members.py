"""Members and items of literals: names with the values behind them, and the arguments of calls."""

from console.records.entities import ENTITIES
from console.records.json.nodes import Bare, Member, Node, Scalar
from console.records.pasted.literals.cursor import NAMES, SEPARATORS, NoLiteral
from console.records.pasted.literals.descent import Descent
from console.records.pasted.literals.strings import powershell_text
from console.records.pasted.literals.tokens import STRINGS, Token
from console.records.pasted.literals.types import pass_shown_types
from console.records.pasted.literals.words import last_part
from console.records.property_names import match_key

# Keyword arguments whose value may be the name of a type.
TYPE_ARGUMENTS = ("dtype", "default_factory")
TARGETS = {match_key(entity.target) for entity in ENTITIES.values()}
BEHIND_VALUE = (",", ";", ")", "]", "}")
OPENING, CLOSING = ("(", "[", "{"), (")", "]", "}")
# In tokens: os.environ["DATASET_ARN"] has four.
LONGEST_TARGET = 32
INDEX_TOKENS, SIZE_TOKENS = 3, 5


def read_items(parser: Descent, closing: str) -> tuple[list[Node], list[Member]]:
    """Read items and members in brackets, and the closing one."""
    items: list[Node] = []
    members: list[Member] = []
    while parser.peek() != closing:
        if is_size_ahead(parser):
            parser.position += SIZE_TOKENS
            parser.separator(closing)
            continue
        if is_index_ahead(parser, len(items)):
            parser.position += INDEX_TOKENS
        if parser.is_member_ahead():
            members.append(read_member(parser))
        else:
            items.append(parser.value())
        parser.separator(closing)
    parser.expect(closing)
    return items, members


def is_index_ahead(parser: Descent, index: int) -> bool:
    """Return whether the number of an item stands before it, as amazing_print of Ruby writes it: `[0] {…}`."""
    is_numbered = parser.peek() == "[" and parser.peek(1) == str(index) and parser.peek(2) == "]"
    return is_numbered and parser.peek(INDEX_TOKENS) not in (*BEHIND_VALUE, *SEPARATORS, "")


def is_size_ahead(parser: Descent) -> bool:
    """Return whether what Node.js shows of a list's length is next: `[length]: 3`."""
    is_length = parser.peek() == "[" and [parser.peek(ahead) for ahead in (1, 2, 3)] == ["length", "]", ":"]
    return is_length and parser.tokens[parser.position + SIZE_TOKENS - 1].kind == "number"


def read_member(parser: Descent) -> Member:
    """Read a name and the value behind it."""
    pass_shown_types(parser)
    if parser.tokens[parser.position].kind == "property":
        # PHP's var_dump puts the visibility after the name; Xdebug's puts it before, as in the declaration.
        key = parser.take()
        name = key.text.split('"')[1] if key.text.startswith("[") else key.text.split("$")[1].removesuffix(" =>")
        return Member(key.start, name, parser.value())
    is_in_brackets = parser.is_in_brackets_ahead()
    if is_in_brackets:
        parser.take()
    key = parser.take()
    if is_in_brackets:
        parser.expect("]")
    is_symbol = key.kind == "mark" and key.text == ":"
    if is_symbol:
        key = parser.take()
    if key.kind in STRINGS:
        name = powershell_text(key) if parser.is_powershell else parser.part(key)
    elif key.kind in ("name", "number"):
        name = key.text.removeprefix("@")
        parser.note(NAMES)
    else:
        raise NoLiteral
    if parser.peek() not in SEPARATORS:
        raise NoLiteral
    if parser.take().text != ":":
        parser.note(NAMES)
    if name in TYPE_ARGUMENTS and parser.tokens[parser.position].kind == "name" and parser.peek(1) in (",", ")"):
        return Member(key.start, name, Bare(key.start, parser.take().text))
    parser.members += 1
    value = read_target(parser) if match_key(name) in TARGETS else parser.value()
    parser.members -= 1
    return Member(key.start, name, value)


def read_target(parser: Descent) -> Node:
    """Read the target of a request; of a variable or code in its place, the text is kept apart."""
    start = parser.position
    try:
        node = parser.value()
        if parser.peek() in BEHIND_VALUE or parser.is_at_end() or parser.is_on_new_line():
            return node
    except NoLiteral:
        pass
    parser.position, opened = start, 0
    texts: list[str] = []
    while opened or parser.peek() not in BEHIND_VALUE:
        if texts and not opened and parser.is_on_new_line():
            # Kotlin has no commas between members on lines of their own.
            break
        token = parser.take()
        opened += (token.text in OPENING) - (token.text in CLOSING)
        texts.append(token.text)
        if len(texts) > LONGEST_TARGET:
            raise NoLiteral
    parser.variables["".join(texts)] = None
    return Scalar(parser.tokens[start].start, None)


def read_arguments(parser: Descent, function: Token | None = None) -> tuple[list[Node], list[Member]]:
    """Read the arguments of a call: those without a name, and those with one."""
    parser.expect("(")
    if function and last_part(function.text) == "defaultdict" and parser.tokens[parser.position].kind == "class_name":
        parser.take()
        parser.expect(",")
    return read_items(parser, ")")
