"""The history of one user: each record that was sent, and what it changed in the one that AWS had accepted before."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from console.history.differences import Difference, differences
from console.history.models import Outcome, SentUser


@dataclass(frozen=True, slots=True)
class Version:
    """A record of a user as it was sent, and how it differs from the last accepted one before it.

    `is_first` says that none was accepted before. `differences` is None where one of the two was redacted.
    """

    sent: SentUser
    is_first: bool
    differences: list[Difference] | None


def sent_records(environment: str, dataset_group: str, user_id: str) -> QuerySet[SentUser]:
    """Return every record of a user that was sent to a dataset group from this console, newest first."""
    sent = SentUser.objects.filter(
        user_id=user_id, submission__environment=environment, submission__dataset_group=dataset_group
    )
    return sent.select_related("submission").defer("submission__record_input").order_by("-pk")


def versions(records: Sequence[SentUser]) -> list[Version]:
    """Return the versions of consecutive records of a user in a dataset, which come newest first, as these do."""
    if not records:
        return []
    before = _accepted_before(records[-1])
    found = []
    for record in reversed(records):
        found.append(_version(record, before))
        if record.submission.outcome == Outcome.CREATED:
            before = record
    return found[::-1]


def _accepted_before(record: SentUser) -> SentUser | None:
    earlier = SentUser.objects.filter(dataset=record.dataset, user_id=record.user_id, pk__lt=record.pk)
    return earlier.filter(submission__outcome=Outcome.CREATED).order_by("-pk").first()


def _version(record: SentUser, before: SentUser | None) -> Version:
    if before is None:
        return Version(record, True, differences("{}", record.properties) if record.properties else None)
    is_known = record.properties and before.properties
    return Version(record, False, differences(before.properties, record.properties) if is_known else None)
