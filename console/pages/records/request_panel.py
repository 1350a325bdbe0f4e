"""The panel Request: the body, its size, the records that it replaces, and the same request as code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from console.local import api as local_api
from console.pages.frame.requests import Request, local_endpoint
from console.pages.frame.template_tags.shown_ids import shown_id
from console.personalize.datasets import DescribedDataset
from console.personalize.environments import Environment
from console.records.entities import Entity, entity_of_id
from console.records.event_parts import event_parts
from console.records.problems import Remark
from console.records.requests import Sent, request_body
from console.records.samples import Sample, Target, body_text, samples
from console.records.validation.remarks import remarks_on_records
from console.records.validation.timestamps import Moment, moments
from console.records.validation.validation import Record
from console.submissions.known.differences import Kind, differences
from console.submissions.known.known_records import KnownRecord, KnownVersion, known_records
from console.submissions.trails.sight import sight_of_arn

LONGEST_WHILE_TYPING = 20_000
NO_TRACKING_ID = "TRACKING_ID"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The properties that a new record changes in a known one, and those that it loses, by name.

    `is_possible` is false if the known record's properties were redacted or may not be seen.
    """

    record: KnownVersion
    changed: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()

    @property
    def is_possible(self) -> bool:
        """Whether the two records can be compared."""
        return bool(self.record.properties)

    def warning(self, record_id: str) -> str:
        """Return what the new record loses, in a sentence; "" if it loses nothing."""
        if not self.lost:
            return ""
        names = ", ".join(self.lost)
        loss = f"replacing the record removes {'it' if len(self.lost) == 1 else 'them'}."
        if self.record.outcome is None:
            return f"{record_id} is stored with {names}: {loss}"
        if self.record.is_pending:
            return f"A newer record of {record_id}, which may have arrived, has {names}: {loss}"
        return f"{record_id} was sent before with {names}: {loss}"


@dataclass(frozen=True, slots=True)
class Replacement:
    """A known record that a request replaces, and how the new one differs from each of its versions."""

    known: KnownRecord
    comparisons: list[Comparison]


@dataclass(frozen=True, slots=True)
class ShownCall:
    """One call of a request: its number, its body with the size in bytes, and the same call as code.

    For events, `user` and `session` are the ids of their user, "" if unknown, and session.
    """

    number: int
    body: str
    size: int
    record_count: int
    samples: list[Sample]
    user: str = ""
    session: str = ""


@dataclass(frozen=True, slots=True)
class RequestPanel:
    """A valid request, shown before it is sent. `longest_properties` is in characters, 0 if no record has any.

    `calls` are the calls to make, out of `call_count`: records accepted before are left out. `moments` are the
    timestamps of its records, `notes` sentences on what its events refer to. `repeated` are sentences on events equal
    to an earlier or a stored one, by record number. `placeholder` stands for a tracking id that does not exist yet.
    `is_unreachable`: its samples are for AWS, since AWS clients cannot reach the local service.
    """

    entity: Entity
    calls: list[ShownCall]
    call_count: int
    record_count: int
    longest_properties: int
    replacements: list[Replacement]
    moments: list[Moment]
    notes: list[str]
    repeated: Mapping[int, str]
    placeholder: str = ""
    is_unreachable: bool = False

    @property
    def left_out(self) -> int:
        """The number of records that AWS has already accepted, which are not sent again."""
        return self.record_count - sum(call.record_count for call in self.calls)

    def warnings(self, text: str) -> tuple[Remark, ...]:
        """Return warnings about effects that the person may not intend, each at its record."""
        doubts = {**self.repeated}
        for number, replacement in enumerate(self.replacements, 1):
            record_id = shown_id(replacement.known.record_id)
            sentence = " ".join(
                filter(None, (comparison.warning(record_id) for comparison in replacement.comparisons))
            )
            if sentence:
                doubts[number] = sentence
        return remarks_on_records(text, doubts)


