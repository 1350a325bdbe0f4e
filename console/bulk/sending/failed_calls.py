"""The calls of a part whose records did not arrive, or are not known to have, and those that were not sent."""

from collections.abc import Sequence
from typing import Any

from console.bulk.models import Import, Part
from console.bulk.sending.calls import CALLS_IN_A_PART, PlannedCall, calls_of
from console.bulk.sending.sent_calls import sent_calls
from console.bulk.sending.settled import Settled, meaning_of
from console.submissions.recording import with_known_answer


def failed_calls(bulk_import: Import, part: Part) -> list[PlannedCall]:
    """Return the calls of a part whose records did not arrive, or are not known to have."""
    failed = {
        part.number * CALLS_IN_A_PART + index
        for index, outcome in enumerate(part.outcomes)
        if outcome in (Settled.REFUSED, Settled.UNCONFIRMED)
    }
    return [call for call in calls_of(bulk_import, part) if call.number in failed] if failed else []


def failed_records_of(bulk_import: Import, part: Part) -> dict[str, list[Any]]:
    """Return the records of these calls, as a part has them."""
    return _records_of(failed_calls(bulk_import, part))


def unsent_records_of(bulk_import: Import, part: Part) -> dict[str, list[Any]]:
    """Return the records of the calls of a part that were not sent, as a part has them.

    Of a worker that died, the trail tells which calls were answered, or may have been.
    """
    calls = calls_of(bulk_import, part)
    outcomes = part.outcomes.ljust(len(calls), Settled.OPEN)
    known = {
        index
        for index, each in sent_calls(bulk_import, part)
        if meaning_of(bulk_import.entity, with_known_answer(each)) != Settled.OPEN
    }
    return _records_of(
        [call for index, call in enumerate(calls) if outcomes[index] == Settled.OPEN and index not in known]
    )


def _records_of(calls: Sequence[PlannedCall]) -> dict[str, list[Any]]:
    return {
        "numbers": [number for call in calls for number in call.rows],
        "ids": [record_id for call in calls for record_id, _properties in call.records],
        "properties": [properties for call in calls for _record_id, properties in call.records],
    }
