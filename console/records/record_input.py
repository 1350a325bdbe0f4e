"""Record input: what a person typed, read as the records of one call or as problems with their places."""

from dataclasses import dataclass, replace

from console.records.entities import Entity
from console.records.json.cursor import MOST_FAULTS
from console.records.json.nodes import Array, Member, Node, Object, Scalar, describe, is_unreadable
from console.records.json.reading import Reading, read_json
from console.records.json.strings import source_offsets
from console.records.problems import Fault, Found, Places, Problem
from console.records.schemas.schema import Schema
from console.records.validation.matching import Draft, is_properties, other_member
from console.records.validation.quick import quick_records
from console.records.validation.timestamps import LEAST, MOST
from console.records.validation.validation import Record, faults_outside, validate_draft

# Ten records of 32,000 characters, escaped and laid out generously, fit in; a longer text was a mistake.
LONGEST_INPUT = 400_000
# With which other kinds of text begin, and JSON does not.
MARKS_OF_TEXTS = "-+|*>("
NOTHING_RECOGNISED = (
    "No other kind of text was recognised either: paste JSON, CSV with a heading, a table, or what a program prints."
)
USER_OR_SESSION = "USER_ID, or SESSION_ID for a user who is not known yet"
ADVICE_ON_NOBODY = "Add one of them."


@dataclass(frozen=True, slots=True)
class Validation:
    """The records of a record input, or what is wrong with it: one of the two is empty.

    `reading` is what was read of a text with problems, for detection.
    """

    records: tuple[Record, ...]
    problems: tuple[Problem, ...]
    reading: Reading | None = None

    @property
    def is_readable(self) -> bool:
        """Return whether the text is JSON, so that what is wrong is not just that it is unfinished."""
        return not self.problems or bool(self.reading and self.reading.root and not self.reading.faults)


def validate_record_input(schema: Schema, text: str) -> Validation:
    """Return the records of a text, or every problem that keeps it from being sent.

    The text is a JSON object or an array of at least one, and at most as many as one call takes, each with the
    schema's field names or property names, or in the API's shape: the id, and `properties` as an object or as the text
    of one.
    """
    records = _quick_records(schema, text) if len(text) <= LONGEST_INPUT else None
    return validate_with_places(schema, text) if records is None else Validation(records, ())


def _quick_records(schema: Schema, text: str) -> tuple[Record, ...] | None:
    """Return the records of a text that is plainly right, or None."""
    found = quick_records(schema, text)
    if found is None:
        return None
    if not schema.entity.is_event and len({record_id for record_id, _properties in found}) < len(found):
        return None
    records = tuple(Record(schema.entity, record_id, properties) for record_id, properties in found)
    longest = schema.entity.longest_properties
    is_plain = not any(record.length > longest or _is_of_nobody(record) or not _has_date(record) for record in records)
    return records if is_plain else None


def validate_with_places(schema: Schema, text: str) -> Validation:
    """Return what `validate_record_input` returns, and take the time that it takes to know the place of everything."""
    if len(text) > LONGEST_INPUT:
        expected = f"at most {LONGEST_INPUT} characters of text"
        return _refused(text, [Fault(0, expected, Found(f"{len(text)} characters", "more"))])
    if not text.strip():
        return _refused(text, [Fault(0, "a JSON object or an array of them", Found("no text", "no text"))])
    reading = read_records(schema.entity, text)
    no_json = _no_json(schema.entity, text, reading)
    if no_json:
        return _refused(text, [no_json], reading)
    if reading.root is None:
        return _refused(text, reading.faults, reading)
    nodes, faults = _record_nodes(schema.entity, reading.root)
    records: list[Record] = []
    seen: dict[str, int] = {}
    for number, node in enumerate(nodes, 1):
        draft = Draft(node.start, reads_dates=True)
        record = _validate_node(schema, draft, node, text)
        if record and record.record_id in seen and not schema.entity.is_event:
            draft.faults.append(_repeated(schema, draft, seen[record.record_id]))
        elif record:
            seen[record.record_id] = number
            records.append(record)
        faults += [replace(fault, record=number) for fault in draft.faults]
        if len(faults) >= MOST_FAULTS:
            break
    faults += faults_outside(reading.faults, faults)
    return _refused(text, faults, reading) if faults else Validation(tuple(records), ())


def _no_json(entity: Entity, text: str, reading: Reading) -> Fault | None:
    """Return what is wrong with a text that does not begin as JSON does, where a quote would be no help; or None."""
    start = len(text) - len(text.lstrip())
    is_word = text[start].isalnum() or text[start] in MARKS_OF_TEXTS
    if not is_word or not reading.faults or reading.faults[0].offset != start:
        return None
    return replace(reading.faults[0], expected=f"{entity.nouns} as JSON", advice=NOTHING_RECOGNISED)


