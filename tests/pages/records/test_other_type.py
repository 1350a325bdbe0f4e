"""Records of another type of dataset on Create record(s): said in one sentence, with a link to where they belong."""

from typing import Any

import pytest
from django.test import Client

from tests.pages.html import text_of
from tests.pages.records.test_create_records import HTMX, shown_text
from tests.support.aws_stand_in import StandIn

GROUP = "/local/dataset-groups/loyalty-programme"
PAGE = f"{GROUP}/datasets/users/create-records/"
ITEMS = '[{"ITEM_ID": "film-1", "GENRES": "Drama"}, {"ITEM_ID": "film-2", "GENRES": "Comedy"}]'
SAID = "Detected: what looks like 2 items. This page creates users."
LINK = f'<a href="{GROUP}/datasets/items/create-records/" target="_blank" rel="noopener">Create item record(s)</a>'


def press(client: Client, intent: str, page: str = PAGE, **headers: str) -> Any:
    return client.post(page, {"record_input": ITEMS, "intent": intent}, headers=headers)


@pytest.mark.parametrize("intent", ["create", "validate"])
def test_problems_begin_with_where_the_records_belong(operator: Client, intent: str) -> None:
    answer = press(operator, intent)
    assert answer.status_code == 422
    text = text_of(answer)
    assert (
        f"Problems Nothing was sent. {SAID} Create item record(s) opens in a new tab. Your text stays here: paste it there."
        in text
    )
    assert text.count(SAID) == answer.content.decode().count(LINK) == 1
    assert "Expected a field of the schema" not in text
    assert shown_text(answer) == ITEMS


def test_it_is_said_while_somebody_types(operator: Client) -> None:
    answer = press(operator, "typing", **HTMX)
    assert SAID in text_of(answer)
    assert LINK in answer.content.decode()


def test_a_dataset_that_is_not_there_can_be_created(operator: Client) -> None:
    newsroom = "/local/dataset-groups/newsroom/datasets"
    record = '{"USER_ID": "ada", "AGE": 36}'
    answer = operator.post(f"{newsroom}/items/create-records/", {"record_input": record, "intent": "validate"})
    text = text_of(answer)
    assert "Detected: what looks like 1 user. This page creates items." in text
    assert "This dataset group has no Users dataset. Create Users dataset opens in a new tab." in text
    assert f'<a href="{newsroom}/users/create-dataset/" target="_blank"' in answer.content.decode()


def test_aws_is_asked_for_the_other_dataset_once(operator: Client, aws: StandIn) -> None:
    page = "/staging/dataset-groups/loyalty/datasets/users/create-records/"
    for _pause in range(3):
        text = text_of(press(operator, "typing", page, **HTMX))
        assert "Create item record(s) opens in a new tab." in text
    asked = [each for each in aws.of("DescribeDataset") if b"/ITEMS" in each.body]
    assert len(asked) == 1
