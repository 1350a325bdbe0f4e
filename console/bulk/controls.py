"""What a person does to an import: check, send, pause, resume and cancel it, and retry what failed.

Each changes the import's row on condition that it is still as the person saw it: the second of two changes does
nothing.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from console.bulk.checking.invalid_rows import pack_rows
from console.bulk.models import Import, Part, Stage, packed
from console.bulk.sending.failed_calls import failed_records_of, unsent_records_of
from console.bulk.sending.targets import WHOLE_SHARE
from console.bulk.waiting import is_ending
from console.work.waking import wake_worker

CHECKABLE = (Stage.MAPPING, Stage.CHECKED)
CANCELLABLE = (Stage.UPLOADING, Stage.MAPPING, Stage.CHECKING, Stage.CHECKED, Stage.SENDING, Stage.PAUSED)
COUNTS = ("row", "valid", "invalid", "superseded", "new", "changed", "same", "newer")


def start_check(bulk_import: Import, **chosen: Any) -> bool:
    """Let the worker check an import with the chosen fields; return False if it is no longer at that stage.

    The records of a retry were checked with the first import.
    """
    if bulk_import.retry_of_id:
        return False
    zero = {f"{name}_count": 0 for name in COUNTS}
    return _move(bulk_import, CHECKABLE, Stage.CHECKING, progress=0, findings={}, problem="", **zero, **chosen)


def start_sending(
    bulk_import: Import,
    *,
    share: int = WHOLE_SHARE,
    leaves_out_same: bool = False,
    leaves_out_newer: bool = False,
    import_mode: str = "",
    **person: Any,
) -> bool:
    """Let the worker send a checked import at a share of AWS's rate, in percent; return False if it has moved on.

    With an `import_mode`, FULL or INCREMENTAL, a dataset import job sends it instead. `person` are the fields that say
    who sends it, and is responsible for what is sent.
    """
    with transaction.atomic():
        is_moved = _move(
            bulk_import,
            (Stage.CHECKED,),
            Stage.SENDING,
            share=share,
            leaves_out_same=leaves_out_same,
            leaves_out_newer=leaves_out_newer,
            import_mode=import_mode,
            job_name="",
            is_job_noted=False,
            sending_began_at=timezone.now(),
            problem="",
            **person,
        )
        if is_moved:
            Part.objects.filter(bulk_import=bulk_import).update(outcomes="", is_settled=False)
    return is_moved


def send_fixed(bulk_import: Import, **person: Any) -> bool:
    """Let the worker send rows that were fixed after all others were sent; return False if there are none."""
    if bulk_import.import_mode or not fixed_count(bulk_import):
        return False
    return _move(bulk_import, (Stage.DONE,), Stage.SENDING, problem="", ended_at=None, is_seen=False, **person)


def fixed_count(bulk_import: Import) -> int:
    """Return the number of fixed rows that have not been sent."""
    parts = Part.objects.filter(bulk_import=bulk_import, is_of_fixed_rows=True, is_settled=False)
    return sum(parts.values_list("valid_count", flat=True))


def pause(bulk_import: Import) -> bool:
    """Stop sending an import after the calls in flight; return False if it is not being sent."""
    return _move(bulk_import, (Stage.SENDING,), Stage.PAUSED, False, waiting_for="", problem="")


def resume(bulk_import: Import, **person: Any) -> bool:
    """Continue a paused import; return False if it is not paused. `person` is as for `start_sending`."""
    return _move(bulk_import, (Stage.PAUSED,), Stage.SENDING, problem="", attempts=0, is_seen=False, **person)


def cancel(bulk_import: Import, by: str = "") -> bool:
    """End an import without undoing what was sent; return False if it is over. `by` is the person's name."""
    ended = {"waiting_for": "", "ended_at": timezone.now(), "cancelled_by": by}
    return _move(bulk_import, CANCELLABLE, Stage.CANCELLED, False, **ended)


def rest_count(bulk_import: Import) -> int:
    """Return the number of records a cancelled import had not sent; 0 for others, or while its last calls run."""
    was_sent = bulk_import.stage == Stage.CANCELLED and bulk_import.sending_began_at and not bulk_import.job_name
    if not was_sent or is_ending(bulk_import):
        return 0
    return max(0, bulk_import.to_send_count - bulk_import.settled_count)


def retry(bulk_import: Import, **person: Any) -> Import:
    """Return a new import of the records of a finished one that did not arrive, or may not have.

    `person` are the fields that say who retries. It is compared with what is known now before it can be sent.
    """
    return _again(bulk_import, failed_records_of, **person)


def import_rest(bulk_import: Import, **person: Any) -> Import:
    """Return a new import of the records that a cancelled one had not sent; `person` is as for `retry`."""
    return _again(bulk_import, unsent_records_of, is_rest=True, **person)


def _again(bulk_import: Import, records_of: Callable[[Import, Part], dict[str, list[Any]]], **fields: Any) -> Import:
    same = ("environment", "endpoint", "dataset_group", "dataset_arn", "dataset_type", "file_name", "file_size")
    kept = {name: getattr(bulk_import, name) for name in (*same, "look", "columns", "schema_text", "share")}
    with transaction.atomic():
        made = Import.objects.create(
            retry_of=bulk_import, stage=Stage.CHECKING, starts_at=timezone.now(), **kept, **fields
        )
        count = 0
        for part in Part.objects.filter(bulk_import=bulk_import).order_by("number").iterator(chunk_size=4):
            records = records_of(bulk_import, part)
            if records["ids"]:
                count += len(records["ids"])
                Part.objects.create(
                    bulk_import=made,
                    number=part.number,
                    packed_records=packed(records),
                    packed_invalid=pack_rows([]),
                    valid_count=len(records["ids"]),
                )
        Import.objects.filter(pk=made.pk).update(row_count=count, valid_count=count)
        transaction.on_commit(wake_worker)
    made.refresh_from_db()
    return made


def _move(bulk_import: Import, stages: Iterable[Stage], to: Stage, wakes: bool = True, /, **fields: Any) -> bool:
    if wakes:
        fields["starts_at"] = timezone.now()
    moved = Import.objects.filter(pk=bulk_import.pk, stage__in=stages).update(stage=to, **fields)
    bulk_import.refresh_from_db()
    if moved and wakes:
        transaction.on_commit(wake_worker)
    return bool(moved)
