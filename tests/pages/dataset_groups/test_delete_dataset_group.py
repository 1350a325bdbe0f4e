"""Delete dataset group: what must go first, and what is typed before."""

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from console.local.models import DatasetGroup
from tests.pages.html import rows_of, text_of
from tests.support.aws_stand_in import GROUP_ARN, Piece, Received, StandIn, http

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient

LIST = "/local/dataset-groups/"
FULL = f"{LIST}loyalty-programme/delete-dataset-group/"
EMPTY = f"{LIST}empty/delete-dataset-group/"
AT_AWS = "/staging/dataset-groups/loyalty/delete-dataset-group/"


@pytest.fixture
def empty(demo: None, personalize: "PersonalizeClient") -> None:
    """A dataset group without datasets."""
    personalize.create_dataset_group(name="empty")


def is_there(name: str) -> bool:
    return DatasetGroup.objects.get(name=name).settled_status == "ACTIVE"


def test_a_group_with_datasets_and_an_event_tracker_says_what_goes_first(operator: Client) -> None:
    answer = operator.get(FULL)
    assert "This dataset group has 3 datasets and 1 event tracker. Delete them first." in text_of(answer)
    html = answer.content.decode()
    assert f'<a href="{LIST}loyalty-programme/datasets/users/delete-dataset/">loyalty-programme-users</a>' in html
    assert f'href="{LIST}loyalty-programme/event-trackers/e896f116/delete-event-tracker/"' in html
    assert 'name="deletion"' not in html
    assert operator.post(FULL, {"deletion": "loyalty-programme"}).status_code == 422
    assert is_there("loyalty-programme")


def test_the_list_and_the_overview_lead_to_the_deletion(operator: Client, empty: None) -> None:
    assert operator.get(f"{LIST}?view=delete&selected=empty")["Location"] == EMPTY
    assert f'href="{EMPTY}"' in operator.get(f"{LIST}empty/").content.decode()


def test_a_viewer_finds_no_deletion(viewer: Client, empty: None) -> None:
    assert f'href="{EMPTY}"' not in viewer.get(f"{LIST}empty/").content.decode()
    assert viewer.post(EMPTY, {"deletion": "empty"}).status_code == 403


@pytest.mark.parametrize("typed", ["", "delete", "Empty"])
def test_nothing_is_deleted_until_its_name_is_typed(operator: Client, empty: None, typed: str) -> None:
    answer = operator.post(EMPTY, {"deletion": typed})
    assert (answer.status_code, "Nothing was deleted. Type empty to confirm." in text_of(answer)) == (422, True)
    assert is_there("empty")


def test_an_empty_group_is_deleted_once_its_name_is_typed(operator: Client, empty: None) -> None:
    assert "Submissions of this console 0, which stay" in text_of(operator.get(EMPTY))
    answer = operator.post(EMPTY, {"deletion": "empty"}, follow=True)
    assert answer.redirect_chain == [(LIST, 302)]
    assert "The dataset group empty is being deleted." in text_of(answer)
    assert "empty" not in [row[0] for row in rows_of(answer)]
    assert "This dataset group no longer exists." in text_of(operator.post(EMPTY, {"deletion": "empty"}, follow=True))


def test_what_aws_refuses_is_said_with_what_must_go_first(operator: Client, aws: StandIn) -> None:
    usual = aws.answer
    answers = {
        "ListDatasets": b'{"datasets": []}',
        "ListEventTrackers": b'{"eventTrackers": []}',
    }
    refusal = b'{"__type": "ResourceInUseException", "message": "It has a solution."}'

    def answer(received: Received) -> list[Piece]:
        if received.operation == "DeleteDatasetGroup":
            return [http(400, refusal)]
        body = answers.get(received.operation)
        return [http(200, body)] if body else list(usual(received))

    aws.answer = answer
    response = operator.post(AT_AWS, {"deletion": "loyalty"})
    text = text_of(response)
    assert response.status_code == 422
    assert f"AWS refused personalize:DeleteDatasetGroup on {GROUP_ARN}." in text
    assert "Delete its datasets, event trackers and solutions first." in text
    assert "It has a solution." in text
