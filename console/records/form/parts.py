"""Records split into the values that controls show and all others, and put together again in the same shape."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count

from console.records.json.nodes import Member, Node, Object, Scalar
from console.records.json.writing import json_of
from console.records.schemas.fields import Field
from console.records.schemas.schema import Schema
from console.records.validation.matching import is_properties, properties_object


@dataclass(frozen=True, slots=True)
class OtherMember:
    """A member that no control shows: an unknown field, a field given twice, or one in a wrong place.

    `position` counts from 0 within its card's others.
    """

    position: int
    name: str
    json: str


@dataclass(frozen=True, slots=True)
class Part:
    """A member of a record, and what shows it: a field's control or an entry of the others.

    The API's `properties` are shown by neither, but by the parts inside.
    """

    member: Member
    field: Field | None = None
    other: OtherMember | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """An object taken apart; `properties` is the object of its API shape, and None if the record is flat."""

    outer: tuple[Part, ...]
    inner: tuple[Part, ...] = ()
    properties: Object | None = None

    @property
    def parts(self) -> tuple[Part, ...]:
        """All parts, those inside the properties last."""
        return (*self.outer, *self.inner)

    @property
    def values(self) -> dict[str, Node]:
        """The values that controls show, by field name."""
        return {part.field.name: part.member.value for part in self.parts if part.field}


def taken_apart(schema: Schema, node: Object) -> Record:
    """Match an object's members with the schema's fields, in the shape that the object has.

    Properties that cannot be read are no shape: the record is a flat one then, and they are one of its others.
    """
    names = {field.name for field in schema.fields}
    beside = {field.name for field in schema.fields if field.is_beside_properties}
    positions = count()
    for member in node.members:
        properties = properties_object(member.value) if is_properties(schema, member) else None
        if properties is not None:
            outer = tuple(_parts(schema, node.members, beside, positions, member))
            inside = names - {part.field.name for part in outer if part.field} - _refused_inside(schema)
            return Record(outer, tuple(_parts(schema, properties.members, inside, positions)), properties)
    return Record(tuple(_parts(schema, node.members, names, positions)))


def _refused_inside(schema: Schema) -> set[str]:
    return {field.name for field in schema.fields if field.is_refused_in_properties}


def _parts(
    schema: Schema, members: list[Member], names: set[str], positions: Iterator[int], properties: Member | None = None
) -> Iterator[Part]:
    """Match members with the fields of these names, each once; what is left are others."""
    unmatched = set(names)
    for member in members:
        field = schema.field(member.key)
        if member is properties:
            yield Part(member)
        elif field and field.name in unmatched:
            unmatched.remove(field.name)
            yield Part(member, field)
        else:
            yield Part(member, other=OtherMember(next(positions), member.key, json_of(member.value)))


def put_together(
    schema: Schema, record: Record, values: Mapping[str, Node], dropped_others: Collection[int]
) -> Object:
    """Return a record with new values by field name, and without the others that were dropped.

    A value stands where the field stood. A field that was not given before comes last, in the schema's order, and one
    without a value is gone.
    """
    shown = record.values
    added = [field for field in schema.fields if field.name in values and field.name not in shown]
    if record.properties is None:
        members = [Member(0, field.name, values[field.name]) for field in added]
        return Object(0, [*_members(record.outer, values, dropped_others), *members])
    beside = [Member(0, field.property_name, values[field.name]) for field in added if field.is_beside_properties]
    inside = [Member(0, field.property_name, values[field.name]) for field in added if not field.is_beside_properties]
    properties = Object(0, [*_members(record.inner, values, dropped_others), *inside])
    is_changed = json_of(properties) != json_of(record.properties)
    outer = _members(record.outer, values, dropped_others, properties if is_changed else None)
    return Object(0, [*outer, *beside])


def _members(
    parts: Iterable[Part],
    values: Mapping[str, Node],
    dropped_others: Collection[int],
    properties: Object | None = None,
) -> Iterator[Member]:
    """Return the members of parts with their new values; `properties` are None if nothing in them changed."""
    for part in parts:
        if part.other:
            if part.other.position not in dropped_others:
                yield part.member
        elif part.field:
            if part.field.name in values:
                yield replace(part.member, value=values[part.field.name])
        elif properties is None or isinstance(part.member.value, Object):
            yield replace(part.member, value=properties or part.member.value)
        else:
            yield replace(part.member, value=Scalar(0, json_of(properties)))
