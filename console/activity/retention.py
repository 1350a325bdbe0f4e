"""Addresses go from entries after CONSOLE_ACTIVITY_ADDRESS_DAYS; all else of an entry stays."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from console.activity.models import Entry
from console.submissions.retention import overwrite_what_is_removed

# Rows changed in one transaction, which other writers wait for.
BATCH = 500


def remove_old_addresses() -> int:
    """Remove the addresses of entries that are old enough, and return how many there were."""
    moment = timezone.now() - timedelta(days=settings.CONSOLE_ACTIVITY_ADDRESS_DAYS)
    removed = 0
    while some := _remove_some(moment):
        removed += some
    return removed


def _remove_some(moment: datetime) -> int:
    old = Entry.objects.filter(happened_at__lt=moment).exclude(address="").order_by("happened_at")
    keys = list(old.values_list("pk", flat=True)[:BATCH])
    if not keys:
        return 0
    overwrite_what_is_removed()
    # The manager of append-only rows refuses; the database takes this change alone.
    return Entry._base_manager.filter(pk__in=keys).update(address="")
