"""Marks of redacted records: when a person was redacted, and by whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from console.storage.database_trouble import without_database
from console.submissions.models import Redaction, SentRecord

# Each validation while typing asks this: a QuerySet takes many times as long to make its statement.
NEWEST = f"SELECT id FROM {Redaction._meta.db_table} WHERE dataset = %s ORDER BY id DESC LIMIT 1"
# By dataset, as this process last read it.
_newest: dict[str, int] = {}


@dataclass(frozen=True, slots=True)
class Mark:
    """When a record was redacted, and by whom."""

    at: datetime
    person_name: str


def marks_of(records: Iterable[SentRecord]) -> dict[int, Mark]:
    """Return the marks of records that were redacted with a person, by the records' keys."""
    redacted = [each for each in records if not each.properties]
    if not redacted:
        return {}
    found: dict[tuple[str, str], list[Redaction]] = {}
    asked = {
        "dataset__in": {each.dataset for each in redacted},
        "record_id__in": {each.record_id for each in redacted},
    }
    for redaction in Redaction.objects.filter(**asked).order_by("pk"):
        found.setdefault((redaction.dataset, redaction.record_id), []).append(redaction)
    marks = {}
    for each in redacted:
        of_record = found.get((each.dataset, each.record_id), ())
        covering = next((redaction for redaction in of_record if redaction.last_record >= each.pk), None)
        if covering is not None:
            marks[each.pk] = Mark(covering.redacted_at, covering.person_name)
    return marks


def newest_redaction(dataset: str) -> int:
    """Return the key of a person's latest redaction in a dataset, by `dataset_key`; 0 if there is none.

    If the database cannot be queried, return the last known key: the page has AWS's response to show.
    """
    with without_database(), connection.cursor() as cursor:
        cursor.execute(NEWEST, [dataset])
        row = cursor.fetchone()
        _newest[dataset] = row[0] if row else 0
    return _newest.get(dataset, 0)
