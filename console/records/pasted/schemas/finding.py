"""The schemas within a text, whatever is around them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from console.records.json.nodes import Array, Bare, Member, Node, Object, Scalar
from console.records.json.reading import read_json
from console.records.pasted.literals.parsing import Literal, read_literal, read_literal_at
from console.records.pasted.yaml.reading import read_yaml_nodes

# The longest schema of the service has 20,000 characters: as JSON in a text it has more, since quotes are escaped.
LONGEST_PASTED = 60_000
DEEPEST_ENVELOPE = 12
# Places that name the member `fields`, where a schema may begin for each of them, and how many of these are tried.
MOST_PLACES = 150
MOST_STARTS = 4
MOST_TRIES = 8
# A field of a schema takes 25 characters, and has three values.
MOST_VALUES = 3000
FIELDS = re.compile(r"\bfields\b\\*[\"']{0,2}\s*(?::|=>?)")
OPENED_STRING = re.compile(r"(?:@|[bBfFrRuU]{0,2})(?:\"{3}|'{3}|[\"'`])(?=\s*\{)")
# Terraform separates the members of an object by line breaks.
TERRAFORM = re.compile(r"^[ \t]*+resource\s++\"|\bjsonencode\s*+\(", re.MULTILINE)
LINE_BETWEEN_MEMBERS = re.compile(r"(?<=[\"\w\])}])[ \t]*\r?\n(?=[ \t]*[\"\w{\[])")
BRACKETS = re.compile(r"[\[\]{}]")
NO_VALUE = frozenset(("None", "nil", "undefined", "NULL", "Null"))


@dataclass(frozen=True, slots=True)
class FoundSchema:
    """A schema, the offsets where it begins and ends in its text, and what JSON has another way for, in words."""

    node: Node
    start: int = 0
    end: int = 0
    fixes: tuple[str, ...] = ()


def is_schema(node: Node | None) -> bool:
    """Return whether a value is meant as a schema: an object with a list of objects as its `fields`."""
    if not isinstance(node, Object):
        return False
    return any(
        each.key == "fields"
        and isinstance(each.value, Array)
        and any(isinstance(item, Object) for item in each.value.items)
        for each in node.members
    )


def in_value(node: Node, level: int = 0) -> Iterator[FoundSchema]:
    """Yield the schemas within a value, also those that are text."""
    if level > DEEPEST_ENVELOPE:
        return
    if isinstance(node, Scalar):
        inner = _as_value(node.value) if isinstance(node.value, str) and "fields" in node.value else None
        if inner:
            for each in in_value(inner.node, level + 1):
                yield FoundSchema(each.node, fixes=inner.fixes)
        return
    built = _built(node)
    if built is not None:
        yield from in_value(Scalar(node.start, built), level + 1)
    elif isinstance(node, Object) and is_schema(node):
        yield FoundSchema(node)
    else:
        for inner_node in node.items if isinstance(node, Array) else [member.value for member in node.members]:
            yield from in_value(inner_node, level + 1)


def _built(node: Node) -> str | None:
    """Return the text that a function of CloudFormation builds of texts alone, or None if a value is none."""
    match node:
        case Object(members=[Member(key="Fn::Sub" | "Fn::Join", value=value)]):
            parts = _parts(value)
        case _:
            return None
    texts = [each.value for each in parts if isinstance(each, Scalar)]
    known = [each for each in texts if isinstance(each, str) and "${" not in each]
    return "".join(known) if len(known) == len(parts) else None


def _parts(arguments: Node) -> list[Node]:
    """Return the texts that Fn::Join puts together, with what it puts between them, or that of Fn::Sub."""
    match arguments:
        case Array(items=[separator, Array(items=items)]):
            return [part for each in items for part in (separator, each)][1:]
        case Array(items=items):
            return items[:1]
        case _:
            return [arguments]


def whole_value(text: str) -> Literal | None:
    """Return the value that a text is as a whole, as JSON or as a literal of a programming language, or None."""
    reading = read_json(text)
    if reading.root is not None and not reading.faults:
        return Literal(reading.root, (), len(text))
    return read_literal(text)


def in_yaml(text: str) -> list[FoundSchema]:
    """Return the schemas of a text that is YAML; braces are for JSON and literals."""
    root = None if text.lstrip().startswith(("{", "[")) else read_yaml_nodes(text)
    return [FoundSchema(_in_quotes(each.node)) for each in in_value(root)] if root else []


def in_text(text: str) -> list[FoundSchema]:
    """Return the schemas that stand among other text: each around a member `fields`."""
    if TERRAFORM.search(text):
        text = LINE_BETWEEN_MEMBERS.sub(",\n", text)
    found: list[FoundSchema] = []
    tries = 0
    for match in islice(FIELDS.finditer(text), MOST_PLACES):
        end = found[-1].end if found else 0
        if match.start() < end:
            continue
        for start in _starts(text, end, match.start()):
            tries += 1
            if tries > MOST_TRIES:
                return found
            schema = _schema_at(text, start)
            if schema and schema.end > match.start():
                found.append(schema)
                break
    return found


def without_bare(node: Node) -> Node | None:
    """Return a schema's value with null for `None` and its like; None if it has another word that is no JSON."""
    match node:
        case Bare():
            return Scalar(node.start, None) if node.value in NO_VALUE else None
        case Array():
            items = [without_bare(item) for item in node.items]
            known = [each for each in items if each is not None]
            return Array(node.start, known) if len(known) == len(items) else None
        case Object():
            values = [(each, without_bare(each.value)) for each in node.members]
            members = [Member(each.start, each.key, value) for each, value in values if value is not None]
            return Object(node.start, members) if len(members) == len(values) else None
        case _:
            return node


def _in_quotes(node: Node) -> Node:
    """Return a value of YAML whose texts all count as texts, as `int` does."""
    match node:
        case Bare():
            return Scalar(node.start, node.value)
        case Array():
            return Array(node.start, [_in_quotes(item) for item in node.items])
        case Object():
            return Object(node.start, [Member(each.start, each.key, _in_quotes(each.value)) for each in node.members])
        case _:
            return node


def _as_value(text: str) -> Literal | None:
    """Return the value of a text within a value; a schema as text has braces."""
    return whole_value(text) if text.lstrip().startswith(("{", "[", '"')) else None


def _starts(text: str, least: int, position: int) -> list[int]:
    """Return where a schema may begin that has a member at a position: what is likelier comes first.

    These are quotes before braces, since their text may have escapes; the brackets around the member; and the nearest
    brackets, since those in texts may look as if they closed others.
    """
    strings = [match.start() for match in OPENED_STRING.finditer(text, least, position)]
    around: list[int] = []
    nearest: list[int] = []
    closed = 0
    for match in BRACKETS.finditer(text[least:position][::-1]):
        if match[0] in "]}":
            closed += 1
            continue
        nearest.append(position - 1 - match.start())
        if closed:
            closed -= 1
        else:
            around.append(nearest[-1])
    groups = (strings[: -MOST_STARTS - 1 : -1], around[:MOST_STARTS], nearest[:MOST_STARTS])
    return list(dict.fromkeys(start for group in groups for start in group))


def _schema_at(text: str, start: int) -> FoundSchema | None:
    literal = read_literal_at(text, start, MOST_VALUES)
    if literal is None:
        return None
    first = next(in_value(literal.node), None)
    return FoundSchema(first.node, start, literal.end, first.fixes or literal.fixes) if first else None
