"""Redacting a person: the properties of records with their ID are deleted, and texts that may quote them.

IDs, times, people and outcomes stay. The redaction is also kept in a file of the data directory, from which it is
repeated if restoring a backup undoes it: see `kept.py`.
"""

import json
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q, QuerySet

from console.submissions.models import Redaction, SentRecord, Submission
from console.submissions.recording import settle_all
from console.submissions.redaction.kept import Order, keep, kept
from console.submissions.retention import BATCH, overwrite_what_is_removed, quotes, texts_of

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Redacted:
    """What was redacted: the number of submissions and uploads, and sentences on what could not be."""

    records: int = 0
    submissions: int = 0
    imports: int = 0
    left: list[str] = field(default_factory=list)

    @property
    def is_nothing(self) -> bool:
        """Whether there was nothing to redact."""
        return not self.records and not self.imports and not self.left


# Callbacks by which other packages redact what they keep about a person, adding to the counts.
_others: list[Callable[[Order, Redacted], None]] = []


def also_redact_people(remove: Callable[[Order, Redacted], None]) -> None:
    """Register a function that deletes what is kept elsewhere about a person who is redacted."""
    _others.append(remove)


def redact_person(order: Order) -> Redacted:
    """Redact a person's records until a moment, keep the order, and return what was redacted.

    Records redacted before are left alone. Raise the database's error, and OSError if the order cannot be kept.
    """
    keep(order)
    return redact_again(order)


def redact_again(order: Order) -> Redacted:
    """Carry out what is left of a kept order, and return what was redacted."""
    overwrite_what_is_removed()
    # The journal's outcomes come first: what they quote goes with their submissions.
    settle_all()
    found = Redacted()
    for dataset in order.datasets:
        submissions: set[object] = set()
        for records in _batches(order, dataset):
            found.records += len(records)
            submissions.update(each.submission_id for each in records)
        found.submissions += len(submissions)
    for remove in _others:
        remove(order, found)
    return found


def redact_all_again() -> int:
    """Repeat redactions in the file that the database lacks; return the number of records redacted."""
    found = [redact_again(order) for order in kept()]
    went = sum(each.records for each in found)
    if went:
        log.warning("%d records were redacted again: the database was put back as it was before.", went)
    return went


def records_of(order: Order, dataset: str) -> "QuerySet[SentRecord]":
    """Return a person's records in a dataset, by `dataset_key`, until the moment of an order."""
    return SentRecord.objects.filter(
        dataset=dataset, record_id=order.record_id, submission__created_at__lte=order.asked_at
    ).order_by("pk")


def _batches(order: Order, dataset: str) -> Iterator[Sequence[SentRecord]]:
    """Redact the records of a dataset, and yield those of each batch once it is done."""
    while True:
        with transaction.atomic():
            of_person = records_of(order, dataset).exclude(properties="")
            batch = list(of_person[:BATCH])
            if batch:
                _enter(order, dataset)
                _redact(order.record_id, batch)
        if not batch:
            return
        yield batch


def _enter(order: Order, dataset: str) -> None:
    """Record in the database that an order's records may be redacted, unless that is recorded."""
    last = records_of(order, dataset).last()
    assert last is not None
    of_record = Redaction.objects.filter(dataset=dataset, record_id=order.record_id)
    if not of_record.filter(last_record__gte=last.pk).exists():
        Redaction.objects.create(
            dataset=dataset,
            record_id=order.record_id,
            last_record=last.pk,
            person_name=order.person_name,
            redacted_at=order.asked_at,
        )


def _redact(record_id: str, batch: Sequence[SentRecord]) -> None:
    texts = {record_id, *(text for each in batch for text in texts_of(json.loads(each.properties)))}
    own = Submission.objects.filter(pk__in={each.submission_id for each in batch})
    presses = {press for press in own.values_list("press", flat=True) if press}
    # Each call of a press has the whole text that was typed.
    together = Submission._base_manager.filter(Q(pk__in=own.values("pk")) | Q(press__in=presses))
    quoting = [each.pk for each in together.exclude(message="").only("message") if quotes(each.message, texts)]
    # The manager of append-only rows refuses; the database takes these changes alone.
    together.exclude(record_input="").update(record_input="")
    Submission._base_manager.filter(pk__in=quoting).update(message="")
    SentRecord._base_manager.filter(pk__in=[each.pk for each in batch]).update(properties="")
