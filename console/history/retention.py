"""Retention: what was typed and the users' properties go after a time, and all else of a submission stays."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from console.history.models import SentUser, Submission

# So many are redacted together: others who write wait for as long as that takes.
BATCH = 100


def redact_before(moment: datetime) -> Iterator[int]:
    """Redact the submissions that were made before a moment; yield the number of each batch once it is done.

    What breaks off in between leaves whole batches, and goes on when it is called again.
    """
    while count := _redact_batch(moment):
        yield count


def _redact_batch(moment: datetime) -> int:
    old = Submission.objects.filter(created_at__lt=moment, redacted_at__isnull=True).order_by("created_at", "pk")
    with transaction.atomic():
        # Two who redact at once take turns.
        keys = list(old.select_for_update().values_list("pk", flat=True)[:BATCH])
        # The manager of append-only rows refuses; the database takes this change alone.
        Submission._base_manager.filter(pk__in=keys).update(record_input="", redacted_at=timezone.now())
        SentUser._base_manager.filter(submission__in=keys).update(properties="")
    return len(keys)
