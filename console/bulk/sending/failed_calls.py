"""The calls of a part whose records did not arrive, or are not known to have."""

from typing import Any

from console.bulk.models import Import, Part
from console.bulk.sending.calls import CALLS_IN_A_PART, PlannedCall, calls_of
from console.bulk.sending.settled import Settled


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
    failed = failed_calls(bulk_import, part)
    return {
        "numbers": [number for call in failed for number in call.rows],
        "ids": [record_id for call in failed for record_id, _properties in call.records],
        "properties": [properties for call in failed for _record_id, properties in call.records],
    }
