"""The newest records of users that this console sent to a dataset, whichever of its environments sent them.

Those count that AWS accepted, and newer ones that it may have: whose outcome is unconfirmed, or not there yet.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models.expressions import RawSQL

from console.history.models import Outcome, SentUser, outcome_now

# For each user one step into an index, from the newest record back to the first that counts. Django's own queries
# would look at all records of each user.
NEWEST = """
    WITH asked (user_id) AS (VALUES {users}),
    accepted (user_id, id) AS (
        SELECT asked.user_id, (
            SELECT sent.id FROM history_sentuser sent JOIN history_submission made ON made.id = sent.submission_id
            WHERE sent.dataset = %s AND sent.user_id = asked.user_id AND made.outcome = 'created' {of_environments}
            ORDER BY sent.id DESC LIMIT 1
        ) FROM asked
    )
    SELECT id FROM accepted
    UNION ALL
    SELECT (
        SELECT sent.id FROM history_sentuser sent JOIN history_submission made ON made.id = sent.submission_id
        WHERE sent.dataset = %s AND sent.user_id = accepted.user_id AND sent.id > COALESCE(accepted.id, 0)
        AND made.outcome IN ('sending', 'unconfirmed') {of_environments}
        ORDER BY sent.id DESC LIMIT 1
    ) FROM accepted
"""
FIELDS = (
    "pk",
    "user_id",
    "properties",
    "submission__created_at",
    "submission__outcome",
    "submission__environment",
)


@dataclass(frozen=True, slots=True)
class Sent:
    """A record of a user as it was sent; `properties` is its JSON text, "" once it was redacted."""

    pk: int
    user_id: str
    properties: str
    sent_at: datetime
    outcome: Outcome
    environment: str

    @property
    def is_accepted(self) -> bool:
        """Whether AWS accepted it; otherwise that is not known, or not yet."""
        return self.outcome is Outcome.CREATED


def newest_sent(dataset: str, user_ids: Collection[str], environments: Collection[str] | None = None) -> list[Sent]:
    """Return of each user the last record that AWS accepted, and the newest later one that it may have accepted.

    `dataset` is as `dataset_key` has it; `environments` names those whose records count, None for all.
    """
    if not user_ids or (environments is not None and not environments):
        return []
    rows = SentUser.objects.filter(pk__in=_newest(dataset, list(user_ids), environments)).order_by("pk")
    return [
        Sent(pk, user_id, properties, sent_at, outcome_now(outcome, sent_at), environment)
        for pk, user_id, properties, sent_at, outcome, environment in rows.values_list(*FIELDS)
    ]


def _newest(dataset: str, user_ids: Sequence[str], environments: Collection[str] | None) -> RawSQL:
    of_environments, names = "", list(environments or ())
    if environments is not None:
        of_environments = f"AND made.environment IN ({', '.join(['%s'] * len(names))})"
    users = ", ".join(["(%s)"] * len(user_ids))
    parameters: list[Any] = [*user_ids, dataset, *names, dataset, *names]
    return RawSQL(NEWEST.format(users=users, of_environments=of_environments), parameters)
