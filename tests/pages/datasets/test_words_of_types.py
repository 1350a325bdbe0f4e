"""Pages name the dataset's own type: nothing on those of items and actions speaks of users."""

import pytest
from django.test import Client

from tests.pages.html import text_of


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("/local/dataset-groups/newsroom/datasets/actions/create-dataset/", "Required: ACTION_ID (string)."),
        ("/local/dataset-groups/video-streaming/datasets/items/create-records/", "the API's itemId and properties"),
    ],
)
def test_pages_name_the_type_of_their_dataset(operator: Client, path: str, named: str) -> None:
    text = text_of(operator.get(path))
    assert named in text
    assert "USER_ID" not in text
    assert "userId" not in text


@pytest.mark.parametrize(
    ("path", "example"),
    [
        ("loyalty-programme/datasets/users/create-records/", '"MEMBERSHIP_TYPE": "Premium Class|Legacy Member"'),
        ("video-streaming/datasets/items/create-records/", '"GENRES": "Comedy|Drama"'),
        ("video-streaming/datasets/items/", "separated by | : Comedy|Drama"),
        ("newsroom/datasets/actions/create-dataset/", '"name": "CHANNELS"'),
    ],
)
def test_help_has_an_example_of_the_dataset_type(operator: Client, path: str, example: str) -> None:
    assert example in text_of(operator.get(f"/local/dataset-groups/{path}"))
