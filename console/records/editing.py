"""Changes of a record input's text: laid out, with one record more, with a record that is known, and with sessions."""

from uuid import UUID

from console.records.event_members import SESSION_ID
from console.records.json.nodes import Array, Member, Node, Object, Scalar, items_of
from console.records.json.reading import read_json
from console.records.json.writing import laid_out
from console.records.pasted.envelopes.flattening import flat
from console.records.requests import session_of
from console.records.schemas.schema import Schema
from console.records.template import record_template


def formatted(text: str) -> str | None:
    """Return a text laid out with a member a line, or None if it cannot be read; values stay as they were typed."""
    reading = read_json(text)
    return None if reading.root is None or reading.faults else laid_out(reading.root)


def with_another_record(schema: Schema, text: str) -> str | None:
    """Return a text with the template's record after its own, or None if it cannot be read."""
    if not text.strip():
        return record_template(schema)
    reading = read_json(text)
    template = read_json(record_template(schema)).root
    if reading.root is None or reading.faults or template is None:
        return None
    records = items_of(reading.root)
    return laid_out(Array(0, [*records, template]))


def with_known_record(schema: Schema, text: str, record_id: str, properties: str) -> str | None:
    """Return a text with a known record in place of those with the same id, or after all others.

    `properties` is the JSON text of an object, whose values stay as they are; its members get the schema's names. A
    text that cannot be read has no such place: None.
    """
    known = _known_record(schema, record_id, properties)
    if not text.strip():
        return laid_out(known)
    reading = read_json(text)
    if reading.root is None or reading.faults:
        return None
    records = items_of(reading.root)
    places = [number for number, each in enumerate(records) if _has_id(schema, each, record_id)]
    if not places:
        return laid_out(Array(0, [*records, known]))
    kept = [known if number == places[0] else each for number, each in enumerate(records) if number not in places[1:]]
    return _laid_out(reading.root, kept)


def with_sessions(schema: Schema, text: str, key: UUID) -> str:
    """Return the text of events with the sessions that a press gave to those that have none of their own.

    `key` is that of the press. A text that cannot be read, and one of which each event has a session, stays as it is.
    """
    reading = read_json(text)
    if reading.root is None or reading.faults:
        return text
    records = items_of(reading.root)
    changed = [_with_session(schema, each, key) for each in records]
    if changed == records:
        return text
    return _laid_out(reading.root, changed)


def _laid_out(root: Node, records: list[Node]) -> str:
    """Return the text of records in the place of those of a text: one object stays one."""
    return laid_out(records[0] if isinstance(root, Object) else Array(0, records))


def _with_session(schema: Schema, record: Node, key: UUID) -> Node:
    if not isinstance(record, Object):
        return record
    known = {
        field.name: member.value.value
        for member in flat(schema, record).record.members
        if (field := schema.field(member.key)) and isinstance(member.value, Scalar)
    }
    if known.get(SESSION_ID) is not None:
        return record
    session = session_of(key, str(known.get(schema.id_field.name) or ""))
    own = [each for each in record.members if (field := schema.field(each.key)) is None or field.name != SESSION_ID]
    return Object(record.start, [*own, Member(0, SESSION_ID, Scalar(0, session))])


def _known_record(schema: Schema, record_id: str, properties: str) -> Object:
    root = read_json(properties).root
    members = [Member(0, schema.id_field.name, Scalar(0, record_id))]
    for member in root.members if isinstance(root, Object) else ():
        field = schema.field(member.key)
        members.append(Member(0, field.name if field else member.key, member.value))
    return Object(0, members)


def _has_id(schema: Schema, record: Node, record_id: str) -> bool:
    members = record.members if isinstance(record, Object) else ()
    ids = [each.value for each in members if schema.field(each.key) is schema.id_field]
    return any(isinstance(each, Scalar) and each.value == record_id for each in ids)
