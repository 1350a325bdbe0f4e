"""The panel Profile of a dataset's page: of what the local service stores, and of what was sent to AWS."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from console.local.models import Dataset, StoredRecord
from console.local.storage import looking
from console.pages.datasets import profile_panel
from console.personalize.connections.endpoints import endpoint_of
from console.personalize.environments import environments
from console.submissions.known import newest_values
from console.submissions.known.dataset_events import record
from console.submissions.models import DatasetEvent, Outcome
from tests.conftest import LOYALTY
from tests.pages.html import text_of
from tests.submissions.sent import send
from tests.support.aws_stand_in import DATASET_ARN

PAGE = "/local/dataset-groups/loyalty-programme/datasets/users/"
AT_AWS = "/staging/dataset-groups/loyalty/datasets/users/"


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    profile_panel.profiles.clear()


def profile(client: Client, page: str = PAGE) -> str:
    """Return the text of the profile."""
    text = text_of(client.get(page, {"profile": "yes"}))
    return text.partition(" Profile ")[2].partition(" Count again ")[0]


def store(*properties: dict[str, Any]) -> None:
    dataset, now = Dataset.objects.get(arn=LOYALTY), timezone.now()
    StoredRecord.objects.bulk_create(
        StoredRecord(
            dataset=dataset, record_id=f"u-{number}", properties=json.dumps(each), created_at=now, replaced_at=now
        )
        for number, each in enumerate(properties)
    )


def test_is_of_what_is_stored_and_counted_on_request(operator: Client) -> None:
    store({"age": 30, "city": "Bern"}, {"age": 9, "city": None}, {"age": 30, "interests": "Art|Music"}, {})
    assert "Of all" not in text_of(operator.get(PAGE))
    assert f'href="?profile=yes#profile" hx-get="{PAGE}?profile=yes"' in operator.get(PAGE).content.decode()
    found = profile(operator)
    assert "4 users, all that are stored. Counted on " in found
    assert (
        "Field Has a value Different values Most frequent values AGE int 75% 3 of 4 2 from 9 to 30 30 2 (66.7%) "
        in found
    )
    assert "GENDER string, categorical 0% 0 of 4 0 - MEMBERSHIP_TYPE" in found
    assert "INTERESTS string, categorical 25% 1 of 4 2" in found
    assert "Music 1 (100%)" in found
    assert "CITY string 25% 1 of 4 1 Bern 1 (100%)" in found


def test_says_where_more_are_stored_than_are_counted(operator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "MOST_READ", 2)
    store({"age": 1}, {"age": 2}, {"age": 3})
    found = profile(operator)
    assert "The first 2 users in the order of their IDs. More are stored." in found
    assert "AGE int 100% 2 of 2 " in found


def test_a_viewer_has_none(viewer: Client) -> None:
    store({"city": "Bern"})
    answer = viewer.get(PAGE, {"profile": "yes"})
    assert "Bern" not in answer.content.decode()
    assert 'id="profile"' not in answer.content.decode()


def test_is_counted_once_for_some_seconds(operator: Client) -> None:
    store({"age": 1})
    assert "1 user, all that are stored." in profile(operator)
    StoredRecord.objects.all().delete()
    assert "1 user, all that are stored." in profile(operator)


def sent_to_aws(users: dict[str, dict[str, Any]], outcome: Outcome = Outcome.CREATED, **known: Any) -> None:
    to_aws: dict[str, Any] = {"environment": "staging", "dataset_group": "loyalty", "dataset_arn": DATASET_ARN}
    to_aws |= {"endpoint": endpoint_of(environments()["staging"])}
    send(users, outcome, **(to_aws | known))


@pytest.mark.usefixtures("aws")
def test_of_aws_it_is_of_the_newest_accepted_record_of_each_id(operator: Client) -> None:
    sent_to_aws({"ada": {"age": 1}, "bob": {"age": 2}, "cyd": {"age": 3}})
    sent_to_aws({"ada": {"age": 10}})
    sent_to_aws({"ada": {"age": 99}}, Outcome.REFUSED)
    sent_to_aws({"dan": {"age": 4}}, dataset_arn=f"{DATASET_ARN}-2")
    found = profile(operator, AT_AWS)
    assert "of what this console sent and AWS accepted: AWS has no call that reads users back" in found
    assert "3 users, each as it was sent last. Counted on " in found
    assert "AGE int 100% 3 of 3 3 from 2 to 10 " in found


@pytest.mark.usefixtures("aws")
def test_of_aws_what_was_deleted_since_is_left_out(operator: Client) -> None:
    sent_to_aws({"ada": {"age": 1}, "bob": {"age": 2}}, at=timezone.now() - timedelta(days=1))
    record(endpoint_of(environments()["staging"]), DATASET_ARN, DatasetEvent.Kind.USERS_DELETED, ["ada"])
    assert "AGE int 100% 1 of 1 1 from 2 to 2 " in profile(operator, AT_AWS)


@pytest.mark.usefixtures("aws")
def test_of_aws_it_says_where_more_were_sent_than_are_read(operator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(newest_values, "MOST_READ", 3)
    sent_to_aws({"ada": {"age": 1}, "bob": {"age": 5}, "cyd": {"age": 6}})
    sent_to_aws({"ada": {"age": 2}})
    found = profile(operator, AT_AWS)
    assert (
        "2 users, each as it was sent last. More were sent: these are of the first 3 in the order of their IDs."
        in found
    )
    assert "AGE int 100% 2 of 2 2 from 2 to 5 " in found


@pytest.mark.usefixtures("aws")
def test_of_aws_a_viewer_has_none(viewer: Client) -> None:
    sent_to_aws({"ada": {"gender": "secretive"}})
    assert "secretive" not in viewer.get(AT_AWS, {"profile": "yes"}).content.decode()
