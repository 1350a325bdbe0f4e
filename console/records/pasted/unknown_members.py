"""Members of pasted records that the schema has no field for: what a database or a page has beside what is sent."""

from collections.abc import Sequence

from console.records.entities import ENTITIES
from console.records.json.nodes import Object, enumerated, shortened
from console.records.property_names import match_key
from console.records.schemas.schema import Schema
from console.records.validation.matching import is_properties, nearest_field

MOST_NAMED = 10
# With more names than any table has, no nearest field is looked for.
MOST_UNKNOWN = 1000
# Fields of other dataset types. TIMESTAMP is not among them: forms and logs add a time to anything.
OF_OTHER_TYPES = frozenset(
    match_key(name) for name in (*(entity.id_field for entity in ENTITIES.values()), "EVENT_TYPE", "SESSION_ID")
)


def without_unknown(schema: Schema, records: Sequence[Object]) -> tuple[list[Object], tuple[str, ...]]:
    """Return records without the members that no field is for, and a sentence that names these.

    They stay where one of them may be what a record lacks: where a required field is missing, where nothing but the
    id would be left, where they are those of another type of dataset, or have no letters, as no name of a column has.
    One that is much like the name of a field without a value stays as well.
    """
    members = [member for record in records for member in record.members]
    unknown = dict.fromkeys(member.key for member in members if not schema.field(member.key))
    if not 0 < len(unknown) <= MOST_UNKNOWN or any(is_properties(schema, member) for member in members):
        return list(records), ()
    given = [{field.name for member in each.members if (field := schema.field(member.key))} for each in records]
    required = {field.name for field in schema.declared_fields if not field.nullable}
    is_whole = all(required <= each and (len(each) > 1 or len(schema.declared_fields) == 1) for each in given)
    are_names = all(any(character.isalnum() for character in name) for name in unknown)
    if not is_whole or not are_names or any(match_key(name) in OF_OTHER_TYPES for name in unknown):
        return list(records), ()
    known = {name for each in given for name in each}
    left_out = [name for name in unknown if not _may_be_another(schema, name, known)]
    kept = [Object(each.start, [member for member in each.members if member.key not in left_out]) for each in records]
    return kept, _sentence(left_out)


def _may_be_another(schema: Schema, name: str, known: set[str]) -> bool:
    """Return whether a name may be that of a field which no member is for, written in another way."""
    nearest = nearest_field(schema, name)
    return nearest is not None and nearest.name not in known


def _sentence(names: list[str]) -> tuple[str, ...]:
    if not names:
        return ()
    named = [shortened(name) for name in names[:MOST_NAMED]]
    others = ["others"] if len(names) > len(named) else []
    them = "it" if len(names) == 1 else "them"
    return (f"Left out, as the schema has no field for {them}: {enumerated([*named, *others])}.",)
