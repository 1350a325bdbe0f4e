"""What was given of one record: its members, matched with the schema's fields."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache

from console.records.entities import EVENT_TYPES, Entity
from console.records.json.cursor import MOST_FAULTS
from console.records.json.nodes import Member, Node, Object, Scalar, quoted
from console.records.json.reading import read_json
from console.records.problems import Fault, Found
from console.records.property_names import match_key
from console.records.schemas.fields import Field
from console.records.schemas.schema import Schema
from console.records.validation.id_lists import with_joined_ids
from console.records.validation.timestamps import with_seconds

# A name that is compared and shown; what is longer than any field's name tells no more.
LONGEST_NAME_SHOWN = 64
# Similarity of two names, at most 1: "agge" and "age" reach it.
VERY_LIKE = 0.8
PERHAPS_ID = "If it is the id, name it {}; otherwise remove it."
NO_NEAR_FIELD = "Remove it, or write the name of the field that it is for."


@dataclass(slots=True)
class Draft:
    """What was found of one record so far: a member for each field that was given, and the faults.

    `complete` is false if some of what was given was not read, so that nothing can be called missing. In a record
    input, a timestamp may be a date (`reads_dates`); in a request it is a number.
    """

    start: int
    complete: bool = True
    given: dict[str, Member] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    reads_dates: bool = False

    def take(self, schema: Schema, members: Iterable[Member]) -> None:
        """Match members with the schema's fields; what cannot be matched is a fault."""
        members = list(members)
        has_id = any(schema.field(each) is schema.id_field for each in (*self.given, *(each.key for each in members)))
        for member in members:
            known = schema.field(member.key)
            if known is None:
                self.report(_unknown_field(schema, member, has_id=has_id))
            elif known.name in self.given:
                self.report(_given_again(self.given[known.name], member, known))
            else:
                given = with_joined_ids(known, _unwrapped(known, member))
                self.given[known.name] = with_seconds(known, given) if self.reads_dates else given
            if not self.complete:
                return

    def take_properties(self, schema: Schema, properties: Object) -> None:
        """Match the members of `properties` with the fields that may be there."""
        others: list[Member] = []
        for member in properties.members:
            field = schema.field(member.key)
            if field is None or not field.is_refused_in_properties:
                others.append(member)
            elif self.complete:
                self.report(_inside(field, member))
        if self.complete:
            self.take(schema, others)

    def report(self, fault: Fault) -> None:
        """Add a fault; after many of them the rest is not looked at."""
        self.faults.append(fault)
        if len(self.faults) >= MOST_FAULTS:
            self.complete = False


def is_properties(schema: Schema, member: Member) -> bool:
    """Return whether a member is the API's `properties`, and not a field of the schema that is called so."""
    if match_key(member.key) != "properties":
        return False
    return schema.field(member.key) is None or isinstance(member.value, Object)


def properties_object(value: Node, times_encoded: int = 1) -> Object | None:
    """Return the object that `properties` are, or None; it is read out of its text, encoded so many times at most."""
    for _ in range(times_encoded):
        if isinstance(value, Scalar) and isinstance(value.value, str):
            reading = read_json(value.value)
            if reading.root is None or reading.faults:
                return None
            value = reading.root
    return value if isinstance(value, Object) else None


def other_member(schema: Schema, member: Member) -> Fault:
    """Return the fault of a member beside `properties`."""
    known = schema.field(member.key)
    advice = f"Move {known.name} into properties." if known else ""
    name = member.key[:LONGEST_NAME_SHOWN]
    return Fault(
        member.start,
        _beside_properties(schema.entity),
        Found(quoted(member.key), "another name"),
        advice,
        field=name,
    )


def _beside_properties(entity: Entity) -> str:
    if entity.is_event:
        return "members of an event, and metadata fields in properties"
    return f"only {entity.id_property} and properties here"


def _unknown_field(schema: Schema, member: Member, *, has_id: bool) -> Fault:
    name = member.key[:LONGEST_NAME_SHOWN]
    nearest = nearest_field(schema, name)
    found = Found(quoted(member.key), "a name that is not one of them")
    advice = f"The nearest field is {nearest.name}." if nearest else NO_NEAR_FIELD
    if _is_of_other_events(schema.entity, member.key):
        advice = f"{schema.entity.plural} have no {name}. Remove it."
    if match_key(member.key) == "id" and not has_id and not schema.entity.is_event:
        advice = PERHAPS_ID.format(schema.id_field.name)
    return Fault(member.start, "a field of the schema", found, advice, field=name)


def _is_of_other_events(entity: Entity, name: str) -> bool:
    """Return whether events of another type have a field of a name: these have none that is near to it."""
    key = match_key(name)
    is_own = not entity.is_event or key in entity.event_members_by_key
    return not is_own and any(key in each.event_members_by_key for each in EVENT_TYPES.values())


def nearest_field(schema: Schema, name: str) -> Field | None:
    """Return the field whose name is near to another one, None if there is none."""
    fields = _fields_by_spelling(schema)
    nearest = _nearest(name[:LONGEST_NAME_SHOWN].lower(), fields)
    return fields[nearest] if nearest else None


def _nearest(name: str, spellings: Iterable[str]) -> str | None:
    """Return the spelling of a field that is near to a name: with the same first letter, or very like it.

    The default cutoff: a name that has nothing in common with any field was meant as none of them.
    """
    first = match_key(name)[:1]
    near = difflib.get_close_matches(name, [each for each in spellings if each.startswith(first)], n=1)
    near += difflib.get_close_matches(name, list(spellings), n=1, cutoff=VERY_LIKE)
    return near[0] if near else None


@lru_cache(maxsize=256)
def _fields_by_spelling(schema: Schema) -> dict[str, Field]:
    """Return the schema's fields by their names and property names in lower case."""
    return {spelling.lower(): each for each in schema.fields for spelling in (each.name, each.property_name)}


def _given_again(first: Member, member: Member, known: Field) -> Fault:
    again = quoted(member.key)
    found = f"{again} again" if member.key == first.key else f"it again as {again}, after {quoted(first.key)}"
    return Fault(member.start, "each field once", Found(found, "it again"), "Keep one.", field=known.name)


def _inside(field: Field, member: Member) -> Fault:
    name = field.member.member if field.member else field.property_name
    found = Found(quoted(member.key), f"{name} inside properties")
    advice = f"Write {name} beside properties, not inside."
    return Fault(member.start, "metadata fields only", found, advice, field=field.name)


def _unwrapped(field: Field, member: Member) -> Member:
    """Return a member whose value is as its field has it: a request has some in an object."""
    value = member.value
    if field.member is None:
        return member
    outer, _dot, inner = field.member.member.rpartition(".")
    if outer and isinstance(value, Object) and [match_key(each.key) for each in value.members] == [match_key(inner)]:
        return replace(member, value=value.members[0].value)
    return member
