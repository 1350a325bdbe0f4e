"""Removing imports after some days, with their files and rows: the trail keeps what was sent."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from console.bulk.models import Import, Stage
from console.bulk.uploading import store


def remove_expired() -> int:
    """Remove the imports whose time is over, but those that are being sent; return how many."""
    return _remove(Import.objects.filter(expires_at__lt=timezone.now()))


def remove_before(moment: datetime) -> int:
    """Remove the imports of files from before a moment, but those that are being sent; return how many.

    Their retries go with them, whenever they were made: these have copies of the same rows.
    """
    found = newer = set(Import.objects.filter(created_at__lt=moment).values_list("pk", flat=True))
    while newer:
        newer = set(Import.objects.filter(retry_of__in=newer).values_list("pk", flat=True)) - found
        found |= newer
    return _remove(Import.objects.filter(pk__in=found))


def _remove(imports: QuerySet[Import]) -> int:
    count = 0
    for bulk_import in imports.exclude(stage=Stage.SENDING).iterator():
        store.remove(bulk_import)
        bulk_import.delete()
        count += 1
    return count
