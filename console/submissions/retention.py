"""Retention: what was typed and the records' properties go after a time, and all else of a submission stays.

AWS's message goes too where it quotes a value of the properties.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from time import monotonic, sleep
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from console.submissions.models import SentRecord, Submission

# Rows redacted in one transaction, which other writers wait for.
BATCH = 100
# SQLite's busy handler polls at least every tenth of a second (sqliteDefaultBusyCallback). A batch that takes over a
# second was itself waiting for the lock.
SHORTEST_PAUSE, LONGEST_PAUSE = 0.1, 1.0


# Callbacks by which other packages redact records from before a moment.
_others: list[Callable[[datetime], str]] = []


def also_redact(remove_before: Callable[[datetime], str]) -> None:
    """Let a function remove what is kept elsewhere of records, when submissions from before a moment are redacted.

    It returns a sentence that says what it could not remove, or "".
    """
    _others.append(remove_before)


def redact_elsewhere(moment: datetime) -> list[str]:
    """Remove what is kept of records elsewhere, from before a moment; return what could not be removed, in words."""
    return [left for remove_before in _others if (left := remove_before(moment))]


def overwrite_what_is_removed() -> None:
    """Have SQLite overwrite removed values with zeros; on PostgreSQL, vacuum frees their space."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


def redact_before(moment: datetime) -> Iterator[int]:
    """Redact the submissions that were made before a moment; yield the number of each batch once it is done.

    What breaks off in between leaves whole batches, and goes on when it is called again. On SQLite, it pauses after
    each whole batch for as long as that took, so that others get to write.
    """
    began = monotonic()
    while count := _redact_batch(moment):
        yield count
        # PostgreSQL locks the rows of the batch alone.
        if connection.vendor == "sqlite" and count == BATCH:
            sleep(min(max(SHORTEST_PAUSE, monotonic() - began), LONGEST_PAUSE))
        began = monotonic()


def _redact_batch(moment: datetime) -> int:
    old = Submission.objects.filter(created_at__lt=moment, redacted_at__isnull=True).order_by("created_at", "pk")
    with transaction.atomic():
        # Two who redact at once take turns.
        batch = list(old.select_for_update().only("message")[:BATCH])
        quoting = [each.pk for each in batch if each.message and _quotes_properties(each)]
        # The manager of append-only rows refuses; the database takes these changes alone.
        known = Submission._base_manager.filter(pk__in=[each.pk for each in batch])
        removed = {"record_input": "", "redacted_at": timezone.now()}
        known.exclude(pk__in=quoting).update(**removed)
        known.filter(pk__in=quoting).update(**removed, message="")
        SentRecord._base_manager.filter(submission__in=batch).update(properties="")
    return len(batch)


def _quotes_properties(submission: Submission) -> bool:
    """Return whether AWS's message has a value of the properties in it, as a word or several."""
    properties = (sent.properties for sent in submission.sent_records.all() if sent.properties)
    return quotes(submission.message, {text for each in properties for text in texts_of(json.loads(each))})


def quotes(message: str, texts: Iterable[str]) -> bool:
    """Return whether a message has one of some texts in it, as a word or several."""
    return any(re.search(rf"(?<!\w){re.escape(text)}(?!\w)", message) for text in texts if text)


def texts_of(value: Any) -> Iterator[str]:
    """Yield the text of each value of JSON: categories, which stand in one text, on their own too."""
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from texts_of(each)
    elif isinstance(value, str):
        yield from (value, *value.split("|"))
    elif value is not None:
        yield json.dumps(value)
