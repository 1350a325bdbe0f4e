"""What happened to a dataset beside submissions: after it, what was sent before is not known to be there.

The local service tells of its own; pages that make such jobs at AWS are to tell of them too.
"""

import time
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import batched

from django.db import transaction

from console.storage.database_trouble import patiently
from console.submissions.models import DatasetEvent, SentRecord, dataset_key

MADE_ANEW = "the dataset was created again"
EVER = datetime(1970, 1, 1, tzinfo=UTC)
# Fewer than SQLite takes parameters in a statement.
IDS_IN_A_QUERY = 500
SECONDS_TO_NOTE = 20.0


@dataclass(frozen=True, slots=True)
class Ending:
    """When, and by what, in words that follow the date, earlier records stopped being known to be there."""

    at: datetime
    words: str


def record(endpoint: str, dataset_arn: str, kind: str, record_ids: Iterable[str] | None = None) -> None:
    """Write that something happened to a dataset, or to some of its records alone, now.

    `kind` is one of DatasetEvent.Kind. Of what was never sent from this console, nothing is written. Outside of a
    transaction, a database whose trouble may pass is waited for for some seconds; then its error is raised.
    """
    ids = None if record_ids is None else list(record_ids)
    patiently(lambda: _record(endpoint, dataset_arn, kind, ids), time.monotonic() + SECONDS_TO_NOTE)


@transaction.atomic
def _record(endpoint: str, dataset_arn: str, kind: str, record_ids: Iterable[str] | None) -> None:
    dataset = dataset_key(endpoint, dataset_arn)
    event = {"dataset": dataset, "kind": DatasetEvent.Kind(kind)}
    sent = SentRecord.objects.filter(dataset=dataset).order_by()
    if record_ids is None:
        if sent.exists():
            DatasetEvent.objects.create(**event)
        return
    for batch in batched(record_ids, IDS_IN_A_QUERY):
        known = sent.filter(record_id__in=batch).values_list("record_id", flat=True).distinct()
        DatasetEvent.objects.bulk_create(DatasetEvent(**event, record_id=record_id) for record_id in known)


def endings(
    dataset: str, record_ids: Collection[str], made_at: datetime | None, since: datetime = EVER
) -> dict[str, list[Ending]]:
    """Return for each record what ended it in a dataset, since a moment or ever, the first one first.

    `made_at` is when the dataset was made that is there now, as AWS says, if it does.
    """
    of_ids = {"dataset": dataset, "record_id__in": ["", *record_ids]}
    events = DatasetEvent.objects.filter(**of_ids, happened_at__gte=since)
    found: dict[str, list[Ending]] = {"": [], **{record_id: [] for record_id in record_ids}}
    for record_id, at, kind in events.order_by("happened_at").values_list("record_id", "happened_at", "kind"):
        found[record_id].append(Ending(at, str(DatasetEvent.Kind(kind).label)))
    if made_at and made_at > since:
        found[""].append(Ending(made_at, MADE_ANEW))
    return {
        record_id: sorted([*found[""], *own], key=lambda each: each.at)
        for record_id, own in found.items()
        if record_id
    }


def has_ended(dataset: str, record_ids: Collection[str], since: datetime) -> bool:
    """Return whether something has ended any of some records of a dataset, or all that is in it, since a moment."""
    return DatasetEvent.objects.filter(
        dataset=dataset, record_id__in=["", *record_ids], happened_at__gte=since
    ).exists()


def ending_after(found: Iterable[Ending], moment: datetime) -> Ending | None:
    """Return the first of a record's endings, in their order, from a moment on; None if none came."""
    return next((each for each in found if each.at >= moment), None)
