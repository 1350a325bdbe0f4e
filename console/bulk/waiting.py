"""What an import at work waits for, whether its last calls are in progress, and whether its worker is alive."""

from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from console.bulk.at_once import LONG_CHECKS_AT_ONCE, SENT_AT_ONCE, SHORT_CHECKS_AT_ONCE
from console.bulk.models import Import, Stage
from console.records.files.source import FileKind
from console.work.leases import LEASE_LASTS

# A worker says at least every two seconds that it lives, unless the machine is busy.
SILENCE = timedelta(seconds=6)
# Due work starts within this time when a worker is free.
SOON = timedelta(seconds=2)
# After that, no thread was free for an import that is due.
PATIENCE = timedelta(seconds=10)
STOPPED = (Stage.PAUSED, Stage.CANCELLED)
# Largest file that is checked within seconds: about 40,000 rows, or several times as many when compressed.
SHORT_FILE_BYTES, SHORT_RETRY_RECORDS = 4 * 1024**2, 50_000
SHORT_PACKED_BYTES = SHORT_FILE_BYTES // 6


class Turn(StrEnum):
    """What a due import waits for while all threads for its work are busy with others."""

    OWN_CHECK = "own check"
    CHECKS = "checks"
    IMPORTS = "imports"


def is_soon_checked() -> Q:
    """Return the condition for imports that are checked within seconds. A retry's records are only compared again."""
    is_short_retry = Q(retry_of__isnull=False, row_count__lte=SHORT_RETRY_RECORDS)
    is_packed = Q(look__is_gzip=True) | Q(look__kind=FileKind.XLSX.value)
    is_short = Q(file_size__lte=SHORT_PACKED_BYTES) | (Q(file_size__lte=SHORT_FILE_BYTES) & ~is_packed)
    return is_short_retry | (Q(retry_of__isnull=True) & is_short)


def has_no_long_check() -> Q:
    """Return the condition for imports of people without another long check in progress."""
    at_work = Import.objects.filter(_leased(timezone.now()), ~is_soon_checked(), stage=Stage.CHECKING)
    return ~Q(Exists(at_work.filter(person=OuterRef("person")).exclude(pk=OuterRef("pk"))))


def has_calls(now: datetime) -> Q:
    """Return the condition for imports that may have calls in progress, including ones just paused."""
    return _leased(now) & Q(stage__in=(Stage.SENDING, *STOPPED), sending_began_at__isnull=False)


def waits_for_a_job(others: QuerySet[Import]) -> Q:
    """Return the condition for imports that must wait for others of their dataset, because either uses a job."""
    earlier = others.filter(stage=Stage.SENDING, sending_began_at__lt=OuterRef("sending_began_at"))
    return Q(Exists(earlier.exclude(import_mode=""))) | (~Q(import_mode="") & Q(Exists(earlier)))


def first_of_dataset(bulk_import: Import) -> Import | None:
    """Return the import of the same dataset that one being sent waits for; None if there is none.

    Imports sent in calls only wait for one another for seconds: see `sharing_imports`.
    """
    now = timezone.now()
    if bulk_import.stage != Stage.SENDING or is_leased(bulk_import, now):
        return None
    earlier = Q(stage=Stage.SENDING, sending_began_at__lt=bulk_import.sending_began_at)
    if not bulk_import.import_mode:
        earlier &= ~Q(import_mode="")
    last_calls = has_calls(now) & Q(stage__in=STOPPED)
    return _others_of_dataset(bulk_import).filter(earlier | last_calls).order_by("sending_began_at").first()


def sharing_imports(bulk_import: Import) -> list[Import]:
    """Return the imports of its dataset that an import takes turns with, or would if it were sent."""
    if bulk_import.stage not in (Stage.CHECKED, Stage.SENDING) or bulk_import.import_mode:
        return []
    now = timezone.now()
    is_at_work = _leased(now) | Q(starts_at__lte=now)
    others = _others_of_dataset(bulk_import).filter(is_at_work, stage=Stage.SENDING, import_mode="")
    return list(others.order_by("sending_began_at"))


def waits_for_its_turn(bulk_import: Import) -> Turn | None:
    """Return what a due import waits for while no thread of a worker is free; None if it does not wait."""
    now = timezone.now()
    if not bulk_import.is_at_work or bulk_import.lease or bulk_import.starts_at > now - SOON:
        return None
    at_work = Import.objects.filter(_leased(now), stage=bulk_import.stage)
    if bulk_import.stage == Stage.SENDING:
        return Turn.IMPORTS if at_work.count() >= SENT_AT_ONCE else None
    if Import.objects.filter(is_soon_checked(), pk=bulk_import.pk).exists():
        # There are threads for these alone.
        return Turn.CHECKS if at_work.filter(is_soon_checked()).count() >= SHORT_CHECKS_AT_ONCE else None
    at_work = at_work.exclude(is_soon_checked())
    if at_work.filter(person=bulk_import.person_id).exists():
        return Turn.OWN_CHECK
    return Turn.CHECKS if at_work.count() >= LONG_CHECKS_AT_ONCE else None


def others_wait_to_send(bulk_import: Import) -> bool:
    """Return whether another import of a sending import's dataset is due.

    An import of any dataset that has waited for a free thread for a while counts too.
    """
    now = timezone.now()
    due = (
        Import.objects.filter(stage=Stage.SENDING, starts_at__lte=now).exclude(_leased(now)).exclude(pk=bulk_import.pk)
    )
    of_dataset = Q(endpoint=bulk_import.endpoint, dataset_arn=bulk_import.dataset_arn)
    # One that is sent by a job begins once this one has ended.
    return due.filter((of_dataset & Q(import_mode="")) | (~of_dataset & Q(starts_at__lte=now - PATIENCE))).exists()


def _others_of_dataset(bulk_import: Import) -> QuerySet[Import]:
    of_dataset = Import.objects.filter(endpoint=bulk_import.endpoint, dataset_arn=bulk_import.dataset_arn)
    return of_dataset.exclude(pk=bulk_import.pk)


def is_ending(bulk_import: Import) -> bool:
    """Return whether a paused or cancelled import has calls in progress, or calls still to be counted.

    Calls of a dead worker are counted once its lease has expired.
    """
    was_sent = bulk_import.sending_began_at is not None
    return was_sent and bulk_import.stage in STOPPED and bulk_import.lease != ""


def is_silent(bulk_import: Import) -> bool:
    """Return whether the worker of an import has given no sign of life for some seconds."""
    if not bulk_import.is_at_work or not bulk_import.lease or bulk_import.leased_until is None:
        return False
    return bulk_import.leased_until < timezone.now() + LEASE_LASTS - SILENCE


def _leased(now: datetime) -> Q:
    """Return the condition for imports that a worker has, as `is_leased` checks for one."""
    return Q(leased_until__gt=now) & ~Q(lease="")


def is_leased(bulk_import: Import, now: datetime) -> bool:
    """Return whether a worker has an import."""
    return bool(bulk_import.lease) and bulk_import.leased_until is not None and bulk_import.leased_until > now
