"""A reader of literals: values as Python, JavaScript, Ruby, PHP, R, Java and people write them."""

import re
from dataclasses import dataclass

from console.records.json.nodes import Array, Node, Object, Scalar
from console.records.pasted.literals.cursor import BRACES, BRACKETS, COMMAS, COMMENTS, SPACES, NoLiteral
from console.records.pasted.literals.descent import MOST_VALUES
from console.records.pasted.literals.doubled_marks import AS_HCL, without_doubled_marks
from console.records.pasted.literals.failed import BLANKS, has_failed, keep_failure
from console.records.pasted.literals.links import resolved
from console.records.pasted.literals.members import OPENING, read_member
from console.records.pasted.literals.parser import Parser
from console.records.pasted.literals.tokens import Tokens

# How Node.js and Python's pprint abbreviate long values.
CUT = re.compile(
    r"\.\.\. ?[0-9]+ more|\[(?:Object|Array)\]|, ?\.\.\.[\]})]|\{\.\.\.\}|\[\.\.\.\]|[\[{,]\s?\u2026[\]}]"
)

TOKENS_BEFORE_UNREAD = 4
# PHP's arrays, Kotlin's maps and Perl's hashes, in whose double quotes a variable begins with a dollar.
HAS_VARIABLES_IN_TEXTS = re.compile(
    r"""\barray\s*+\(|\bmapOf\s*+\(|\[\s*+(?:"[^"\n]*+"|'[^'\n]*+')\s*+=>|(?<![\w:"'])[A-Za-z_]\w*+\s*+=>"""
)
# Maps and keyword lists of Ruby and Elixir, whose names have underscores where those of JavaScript have capitals.
HAS_RUBY_IN_TEXTS = re.compile(r"""%\{|(?<![\w:"'])[a-z]++_[a-z_]++:|\{\s*+(?:"[^"\n]*+"|'[^'\n]*+'|:\w++)\s*+=>""")


@dataclass(frozen=True, slots=True)
class Literal:
    """A value that was read, what JSON has another way for, in words, and the offsets of its begin and its end.

    `variables` stood in the place of a request's target. `code` are texts with parts that only its program knows, and
    `perhaps_code` texts that may have such parts. `words` are names without quotes that were taken for texts.
    """

    node: Node
    fixes: tuple[str, ...]
    end: int
    variables: tuple[str, ...] = ()
    code: tuple[str, ...] = ()
    perhaps_code: tuple[str, ...] = ()
    start: int = 0
    words: tuple[str, ...] = ()


def read_literal(text: str, *, keeps_code: bool = False) -> Literal | None:
    """Return the value of a text that is a literal as a whole, or several of them in a row, or None.

    `keeps_code` says whether one is returned that has texts with code in them.
    """
    if has_failed(text, 0):
        return None
    tokens = Tokens(text.rstrip(BLANKS))
    parser = Parser(tokens)
    try:
        node = _whole(parser)
        node = resolved(node, node) if parser.has_links else node
    except (NoLiteral, RecursionError):
        return None
    for kind, words in (("comment", COMMENTS), ("unusual_space", SPACES)):
        if kind in tokens.passed:
            parser.note(words)
    return _made(parser, node, text, 0, len(text), keeps_code=keeps_code)


def read_literal_at(
    text: str, start: int, most_values: int = MOST_VALUES, *, keeps_code: bool = False
) -> Literal | None:
    """Return the value that begins at an offset of a text, whatever comes behind it, or None.

    One that has more than `most_values` within it is not read. `keeps_code` is as for `read_literal`.
    """
    if has_failed(text, start):
        return None
    tokens = Tokens(text, start)
    parser = Parser(tokens, most_values=most_values)
    try:
        node = _first(parser, start)
        node = resolved(node, node) if parser.has_links else node
    except (NoLiteral, RecursionError):
        return None
    last = tokens[parser.position - 1]
    return _made(parser, node, text, start, last.start + len(last.text), keeps_code=keeps_code)


def unread_from(text: str) -> int | None:
    """Return the offset a little before what is not read of a literal; None if it is read as a whole."""
    tokens = Tokens(text.rstrip(BLANKS))
    parser = Parser(tokens)
    try:
        _whole(parser)
    except (NoLiteral, RecursionError):
        return tokens[max(parser.position - TOKENS_BEFORE_UNREAD, 0)].start
    return None


def is_cut(text: str) -> bool:
    """Return whether a program has shortened a text, as Node.js does with what is long."""
    return bool(CUT.search(text))


def _made(parser: Parser, node: Node, text: str, start: int, end: int, *, keeps_code: bool) -> Literal | None:
    code, perhaps = dict(parser.code), dict[str, None]()
    for texts, language in (
        (parser.ruby_in_texts, HAS_RUBY_IN_TEXTS),
        (parser.variables_in_texts, HAS_VARIABLES_IN_TEXTS),
    ):
        is_certain = bool(texts) and language.search(text, start, end)
        (code if is_certain else perhaps).update(texts)
    if code and not keeps_code:
        return None
    words = tuple(parser.words)
    single = without_doubled_marks(node) if parser.has_lines else node
    if single is not node:
        parser.note(AS_HCL)
    variables = tuple(parser.variables)
    return Literal(single, tuple(parser.fixes), end, variables, tuple(code), tuple(perhaps), start, words)


def _whole(parser: Parser) -> Node:
    if parser.is_member_ahead() and parser.peek(1) != "=":
        members = []
        while not parser.is_at_end():
            members.append(read_member(parser))
            if not parser.is_at_end():
                parser.expect(",")
        parser.note(BRACES)
        return Object(0, members)
    nodes = [_first(parser, 0)]
    while not parser.is_at_end():
        if parser.peek() == ",":
            parser.take()
            if parser.is_at_end():
                parser.note(COMMAS)
                break
        elif _is_index_ahead(parser):
            raise NoLiteral
        nodes.append(parser.value())
    if len(nodes) == 1:
        return nodes[0]
    if len({type(each) for each in nodes}) != 1 or isinstance(nodes[0], Scalar):
        raise NoLiteral
    parser.note(BRACKETS)
    return Array(0, nodes)


def _first(parser: Parser, start: int) -> Node:
    """Read the value at an offset of the text; remember if it cannot be read."""
    try:
        return parser.value()
    except (NoLiteral, RecursionError):
        if parser.most_values == MOST_VALUES:
            keep_failure(parser.tokens.text, start, parser.position)
        raise


def _is_index_ahead(parser: Parser) -> bool:
    """Return whether an index stands right behind a value, as in `[…][0]`, and not another value in brackets."""
    last, following = parser.tokens[parser.position - 1], parser.tokens[parser.position]
    is_behind = following.start == last.start + len(last.text) and last.kind == following.kind == "mark"
    return is_behind and parser.peek() == "[" and parser.peek(1) not in OPENING
