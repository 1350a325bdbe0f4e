"""What a request says of where its records go, beside those."""

from collections.abc import Collection
from typing import Any

from console.records.entities import ENTITIES, Entity
from console.records.json.nodes import Array, Member, Node, Object, Scalar, describe, quoted
from console.records.pasted.detected import Refusal
from console.records.property_names import match_key
from console.records.requests import members_of_call
from console.records.schemas.schema import Schema


def request_members(entity: Entity) -> set[str]:
    """Return the names of all members of an entity's request, as `match_key` gives them."""
    return {match_key(name) for name in (entity.member, entity.target, *members_of_call(entity))}


def entity_of_request(schema: Schema, root: Object) -> Entity | None:
    """Return the dataset type for whose operation an object is a request; None if it is none.

    It is none if one of its members is a field of the schema.
    """
    names = [match_key(member.key) for member in root.members]
    if len(set(names)) < len(names):
        return None
    for entity in (schema.entity, *ENTITIES.values()):
        if match_key(entity.member) in names and set(names) <= request_members(entity):
            return None if schema.field(entity.member) else entity
    return None


def records_of_request(schema: Schema, target: str, entity: Entity, root: Object) -> list[Node] | None:
    """Return the records of a request, each with what the request has beside all of them; raise Refusal.

    A request of another type, or to another target than `target`, is refused; `target` is "" where it is not known.
    """
    members = {match_key(member.key): member.value for member in root.members}
    records = members[match_key(entity.member)]
    if isinstance(records, Object):
        # A builder in Java takes a single record as it is.
        records = Array(records.start, [records])
    if not isinstance(records, Array) or not records.items:
        return None
    named = members.get(match_key(entity.target))
    if not entity.is_type_of(schema.entity):
        raise Refusal(wrong_type(schema, entity), other=entity)
    name = next((member.key for member in root.members if match_key(member.key) == match_key(entity.target)), "")
    check_target(entity, named_target(named), target, name)
    of_call = {match_key(name) for name in members_of_call(entity)}
    beside = [member for member in root.members if match_key(member.key) in of_call]
    return [with_members(record, beside) for record in records.items]


def named_target(node: Node | None) -> Any:
    """Return what a request names as its target; "" and null name none, as in a skeleton."""
    if node is None:
        return None
    return (node.value or None) if isinstance(node, Scalar) else describe(node).text


def check_target(entity: Entity, named: Any, target: str, name: str) -> None:
    """Raise Refusal if a request names another target than the page's; `name` is what the text calls it."""
    if named is None or named == target or not target:
        return
    other = "event tracker" if entity.is_event else "dataset"
    advice = f"If the records are for this one, remove {name}."
    raise Refusal(f"It is for another {other}, {quoted(str(named))}. Expected {target}. {advice}")


def wrong_type(schema: Schema, entity: Entity) -> str:
    """Return the sentence on a request for another type of dataset."""
    expected = f"This is {schema.entity.a_dataset}, so paste a {schema.entity.operation} request."
    return f"It is for {entity.a_dataset}. {expected}"


def with_members(record: Node, beside: Collection[Member]) -> Node:
    """Return a record with what its request has beside all of them."""
    return Object(record.start, [*beside, *record.members]) if beside and isinstance(record, Object) else record
