"""What JSON leaves open in the text of a schema, and a reader without places takes without a word.

RFC 8259 has no rule for names that stand twice in an object, which each reader solves in its own way, and none for the
largest number. Neither the schema that is meant nor the one that AWS would store can be told from such a text.
"""

from collections.abc import Iterator

from console.records.json.nodes import Array, Node, Object, Scalar, describe, quoted
from console.records.json.reading import Reading, read_json
from console.records.problems import Fault, Found, Places
from console.records.schemas.field_types import TYPES_IN_WORDS, is_in_bounds


def faults_of_text(reading: Reading) -> list[Fault]:
    """Return what is wrong with the text of a schema as JSON, whatever it describes, in the order of the text."""
    faults = [*reading.faults, *(_faults_of_node(reading.root) if reading.root else ())]
    return sorted(faults, key=lambda fault: fault.offset)


def placed_faults_of_text(text: str) -> Iterator[str]:
    """Yield what is wrong with the text of a schema as JSON: sentences with the line and the column."""
    places, reading = Places(text), read_json(text)
    for fault in faults_of_text(reading):
        line, column = places.at(fault.offset)
        of_text = "The schema is not JSON" if fault in reading.faults else "The schema is not valid"
        yield f"{of_text}, line {line}, column {column}: {fault.sentence()}"


def _faults_of_node(node: Node) -> Iterator[Fault]:
    if isinstance(node, Array):
        for item in node.items:
            yield from _faults_of_node(item)
    elif isinstance(node, Object):
        names = set[str]()
        for member in node.members:
            if member.key in names:
                again = Found(f"{quoted(member.key)} again", "it again")
                yield Fault(member.start, "each name in an object once", again, "Keep one.")
            names.add(member.key)
            yield from _faults_of_node(member.value)
    elif isinstance(node, Scalar) and isinstance(node.value, int | float) and not is_in_bounds(node.value, "double"):
        yield Fault(node.start, TYPES_IN_WORDS["double"], describe(node), "Write one that is nearer to 0.")
