"""Values and calls among other text: the words of a ticket, or the code of a program."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

from console.records.entities import ENTITIES, Entity, kebab_case
from console.records.json.nodes import Array, Node, Object, Scalar, plain_value
from console.records.pasted.detected import Refusal
from console.records.pasted.literals.parsing import Literal, read_literal_at
from console.records.pasted.wrappings.code import check_code_around
from console.records.pasted.wrappings.diffs import OLD_MARKS, REMOVED_RECORDS
from console.records.pasted.wrappings.log_lines import shape_of
from console.records.pasted.wrappings.unwrapped import LONGEST_PROSE, MOST_STARTS

# Also those of PowerShell, and of a list of Perl.
BRACKETS = re.compile(r"@[{(]|[\[{]|(?<==[ \t])\((?=\s*+\{)")
LONGEST_DECLARATION = 100
# Before the braces of what a program declares or takes from elsewhere, which are no values.
DECLARATION = re.compile(
    r"^[ \t]*+(?:(?:export|declare|default|abstract|public|private|internal|sealed|data|pub|static|final|const)\s++)*+"
    r"(?:(?:import|interface|enum|class|struct|record|trait|impl|namespace)\b|type\s++\w++(?:<[^<>\n]*+>)?\s*+(?:=|struct\b))"
    r"[^{}\[\]\"'\n;]*+\Z",
    re.MULTILINE,
)
# Before the braces of a function's statements.
BLOCK = re.compile(r"(?:\bfunction\b[^\n{}]*\)|\)\s*=>|\basync\b[^\n{}]*\)|\b(?:def|fn|func|fun)\b[^\n{}]*)\s*\Z")
# Rust's dbg! prints the name after the position in the source.
NAME_BEHIND_PLACE = re.compile(r"(?<=\] )&?\w+(?= = )|\A&?\w+(?= = )")
# The time, the place in a program, or the number that logs and dumps have in brackets.
PLACE = re.compile(r"\[(?:[\w./-]*+(?::[0-9.,]++)*|[A-Z]+)\](?![ \t]*+[,\]])")
OPENING_OR_CLOSING = re.compile(r"[{}]")
MOST_BRACES = 1000
# Neither quotes nor marks alone, whose program has changed the value as well.
WORDS_AROUND = re.compile(r"[\s,;.)\]]*|(?![\"'`])[^\n]*\w[^\n]*(?<![\"'`])")
QUOTES = ("'", '"', "`")


@dataclass(frozen=True, slots=True)
class Prose:
    """A value among the words of a text, and the texts of other values there, which have no records.

    `known` are the spans of all values and declarations.
    """

    literal: Literal
    others: tuple[str, ...]
    known: tuple[tuple[int, int], ...]


def call_in(text: str) -> Literal | None:
    """Return the request that a program sends by an SDK, as the panel Request shows it; None if there is none.

    Raises Refusal if it sends several.
    """
    for entity in ENTITIES.values():
        requests = _requests_in(entity, text)
        first = next(requests, None)
        # A program may name its request, and give the name to the call.
        if first and any(plain_value(each.node) != plain_value(first.node) for each in requests):
            raise Refusal(f"It has more than one request of {entity.operation}. Paste the one that you mean.")
        if first:
            return first
    return None


def _requests_in(entity: Entity, text: str) -> Iterator[Literal]:
    end = 0
    for match in islice(calls_of(entity, text), MOST_STARTS):
        # A function may follow the request; it is called with the response.
        starts = (match.start(), match.end()) if match.start() >= end else ()
        literals = (read_literal_at(text, start, keeps_code=True) for start in starts)
        literal = next((each for each in literals if each), None)
        if literal:
            end = literal.end
            yield literal


def calls_of(entity: Entity, text: str) -> Iterator[re.Match[str]]:
    """Yield where a text calls the operation of a type of dataset by an SDK, or has what is given to it."""
    method = kebab_case(entity.operation).replace("-", "_")
    own = entity.operation[0].lower() + entity.operation[1:]
    of_call = rf"(?:{method}|{own}|{entity.operation}(?:Command|Request|Async)?(?:\.builder)?)\s*+\("
    # Kotlin has a block in the place of parentheses.
    return re.finditer(rf"\b(?:{of_call}|(?:{own}|{entity.operation}(?:Input|Request))\s*+(?=\{{))", text)


def in_prose(text: str, is_meant: Callable[[Node], bool]) -> Prose | None:
    """Return the one value with brackets that a text has among its words, or None; raise Refusal if it has two.

    Brackets that are no value, as in a line of a log, are words. `is_meant` says whether a value has records: of
    several values with brackets, the one that has is returned.
    """
    if len(text) > LONGEST_PROSE:
        return None
    declared: list[tuple[int, int]] = []
    values = list(_values(text, declared))
    known = sorted([*((each.start, each.end) for each in values), *declared])
    found = _together(text, values)
    meant = [each for each in found if is_meant(each.node)] if len(found) > 1 else found
    _check_not_removed(text, [each for each in values if is_meant(each.node)])
    if meant:
        check_code_around(text, meant[0])
    if len(meant or found) > 1:
        raise Refusal("It has more than one value in brackets among its words. Paste the one that you mean.")
    if not meant:
        return None
    others = tuple(text[each.start : each.end] for each in found if each is not meant[0])
    return Prose(meant[0], others, tuple(known))


def _check_not_removed(text: str, meant: list[Literal]) -> None:
    """Raise Refusal if one of the values stands on a line that a diff removes."""
    for each in meant:
        mark = text[text.rfind("\n", 0, each.start) + 1 : each.start]
        if mark in OLD_MARKS:
            raise Refusal(REMOVED_RECORDS.format("records", mark.strip()))


def _together(text: str, found: list[Literal]) -> list[Literal]:
    """Return values, or one list of them if they are objects, and what stands before each of them is alike."""
    if len(found) < 2:
        return found
    nodes = [each.node for each in found]
    between = text[found[0].end : found[1].start].strip()
    if len(found) == 2 and not between and plain_value(nodes[0]) == plain_value(nodes[1]):
        # What was typed, followed by its output.
        return found[-1:]
    ends = [text.rfind("\n", 0, found[0].start) + 1, *(each.end for each in found)]
    before = [text[end : each.start].strip(" \t\r\n,;") for end, each in zip(ends, found, strict=False)]
    alike = {NAME_BEHIND_PLACE.sub("", shape_of(each)) for each in before}
    is_row = not any(before[1:]) or len(alike) == 1 or _are_on_lines_alike(text, found)
    if not is_row or not all(isinstance(node, Object) for node in nodes):
        return found
    fixes = dict.fromkeys(fix for each in found for fix in each.fixes)
    code = tuple(each for literal in found for each in literal.code)
    perhaps = tuple(each for literal in found for each in literal.perhaps_code)
    return [Literal(Array(0, nodes), tuple(fixes), found[-1].end, (), code, perhaps, found[0].start)]


def _are_on_lines_alike(text: str, found: list[Literal]) -> bool:
    """Return whether values stand on a line each, all of which are alike before and behind them."""
    lines = [(text.rfind("\n", 0, each.start) + 1, (text + "\n").find("\n", each.end)) for each in found]
    if any(text[end:start].strip() or end > start for (_start, end), (start, _end) in pairwise(lines)):
        return False
    before = {shape_of(text[start : each.start].strip()) for (start, _end), each in zip(lines, found, strict=True)}
    behind = {shape_of(text[each.end : end].strip()) for (_start, end), each in zip(lines, found, strict=True)}
    return len(before) == len(behind) == 1 and all(map(WORDS_AROUND.fullmatch, (*before, *behind)))


def begins_with_value(text: str) -> bool:
    """Return whether a text begins with a literal, and goes on with something else than another one."""
    start = BRACKETS.search(text)
    literal = read_literal_at(text, start.start()) if start and not text[: start.start()].strip() else None
    return literal is not None and text[literal.end :].lstrip()[:1] not in ("", *",[{(")


def _values(text: str, declared: list[tuple[int, int]]) -> Iterator[Literal]:
    """Yield values with a member or an item; the text around them has no brackets that are open.

    The spans of declarations are added to `declared`.
    """
    position, starts = 0, 0
    while starts < MOST_STARTS and (match := BRACKETS.search(text, position)):
        starts += 1
        is_object = match[0].endswith("{")
        if is_object and DECLARATION.search(text, max(0, match.start() - LONGEST_DECLARATION), match.start()):
            position = _behind_braces(text, match.start())
            declared.append((match.start(), position))
            continue
        place = PLACE.match(text, match.start())
        if place:
            position = place.end()
            continue
        literal = read_literal_at(text, match.start(), keeps_code=True) or _in_quotes(text, match.start())
        if (
            literal is None
            and is_object
            and BLOCK.search(text, max(0, match.start() - LONGEST_DECLARATION), match.start())
        ):
            position = match.end()
            continue
        position = literal.end if literal else text.find("]", match.end()) + 1
        if literal is None and (is_object or not position or "{" in text[match.start() : position]):
            return
        if literal and (isinstance(literal.node, Scalar) or _has_object(literal.node)):
            yield literal


def _in_quotes(text: str, start: int) -> Literal | None:
    """Return the text in quotes that a bracket begins, whose escapes are those of its program."""
    return read_literal_at(text, start - 1, keeps_code=True) if start and text[start - 1] in QUOTES else None


def _behind_braces(text: str, start: int) -> int:
    """Return the place behind the braces that are opened at an offset, or the end if they are not closed."""
    opened = 0
    for match in islice(OPENING_OR_CLOSING.finditer(text, start), MOST_BRACES):
        opened += 1 if match[0] == "{" else -1
        if not opened:
            return match.end()
    return len(text)


def _has_object(node: Node) -> bool:
    if isinstance(node, Array):
        return any(_has_object(each) for each in node.items)
    return isinstance(node, Object) and bool(node.members)
