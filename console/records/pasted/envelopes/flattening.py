"""Records laid out flat: each value beside its field's name, whatever shape it came in."""

import re
from dataclasses import dataclass

from console.records.json.nodes import Member, Node, Object, Scalar, enumerated, quoted, shortened
from console.records.json.reading import read_json
from console.records.pasted.literals.parsing import read_literal
from console.records.pasted.tables.headings import matched_columns
from console.records.property_names import match_key
from console.records.schemas.schema import Schema
from console.records.validation.matching import properties_object

ADDED_BY_DATABASES = ("_id", "__v", "_rev", "__typename")
# Prefixes of names that databases, logs and services add.
MARKS = ("_", "@")
OF_SALESFORCE = {"type", "url"}
MOST_NAMED = 10
# Names that say whose id it is: `external_id`, `accountId`, `uuid`.
OTHER_ID = re.compile(r"[^A-Za-z0-9](?i:id)\Z|[a-z0-9](?:Id|ID)\Z|\A(?i:uuid|guid)\Z")
NUMBERS_OF_ROWS = ("index", "Index", "(index)")
ENCODED_TWICE = "Properties that are encoded twice are read."
IN_PYTHON = "Properties whose text is no JSON are read as {}."


@dataclass(frozen=True, slots=True)
class Flat:
    """A record laid out flat, and sentences on what was done for it."""

    record: Object
    notes: tuple[str, ...]


def flat(schema: Schema, record: Object) -> Flat:
    """Return a record with the schema's field names, and the members of its properties beside them.

    A record in the API's shape stays as it is if its properties cannot be read, or name a field that they must not.
    Equal names are kept, for the validation to name them.
    """
    members, notes = list(record.members), []
    inner, note = _properties(schema, record)
    if inner is not None:
        members = [member for member in members if match_key(member.key) != "properties"]
        members += inner.members
        notes += [note] if note else []
    else:
        members, nested = _with_nested(schema, members)
        notes += nested
    again = _id_again(schema, members)
    document_id = _id_of_document(schema, members)
    added = [
        member
        for member in members
        if member is not document_id and (member is again or _is_of_database(schema, member))
    ]
    if added:
        members = [member for member in members if not any(member is each for each in added)]
        notes.append(_on_added([member.key for member in added]))
    names, renamed = matched_columns(schema, [member.key for member in members])
    place = _plain_id(schema, names, members) if document_id is None else members.index(document_id)
    if place is not None:
        renamed.append(f"{names[place]} is taken for {schema.id_field.name}.")
        names[place] = schema.id_field.name
    notes += renamed
    own = [Member(member.start, name, member.value) for name, member in zip(names, members, strict=True)]
    return Flat(Object(record.start, own), tuple(notes))


def _with_nested(schema: Schema, members: list[Member]) -> tuple[list[Member], list[str]]:
    """Return members with those of the one object among them that has fields of the schema, as `traits` does.

    It must have two fields, and as many as it has other members; and all that are required and do not stand beside it.
    """
    beside = _fields_of(schema, [member for member in members if not isinstance(member.value, Object)])
    found = [
        (member, member.value, own)
        for member in members
        if isinstance(member.value, Object) and not schema.field(member.key) and match_key(member.key) != "properties"
        if (own := _fields_of(schema, member.value.members))
    ]
    if len(found) != 1:
        return members, []
    outer, inner, own = found[0]
    required = {field.name for field in schema.declared_fields if not field.nullable}
    is_whole = required <= own | beside and not own & beside and schema.id_field.name in beside
    if not is_whole or len(own) < 2 or 2 * len(own) < len(inner.members):
        return members, []
    members, beside_note = _without_others(schema, members, outer)
    place = members.index(outer)
    note = f"The fields in {quoted(outer.key)} are taken as if they stood beside {schema.entity.id_property}."
    return [*members[:place], *inner.members, *members[place + 1 :]], [*beside_note, note]


def _without_others(schema: Schema, members: list[Member], outer: Member) -> tuple[list[Member], list[str]]:
    """Return members without those beside an object that has the fields which are no fields, and a sentence on them.

    They are what its service says of the object, as the moment and the type of an event.
    """
    names, _notes = matched_columns(schema, [member.key for member in members])
    kept = [
        member
        for name, member in zip(names, members, strict=True)
        if member is outer or schema.field(name) or _is_of_database(schema, member)
    ]
    others = [shortened(member.key) for member in members if not any(member is each for each in kept)]
    more = " and more" if len(others) > MOST_NAMED else ""
    named = ", ".join(others[:MOST_NAMED])
    return kept, [f"Left out around the records: {named}{more}."] if others else []


