"""What this console last sent of a user, and AWS accepted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from console.history.differences import Kind, differences
from console.history.models import NO_PROPERTIES, Outcome, SentUser


@dataclass(frozen=True, slots=True)
class Replacement:
    """What a new record of a user does to the one that was sent before; `sent_at` is None if none was.

    Of one that was redacted since, nobody knows what changes.
    """

    user_id: str
    sent_at: datetime | None = None
    changed: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    is_redacted: bool = False


def replacements(environment: str, dataset_arn: str, users: Sequence[dict[str, str]]) -> list[Replacement]:
    """Return for each user of a request what it replaces, as far as this console knows."""
    user_ids = [user["userId"] for user in users]
    accepted = SentUser.objects.filter(
        dataset=f"{environment} {dataset_arn}", user_id__in=user_ids, submission__outcome=Outcome.CREATED
    )
    newest = accepted.order_by().values("user_id").annotate(newest=Max("pk")).values("newest")
    rows = SentUser.objects.filter(pk__in=newest).values_list("user_id", "properties", "submission__created_at")
    latest = {user_id: (properties, sent_at) for user_id, properties, sent_at in rows}
    return [_replacement(user, latest.get(user["userId"])) for user in users]


def last_accepted(environment: str, dataset_arn: str, user_id: str) -> SentUser | None:
    """Return the last record of a user that this console sent to a dataset and AWS accepted, with its submission."""
    sent = SentUser.objects.filter(
        dataset=f"{environment} {dataset_arn}", user_id=user_id, submission__outcome=Outcome.CREATED
    )
    return sent.select_related("submission").defer("submission__record_input").order_by("-pk").first()


def _replacement(user: dict[str, str], before: tuple[str, datetime] | None) -> Replacement:
    if before is None:
        return Replacement(user["userId"])
    properties, sent_at = before
    if not properties:
        return Replacement(user["userId"], sent_at, is_redacted=True)
    found = differences(properties, user.get("properties", NO_PROPERTIES))
    changed = tuple(each.name for each in found if each.kind is not Kind.REMOVED)
    lost = tuple(each.name for each in found if each.kind is Kind.REMOVED)
    return Replacement(user["userId"], sent_at, changed, lost)
