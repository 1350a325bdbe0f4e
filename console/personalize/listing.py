"""Lists of dataset groups, quick also where there are thousands.

ListDatasetGroups gives 100 at a time, so that 5,000 dataset groups are 50 calls: about half a second of the local
service, several seconds of AWS. So a list that takes more than one call is kept for a while, and only its first 100
are asked for again, which are the newest: what was just created, and how far it is, is there at once. It is plain
data, and in Django's cache.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.utils import timezone

from console.personalize import calls
from console.personalize.environments import Environment

if TYPE_CHECKING:
    from mypy_boto3_personalize.type_defs import DatasetGroupSummaryTypeDef

SECONDS_KEPT = 30


@dataclass(frozen=True, slots=True)
class Listing:
    """Dataset groups, newest first; `kept_since` is when those beyond the newest 100 were asked for, if not now."""

    groups: "list[DatasetGroupSummaryTypeDef]"
    kept_since: datetime | None = None


def dataset_groups(environment: Environment, *, anew: bool = False) -> Listing:
    """Return the environment's dataset groups; `anew` asks for all of them, whether or not they are cached."""
    newest, has_more = calls.newest_dataset_groups(environment)
    if not has_more:
        cache.delete(_key(environment))
        return Listing(newest)
    # AWS may give a page without dataset groups that is not the last one.
    older = None if anew or not newest else _older(environment, newest[-1]["datasetGroupArn"])
    if older is None:
        listing = Listing(calls.list_dataset_groups(environment))
        cache.set(_key(environment), (timezone.now(), listing.groups), SECONDS_KEPT)
        return listing
    known = {group["datasetGroupArn"] for group in newest}
    return replace(older, groups=[*newest, *(each for each in older.groups if each["datasetGroupArn"] not in known)])


def forget_dataset_groups(environment: Environment) -> None:
    """Let the next list ask for all dataset groups anew, as after a deletion: the older ones are known for a while."""
    cache.delete(_key(environment))


def _older(environment: Environment, arn: str) -> Listing | None:
    """Return what is kept of the dataset groups that come after the one of an ARN; None if all are to be asked for."""
    asked_at, groups = cache.get(_key(environment), (None, []))
    place = next((index for index, group in enumerate(groups) if group["datasetGroupArn"] == arn), None)
    return None if place is None else Listing(groups[place + 1 :], asked_at)


def _key(environment: Environment) -> str:
    return f"dataset-groups-{environment.cache_key}"
