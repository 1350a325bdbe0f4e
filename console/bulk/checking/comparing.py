"""Comparing the valid records of an import with what is known: which are new, changed or unchanged."""

import json
import logging
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from itertools import batched
from typing import Any

from console.bulk.checking.progress import READ, progress_of_comparing
from console.bulk.models import Difference, Import, Part
from console.bulk.parts import parts_of
from console.bulk.places import NotPossibleError, dataset_of, environment_of
from console.personalize.environments import Environment
from console.personalize.errors import PersonalizeError
from console.submissions.known.dataset_events import IDS_IN_A_QUERY
from console.submissions.known.known_records import KnownRecord, known_records
from console.submissions.trails.sight import sight_of_arn
from console.work.garbage import without_collecting
from console.work.leases import Lease

COUNTERS = {
    Difference.NEW: "new_count",
    Difference.CHANGED: "changed_count",
    Difference.SAME: "same_count",
    Difference.NEWER: "newer_count",
}

log = logging.getLogger(__name__)


def compare_parts(lease: Lease[Import]) -> None:
    """Record for each part which of its records are new, changed or unchanged, as far as the person may know.

    For a retry, it also records which records were since sent again with other values. Events are not compared: each
    is added. If the dataset cannot be described, nothing is known.
    """
    bulk_import = lease.row
    with lease.writing(progress=READ, **dict.fromkeys(COUNTERS.values(), 0)):
        pass
    if bulk_import.entity.is_event:
        return
    try:
        environment = environment_of(bulk_import)
        description = dataset_of(bulk_import, environment).description
    except (NotPossibleError, PersonalizeError) as error:
        log.info("The import %s is not compared: %s.", bulk_import, type(error).__name__)
        return
    count = Part.objects.filter(bulk_import=bulk_import).count()
    for number, part in enumerate(parts_of(bulk_import), 1):
        superseded, records = set(part.superseded), part.records
        with without_collecting():
            kinds = _kinds(lease, environment, description, records)
        counts = Counter(
            kind for kind, number in zip(kinds, records["numbers"], strict=True) if number not in superseded
        )
        with lease.writing(progress=progress_of_comparing(number, count)):
            Part.objects.filter(pk=part.pk).update(differences=kinds)
            lease.count(**{COUNTERS[kind]: count for kind, count in counts.items() if kind in COUNTERS})


def _kinds(
    lease: Lease[Import], environment: Environment, description: Mapping[str, Any], records: Mapping[str, list[Any]]
) -> str:
    kinds = []
    since = lease.row.retry_of.sending_began_at if lease.row.retry_of else None
    sight = sight_of_arn(lease.row.person, environment, description["datasetArn"])
    for some in batched(zip(records["ids"], records["properties"], strict=True), IDS_IN_A_QUERY):
        lease.heartbeat()
        known = known_records(sight, description, [record_id for record_id, _text in some])
        kinds += [_kind(known.get(record_id), properties, since) for record_id, properties in some]
    return "".join(kinds)


def _kind(known: KnownRecord | None, properties: str, since: datetime | None) -> str:
    """Return how a record compares with the known one of its id; one that was sent `since` is newer."""
    if known is None or (known.before is None and known.newer is None and known.hidden_at is None):
        return Difference.NEW
    if since and known.hidden_at and known.hidden_at > since:
        return Difference.NEWER
    if known.before is None or known.newer is not None or known.hidden_at is not None or not known.before.properties:
        return Difference.UNKNOWN
    if _values(known.before.properties) == _values(properties):
        return Difference.SAME
    return Difference.NEWER if since and known.before.at > since else Difference.CHANGED


def _values(properties: str) -> dict[str, tuple[bool, Any]]:
    """Return properties for comparison: true is not 1, 7 is 7.0, and null is the same as absent.

    A dataset import job writes null for a missing column.
    """
    found = json.loads(properties).items()
    return {name: (isinstance(value, bool), value) for name, value in found if value is not None}
