"""Pages of a dataset's records, filtered by the beginning of their IDs; AWS has no API for that.

Pages begin after an id or end before one, so that they stay right while records come and go, and the last page is
found as fast as the first. All of it reads the index of a dataset's ids.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from console.local.models import Dataset, StoredEvent, StoredRecord
from console.local.storage.resource_rows import NOW, Rows, not_gone
from console.records.prefixes import end_of_prefix

DATASETS = Rows(Dataset).where(not_gone(), NOW)
FILLED = DATASETS.where(
    f"(EXISTS (SELECT 1 FROM {StoredRecord._meta.db_table} WHERE dataset_id = own.id)"
    f" OR EXISTS (SELECT 1 FROM {StoredEvent._meta.db_table} WHERE dataset_id = own.id))"
)


@dataclass(frozen=True, slots=True)
class RecordsPage:
    """A page of records in ID order, and whether there are pages before and after it."""

    records: Sequence[StoredRecord]
    has_previous: bool
    has_next: bool


def records_page(dataset_arn: str, prefix: str, after: str | None, before: str | None, size: int) -> RecordsPage:
    """Return a page of the records whose ids begin with a prefix: the first, one after an id, or one before an id.

    Where nothing is left after the id, the last page is returned; where too little is left before it, the first one.
    """
    records = _records(dataset_arn, prefix, after or "", before or "")
    if after is not None:
        found = list(_from(records, prefix, after)[: size + 1])
        if found:
            has_previous = _up_to(records, prefix, found[0].record_id).exists()
            return RecordsPage(found[:size], has_previous, len(found) > size)
    if after is not None or before is not None:
        found = list(_up_to(records, prefix, before if after is None else None)[: size + 1])
        if len(found) > size or (after is not None and found):
            shown = found[:size][::-1]
            return RecordsPage(shown, len(found) > size, _from(records, prefix, shown[-1].record_id).exists())
    found = list(_from(records, prefix, None)[: size + 1])
    return RecordsPage(found[:size], False, len(found) > size)


def count_records(dataset_arn: str, prefix: str, most: int) -> int:
    """Return how many records have IDs that begin with a prefix, counting up to a limit."""
    return _from(_records(dataset_arn, prefix), prefix, None).order_by()[:most].count()


def with_records(dataset_arns: Collection[str]) -> set[str]:
    """Return which datasets, by ARN, store any records or events."""
    return {arn for arn in dataset_arns if FILLED.at(arn)}


def records_from(dataset_arn: str, prefix: str, after: str | None = None) -> QuerySet[StoredRecord]:
    """Return the records whose ids begin with a prefix, those after an id, in order of their ids."""
    return _from(_records(dataset_arn, prefix, after or ""), prefix, after)


def find_record(dataset_arn: str, record_id: str) -> StoredRecord | None:
    """Return the record with an ID, or None."""
    return _records(dataset_arn, record_id).filter(record_id=record_id).first()


def find_records(dataset_arn: str, record_ids: Collection[str]) -> dict[str, StoredRecord]:
    """Return the existing records with some IDs, by ID."""
    if not can_be_stored(record_ids):
        return {}
    dataset = DATASETS.at(dataset_arn)
    if dataset is None:
        return {}
    return {record.record_id: record for record in dataset.records.filter(record_id__in=record_ids)}


def ids_beside(dataset_arn: str, dataset_type: str, record_ids: Collection[str]) -> set[str] | None:
    """Return which of some ids are those of records in another dataset of a dataset's group; None if it has none."""
    beside = Dataset.objects.filter(group__datasets__arn=dataset_arn, dataset_type=dataset_type).first()
    if beside is None or beside.is_gone:
        return None
    return set(find_records(beside.arn, record_ids))


def _records(dataset_arn: str, *texts: str) -> QuerySet[StoredRecord]:
    """Return the records of a dataset; none for a text that the database cannot store."""
    dataset = DATASETS.at(dataset_arn)
    if dataset is None or not can_be_stored(texts):
        return StoredRecord.objects.none()
    return StoredRecord.objects.filter(dataset=dataset)


def can_be_stored(texts: Iterable[str]) -> bool:
    """Return whether the database can store some texts: not all databases can store NUL."""
    stores_nul = not connection.features.prohibits_null_characters_in_text_exception
    return stores_nul or all("\0" not in text for text in texts)


# An index is entered at one end of a range: of two lower ends, or two upper ones, only the nearer is asked for.


def _from(records: QuerySet[StoredRecord], prefix: str, after: str | None) -> QuerySet[StoredRecord]:
    """Return the records whose ids begin with a prefix, those after an id, upwards."""
    end = end_of_prefix(prefix)
    records = records.filter(record_id__lt=end) if end else records
    if after is not None and after >= prefix:
        return records.filter(record_id__gt=after).order_by("record_id")
    return (records.filter(record_id__gte=prefix) if prefix else records).order_by("record_id")


def _up_to(records: QuerySet[StoredRecord], prefix: str, before: str | None) -> QuerySet[StoredRecord]:
    """Return the records whose ids begin with a prefix, those before an id, downwards."""
    ends = [end for end in (end_of_prefix(prefix), before) if end is not None]
    records = records.filter(record_id__lt=min(ends)) if ends else records
    return (records.filter(record_id__gte=prefix) if prefix else records).order_by("-record_id")
