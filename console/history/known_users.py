"""What this console last sent of a user, and AWS accepted."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from console.history.models import Outcome, SentUser


@dataclass(frozen=True, slots=True)
class Replacement:
    """What a new record of a user does to the one that was sent before; `sent_at` is None if none was."""

    user_id: str
    sent_at: datetime | None = None
    changed: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


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


def _replacement(user: dict[str, str], before: tuple[str, datetime] | None) -> Replacement:
    if before is None:
        return Replacement(user["userId"])
    old, new = json.loads(before[0]), json.loads(user.get("properties", "{}"))
    changed = tuple(name for name in new if name not in old or old[name] != new[name])
    lost = tuple(name for name in old if name not in new)
    return Replacement(user["userId"], before[1], changed, lost)
