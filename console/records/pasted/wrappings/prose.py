"""Values and calls among other text: the words of a ticket, or the code of a program."""

import re
from collections.abc import Iterator
from itertools import islice

from console.records.entities import ENTITIES, Entity, kebab_case
from console.records.json.nodes import Array, Node, Object, quoted
from console.records.pasted.detected import Refusal
from console.records.pasted.literals.parsing import Literal, read_literal_at
from console.records.pasted.wrappings.unwrapped import LONGEST_PROSE, MOST_STARTS

BRACKETS = re.compile(r"[\[{]")
# What makes another value of the one before it: an index, a call, an operator, a pipe, a part of a call's result.
CODE_BEHIND = re.compile(
    r"[ \t]*+(?:\[[\w:., -]*+\]|%>%|\|>|->\s*+\w|[*+%][ \t]*+[\w(\[{])[^\n]*+|\s*+[?!]{0,2}\.[A-Za-z_]\w*[^\n]*+"
    r"|(?:\s*+\))++(?:\[[\w:., -]*+\]|\.(?:slice|filter|map|take|first|last|head|tail|limit|drop)\b)[^\n]*+"
)
CODE_BEFORE = re.compile(r"[^\n=]*[\w)\]][ \t]*+[*+][ \t]*+\Z")
# Behind a value that a name is given, on its line.
BEHIND_GIVEN = re.compile(r"[ \t]*+(?!//|#|--|/\*|(?:as|satisfies)\b)[^\s;,)\]}][^\n]*+")
GIVEN_A_NAME = re.compile(r"[\w)\]>][ \t]*+(?:=|<-|:=)[ \t]*+(?:new[ \t]++)?\Z")
LONGEST_CODE_BEFORE = 40


def call_in(text: str) -> Literal | None:
    """Return the request that a program sends by an SDK, as the panel Request shows it; None if there is none."""
    for entity in ENTITIES.values():
        for match in islice(calls_of(entity, text), MOST_STARTS):
            # What stands behind the request may be a function, which is called with the answer.
            for start in (match.start(), match.end()):
                literal = read_literal_at(text, start, keeps_code=True)
                if literal:
                    return literal
    return None


def calls_of(entity: Entity, text: str) -> Iterator[re.Match[str]]:
    """Yield where a text calls the operation of a type of dataset by an SDK, or has what is given to it."""
    method = kebab_case(entity.operation).replace("-", "_")
    own = entity.operation[0].lower() + entity.operation[1:]
    of_call = rf"(?:{method}|{own}|{entity.operation}(?:Command|Request|Async)?(?:\.builder)?)\s*+\("
    return re.finditer(rf"\b(?:{of_call}|{entity.operation}(?:Input|Request)\s*+(?=\{{))", text)


def in_prose(text: str) -> Literal | None:
    """Return the one value with brackets that a text has among its words, or None; raise Refusal if it has two.

    Brackets that are no value, as in a line of a log, are words.
    """
    if len(text) > LONGEST_PROSE:
        return None
    found = [literal for literal in _values(text) if literal]
    if len(found) > 1:
        raise Refusal("It has more than one value in brackets among its words. Paste the one that you mean.")
    if found:
        _check_code_around(text, found[0])
    return found[0] if found else None


def _check_code_around(text: str, literal: Literal) -> None:
    """Raise Refusal if code makes another value of a literal: `[…][:1]`, `users = […] + others`."""
    before = text[max(0, literal.start - LONGEST_CODE_BEFORE) : literal.start]
    code = CODE_BEFORE.search(before) or CODE_BEHIND.match(text, literal.end)
    if code is None and GIVEN_A_NAME.search(before):
        code = BEHIND_GIVEN.match(text, literal.end)
    if code:
        raise Refusal(
            f"Code stands beside its records, which may change them: {quoted(code[0].strip())}. "
            "Print the records as JSON, or leave the code out."
        )


def _values(text: str) -> Iterator[Literal]:
    """Yield values with a member or an item; the text around them has no brackets that are open."""
    position, starts = 0, 0
    while starts < MOST_STARTS and (match := BRACKETS.search(text, position)):
        starts += 1
        literal = read_literal_at(text, match.start(), keeps_code=True)
        position = literal.end if literal else text.find("]", match.end()) + 1
        if literal is None and (match[0] == "{" or not position or "{" in text[match.start() : position]):
            return
        if literal and _has_object(literal.node):
            yield literal


def _has_object(node: Node) -> bool:
    if isinstance(node, Array):
        return any(_has_object(each) for each in node.items)
    return isinstance(node, Object) and bool(node.members)
