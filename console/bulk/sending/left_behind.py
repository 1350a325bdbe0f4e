"""Imports that were paused or cancelled while their worker died: the trail tells what became of their last calls."""

import logging
from collections import Counter

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F

from console.bulk.models import Import, Part
from console.bulk.sending.calls import calls_of
from console.bulk.sending.sent_calls import sent_calls
from console.bulk.sending.settled import COUNTERS, Settled, meaning_of
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
    sent = [(index, with_known_answer(each)) for index, each in sent_calls(lease.row, part)]
    if any(is_under_way(each) for _index, each in sent):
        return False
    calls = calls_of(lease.row, part)
    outcomes, counts = list(part.outcomes.ljust(len(calls), Settled.OPEN)), Counter[str]()
    for index, each in sent:
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
