"""Tell records of another type of dataset by the names of their fields."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from console.records.entities import ENTITIES, Entity
from console.records.json.nodes import Array, Node, Object
from console.records.pasted.detected import Refusal
from console.records.pasted.tables.separated import SEPARATORS
from console.records.property_names import match_key
from console.records.schemas.dataset_types import CUSTOM
from console.records.schemas.schema import Schema
from console.records.validation.matching import is_properties, properties_object


@dataclass(frozen=True, slots=True)
class OtherType:
    """A type of dataset, and how many records look like those of it."""

    entity: Entity
    count: int


def records_of_other_type(schema: Schema, root: Node) -> OtherType | None:
    """Return of which other type all records of a JSON text look, None if there is no such type."""
    records, count = (root.items, root.count) if isinstance(root, Array) else ([root], 1)
    names = [_names(schema, record) for record in records if isinstance(record, Object)]
    return _of_all(schema, names, count) if len(names) == len(records) else None


def rows_of_other_type(schema: Schema, text: str) -> OtherType | None:
    """Return of which other type the rows of a text look by their heading, None if there is no such type."""
    heading, *others = [line for line in text.splitlines() if line.strip()] or [""]
    for separator in SEPARATORS:
        if separator in heading and others:
            names = [cell.strip(' "\ufeff') for cell in heading.split(separator)]
            return _of_all(schema, [names], len(others))
    return None


def refuse_other_type(schema: Schema, found: OtherType | None) -> None:
    """Raise Refusal if records of another type were found."""
    if found:
        words = f"what looks like {found.entity.counted(found.count)}"
        raise Refusal(f"This page creates {schema.entity.nouns}.", words, found.entity)


def _of_all(schema: Schema, records: Iterable[Collection[str]], count: int) -> OtherType | None:
    # Most records have the same names.
    found = {_other_entity(schema, names) for names in set(map(frozenset, records))}
    entity = found.pop() if len(found) == 1 else None
    return OtherType(entity, count) if entity else None


def _names(schema: Schema, record: Object) -> list[str]:
    """Return the names of a record's fields, those inside of its properties too."""
    names: list[str] = []
    for member in record.members:
        inner = properties_object(member.value) if is_properties(schema, member) else None
        names += [each.key for each in inner.members] if inner else [member.key]
    return names


def _other_entity(schema: Schema, names: Collection[str]) -> Entity | None:
    """Return the type that needs most of the names, of those that a record looks like."""
    unknown = {name for name in names if schema.field(name) is None}
    own = schema.entity
    others = [
        each for each in ENTITIES.values() if not each.is_type_of(own) and _looks_like(each, own, names, unknown)
    ]
    return max(others, key=lambda each: len(_needed(each)), default=None)


def _looks_like(other: Entity, own: Entity, names: Collection[str], unknown: Collection[str]) -> bool:
    """Return whether a record has what another type requires, and of its own required fields only shared ones.

    It has to have names that its own schema does not have. Where it has all that its own type needs, these must be
    among what the other one needs.
    """
    needed, given = _needed(other), _fields(other, names)
    own_needed, own_given = _needed(own), _fields(own, names)
    if not needed <= given or not own_needed & own_given <= _known(other):
        return False
    return bool(_fields(other, unknown) & needed) if own_needed <= own_given else bool(unknown)


def _needed(entity: Entity) -> set[str]:
    rules = CUSTOM.get(entity.dataset_type)
    return {match_key(name) for name in (rules.required if rules else (entity.id_field,))}


def _known(entity: Entity) -> set[str]:
    rules = CUSTOM.get(entity.dataset_type)
    return {match_key(name) for name in (rules.keywords if rules else (entity.id_field,))}


def _fields(entity: Entity, names: Collection[str]) -> set[str]:
    """Return the names as fields of a type are matched: a request calls some members of an event otherwise."""
    keys = {match_key(name) for name in names}
    if not entity.event_members:
        return keys
    members = {match_key(each.member): match_key(each.field) for each in entity.event_members}
    return {members.get(key, key) for key in keys}
