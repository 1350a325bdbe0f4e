"""Recording submissions before they are sent: those of a press together, reconnecting if a connection breaks."""

from collections.abc import Sequence
from typing import Any

from django.db import DatabaseError, InterfaceError, connection, transaction

from console.records.entities import Entity
from console.records.requests import Sent
from console.storage.database_trouble import Kind, database_trouble, give_up_broken_connection
from console.submissions.models import SentRecord, Submission, dataset_key
from console.submissions.origins import origin_of_dataset


def begin_submission(entity: Entity, records: Sequence[Sent], *, endpoint: str, **known: Any) -> Submission:
    """Record a submission of records of a type that is about to be sent to an endpoint, and return it.

    `known` are further fields, by name.
    """
    submission = new_submission(entity, records, **known)
    write([submission], endpoint)
    return submission


def new_submission(entity: Entity, records: Sequence[Sent], **known: Any) -> Submission:
    """Return an unsaved submission of records of a type; `known` is as for `begin_submission`."""
    record_ids = "\n".join(record_id for record_id, _properties in records)
    submission = Submission(
        dataset_type=entity.dataset_type, record_ids=record_ids, record_count=len(records), **known
    )
    submission.begun_with = [*records]
    return submission


def write(submissions: Sequence[Submission], endpoint: str) -> None:
    """Save the submissions of one press, all or none, reconnecting once if the connection breaks.

    Raise IntegrityError if another press was first.
    """
    try:
        _insert(submissions, endpoint)
    except (DatabaseError, InterfaceError) as error:
        found = database_trouble(error)
        if found is None or found.kind is not Kind.AWAY or connection.in_atomic_block:
            raise
    else:
        return
    give_up_broken_connection()
    # The connection may have broken when all of it was there, and only the word of that was lost. Where another press
    # was earlier, its rows are of another moment.
    first = submissions[0]
    if Submission.objects.filter(pk=first.pk, created_at=first.created_at).exists():
        return
    for each in submissions:
        each._state.adding = True
    _insert(submissions, endpoint)


def _insert(submissions: Sequence[Submission], endpoint: str) -> None:
    with transaction.atomic():
        for each in submissions:
            each.origin = origin_of_dataset(each.environment, endpoint, each.dataset_arn)
            each.save()
            dataset = dataset_key(endpoint, each.dataset_arn)
            SentRecord.objects.bulk_create(
                SentRecord(submission=each, dataset=dataset, record_id=record_id, properties=properties)
                for record_id, properties in each.records
            )
