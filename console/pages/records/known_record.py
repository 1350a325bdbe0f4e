"""Load known record: put the stored record, or the one that this console last sent, into Record input.

If there may be a newer one, the page says so, and the person chooses.
"""

from dataclasses import dataclass, field, replace

from console.pages.frame.requests import key_of
from console.pages.frame.template_tags.labels import date_words
from console.pages.frame.template_tags.shown_ids import shown_id
from console.pages.records.known_ids import like_ids
from console.pages.records.record_edits import Edit, is_untouched
from console.pages.records.record_page import Page
from console.people.roles import Person
from console.personalize.connections.endpoints import endpoint_of
from console.personalize.datasets import DescribedDataset
from console.personalize.environments import Environment
from console.records.editing import with_known_record
from console.records.entities import Entity
from console.records.form.form import read_form
from console.records.json.nodes import items_of
from console.records.json.reading import read_json
from console.records.problems import Places
from console.records.schemas.schema import Schema
from console.submissions.known.known_records import KnownRecord, KnownVersion, known_records
from console.submissions.known.versions import sent_records
from console.submissions.models import Outcome, dataset_key
from console.submissions.trails.sight import Sight, sight_of_arn

NO_ID = "Enter the {} of the {} whose record you want to load."
REDACTED = "The properties of {} were redacted"
UNSEEN = "A record of {} was sent from the environment {}, whose properties you may not see"
UNCHANGED = "Nothing was changed."
CHOOSE = "Choose what to load."
NONE_TO_LOAD = "There is no record to load."


@dataclass(frozen=True, slots=True)
class Loading:
    """The edit that loads a record, or the reason for not loading one and the `choices` to load instead.

    `like` are known ids similar to an unknown one, and `said` is a sentence on what was loaded.
    """

    edit: Edit | None
    notice: str = ""
    choices: list[KnownVersion] = field(default_factory=list)
    like: list[str] = field(default_factory=list)
    said: str = ""


def load_known(
    person: Person, environment: Environment, dataset: DescribedDataset, record_id: str, key: str = ""
) -> Loading:
    """Return the effect of loading the known record of an id.

    `key` is that of the version the person chose, from those offered by the page or from the record's history.
    """
    entity = dataset.entity
    if not record_id.strip():
        return Loading(None, f"{NO_ID.format(entity.id_field, entity.name)} {UNCHANGED}")
    sight = sight_of_arn(person, environment, dataset.arn)
    records = known_records(sight, dataset.description, [record_id])
    known = records.get(record_id) or KnownRecord(record_id, is_absent=environment.is_local)
    choices = known.loadable
    chosen = next((version for version in choices if version.key == key), None)
    if not key and known.before in choices and not known.newer and not known.hidden_at:
        chosen = known.before
    if key and not chosen:
        chosen = _version(sight, dataset, record_id, key)
    if chosen is None:
        like = [] if known.versions else like_ids(person, environment, dataset.description, record_id)
        return Loading(None, _why_not_at_once(known, entity, len(choices)), choices, like)
    properties = chosen.properties or ""

    def edit(schema: Schema, _target: str, text: str) -> str | None:
        return with_known_record(schema, "" if is_untouched(schema, text) else text, record_id, properties)

    return Loading(edit, said=f"Loaded the {entity.name} {shown_id(record_id)}, {_as_of(chosen)}.")


def _version(sight: Sight, dataset: DescribedDataset, record_id: str, key: str) -> KnownVersion | None:
    """Return a version of a record's history by its key, if the person may see its properties."""
    pk = key_of(key)
    if pk is None or "\0" in record_id:
        return None
    of_dataset = dataset_key(endpoint_of(sight.environment), dataset.arn)
    record = sent_records(of_dataset, record_id, sight.origins()).filter(pk=pk).first()
    if record is None or not record.properties or not sight.sees_properties(record.submission.origin_id):
        return None
    sent = record.submission
    return KnownVersion(
        key, Outcome(sent.outcome_now), sent.created_at, record.properties, sight.label(sent.origin_id)
    )


def _as_of(version: KnownVersion) -> str:
    at = date_words(version.at)
    if version.outcome is None:
        return f"as it has been stored since {at}"
    return f"as it was accepted on {at}" if version.outcome is Outcome.CREATED else f"as it was sent on {at}"


def _why_not_at_once(known: KnownRecord, entity: Entity, choices: int) -> str:
    named = f"the {entity.name} {shown_id(known.record_id)}"
    first, *others = [_before(known, named), *_newer(known)]
    if choices == 0 and not others:
        return f"{first}, so there is no record to load. {UNCHANGED}"
    last = CHOOSE if choices else NONE_TO_LOAD
    return " ".join([f"{first}.", *others, last, UNCHANGED])


def _before(known: KnownRecord, named: str) -> str:
    """Return a sentence, without its full stop, on the last accepted or the stored record.

    `named` is the record in words: `the user u-1`.
    """
    before = known.before
    if before is None:
        return _why_none(known, named)
    if before.properties is None:
        return UNSEEN.format(named, before.environment)
    if not before.properties:
        return REDACTED.format(named)
    at = date_words(before.at)
    if before.outcome is None:
        return f"The local service stores a record of {named}, as of {at}"
    sender = f"the environment {before.environment}" if before.environment else "this console"
    return f"A record of {named} from {sender} was accepted on {at}"


def _why_none(known: KnownRecord, named: str) -> str:
    if known.is_absent:
        if not known.ended:
            return f"The local service does not store {named}"
        return (
            f"The local service no longer stores {named}, which this console sent on {date_words(known.ended.sent_at)}"
        )
    if known.ended and known.ended.ending:
        ending = known.ended.ending
        return (
            f"This console sent a record of {named} on {date_words(known.ended.sent_at)}, "
            f"but it may no longer exist, because on {date_words(ending.at)} {ending.words}"
        )
    if known.hidden_at:
        return f"You may see no accepted record of {named}"
    return f"This console knows of no accepted record of {named}"


def _newer(known: KnownRecord) -> list[str]:
    """Return sentences on newer records."""
    sentences = []
    newer = known.newer
    if newer:
        by = f" from the environment {newer.environment}" if newer.environment else ""
        is_pending = newer.outcome is Outcome.SENDING
        state = "is still being sent" if is_pending else "is unconfirmed: it is not known whether it arrived"
        sentences.append(f"A newer record, sent{by} on {date_words(newer.at)}, {state}.")
    if known.hidden_at:
        at = date_words(known.hidden_at)
        record = "a newer record" if known.before or known.newer else "a record"
        sentences.append(f"Another environment of this console sent {record} on {at}, which you may not see.")
    return sentences


def with_loaded(page: Page, loading: Loading) -> Page:
    """Return a page whose text has a known record, with what was loaded and its line."""
    assert page.schema is not None
    root = read_json(page.text).root
    records = items_of(root) if root else []
    cards = read_form(page.schema, page.text).cards
    ids = [next((control.text for control in card.controls if control.field.is_id), "") for card in cards]
    if page.known_record not in ids:
        return replace(page, said=loading.said)
    number = ids.index(page.known_record) + 1
    line, _column = Places(page.text).at(records[number - 1].start)
    where = f" It is record {number} of {len(ids)}." if len(ids) > 1 else ""
    return replace(page, said=f"{loading.said}{where}", loaded_line=line)


def with_why_not_loaded(page: Page, loading: Loading, status: int = 200) -> Page:
    """Return a page that says why nothing was loaded and what can be loaded; unchanged if something was loaded."""
    choices, like = tuple(loading.choices), tuple(loading.like)
    return replace(page, not_loaded=loading.notice, choices=choices, like=like, status=status)
