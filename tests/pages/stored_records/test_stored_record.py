"""One user's record, as the local service holds it."""

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from console.local.models import Schema, StoredRecord
from tests.conftest import LOYALTY
from tests.pages.html import fields_of, rows_of, text_of

if TYPE_CHECKING:
    from mypy_boto3_personalize_events import PersonalizeEventsClient

DATASET = "/local/dataset-groups/loyalty-programme/datasets/users/"
PAGE = f"{DATASET}stored-record/"
PROPERTIES = {
    "age": None,
    "gender": "null",
    "membershipType": "Premium  Class|Legacy <b>Member</b>",
    "memberSince": 1600000000,
    "totalSpend": 12.5,
    "newsletter": True,
    "city": "",
}


@pytest.fixture(autouse=True)
def stored(demo: None, personalize_events: "PersonalizeEventsClient") -> None:
    user: Any = {"userId": "ü/1", "properties": json.dumps(PROPERTIES)}
    personalize_events.put_users(datasetArn=LOYALTY, users=[user])


def record(client: Client, user_id: str = "ü/1") -> Any:
    return client.get(PAGE, {"record_id": user_id})


def test_shows_every_field_of_the_schema(operator: Client) -> None:
    assert rows_of(record(operator)) == [
        ["USER_ID", "ü/1", "userId"],
        ["AGE", "No value (null)", "age"],
        ["GENDER", "null", "gender"],
        ["MEMBERSHIP_TYPE", "Premium Class|Legacy <b>Member</b>", "membershipType"],
        ["INTERESTS", "Left out", "interests"],
        ["MEMBER_SINCE", "1600000000", "memberSince"],
        ["TOTAL_SPEND", "12.5", "totalSpend"],
        ["LOYALTY_SCORE", "Left out", "loyaltyScore"],
        ["NEWSLETTER", "true", "newsletter"],
        ["NUMBER_OF_VIDEOS_WATCHED", "Left out", "numberOfVideosWatched"],
        ["CITY", "", "city"],
    ]


def test_shows_the_properties_as_json_and_the_times(
    operator: Client, personalize_events: "PersonalizeEventsClient"
) -> None:
    text = text_of(record(operator))
    assert '{ "gender": "null", ' in text or '"gender": "null",' in text
    assert "Last replaced Never" in text
    personalize_events.put_users(
        datasetArn=LOYALTY, users=[{"userId": "ü/1", "properties": json.dumps({**PROPERTIES, "age": 3})}]
    )
    again = text_of(record(operator))
    assert "Last replaced Never" not in again
    assert f"Created {text.partition('Created ')[2][:29]} Last replaced" in again


def test_shows_what_the_schema_does_not_have(operator: Client) -> None:
    StoredRecord.objects.update(properties='{"shoeSize": 44}')
    assert rows_of(record(operator))[-1] == ["shoeSize", "44", "shoeSize"]


def test_shows_json_alone_where_the_schema_cannot_be_read(operator: Client) -> None:
    Schema.objects.filter(name="loyalty-programme-users-schema").update(text="{")
    text = text_of(record(operator))
    assert "The schema of this dataset cannot be read, so the record is shown only as JSON." in text
    assert '"memberSince": 1600000000' in text


@pytest.mark.parametrize("user_id", ["nobody", "ü", "Ü/1", "\0", "x" * 10_000])
def test_says_that_a_user_is_not_there(viewer: Client, user_id: str) -> None:
    answer = record(viewer, user_id)
    assert answer.status_code == 404
    assert "The dataset has no user with the ID “" in text_of(answer)
    assert f'href="{DATASET}#records"' in answer.content.decode()


def test_says_that_the_address_has_no_record_id(viewer: Client) -> None:
    answer = record(viewer, "")
    assert answer.status_code == 404
    words = "The address has no record_id. Open the record from its dataset, or add ?record_id= and a user ID"
    assert f"{words} to the address." in text_of(answer)


def test_a_group_without_users_says_so(viewer: Client) -> None:
    answer = viewer.get("/local/dataset-groups/newsroom/datasets/users/stored-record/?record_id=x")
    assert answer.status_code == 404
    assert "The dataset group newsroom has no Users dataset." in text_of(answer)


def test_leads_to_create_records_with_the_record(operator: Client) -> None:
    answer = record(operator)
    address = f"{DATASET}create-records/?record_id=%C3%BC%2F1"
    assert f'href="{address}"' in answer.content.decode()
    fields = fields_of(operator.get(address))
    assert json.loads(fields["record_input"]) == {
        "USER_ID": "ü/1",
        "AGE": None,
        "GENDER": "null",
        "MEMBERSHIP_TYPE": "Premium  Class|Legacy <b>Member</b>",
        "MEMBER_SINCE": 1600000000,
        "TOTAL_SPEND": 12.5,
        "NEWSLETTER": True,
        "CITY": "",
    }


def test_create_records_has_the_template_where_the_user_is_gone(operator: Client) -> None:
    fields = fields_of(operator.get(f"{DATASET}create-records/?record_id=nobody"))
    assert json.loads(fields["record_input"])["USER_ID"] == "string"


def test_a_viewer_is_not_offered_to_send_again(viewer: Client) -> None:
    assert "Edit and send again" not in text_of(record(viewer))


def test_a_viewer_sees_when_it_was_stored_and_no_property(viewer: Client) -> None:
    answer = record(viewer)
    text = text_of(answer)
    assert "Last replaced Never" in text
    assert "You see IDs and outcomes." in text
    assert "Premium" not in text
    assert "<tbody>" not in answer.content.decode()
