import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from console.local.models import Dataset, Schema
from tests.pages.html import rows_of, text_of

PAGE = "/local/dataset-groups/loyalty-programme/datasets/users/"


def test_shows_the_details(viewer: Client) -> None:
    text = text_of(viewer.get(PAGE))
    assert "Dataset name loyalty-programme-users Dataset type Users Status Active" in text
    assert "arn:aws:personalize:us-east-1:000000000000:dataset/loyalty-programme/USERS Copy ARN" in text
    assert re.search(r"Created \w{3}, .* GMT Updated \w{3}, .* GMT", text)


def test_shows_the_schema_as_fields(viewer: Client) -> None:
    assert rows_of(viewer.get(PAGE)) == [
        ["USER_ID", "userId", "string", "No", "No"],
        ["AGE", "age", "int", "Yes", "No"],
        ["GENDER", "gender", "string", "Yes", "Yes"],
        ["MEMBERSHIP_TYPE", "membershipType", "string", "No", "Yes"],
        ["INTERESTS", "interests", "string", "Yes", "Yes"],
        ["MEMBER_SINCE", "memberSince", "long", "No", "No"],
        ["TOTAL_SPEND", "totalSpend", "float", "No", "No"],
        ["LOYALTY_SCORE", "loyaltyScore", "double", "Yes", "No"],
        ["NEWSLETTER", "newsletter", "boolean", "No", "No"],
        ["NUMBER_OF_VIDEOS_WATCHED", "numberOfVideosWatched", "int", "Yes", "No"],
        ["CITY", "city", "string", "Yes", "No"],
    ]


def test_shows_fields_of_events_with_the_names_that_are_sent(viewer: Client, operator: Client) -> None:
    page = "/local/dataset-groups/video-streaming/datasets/interactions/"
    text = text_of(viewer.get(page))
    assert "Field Property name Type Nullable Categorical USER_ID userId string No No" in text
    assert "TIMESTAMP sentAt long No No" in text
    text = text_of(operator.get(f"{page}create-records/"))
    assert "Field Property name Type Can be left out Categorical USER_ID userId string Yes No" in text
    assert "TIMESTAMP sentAt long No No" in text


def test_says_which_field_is_textual(viewer: Client) -> None:
    fields = [
        {"name": "ITEM_ID", "type": "string"},
        {"name": "PRICE", "type": "float"},
        {"name": "DESCRIPTION", "type": ["null", "string"], "textual": True},
    ]
    schema = Schema.objects.get(name="online-shop-items-schema")
    Schema.objects.filter(pk=schema.pk).update(text=json.dumps(json.loads(schema.text) | {"fields": fields}))
    text = text_of(viewer.get("/local/dataset-groups/online-shop/datasets/items/"))
    assert "PRICE price float No No DESCRIPTION description string - textual Yes No" in text


def test_shows_the_schema_as_avro_json(viewer: Client) -> None:
    assert "&quot;namespace&quot;: &quot;com.amazonaws.personalize.schema&quot;" in viewer.get(PAGE).content.decode()


def test_offers_to_create_records_to_those_who_may(operator: Client) -> None:
    html = operator.get(PAGE).content.decode()
    assert "Modify dataset</button>" in html
    assert f'<a href="{PAGE}create-records/">Create record</a>' in html


def test_says_to_a_viewer_who_creates_records(viewer: Client) -> None:
    answer = viewer.get(PAGE)
    sentence = "Your role, viewer, may not create, replace or delete anything. Ask an administrator for a role."
    assert f"Create record {sentence} Import records from a file" in text_of(answer)
    # Of the actions that the role lacks, one says it, and the others refer to that.
    html = answer.content.decode()
    assert html.count(sentence) == 1
    assert html.count('aria-disabled="true"') == html.count('aria-describedby="no-records"') == 6
    assert "create-records" not in answer.content.decode()


def test_says_that_a_dataset_is_not_active_yet(operator: Client) -> None:
    Dataset.objects.filter(group__name="loyalty-programme").update(
        changing_since=timezone.now(), settles_at=timezone.now() + timedelta(hours=1)
    )
    answer = operator.get(PAGE)
    assert (
        "Create record The dataset has the status Create pending. "
        "Records can be created once it is Active." in text_of(answer)
    )
    assert "create-records" not in answer.content.decode()


def test_says_that_a_group_has_no_dataset(viewer: Client) -> None:
    answer = viewer.get("/local/dataset-groups/newsroom/datasets/users/")
    assert answer.status_code == 404
    assert "The dataset group newsroom has no Users dataset." in text_of(answer)


@pytest.mark.parametrize("part", ["", "create-records/"])
def test_leads_on_from_a_dataset_that_is_not_created(operator: Client, part: str) -> None:
    datasets = "/local/dataset-groups/newsroom/datasets/"
    html = operator.get(f"{datasets}users/{part}").content.decode()
    assert f'<a class="button" href="{datasets}users/create-dataset/">Create Users dataset</a>' in html
    assert f'<a class="button" href="{datasets}">View datasets</a>' in html


@pytest.mark.parametrize("part", ["", "create-records/"])
def test_leads_a_viewer_to_the_datasets_that_there_are(viewer: Client, part: str) -> None:
    datasets = "/local/dataset-groups/newsroom/datasets/"
    html = viewer.get(f"{datasets}users/{part}").content.decode()
    assert "create-dataset" not in html
    assert f'<a class="button" href="{datasets}">View datasets</a>' in html


def test_offers_no_dataset_in_a_group_that_is_not_there(operator: Client) -> None:
    html = operator.get("/local/dataset-groups/nowhere/datasets/users/").content.decode()
    assert "create-dataset/" not in html


def test_shows_a_schema_that_cannot_be_read(viewer: Client) -> None:
    for text, shown in (
        ("not JSON", "not JSON"),
        ('{"doc": "\\ud800"}', "\\ud800"),
        ("[" * 5000, "[[["),
        ('{"type": "record"}', "{ &quot;type&quot;: &quot;record&quot; }"),
    ):
        Schema.objects.filter(name="loyalty-programme-users-schema").update(text=text)
        answer = viewer.get(PAGE)
        assert answer.status_code == 200
        assert "This schema cannot be read, so no records can be created with it here." in text_of(answer)
        assert shown in " ".join(answer.content.decode().split())
