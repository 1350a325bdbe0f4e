from datetime import UTC, date, datetime

import pytest

from console.records.entities import USERS
from console.submissions.lists.daily import Day, records_by_day
from console.submissions.models import Outcome
from console.submissions.origins import origin_of_dataset
from console.submissions.presses.beginning import begin_submission
from tests.submissions.sent import complete

pytestmark = pytest.mark.django_db


def send(moment: datetime, outcome: Outcome, *record_ids: str, group: str = "shop", environment: str = "live") -> None:
    submission = begin_submission(
        USERS,
        [(each, "{}") for each in record_ids],
        endpoint="aws",
        person_name="operator",
        environment=environment,
        dataset_group=group,
        dataset_arn="arn",
        created_at=moment,
    )
    if outcome is not Outcome.SENDING:
        complete(submission, outcome)


def test_counts_the_users_of_each_day_and_outcome() -> None:
    send(datetime(2026, 3, 1, 0, 0, tzinfo=UTC), Outcome.CREATED, "a", "b")
    send(datetime(2026, 3, 1, 23, 59, 59, tzinfo=UTC), Outcome.CREATED, "a")
    send(datetime(2026, 3, 1, 12, 0, tzinfo=UTC), Outcome.REFUSED, "a")
    send(datetime(2026, 3, 3, 12, 0, tzinfo=UTC), Outcome.NOT_SENT, "a")
    assert records_by_day(origin_of_dataset("live", "aws", "arn").pk, "shop", date(2026, 3, 3), 3, UTC) == [
        Day(date(2026, 3, 1), {Outcome.CREATED: 3, Outcome.REFUSED: 1}),
        Day(date(2026, 3, 2), {}),
        Day(date(2026, 3, 3), {Outcome.NOT_SENT: 1}),
    ]


def test_a_submission_without_an_answer_counts_as_unconfirmed() -> None:
    send(datetime(2026, 3, 1, tzinfo=UTC), Outcome.SENDING, "a", "b")
    send(datetime(2026, 3, 1, tzinfo=UTC), Outcome.UNCONFIRMED, "c")
    (day,) = records_by_day(origin_of_dataset("live", "aws", "arn").pk, "shop", date(2026, 3, 1), 1, UTC)
    assert day.records == {Outcome.UNCONFIRMED: 3}
    assert day.total == 3


def test_days_are_of_utc_and_others_are_left_out() -> None:
    send(datetime(2026, 2, 28, 23, 59, 59, tzinfo=UTC), Outcome.CREATED, "before")
    send(datetime(2026, 3, 2, 0, 0, tzinfo=UTC), Outcome.CREATED, "after")
    send(datetime(2026, 3, 1, 12, 0, tzinfo=UTC), Outcome.CREATED, "elsewhere", group="other")
    send(datetime(2026, 3, 1, 12, 0, tzinfo=UTC), Outcome.CREATED, "elsewhere", environment="test")
    assert records_by_day(origin_of_dataset("live", "aws", "arn").pk, "shop", date(2026, 3, 1), 1, UTC) == [
        Day(date(2026, 3, 1), {})
    ]
