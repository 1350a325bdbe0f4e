"""Events of a dataset other than submissions, after which earlier records may no longer exist.

The local service reports its own; pages that start such jobs at AWS report theirs.
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
    """When and why earlier records may have ceased to exist, in words that follow the date."""

    at: datetime
    words: str


def record(endpoint: str, dataset_arn: str, kind: str, record_ids: Iterable[str] | None = None) -> None:
    """Record an event of a dataset, or of some of its records only, that happens now.

    `kind` is one of DatasetEvent.Kind. Records that were never sent from this console are skipped. Outside a
    transaction, a passing problem of the database is waited out for some seconds before its error is raised.
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
    """Return each record's endings in a dataset, since a moment or ever, earliest first.

    `made_at` is when the present dataset was created, if AWS says so.
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
    """Return whether some records of a dataset, or all of them, have had an ending since a moment."""
    return DatasetEvent.objects.filter(
        dataset=dataset, record_id__in=["", *record_ids], happened_at__gte=since
    ).exists()


def ending_after(found: Iterable[Ending], moment: datetime) -> Ending | None:
    """Return the first of a record's ordered endings from a moment on; None if there is none."""
    return next((each for each in found if each.at >= moment), None)
