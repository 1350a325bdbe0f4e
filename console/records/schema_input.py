"""Schema input: the Avro JSON that a person typed for a new schema, judged with the place of everything."""

from collections.abc import Iterable
from dataclasses import dataclass

from console.records.cursor import MOST_FAULTS
from console.records.dataset_types import RULES
from console.records.entities import USERS
from console.records.nodes import Node, is_unreadable, node_at, plain_value
from console.records.problems import Fault, Found, Places, Remark
from console.records.reading import read_json
from console.records.schema import SchemaFault
from console.records.schema_rules import faults_of_schema

# The constraint of CreateSchema's `schema` in the service's API model.
LONGEST_SCHEMA = 20_000


@dataclass(frozen=True, slots=True)
class SchemaJudgement:
    """What is wrong with a schema: problems keep it from being created, warnings do not.

    Warnings are about what AWS may take all the same. `is_readable` says whether the text is JSON, so that what is
    wrong is not just that it is unfinished.
    """

    problems: tuple[Remark, ...] = ()
    warnings: tuple[Remark, ...] = ()
    is_readable: bool = True


def judge_schema_input(text: str, domain: str) -> SchemaJudgement:
    """Return what is wrong with a text as the schema of a Users dataset in a domain, "" for none."""
    if len(text) > LONGEST_SCHEMA:
        found = Found(f"{len(text)} characters", "more")
        return _unreadable(text, [Fault(0, f"at most {LONGEST_SCHEMA} characters of text", found)])
    if not text.strip():
        return _unreadable(text, [Fault(0, "a schema, which is a JSON object", Found("no text", "no text"))])
    reading = read_json(text)
    if reading.root is None:
        return _unreadable(text, reading.faults)
    # A domain that AWS may add later asks no more than none.
    faults = faults_of_schema(plain_value(reading.root), USERS.dataset_type, domain if domain in RULES else "")
    return SchemaJudgement(
        _in_order(
            [
                *_remarks_on_syntax(text, reading.faults),
                *_remarks(text, reading.root, (fault for fault in faults if fault.is_refused)),
            ]
        ),
        _in_order(_remarks(text, reading.root, (fault for fault in faults if not fault.is_refused))),
        is_readable=not reading.faults,
    )


def _unreadable(text: str, faults: list[Fault]) -> SchemaJudgement:
    return SchemaJudgement(_in_order(_remarks_on_syntax(text, faults)), is_readable=False)


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
