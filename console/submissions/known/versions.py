"""The history of a record: each version that was sent, and what it changed in the last one that AWS had accepted."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery

from console.submissions.known.dataset_events import Ending, ending_after, endings
from console.submissions.known.differences import Difference, differences
from console.submissions.models import Outcome, SentRecord, Submission


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a record as it was sent, and how it differs from the last accepted one before it.

    `is_first` says that none was there before, as far as that is known. `differences` is None where one of the two
    was redacted, or may not be seen: then `is_hidden` is true. `ended` is what came after it and may have removed it.
    """

    sent: SentRecord
    is_first: bool
    differences: list[Difference] | None
    is_hidden: bool
    ended: Ending | None


def sent_records(dataset: str, record_id: str, origins: Collection[int] | None) -> QuerySet[SentRecord]:
    """Return every version of a record that was sent to a dataset, newest first; of origins by key, None for all."""
    sent = SentRecord.objects.filter(dataset=dataset, record_id=record_id)
    if origins is not None:
        sent = sent.filter(submission__origin__id__plainly__in=origins)
    return sent.select_related("submission__origin").defer("submission__record_input").order_by("-pk")


def versions(
    records: Sequence[SentRecord], endings: Sequence[Ending], sees_properties: Callable[[int], bool]
) -> list[Version]:
    """Return the versions of consecutive versions of a record in a dataset, which come newest first, as these do.

    `endings` are what ended the record, the first one first; `sees_properties` says of an origin by its key
    whether properties that were sent from it may be seen.
    """
    before = _accepted_before(records)
    return [_version(record, before.get(record.pk), endings, sees_properties) for record in records]


def properties_before(
    records: Sequence[SentRecord],
    made_at: Callable[[str], datetime | None],
    sees_properties: Callable[[str, int], bool],
) -> dict[int, str]:
    """Return of records what was known before each, as `versions` compares it: properties as JSON text, by its key.

    Left out are records that nothing was accepted before, that may have ended since, and what may not be seen.
    `made_at` says of a dataset by its key when it was made, as `endings` takes it, and `sees_properties` whether what
    an origin sent to it may be seen.
    """
    before = _accepted_before(records)
    found: dict[int, str] = {}
    for dataset in {each.dataset for each in records}:
        of_dataset = [each for each in records if each.dataset == dataset and each.pk in before]
        ends = endings(dataset, {each.record_id for each in of_dataset}, made_at(dataset)) if of_dataset else {}
        for each in of_dataset:
            known = before[each.pk]
            is_known = not _has_ended_before(each, known, ends[each.record_id])
            if is_known and sees_properties(dataset, known.submission.origin_id):
                found[each.pk] = known.properties
    return found


def replaced_by(submission: Submission, made_at: datetime | None) -> dict[str, datetime | None]:
    """Return when each record was sent that a submission replaced, by its id; None where none was accepted before.

    Ids are left out whose record may have ended before it was replaced. `made_at` is as `endings` takes it.
    """
    records = list(submission.sent_records.select_related("submission__origin"))
    if not records:
        return {}
    before = _accepted_before(records)
    found = endings(records[0].dataset, {each.record_id for each in records}, made_at)
    return {
        each.record_id: before[each.pk].submission.created_at if each.pk in before else None
        for each in records
        if not _has_ended_before(each, before.get(each.pk), found[each.record_id])
    }


def _has_ended_before(record: SentRecord, before: SentRecord | None, ends: Sequence[Ending]) -> bool:
    """Return whether something has ended the version before one."""
    ended = ending_after(ends, before.submission.known_from) if before else None
    return ended is not None and ended.at <= record.submission.known_from


def _accepted_before(records: Sequence[SentRecord]) -> dict[int, SentRecord]:
    """Return for each version of a record, by its key, the last one before it that AWS accepted, where there is one.

    Between two that are shown there may be any number of others, from environments that a person may not see.
    """
    accepted = SentRecord.objects.filter(submission__outcome=Outcome.CREATED)
    of_same = accepted.filter(
        dataset=OuterRef("dataset"), record_id=OuterRef("record_id"), pk__lt=OuterRef("pk")
    ).order_by("-pk")
    own = SentRecord.objects.filter(pk__in=[record.pk for record in records])
    keys = dict(own.annotate(before=Subquery(of_same.values("pk")[:1])).values_list("pk", "before"))
    known = {record.pk: record for record in records}
    missing = accepted.filter(pk__in={key for key in keys.values() if key is not None} - known.keys())
    known |= {each.pk: each for each in missing.select_related("submission__origin").defer("submission__record_input")}
    return {pk: known[key] for pk, key in keys.items() if key is not None}


def _version(
    record: SentRecord, before: SentRecord | None, endings: Sequence[Ending], sees_properties: Callable[[int], bool]
) -> Version:
    at = record.submission.known_from
    ended = ending_after(endings, at)
    if _has_ended_before(record, before, endings):
        before = None
    compared = [record] if before is None else [before, record]
    if not all(sees_properties(each.submission.origin_id) for each in compared):
        return Version(record, before is None, None, True, ended)
    if not all(each.properties for each in compared):
        return Version(record, before is None, None, False, ended)
    old = before.properties if before else "{}"
    return Version(record, before is None, differences(old, record.properties), False, ended)
