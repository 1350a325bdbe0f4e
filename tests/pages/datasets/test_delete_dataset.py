"""Delete dataset: what is said and asked before, what is refused, and what is noted of it."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import LazySettings
from django.test import Client

from console.local.models import Dataset, EventTracker
from console.submissions.models import DatasetEvent, SentRecord
from tests.pages.configured import forget
from tests.pages.html import text_of
from tests.support.aws_stand_in import CONTROL_PLANE, DATASET_ARN, RECORD, End, Piece, Received, StandIn, http

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient

LIST = "/local/dataset-groups/loyalty-programme/datasets/"
DATASET = f"{LIST}users/"
DELETE = f"{DATASET}delete-dataset/"
NAME = "loyalty-programme-users"
AT_AWS = "/staging/dataset-groups/loyalty/datasets/users/"
RECORDS = (
    '[{"USER_ID": "%s", "MEMBERSHIP_TYPE": "Basic", "MEMBER_SINCE": 1600000000, "TOTAL_SPEND": 1, "NEWSLETTER": true}]'
)


def is_there(group: str = "loyalty-programme", dataset_type: str = "USERS") -> bool:
    dataset = Dataset.objects.get(group__name=group, dataset_type=dataset_type)
    return dataset.settled_status == "ACTIVE"


def test_the_menu_of_a_dataset_leads_to_its_deletion(operator: Client) -> None:
    assert f'<a href="{DELETE}">Delete dataset</a>' in operator.get(DATASET).content.decode()


def test_says_what_goes_in_numbers(operator: Client) -> None:
    operator.post(f"{DATASET}create-records/", {"record_input": RECORDS % "u-1", "intent": "create"})
    text = text_of(operator.get(DELETE))
    assert "It contains 1 user." in text
    assert "The schema loyalty-programme-users-schema stays, and so do the submissions of this console." in text
    assert is_there()


def test_an_empty_dataset_says_so(operator: Client) -> None:
    assert "It is empty." in text_of(operator.get(f"{LIST}items/delete-dataset/"))


def test_deletes_once_its_name_is_typed(operator: Client) -> None:
    answer = operator.post(DELETE, {"deletion": NAME}, follow=True)
    assert answer.redirect_chain == [(LIST, 302)]
    assert f"The dataset {NAME} is being deleted." in text_of(answer)
    assert Dataset.objects.get(group__name="loyalty-programme", dataset_type="USERS").settled_status == "DELETED"
    again = operator.post(DELETE, {"deletion": NAME}, follow=True)
    assert "This dataset no longer exists." in text_of(again)


@pytest.mark.parametrize("typed", ["", "delete", "loyalty-programme", "LOYALTY-PROGRAMME-USERS", '"><script>'])
def test_nothing_is_deleted_until_its_name_is_typed(operator: Client, typed: str) -> None:
    answer = operator.post(DELETE, {"deletion": typed})
    assert answer.status_code == 422
    assert f"Nothing was deleted. Type {NAME} to confirm." in text_of(answer)
    assert b"<script>" not in answer.content
    assert is_there()


def test_a_press_while_it_is_being_deleted_is_the_same_deletion(operator: Client, settings: LazySettings) -> None:
    settings.CONSOLE_LOCAL_CREATE_SECONDS = 60
    operator.post(DELETE, {"deletion": NAME})
    assert "This dataset is already being deleted." in text_of(operator.get(DELETE))
    assert operator.post(DELETE, {"deletion": NAME})["Location"] == LIST


def test_interactions_wait_for_the_event_tracker(operator: Client, personalize: "PersonalizeClient") -> None:
    page = f"{LIST}interactions/delete-dataset/"
    sentence = "The dataset group has the event tracker loyalty-programme-events. Delete it before this dataset."
    assert sentence in text_of(operator.get(page))
    assert operator.post(page, {"deletion": "loyalty-programme-interactions"}).status_code == 422
    arn = "arn:aws:personalize:us-east-1:000000000000:dataset/loyalty-programme/INTERACTIONS"
    with pytest.raises(personalize.exceptions.ResourceInUseException, match="Delete it first"):
        personalize.delete_dataset(datasetArn=arn)
    EventTracker.objects.all().delete()
    assert operator.post(page, {"deletion": "loyalty-programme-interactions"}).status_code == 302


def test_a_dataset_waits_for_its_jobs(operator: Client, personalize: "PersonalizeClient") -> None:
    personalize.create_dataset_import_job(
        jobName="nightly",
        datasetArn="arn:aws:personalize:us-east-1:000000000000:dataset/loyalty-programme/USERS",
        dataSource={"dataLocation": "s3://bucket/users.csv"},
        roleArn="arn:aws:iam::000000000000:role/personalize",
    )
    answer = operator.post(DELETE, {"deletion": NAME})
    assert (answer.status_code, "The job nightly has not ended." in text_of(answer)) == (422, True)
    assert is_there()


def test_a_viewer_deletes_nothing(viewer: Client) -> None:
    assert viewer.post(DELETE, {"deletion": NAME}).status_code == 403
    assert f'href="{DELETE}"' not in viewer.get(DATASET).content.decode()
    assert is_there()


def answer_otherwise(aws: StandIn, answers: dict[str, list[Piece]]) -> None:
    usual = aws.answer

    def answer(received: Received) -> list[Piece]:
        return answers.get(received.operation) or list(usual(received))

    aws.answer = answer


def events() -> list[tuple[str, str]]:
    return list(DatasetEvent.objects.values_list("kind", "record_id"))


def test_of_aws_the_memory_notes_the_deletion(operator: Client, aws: StandIn) -> None:
    answer = operator.post(f"{AT_AWS}create-records/", {"record_input": RECORD % "u-1", "intent": "create"})
    assert answer.status_code == 302
    assert SentRecord.objects.count() == 1
    text = text_of(operator.get(f"{AT_AWS}delete-dataset/"))
    assert "This console has sent 1 user to it; what else it contains is not known here." in text
    answer = operator.post(f"{AT_AWS}delete-dataset/", {"deletion": "loyalty-users"})
    assert (answer.status_code, json.loads(aws.of("DeleteDataset")[0].body)) == (302, {"datasetArn": DATASET_ARN})
    assert events() == [("dataset deleted", "")]


@pytest.mark.parametrize(
    ("answer", "noted"),
    [([http(400, b'{"__type": "ResourceInUseException", "message": "No."}')], False), ([End.CLOSE], True)],
    ids=["refused", "without an answer"],
)
def test_a_deletion_that_may_have_begun_is_noted_too(
    operator: Client, aws: StandIn, settings: LazySettings, answer: list[Piece], noted: bool
) -> None:
    settings.CONSOLE_AWS_SECONDS = 3
    operator.post(f"{AT_AWS}create-records/", {"record_input": RECORD % "u-1", "intent": "create"})
    answer_otherwise(aws, {"DeleteDataset": answer})
    assert operator.post(f"{AT_AWS}delete-dataset/", {"deletion": "loyalty-users"}).status_code in (422, 502)
    assert bool(events()) is noted


def test_aws_says_what_must_go_first(operator: Client, aws: StandIn) -> None:
    body = b'{"__type": "ResourceInUseException", "message": "A filter exists."}'
    answer_otherwise(aws, {"DeleteDataset": [http(400, body)]})
    text = text_of(operator.post(f"{AT_AWS}delete-dataset/", {"deletion": "loyalty-users"}))
    assert "delete the filters and metric attributions of its dataset group first." in text
    assert "A filter exists." in text


def test_a_guarded_environment_asks_for_the_group_too(operator: Client, aws: StandIn, settings: LazySettings) -> None:
    file = Path(settings.CONSOLE_ENVIRONMENTS)
    file.write_text(file.read_text() + "guarded = true\n")
    forget()
    page = f"{AT_AWS}delete-dataset/"
    assert 'name="confirmation"' in operator.get(page).content.decode()
    assert operator.post(page, {"deletion": "loyalty-users"}).status_code == 422
    assert not aws.of("DeleteDataset")
    assert operator.post(page, {"deletion": "loyalty-users", "confirmation": "loyalty"}).status_code == 302


def test_a_dataset_whose_schema_is_being_replaced_stays(operator: Client, aws: StandIn) -> None:
    described: Any = CONTROL_PLANE["DescribeDataset"]["dataset"]
    updated = {"dataset": {**described, "latestDatasetUpdate": {"status": "CREATE IN_PROGRESS"}}}
    answer_otherwise(aws, {"DescribeDataset": [http(200, json.dumps(updated).encode())]})
    sentence = "The schema of this dataset is being replaced. The dataset can be deleted once that has ended."
    assert sentence in text_of(operator.get(f"{AT_AWS}delete-dataset/"))
