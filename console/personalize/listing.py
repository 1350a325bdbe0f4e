"""Lists of dataset groups, quick also where there are thousands.

ListDatasetGroups gives 100 at a time, so that 5,000 dataset groups are 50 calls: about half a second of the local
service, several seconds of AWS. So a list that takes more than one call is kept for a while, and only its first 100
are asked for again, which are the newest: what was just created, and how far it is, is there at once.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from console.personalize import calls
from console.personalize.environments import Environment

if TYPE_CHECKING:
    from mypy_boto3_personalize.type_defs import DatasetGroupSummaryTypeDef

KEPT_FOR = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Listing:
    """Dataset groups, newest first; `kept_since` is when those beyond the newest 100 were asked for, if not now."""

    groups: "list[DatasetGroupSummaryTypeDef]"
    kept_since: datetime | None = None


_kept: dict[Environment, tuple[datetime, Listing]] = {}


def dataset_groups(environment: Environment, *, anew: bool = False) -> Listing:
    """Return the environment's dataset groups; `anew` asks for all of them, whatever is kept."""
    newest, has_more = calls.newest_dataset_groups(environment)
    if not has_more:
        _kept.pop(environment, None)
        return Listing(newest)
    # AWS may give a page without dataset groups that is not the last one.
    older = None if anew or not newest else _older(environment, newest[-1]["datasetGroupArn"])
    if older is None:
        listing = Listing(calls.list_dataset_groups(environment))
        _kept[environment] = (timezone.now(), listing)
        return listing
    known = {group["datasetGroupArn"] for group in newest}
    return replace(older, groups=[*newest, *(each for each in older.groups if each["datasetGroupArn"] not in known)])


def forget_dataset_groups() -> None:
    """Keep no list."""
    _kept.clear()


def _older(environment: Environment, arn: str) -> Listing | None:
    """Return what is kept of the dataset groups that come after the one of an ARN; None if all are to be asked for."""
    asked_at, listing = _kept.get(environment, (None, None))
    if asked_at is None or listing is None or timezone.now() - asked_at > KEPT_FOR:
        return None
    place = next((index for index, group in enumerate(listing.groups) if group["datasetGroupArn"] == arn), None)
    return None if place is None else Listing(listing.groups[place + 1 :], asked_at)
