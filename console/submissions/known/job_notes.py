"""Notes on records that AWS's jobs replace or delete; the local service reports its own jobs.

The job may change them at any time from now on, and AWS does not say when. Where the console does not know their ids,
they may be any records.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from console.local.api import ENDPOINT as LOCAL_SERVICE
from console.personalize import arns
from console.personalize.connections.endpoints import endpoint_of
from console.personalize.environments import Environment
from console.records.entities import ENTITIES, USERS, Entity
from console.submissions.known import dataset_events
from console.submissions.models import DatasetEvent

# By how much the times of a job, which AWS says, may differ from those of this machine.
MOST_BETWEEN_CLOCKS = timedelta(minutes=1)


def note_import(
    environment: Environment, dataset_arn: str, entity: Entity, record_ids: Iterable[str] | None = None
) -> None:
    """Note that an import job may replace any records of a dataset; events replace none."""
    endpoint = endpoint_of(environment)
    if endpoint != LOCAL_SERVICE and not entity.is_event:
        dataset_events.record(endpoint, dataset_arn, DatasetEvent.Kind.IMPORTED, record_ids)


def note_deletion(environment: Environment, group: str, user_ids: Iterable[str] | None) -> None:
    """Note that a job deletes users from all datasets with users in them; without ids, any users."""
    endpoint = endpoint_of(environment)
    if endpoint == LOCAL_SERVICE:
        return
    known = None if user_ids is None else list(user_ids)
    for entity in ENTITIES.values():
        if entity.id_field == USERS.id_field:
            arn = arns.dataset_arn(environment, group, entity)
            dataset_events.record(endpoint, arn, DatasetEvent.Kind.USERS_DELETED, known)


def deleted_ids(datasets: Iterable[str], since: datetime, until: datetime) -> list[str]:
    """Return the ids of users that data deletion jobs deleted from datasets, by `dataset_key`, between two moments.

    Only ids that the console knows and has sent at some time.
    """
    about = (since - MOST_BETWEEN_CLOCKS, until + MOST_BETWEEN_CLOCKS)
    noted = DatasetEvent.objects.filter(
        dataset__in=list(datasets), kind=DatasetEvent.Kind.USERS_DELETED, happened_at__range=about
    )
    return sorted({*noted.exclude(record_id="").values_list("record_id", flat=True)})