def request_panel(
    request: Request,
    environment: Environment,
    dataset: DescribedDataset,
    records: tuple[Record, ...],
    made: Sequence[tuple[int, list[Sent]]],
    call_count: int,
    *,
    is_typing: bool,
    is_compared: bool,
) -> RequestPanel:
    """Return the panel of valid records; while they are typed, long requests have no samples.

    `made` are the number and the records of each call to make, out of `call_count`. Unless it `is_compared`, it does
    not mention known records, and needs no database.
    """
    entity = dataset.entity
    endpoint = local_endpoint(request) if environment.is_local else environment.endpoint_url
    # Without an event tracker, the request has a placeholder for its id.
    target = Target(entity, environment.region, dataset.target or NO_TRACKING_ID, endpoint or None)
    known = _known(request, environment, dataset, records) if is_compared and not entity.is_event else None
    return RequestPanel(
        entity=entity,
        calls=[_shown_call(target, number, call, is_typing=is_typing) for number, call in made],
        call_count=call_count,
        record_count=len(records),
        longest_properties=max(record.length if record.has_properties else 0 for record in records),
        replacements=[_replacement(known, record) for record in records] if known is not None else [],
        notes=_notes(dataset, records) if is_compared and environment.is_local else [],
        repeated=_repeated(dataset, records, is_local=environment.is_local) if is_compared and entity.is_event else {},
        placeholder="" if dataset.target else NO_TRACKING_ID,
        is_unreachable=environment.is_local and not endpoint,
        moments=list(moments(dataset.schema, [record.properties for record in records])) if dataset.schema else [],
    )


def _known(
    request: Request, environment: Environment, dataset: DescribedDataset, records: tuple[Record, ...]
) -> dict[str, KnownRecord]:
    sight = sight_of_arn(request.user, environment, dataset.arn)
    return known_records(sight, dataset.description, (record.record_id for record in records))


def _notes(dataset: DescribedDataset, records: tuple[Record, ...]) -> list[str]:
    """Return sentences on the users, items and actions of events that the local service does not store."""
    entity = dataset.entity
    notes = []
    for field in (entity.id_field, entity.object_field) if entity.is_event else ():
        named = entity_of_id(field)
        ids = [_id_in(record, field) for record in records]
        known = local_api.ids_beside(dataset.arn, named.dataset_type, {*ids}) if named else None
        for record_id in dict.fromkeys(ids):
            if named and known is not None and record_id and record_id not in known:
                notes.append(
                    _note(named, record_id, [n for n, other_id in enumerate(ids, 1) if other_id == record_id])
                )
    return notes


def _repeated(dataset: DescribedDataset, records: tuple[Record, ...], *, is_local: bool) -> dict[int, str]:
    """Return a sentence on each event that already exists, by the number of its record."""
    # AWS does not document what happens to equal events.
    effect = "The local service keeps one of them." if is_local else "Keep one, unless it happened twice."
    # An event without a session gets a new one at each press, so it equals no stored event.
    sent = [record.sent for record in records]
    stored = local_api.find_sent_events(dataset.arn, sent) if is_local else [None] * len(records)
    first: dict[Sent, int] = {}
    duplicates = {}
    for number, (event, there) in enumerate(zip(sent, stored, strict=True), 1):
        earlier = first.setdefault(event, number)
        if there:
            duplicates[number] = "It is stored already, with the same values, and would not be added again."
        elif earlier != number:
            duplicates[number] = f"It is the same as record {earlier}. {effect}"
    return duplicates


def _id_in(record: Record, field: str) -> str:
    """Return the id in a field of an event; "" if it has none."""
    parts = event_parts(record.entity, record.sent)
    return parts.user_id if field == record.entity.id_field else parts.object_id


def _note(named: Entity, record_id: str, numbers: list[int]) -> str:
    where = f"Record{'' if len(numbers) == 1 else 's'} {', '.join(map(str, numbers))}, {named.id_field}"
    return f"{where}: the {named.plural} dataset has no {named.name} {shown_id(record_id)}."


def _shown_call(target: Target, number: int, records: list[Sent], *, is_typing: bool) -> ShownCall:
    members = request_body(target.entity, target.target, records)
    body = body_text(members)
    is_long = is_typing and len(body) > LONGEST_WHILE_TYPING
    return ShownCall(
        number=number,
        body=body,
        size=len(body.encode()),
        record_count=len(records),
        samples=[] if is_long else samples(target, records),
        user=members.get("userId", ""),
        session=members.get("sessionId", ""),
    )


def _replacement(known: Mapping[str, KnownRecord], record: Record) -> Replacement:
    known_record = known.get(record.record_id) or KnownRecord(record.record_id)
    return Replacement(
        known_record, [_comparison(version, record.properties_json) for version in known_record.versions]
    )


def _comparison(record: KnownVersion, properties: str) -> Comparison:
    if not record.properties:
        return Comparison(record)
    changes = differences(record.properties, properties)
    changed = tuple(change.name for change in changes if change.kind is not Kind.REMOVED)
    lost = tuple(change.name for change in changes if change.kind is Kind.REMOVED)
    return Comparison(record, changed, lost)