def read_records(entity: Entity, text: str) -> Reading:
    """Return the reading of a text of records; of more of them than can be sent, the others are counted only."""
    return read_json(text, most_items=entity.most_per_call + 1)


def _refused(text: str, faults: list[Fault], reading: Reading | None = None) -> Validation:
    places = Places(text)
    ordered = sorted(faults, key=lambda fault: fault.offset)
    return Validation((), tuple(places.of(fault) for fault in ordered[:MOST_FAULTS]), reading)


def _record_nodes(entity: Entity, root: Node) -> tuple[list[Node], list[Fault]]:
    """Return the nodes to validate as records, as many as one call takes, and what is wrong with their number."""
    if not isinstance(root, Array):
        return [root], []
    count, most = root.count, entity.most_per_call
    if 1 <= count <= most:
        return root.items, []
    found = entity.counted(count) if count else "an empty array"
    put_one = f"Put {entity.article} {entity.name} record between the brackets."
    advice = f"Send the first {most}, then the others." if count else put_one
    offset = root.items[most].start if count else root.start
    return root.items[:most], [Fault(offset, up_to_most(entity), Found(found, found), advice)]


def up_to_most(entity: Entity) -> str:
    """Return how many records one call takes, in words."""
    return f"1 to {entity.most_per_call} {entity.nouns} at a time"


def _validate_node(schema: Schema, draft: Draft, node: Node, text: str) -> Record | None:
    if not isinstance(node, Object):
        if not is_unreadable(node):
            draft.faults.append(
                Fault(
                    node.start,
                    f"{schema.entity.article} {schema.entity.name} record, which is a JSON object",
                    describe(node),
                )
            )
        return None
    properties = next((member for member in node.members if is_properties(schema, member)), None)
    if properties:
        _take_api_shape(schema, draft, node, properties, text)
    else:
        draft.take(schema, node.members)
    record = validate_draft(schema, draft, refuse_placeholders=True)
    length, longest = record.length if record else 0, schema.entity.longest_properties
    if length > longest:
        expected = f"properties of at most {longest} characters as JSON text"
        draft.faults.append(Fault(draft.start, expected, Found(f"{length} characters", "more")))
    if record and _is_of_nobody(record):
        draft.faults.append(Fault(draft.start, USER_OR_SESSION, Found("neither", "neither"), ADVICE_ON_NOBODY))
    if record and not _has_date(record):
        draft.faults.append(_without_date(schema, draft, record))
    return record


def _has_date(record: Record) -> bool:
    """Return whether the moment of an event is within the years 1 to 9999: no SDK for Python sends others."""
    return not record.entity.is_event or LEAST <= record.properties["timestamp"] <= MOST


def _without_date(schema: Schema, draft: Draft, record: Record) -> Fault:
    seconds = record.properties["timestamp"]
    field = schema.fields_by_key["timestamp"]
    advice = (
        f"In seconds it is {seconds // 1000}." if 0 < seconds // 1000 <= MOST else "Write it in seconds since 1970."
    )
    expected = "a timestamp within the years 1 to 9999, in seconds"
    found = Found(str(seconds), "a number out of these years")
    return Fault(draft.given[field.name].value.start, expected, found, advice, field=field.name)


def _is_of_nobody(record: Record) -> bool:
    """Return whether an event has neither a user nor a session."""
    return record.entity.is_event and not record.record_id and record.properties.get("sessionId") is None


def _take_api_shape(schema: Schema, draft: Draft, node: Object, properties: Member, text: str) -> None:
    """Take the API's shape apart: the record's id, and the members of its properties."""
    for member in node.members:
        field = schema.field(member.key)
        if field and field.is_beside_properties:
            draft.take(schema, [member])
        elif not is_properties(schema, member):
            draft.report(other_member(schema, member))
        elif member is not properties:
            draft.report(Fault(member.start, "properties once", Found("it again", "it again"), "Keep one."))
        if not draft.complete:
            return
    _take_properties(schema, draft, properties.value, text)


def _take_properties(schema: Schema, draft: Draft, value: Node, text: str) -> None:
    if isinstance(value, Scalar) and isinstance(value.value, str):
        reading = read_json(value.value, source_offsets(text, value.start))
        draft.faults += reading.faults
        if reading.root is None:
            draft.complete = False
            return
        value = reading.root
    if isinstance(value, Object):
        draft.start = value.start
        draft.take_properties(schema, value)
        return
    draft.complete = False
    if not is_unreadable(value):
        expected = "properties as an object, or as the text of one"
        draft.faults.append(Fault(value.start, expected, describe(value)))


def _repeated(schema: Schema, draft: Draft, first: int) -> Fault:
    found = Found(f"that of record {first} again", "it again")
    article, name = schema.entity.article.capitalize(), schema.entity.name
    advice = f"{article} {name}'s later record replaces the earlier one: keep one."
    id_name = schema.id_field.name
    return Fault(draft.given[id_name].value.start, f"each {id_name} once", found, advice, field=id_name)