def _fields_of(schema: Schema, members: list[Member]) -> set[str]:
    """Return the names of the fields that members are."""
    return {field.name for member in members if (field := schema.field(member.key))}


def _on_added(names: list[str]) -> str:
    named = [shortened(name) for name in names[:MOST_NAMED]]
    others = ["others"] if len(names) > len(named) else []
    is_or_are = "is" if len(names) == 1 else "are"
    return f"{enumerated([*named, *others])}, which the database or program has added, {is_or_are} left out."


def _is_of_database(schema: Schema, member: Member) -> bool:
    """Return whether a member is what databases and data frames add to a record, such as the number of its row."""
    if schema.field(member.key):
        return False
    if member.key.startswith(MARKS) and len(member.key) > 1:
        return member.key in ADDED_BY_DATABASES or not schema.field(matched_columns(schema, [member.key])[0][0])
    if member.key == "attributes" and isinstance(member.value, Object):
        return {each.key for each in member.value.members} == OF_SALESFORCE
    value = member.value.value if isinstance(member.value, Scalar) else None
    is_number = type(value) is int or (isinstance(value, str) and value.isdecimal())
    return member.key in NUMBERS_OF_ROWS and is_number


def _id_again(schema: Schema, members: list[Member]) -> Member | None:
    """Return the member named `id` that repeats the id of its record, as documents of Cosmos DB have it."""
    named = [member for member in members if member.key == "id"]
    if len(named) != 1 or schema.field("id"):
        return None
    names, _notes = matched_columns(schema, [each.key for each in members])
    own = [each.value for name, each in zip(names, members, strict=True) if name == schema.id_field.name]
    values = [each.value for each in (*own, named[0].value) if isinstance(each, Scalar)]
    return named[0] if len(values) == len(own) + 1 > 1 and len(set(values)) == 1 else None


def _plain_id(schema: Schema, names: list[str], members: list[Member]) -> int | None:
    """Return the place of a member that is called `id` alone, where it can only be the record's: no other is an id.

    An event has ids of several kinds; of a value within others it is not certain whose id stands beside it.
    """
    places = [place for place, name in enumerate(names) if match_key(name) == "id" and not schema.field(name)]
    others = [member for name, member in zip(names, members, strict=True) if not schema.field(name)]
    has_own = schema.id_field.name in names or any(OTHER_ID.search(member.key) for member in others)
    is_flat = not any(isinstance(member.value, Object) for member in others)
    return places[0] if len(places) == 1 and is_flat and not has_own and not schema.entity.is_event else None


def _id_of_document(schema: Schema, members: list[Member]) -> Member | None:
    """Return the member `_id` of a document of MongoDB that has no other id, where that is a text or a number."""
    found = [member for member in members if member.key == "_id" and isinstance(member.value, Scalar)]
    if len(found) != 1:
        return None
    others = [member.key for member in members if member.key != "_id"]
    names = matched_columns(schema, others)[0]
    has_other = schema.id_field.name in names or any(
        match_key(name) == "id" or OTHER_ID.search(name) for name in others
    )
    is_record = sum(schema.field(name) is not None for name in names) > 1
    if has_other or not is_record or schema.entity.is_event:
        return None
    return found[0] if isinstance(found[0].value, Scalar) and found[0].value.value not in (None, "") else None


def _properties(schema: Schema, record: Object) -> tuple[Object | None, str]:
    """Return the object that a record's `properties` are, read out of their text, and a sentence on how."""
    named = [member.value for member in record.members if match_key(member.key) == "properties"]
    if len(named) != 1 or schema.field("properties"):
        return None, ""
    inner, note = _object_of(named[0])
    if inner is None:
        return None, ""
    fields = [schema.field(member.key) for member in inner.members]
    return (None, "") if any(field and field.is_refused_in_properties for field in fields) else (inner, note)


def _object_of(value: Node) -> tuple[Object | None, str]:
    inner = properties_object(value)
    if inner is not None:
        return inner, ""
    twice = properties_object(value, times_encoded=2)
    if twice is not None:
        return twice, ENCODED_TWICE
    text = value.value if isinstance(value, Scalar) else None
    literal = read_literal(text) if isinstance(text, str) and read_json(text).faults else None
    if literal is None or not isinstance(literal.node, Object):
        return None, ""
    return literal.node, IN_PYTHON.format(f"nearly JSON: {', '.join(literal.fixes)}")
