"""Where the calls of an import go, and how fast: as it was last asked, which is not at each turn."""

import time
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from console.bulk.models import Import
from console.bulk.places import dataset_of, environment_of
from console.bulk.sending.pace import WINDOW, Pace
from console.personalize.environments import Environment
from console.records.entities import Entity
from console.submissions.models import Submission
from console.submissions.trails.own_trail import remember_origin

SECONDS_TARGET_IS_KNOWN = 60.0
WHOLE_SHARE, USUAL_SHARE, GUARDED_SHARE = 100, 80, 50
# Up to so many calls a second are sent for certain where answers take some tenths of a second; of more than that, how
# soon each is answered decides, and what it takes to keep each in the trail.
CERTAIN_RATE = 20


@dataclass(slots=True)
class Target:
    """Where the calls of an import go, how fast, and when that was last asked."""

    environment: Environment
    target: str
    pace: Pace
    asked_at: float = field(default_factory=time.monotonic)


# Targets of the imports that this process sends, by key.
_targets: dict[UUID, Target] = {}
# Paces of the datasets it sends to, by endpoint and ARN: imports that take turns share one.
_paces: dict[tuple[str, str], Pace] = {}


def target_of(bulk_import: Import) -> Target:
    """Return where the calls of an import go; raise NotPossibleError, and PersonalizeError of a failed call."""
    known = _targets.get(bulk_import.key)
    environment = environment_of(bulk_import)
    pace = _pace_of(bulk_import)
    if known and known.environment == environment and time.monotonic() - known.asked_at < SECONDS_TARGET_IS_KNOWN:
        return known
    dataset = dataset_of(bulk_import, environment)
    remember_origin(environment, dataset.arn)
    _targets[bulk_import.key] = Target(environment, dataset.target, pace)
    return _targets[bulk_import.key]


def _pace_of(bulk_import: Import) -> Pace:
    """Return the pace of the calls to the dataset of an import, at the share of the rate that this one has.

    What others have sent since the last call of this process counts as sent now.
    """
    pace = _paces.setdefault((bulk_import.endpoint, bulk_import.dataset_arn), Pace())
    pace.calls_per_second = calls_per_second(bulk_import)
    seconds = min(WINDOW, pace.seconds_since_last())
    pace.begin(calls_just_sent(bulk_import.dataset_arn, seconds))
    return pace


def calls_just_sent(dataset_arn: str, seconds: float) -> int:
    """Return how many calls anybody has sent to a dataset in the last seconds, such as a worker that ended."""
    since = timezone.now() - timedelta(seconds=seconds)
    # Nothing of that age is redacted, and the index has what is not.
    return Submission.objects.filter(redacted_at__isnull=True, created_at__gt=since, dataset_arn=dataset_arn).count()


def known_pace(bulk_import: Import) -> Pace | None:
    """Return the pace of an import that this process has sent something of; None of another."""
    known = _targets.get(bulk_import.key)
    return known.pace if known else None


def forget(bulk_import: Import) -> None:
    """Forget where an import went that is not sent any more."""
    forgotten = _targets.pop(bulk_import.key, None)
    if forgotten and all(each.pace is not forgotten.pace for each in list(_targets.values())):
        _paces.pop((bulk_import.endpoint, bulk_import.dataset_arn), None)


def usual_share(environment: Environment) -> int:
    """Return the share of AWS's rate, in percent, that an import has unless a person chooses another one."""
    return GUARDED_SHARE if environment.guarded else USUAL_SHARE


def calls_per_second(bulk_import: Import) -> float:
    """Return the calls a second at the share of AWS's rate that an import has: one is left to people but at 100 %."""
    return rate_at(bulk_import.entity, bulk_import.share)


def is_certain(entity: Entity, share: int) -> bool:
    """Return whether a type's calls can be sent at exactly this share of AWS's rate, and not more slowly."""
    return rate_at(entity, share) <= CERTAIN_RATE


def rate_at(entity: Entity, share: int) -> float:
    """Return the calls a second of a type of dataset at a share of AWS's rate, in percent."""
    most = entity.calls_per_second
    return most if share >= WHOLE_SHARE else min(most * share / 100, most - 1)
