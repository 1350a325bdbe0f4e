import json
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from console.records.entities import USERS
from console.submissions.models import Outcome, Submission
from console.submissions.presses.beginning import begin_submission
from tests.pages.html import rows_of, text_of
from tests.submissions.sent import ARN, complete, send

GROUP = "/local/dataset-groups/video-streaming"
CREATE = f"{GROUP}/datasets/users/create-records/"
PAGE = f"{GROUP}/submissions/"


def test_says_that_there_is_none(viewer: Client) -> None:
    assert "Nothing has been sent to this dataset group from this console yet." in text_of(viewer.get(PAGE))
    assert "View datasets" not in text_of(viewer.get(PAGE))


def test_an_empty_list_leads_those_who_may_send_to_where_they_send(demo: None, operator: Client) -> None:
    assert (
        f'href="{PAGE.removesuffix("submissions/")}datasets/">View datasets</a>' in operator.get(PAGE).content.decode()
    )
    everything = operator.get("/local/submissions/").content.decode()
    assert 'href="/local/dataset-groups/">View dataset groups</a>' in everything


def test_lists_what_was_sent_newest_first(operator: Client) -> None:
    for user_id in ("first", "second"):
        operator.post(
            CREATE, {"record_input": json.dumps({"USER_ID": user_id, "SUBSCRIPTION_MODEL": "Ads"}), "intent": "create"}
        )
    newest, oldest = Submission.objects.order_by("-created_at")
    rows = rows_of(operator.get(PAGE))
    assert [[*row[1:5], row[6]] for row in rows] == [
        ["Created", "operator", "1 user: second", "-", newest.request_id],
        ["Created", "operator", "1 user: first", "-", oldest.request_id],
    ]
    assert rows_of(operator.get(f"{PAGE}?filter=first"))[0][3] == "1 user: first"


def begin_unanswered(began: datetime) -> None:
    """Write a submission that has no answer yet."""
    send({"u": {}}, Outcome.SENDING, at=began, person_name="somebody", dataset_group="video-streaming")


def test_shows_a_crashed_submission_as_unconfirmed(operator: Client) -> None:
    begin_unanswered(timezone.now() - timedelta(seconds=61))
    assert rows_of(operator.get(PAGE))[0][1] == "Unconfirmed"
    assert len(rows_of(operator.get(f"{PAGE}?filter=UNCONF"))) == 1
    assert rows_of(operator.get(f"{PAGE}?filter=sending")) == []


def test_follows_a_submission_that_is_being_sent(operator: Client) -> None:
    begin_unanswered(timezone.now())
    html = operator.get(PAGE).content.decode()
    assert rows_of(operator.get(f"{PAGE}?filter=sending"))[0][1] == "Sending"
    assert rows_of(operator.get(f"{PAGE}?filter=unconfirmed")) == []
    address = html.partition('id="asks-again" hx-get="')[2].partition('"')[0]
    assert operator.get(address)["HX-Retarget"] == "#asks-again"
    complete(Submission.objects.get(), Outcome.CREATED)
    answer = operator.get(address, headers={"HX-Request": "true"})
    assert rows_of(answer)[0][1] == "Created"
    assert 'data-name="Submission by somebody" data-status="Created">' in answer.content.decode()
    assert "asks-again" not in answer.content.decode()


def test_lists_nothing_of_other_groups(operator: Client) -> None:
    operator.post(CREATE, {"record_input": '{"USER_ID": "u", "SUBSCRIPTION_MODEL": "Ads"}', "intent": "create"})
    assert "(0)" in text_of(operator.get("/local/dataset-groups/online-shop/submissions/"))


@pytest.mark.parametrize(
    "sort", ["created", "-person", "records", "outcome", "code", "-request", "duration", "nothing"]
)
def test_sorts_by_every_column(operator: Client, sort: str) -> None:
    for user_id in ("b", "a"):
        operator.post(
            CREATE, {"record_input": json.dumps({"USER_ID": user_id, "SUBSCRIPTION_MODEL": "Ads"}), "intent": "create"}
        )
    rows = rows_of(operator.get(f"{PAGE}?sort={sort}&filter=operator%00"))
    assert len(rows) == 2
    if sort == "records":
        assert [row[3] for row in rows] == ["1 user: a", "1 user: b"]


def test_an_answer_that_no_aws_would_give_is_kept_as_far_as_it_can_be(viewer: Client) -> None:
    submission = begin_submission(
        USERS,
        [("u", "{}")],
        endpoint="local",
        person_name="a",
        environment="local",
        dataset_group="video-streaming",
        record_input="{}",
    )
    complete(
        submission, Outcome.REFUSED, error_code="E" * 200, message="nul \0, half \ud800, whole 😀", request_id="r\0"
    )
    kept = Submission.objects.get()
    assert (kept.error_code, kept.message, kept.request_id) == ("E" * 128, "nul \ufffd, half ?, whole 😀", "r\ufffd")


def test_submissions_without_an_answer_are_the_shortest(viewer: Client) -> None:
    for name, duration in (("slow", 20.0), ("crashed", None), ("fast", 1.0)):
        submission = begin_submission(
            USERS,
            [("u", "{}")],
            endpoint="local",
            person_name=name,
            environment="local",
            dataset_group="video-streaming",
            dataset_arn=ARN,
            record_input="",
        )
        if duration:
            complete(submission, Outcome.CREATED, duration_ms=duration)
    for sort, names in (("duration", ["crashed", "fast", "slow"]), ("-duration", ["slow", "fast", "crashed"])):
        assert [row[2] for row in rows_of(viewer.get(f"{PAGE}?sort={sort}"))] == names
