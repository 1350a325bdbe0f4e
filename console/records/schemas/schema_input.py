"""Schema input: the Avro JSON that a person typed for a new schema, validated with the place of everything."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from console.records.entities import Entity
from console.records.json.characters import BYTE_ORDER_MARK
from console.records.json.cursor import MOST_FAULTS
from console.records.json.nodes import Node, is_unreadable, node_at, plain_value, quoted
from console.records.json.reading import read_json
from console.records.problems import Fault, Found, Places, Remark
from console.records.schemas.dataset_types import RULES
from console.records.schemas.schema import SchemaFault
from console.records.schemas.schema_rules import advice_on_schema, faults_of_replacement, faults_of_schema
from console.records.schemas.schema_text import faults_of_text

# The constraint of CreateSchema's `schema` in the service's API model.
LONGEST_SCHEMA = 20_000
MARK_LEFT_OUT = (
    "The text begins with a byte order mark (U+FEFF), which is invisible. It is left out of what is sent: "
    "AWS refuses a schema that begins with one."
)
OF_DESCRIBE_SCHEMA = (
    "This is a response of DescribeSchema, with the schema as text inside it. Paste the schema alone: "
    "aws personalize describe-schema --schema-arn … --query schema.schema --output text prints it."
)
# An assignment, as in notebooks.
ASSIGNMENT = re.compile(r"\ufeff?\s*((?:(?:const|let|var)\s+)?[A-Za-z_]\w*\s*=)\s*[{\"']")


@dataclass(frozen=True, slots=True)
class SchemaValidation:
    """What is wrong with a schema: problems keep it from being created, warnings do not.

    Warnings are about what AWS may take all the same. `is_readable` says whether the text is JSON, so that what is
    wrong is not just that it is unfinished.
    """

    problems: tuple[Remark, ...] = ()
    warnings: tuple[Remark, ...] = ()
    is_readable: bool = True


def validate_schema_input(entity: Entity, text: str, domain: str, replaced: str = "") -> SchemaValidation:
    """Return what is wrong with a text as the schema of a type of dataset in a domain, "" for none.

    `replaced` is the text of the schema that it is to replace, "" where the dataset has none yet.
    """
    if len(text) > LONGEST_SCHEMA:
        found = Found(f"{len(text)} characters", "more")
        return _unreadable(text, [Fault(0, f"at most {LONGEST_SCHEMA} characters of text", found)])
    if not text.strip():
        return _unreadable(text, [Fault(0, "a schema, which is a JSON object", Found("no text", "no text"))])
    assignment = ASSIGNMENT.match(text)
    if assignment:
        return _unreadable(text, [_assigned(assignment)])
    reading = read_json(text)
    if reading.root is None:
        return _unreadable(text, reading.faults)
    description = plain_value(reading.root)
    if _is_described(description):
        return SchemaValidation(tuple(_remarks(text, reading.root, [SchemaFault(("schema",), OF_DESCRIBE_SCHEMA)])))
    # A domain that AWS may add later asks no more than none.
    known_domain = domain if domain in RULES else ""
    faults = faults_of_schema(description, entity.dataset_type, known_domain)
    if replaced and isinstance(description, dict):
        faults += faults_of_replacement(replaced, description)
    advice = advice_on_schema(description, entity.dataset_type, known_domain)
    mark = [Remark(1, 1, None, None, MARK_LEFT_OUT)] if text.startswith(BYTE_ORDER_MARK) else []
    doubtful = _remarks(text, reading.root, (*(fault for fault in faults if not fault.is_refused), *advice))
    return SchemaValidation(
        _in_order(
            [
                *_remarks_on_syntax(text, faults_of_text(reading)),
                *_remarks(text, reading.root, (fault for fault in faults if fault.is_refused)),
            ]
        ),
        _in_order([*mark, *doubtful]),
        is_readable=not reading.faults,
    )


def sent_schema(text: str) -> str:
    """Return a schema's text as it is sent: without the byte order mark that editors put before it, unseen."""
    return text.removeprefix(BYTE_ORDER_MARK)


def _assigned(assignment: re.Match[str]) -> Fault:
    name = quoted(assignment[1])
    return Fault(assignment.start(1), "a JSON object", Found(name, "an assignment"), f"Remove {name}.")


def _is_described(description: Any) -> bool:
    """Return whether a value is what DescribeSchema answers, which has the schema as a text within it."""
    inner = description.get("schema") if isinstance(description, dict) else None
    if isinstance(inner, dict):
        inner = inner.get("schema")
    return isinstance(inner, str) and "fields" not in description


def _unreadable(text: str, faults: list[Fault]) -> SchemaValidation:
    return SchemaValidation(_in_order(_remarks_on_syntax(text, faults)), is_readable=False)


def _remarks_on_syntax(text: str, faults: Iterable[Fault]) -> list[Remark]:
    places = Places(text)
    return [places.of(fault) for fault in faults]


def _remarks(text: str, root: Node, faults: Iterable[SchemaFault]) -> list[Remark]:
    """Return faults with their places; what is no JSON has a remark of its own already."""
    places = Places(text)
    nodes = [(fault, node_at(root, fault.path)) for fault in faults]
    return [
        Remark(*places.at(node.start), None, fault.field, fault.sentence)
        for fault, node in nodes
        if not is_unreadable(node)
    ]


def _in_order(remarks: list[Remark]) -> tuple[Remark, ...]:
    return tuple(sorted(remarks, key=lambda remark: (remark.line, remark.column))[:MOST_FAULTS])
