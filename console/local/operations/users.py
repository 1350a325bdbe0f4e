"""Users of a Users dataset."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError
from django.utils import timezone

from console.local.errors import in_use, invalid_input, not_found, throttled
from console.local.models import Dataset, StoredUser
from console.local.operations import datasets
from console.local.operations.caller import Caller
from console.local.put_rate import put_rate
from console.local.stages import ACTIVE
from console.records.judging import UserRecord, judge_user
from console.records.schema import read_users_schema


def put(caller: Caller, parameters: dict[str, Any]) -> dict[str, Any]:
    """Store all users of a request, each in place of the one with its id, or none if one is not valid."""
    dataset = datasets.find(caller, parameters["datasetArn"])
    if dataset.dataset_type != datasets.USERS:
        raise invalid_input(f"PutUsers takes a Users dataset; {dataset.arn} is of the type {dataset.dataset_type}.")
    if dataset.status != ACTIVE:
        raise in_use(f"The dataset {dataset.arn} has the status {dataset.status}; it must be ACTIVE.")
    if not put_rate.allows(dataset.group_id, settings.CONSOLE_LOCAL_PUT_RATE):
        raise throttled()
    users = _judged(dataset, parameters["users"])
    now = timezone.now()
    try:
        # One statement, and so one transaction: all users are stored, or none.
        StoredUser.objects.bulk_create(
            [_stored(dataset, user, now) for user in users.values()],
            update_conflicts=True,
            unique_fields=["dataset", "user_id"],
            update_fields=["properties", "replaced_at"],
        )
    except IntegrityError as error:
        # It was removed in the meantime.
        raise not_found(datasets.KIND, dataset.arn) from error
    return {}


def _judged(dataset: Dataset, members: list[dict[str, Any]]) -> dict[str, UserRecord]:
    """Return the users by id, the last one of equal ids; raise InvalidInputException with all that is wrong."""
    schema = read_users_schema(dataset.schema.text)
    users: dict[str, UserRecord] = {}
    wrong: list[str] = []
    for position, member in enumerate(members, 1):
        judged = judge_user(schema, member["userId"], member.get("properties"))
        if isinstance(judged, UserRecord):
            users[judged.user_id] = judged
            continue
        for fault in judged:
            field = f", field {fault.field}" if fault.field else ""
            wrong.append(f"User {position}{field}: {fault.sentence(reveal=False)}")
    if wrong:
        raise invalid_input(" ".join(wrong))
    return users


def _stored(dataset: Dataset, user: UserRecord, now: datetime) -> StoredUser:
    return StoredUser(
        dataset=dataset, user_id=user.user_id, properties=user.properties_json, created_at=now, replaced_at=now
    )
