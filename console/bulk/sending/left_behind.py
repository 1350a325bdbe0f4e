"""Imports that were paused or cancelled while their worker died: the trail tells what became of their last calls."""

import logging
from collections import Counter

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F

from console.bulk.models import Import, Part
from console.bulk.sending.calls import CALLS_IN_A_PART, calls_of
from console.bulk.sending.settled import COUNTERS, Settled, meaning_of
from console.submissions.models import Submission
from console.submissions.presses.under_way import is_under_way
from console.submissions.recording import with_known_answer
from console.work.leases import Lease

log = logging.getLogger(__name__)


def settle_left_behind(lease: Lease[Import]) -> None:
    """Count the calls that have no worker any more, once none of them may still get its answer.

    The lease tells that this is to be done: until then it is left as the worker that died has left it.
    """
    bulk_import = lease.row
    try:
        parts = Part.objects.filter(bulk_import=bulk_import, is_settled=False).order_by("number")
        if bulk_import.import_mode or all(_settle(lease, part) for part in parts):
            lease.finish()
    except (OperationalError, InterfaceError) as error:
        log.warning("The calls of the import %s cannot be counted yet (%s).", bulk_import, type(error).__name__)
    if not lease.is_over:
        lease.leave()


def _settle(lease: Lease[Import], part: Part) -> bool:
    """Count the calls of a part that were sent, and return false if one of them may still get its answer."""
    first = part.number * CALLS_IN_A_PART
    sent = Submission.objects.filter(
        bulk_import=lease.row.key, bulk_call__gte=first, bulk_call__lt=first + CALLS_IN_A_PART
    )
    found = [with_known_answer(each) for each in sent.defer("record_input").order_by("created_at")]
    if any(map(is_under_way, found)):
        return False
    calls = calls_of(lease.row, part)
    outcomes, counts = list(part.outcomes.ljust(len(calls), Settled.OPEN)), Counter[str]()
    for each in found:
        index = (each.bulk_call or 0) - first
        verdict = meaning_of(lease.row.entity, each)
        if outcomes[index] == Settled.OPEN and verdict != Settled.OPEN:
            outcomes[index] = verdict
            counts[COUNTERS[verdict]] += len(calls[index].records)
    with transaction.atomic():
        lease.renew(**{name: F(name) + count for name, count in counts.items()})
        Part.objects.filter(pk=part.pk).update(
            outcomes="".join(outcomes), is_settled=bool(outcomes) and Settled.OPEN not in outcomes
        )
    return True
