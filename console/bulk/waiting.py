"""What an import at work waits for, whether its last calls are under way, and whether its worker lives."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from console.bulk.models import Import, Stage
from console.work.leases import LEASE_LASTS

# A worker says at least every two seconds that it lives, unless the machine is busy.
SILENCE = timedelta(seconds=6)
# What is due is begun at once where a worker is free.
SOON = timedelta(seconds=2)
STOPPED = (Stage.PAUSED, Stage.CANCELLED)
# What takes some seconds to check: some 40,000 rows, or several times as many of a file that is packed.
SHORT_FILE_BYTES, SHORT_RETRY_RECORDS = 4 * 1024**2, 50_000


def is_soon_checked() -> Q:
    """Return the condition on imports that take a moment to check. Of a retry, its records are compared again."""
    is_short_retry = Q(retry_of__isnull=False, row_count__lte=SHORT_RETRY_RECORDS)
    return Q(retry_of__isnull=True, file_size__lte=SHORT_FILE_BYTES) | is_short_retry


def is_ahead(sending_began_at: Any, now: datetime) -> Q:
    """Return the condition on imports of a dataset which are sent before one whose sending began at a moment.

    Those are the ones that began earlier, and any whose calls are under way, such as after a pause.
    """
    has_calls = _leased(now) & Q(stage__in=(Stage.SENDING, *STOPPED), sending_began_at__isnull=False)
    return Q(stage=Stage.SENDING, sending_began_at__lt=sending_began_at) | has_calls


def first_of_dataset(bulk_import: Import) -> Import | None:
    """Return the import that one which is being sent waits for, of the same dataset; None if it waits for none."""
    now = timezone.now()
    if bulk_import.stage != Stage.SENDING or is_leased(bulk_import, now):
        return None
    of_dataset = Import.objects.filter(endpoint=bulk_import.endpoint, dataset_arn=bulk_import.dataset_arn)
    others = of_dataset.filter(is_ahead(bulk_import.sending_began_at, now)).exclude(pk=bulk_import.pk)
    return others.order_by("sending_began_at").first()


def waits_for_its_turn(bulk_import: Import) -> bool:
    """Say whether an import is due, and all threads that check, or that send, have others."""
    now = timezone.now()
    if not bulk_import.is_at_work or bulk_import.lease or bulk_import.starts_at > now - SOON:
        return False
    at_work = Import.objects.filter(_leased(now), stage=bulk_import.stage)
    if bulk_import.stage == Stage.CHECKING and Import.objects.filter(is_soon_checked(), pk=bulk_import.pk).exists():
        # A thread of the worker has these alone.
        at_work = at_work.filter(is_soon_checked())
    return at_work.exists()


def others_wait_to_send(bulk_import: Import) -> bool:
    """Say whether an import of another dataset than that of one which is being sent is due, and no worker has it."""
    now = timezone.now()
    due = Import.objects.filter(stage=Stage.SENDING, starts_at__lte=now).exclude(_leased(now))
    return due.exclude(endpoint=bulk_import.endpoint, dataset_arn=bulk_import.dataset_arn).exists()


def is_ending(bulk_import: Import) -> bool:
    """Say whether an import was paused or cancelled, and calls of it are still under way, or are yet to be counted.

    Those of a worker that died are counted once its lease is over.
    """
    was_sent = bulk_import.sending_began_at is not None
    return was_sent and bulk_import.stage in STOPPED and bulk_import.lease != ""


def is_silent(bulk_import: Import) -> bool:
    """Say whether the worker of an import has not said for some seconds that it lives."""
    if not bulk_import.is_at_work or not bulk_import.lease or bulk_import.leased_until is None:
        return False
    return bulk_import.leased_until < timezone.now() + LEASE_LASTS - SILENCE


def _leased(now: datetime) -> Q:
    """Return the condition on imports that a worker has, as `is_leased` says it of one."""
    return Q(leased_until__gt=now) & ~Q(lease="")


def is_leased(bulk_import: Import, now: datetime) -> bool:
    """Say whether a worker has an import."""
    return bool(bulk_import.lease) and bulk_import.leased_until is not None and bulk_import.leased_until > now
