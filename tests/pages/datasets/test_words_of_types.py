"""Pages name the dataset's own type: nothing on those of items and actions speaks of users."""

import pytest
from django.test import Client

from tests.pages.html import text_of


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("/local/dataset-groups/newsroom/datasets/actions/create-dataset/", "an ACTION_ID of type string"),
        ("/local/dataset-groups/video-streaming/datasets/items/create-records/", "the API's itemId and properties"),
    ],
)
def test_pages_name_the_type_of_their_dataset(operator: Client, path: str, named: str) -> None:
    text = text_of(operator.get(path))
    assert named in text
    assert "USER_ID" not in text
    assert "userId" not in text
