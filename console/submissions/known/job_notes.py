"""What is noted of records that a job of AWS replaces or deletes: the local service tells of its own jobs.

The job may change them at any time from now on, and AWS does not say when. What the console does not know the ids of
may be any record.
"""

from collections.abc import Iterable

from console.local.api import ENDPOINT as LOCAL_SERVICE
from console.personalize import calls
from console.personalize.connections.endpoints import endpoint_of
from console.personalize.environments import Environment
from console.records.entities import ENTITIES, USERS, Entity
from console.submissions.known import dataset_events
from console.submissions.models import DatasetEvent


def note_import(
    environment: Environment, dataset_arn: str, entity: Entity, record_ids: Iterable[str] | None = None
) -> None:
    """Note that an import job may replace the records of a dataset, all of them without ids; events replace none."""
    endpoint = endpoint_of(environment)
    if endpoint != LOCAL_SERVICE and not entity.is_event:
        dataset_events.record(endpoint, dataset_arn, DatasetEvent.Kind.IMPORTED, record_ids)


def note_deletion(environment: Environment, group: str, user_ids: Iterable[str] | None) -> None:
    """Note that a job deletes users from all datasets with users in them; without ids, it may be any of them."""
    endpoint = endpoint_of(environment)
    if endpoint == LOCAL_SERVICE:
        return
    known = None if user_ids is None else list(user_ids)
    for entity in ENTITIES.values():
        if entity.id_field == USERS.id_field:
            arn = calls.dataset_arn(environment, group, entity)
            dataset_events.record(endpoint, arn, DatasetEvent.Kind.USERS_DELETED, known)
