"""Removing imports after some days, with their files and rows: the trail keeps what was sent.

An import whose file cannot be removed stays with it, and the worker tries again.
"""

import logging
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from console.bulk.models import Import, Stage
from console.bulk.uploading import store

NOT_REMOVED = "The file of this import could not be removed ({reason}). The console tries again. {advice}"

log = logging.getLogger(__name__)


def remove_expired() -> int:
    """Remove the imports whose time is over, but those that are being sent; return how many."""
    return _remove(Import.objects.filter(expires_at__lt=timezone.now()))[0]


def remove_before(moment: datetime) -> int:
    """Remove the imports of files from before a moment, but those that are being sent; return how many are left.

    These are the ones whose files cannot be removed. Retries go with what they retry, whenever they were made: these
    have copies of the same rows.
    """
    found = newer = set(Import.objects.filter(created_at__lt=moment).values_list("pk", flat=True))
    while newer:
        newer = set(Import.objects.filter(retry_of__in=newer).values_list("pk", flat=True)) - found
        found |= newer
    return _remove(Import.objects.filter(pk__in=found))[1]


def remove(bulk_import: Import) -> bool:
    """Remove an import with its file and its rows; return false where the file cannot be: the worker tries again."""
    return _remove(Import.objects.filter(pk=bulk_import.pk))[0] == 1


def discard(bulk_import: Import) -> str:
    """Remove an import that was never sent; return a sentence where its file cannot be removed, "" if all went.

    It is cancelled then, and the worker tries again.
    """
    try:
        store.remove(bulk_import)
    except OSError as error:
        _keep_for_later(bulk_import, error, stage=Stage.CANCELLED, ended_at=timezone.now())
        return NOT_REMOVED.format(reason=error.strerror, advice=store.advice(error))
    _delete(bulk_import)
    return ""


def _remove(imports: QuerySet[Import]) -> tuple[int, int]:
    """Remove imports with their files; return how many went, and how many are left since their file cannot be."""
    gone = left = 0
    for bulk_import in imports.exclude(stage=Stage.SENDING).iterator():
        try:
            store.remove(bulk_import)
        except OSError as error:
            _keep_for_later(bulk_import, error)
            left += 1
        else:
            _delete(bulk_import)
            gone += 1
    return gone, left


def _delete(bulk_import: Import) -> None:
    """Delete an import with all that is of it, also what the worker is about to add to it."""
    with transaction.atomic():
        # Code that adds parts holds a lock on this row until they are written.
        Import.objects.select_for_update().filter(pk=bulk_import.pk).first()
        bulk_import.delete()


def _keep_for_later(bulk_import: Import, error: OSError, **fields: Any) -> None:
    """Let an import expire now, so that the worker tries to remove it."""
    log.warning("The file of the import %s cannot be removed (%s). It is tried again.", bulk_import, error.strerror)
    Import.objects.filter(pk=bulk_import.pk).update(expires_at=timezone.now(), **fields)
