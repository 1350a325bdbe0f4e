"""Fields of schemas, and what a request makes of those of events."""

from dataclasses import dataclass, replace
from functools import lru_cache

from console.records.entities import Entity
from console.records.event_members import NOT_IN_PROPERTIES, SESSION_ID, EventMember
from console.records.property_names import match_key, property_name

NUMBER_TYPES = frozenset(("int", "long", "float", "double"))


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a schema: its Avro name, its types other than null, and what the schema says of it.

    `is_id` tells the field that identifies a record of the dataset, or the user of an event. `member` is what an event
    has it as, beside its properties; `is_added` tells one that the schema does not have.
    """

    name: str
    types: tuple[str, ...]
    nullable: bool
    categorical: bool
    is_id: bool = False
    textual: bool = False
    member: EventMember | None = None
    is_added: bool = False

    @property
    def property_name(self) -> str:
        """The field's name in the properties of a request."""
        return property_name(self.name)

    @property
    def request_name(self) -> str:
        """The field's name in a request: that of a member of its own, or of a property."""
        return self.member.member if self.member else self.property_name

    @property
    def is_beside_properties(self) -> bool:
        """Whether a request has it beside `properties`."""
        return self.is_id or self.member is not None

    @property
    def is_refused_in_properties(self) -> bool:
        """Whether the `properties` of a request may not have it."""
        return self.is_id or (self.member is not None and self.member.field in NOT_IN_PROPERTIES)

    @property
    def has_several(self) -> bool:
        """Whether its text may be several values, with a separator between them."""
        return self.categorical or (self.member is not None and self.member.is_list)

    @property
    def is_timestamp(self) -> bool:
        """Whether its numbers are moments, in seconds since 1970."""
        return _is_timestamp(self.name, self.types)

    @property
    def type_name(self) -> str:
        """The field's data type as a person reads it, without null."""
        return " or ".join(self.types) or "null"


@lru_cache(maxsize=4096)
def _is_timestamp(name: str, types: tuple[str, ...]) -> bool:
    return match_key(name).endswith("timestamp") and not NUMBER_TYPES.isdisjoint(types)


def fields_of_events(entity: Entity, declared: tuple[Field, ...]) -> tuple[Field, ...]:
    """Return the fields of events of a type: those that a schema declares, as the request has them, and its others."""
    own = tuple(_field_of_event(entity, field) for field in declared)
    there = {match_key(field.name) for field in own}
    added = [
        _with_member(entity, Field(member.field, (member.type,), True, False, is_added=True), member)
        for key, member in entity.event_members_by_key.items()
        if key not in there
    ]
    return (*own, *added)


def _field_of_event(entity: Entity, field: Field) -> Field:
    member = entity.event_members_by_key.get(match_key(field.name))
    return field if member is None else _with_member(entity, field, member)


def _with_member(entity: Entity, field: Field, member: EventMember) -> Field:
    """Return the field of a member of an event: the request says of what type it is, and what cannot be left out.

    An event of nobody known has a session alone, and one without a session gets one when it is sent.
    """
    is_given_anyway = member.field in (entity.id_field, SESSION_ID)
    nullable = not member.is_required and (field.nullable or is_given_anyway)
    is_id = member.field == entity.id_field
    return replace(field, types=(member.type,), nullable=nullable, categorical=False, is_id=is_id, member=member)
