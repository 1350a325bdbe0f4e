"""A reader of literals: values as Python, JavaScript, Ruby, PHP, R, Java and people write them."""

import re
from dataclasses import dataclass

from console.records.json.nodes import Array, Node, Object, Scalar
from console.records.pasted.literals.cursor import BRACES, BRACKETS, COMMAS, COMMENTS, SPACES, NoLiteral
from console.records.pasted.literals.descent import MOST_VALUES
from console.records.pasted.literals.members import read_member
from console.records.pasted.literals.parser import Parser
from console.records.pasted.literals.tokens import Tokens

# As Node.js and Python's pprint shorten what is long.
CUT = re.compile(r"\.\.\. ?[0-9]+ more|\[(?:Object|Array)\]|, ?\.\.\.[\]})]|\{\.\.\.\}|\[\.\.\.\]")


@dataclass(frozen=True, slots=True)
class Literal:
    """A value that was read, what JSON has another way for, in words, and the offset behind it.

    `variables` stood in the place of a request's target.
    """

    node: Node
    fixes: tuple[str, ...]
    end: int
    variables: tuple[str, ...] = ()


def read_literal(text: str) -> Literal | None:
    """Return the value of a text that is a literal as a whole, or several of them in a row, or None."""
    tokens = Tokens(text.rstrip("; \t\r\n"))
    parser = Parser(tokens)
    try:
        node = _whole(parser)
    except (NoLiteral, RecursionError):
        return None
    for kind, words in (("comment", COMMENTS), ("unusual_space", SPACES)):
        if kind in tokens.passed:
            parser.note(words)
    return Literal(node, tuple(parser.fixes), len(text), tuple(parser.variables))


def read_literal_at(text: str, start: int, most_values: int = MOST_VALUES) -> Literal | None:
    """Return the value that begins at an offset of a text, whatever comes behind it, or None.

    One that has more than `most_values` within it is not read.
    """
    tokens = Tokens(text, start)
    parser = Parser(tokens, most_values=most_values)
    try:
        node = parser.value()
    except (NoLiteral, RecursionError):
        return None
    last = tokens[parser.position - 1]
    return Literal(node, tuple(parser.fixes), last.start + len(last.text), tuple(parser.variables))


def is_cut(text: str) -> bool:
    """Say whether a program has shortened a text, as Node.js does with what is long."""
    return bool(CUT.search(text))


def _whole(parser: Parser) -> Node:
    if parser.is_member_ahead() and parser.peek(1) != "=":
        members = []
        while not parser.is_at_end():
            members.append(read_member(parser))
            if not parser.is_at_end():
                parser.expect(",")
        parser.note(BRACES)
        return Object(0, members)
    nodes = [parser.value()]
    while not parser.is_at_end():
        if parser.peek() == ",":
            parser.take()
            if parser.is_at_end():
                parser.note(COMMAS)
                break
        nodes.append(parser.value())
    if len(nodes) == 1:
        return nodes[0]
    if len({type(each) for each in nodes}) != 1 or isinstance(nodes[0], Scalar):
        raise NoLiteral
    parser.note(BRACKETS)
    return Array(0, nodes)
