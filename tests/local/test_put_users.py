"""PutUsers, through real boto3; what is stored is read back as `manage.py local_records` does."""

import io
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError
from django.core.management import CommandError, call_command

from console.local.models import Dataset, StoredRecord
from tests.conftest import LOYALTY
from tests.support.demo import ACCOUNT, REGION

if TYPE_CHECKING:
    from mypy_boto3_personalize_events import PersonalizeEventsClient

pytestmark = pytest.mark.usefixtures("demo")

VALID = {
    "membershipType": "Premium Class|Legacy Member",
    "memberSince": 1600000000,
    "totalSpend": 12.5,
    "newsletter": True,
}
UUID = re.compile(r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}")


def user(user_id: str, **changes: Any) -> Any:
    return {"userId": user_id, "properties": json.dumps({**VALID, **changes})}


def stored(arn: str = LOYALTY) -> list[dict[str, Any]]:
    output = io.StringIO()
    call_command("local_records", arn, stdout=output)
    return [json.loads(line) for line in output.getvalue().splitlines()]


def refusal(client: "PersonalizeEventsClient", *users: Any, arn: str = LOYALTY) -> tuple[str, int, str]:
    with pytest.raises(ClientError) as error:
        client.put_users(datasetArn=arn, users=users)
    details, metadata = error.value.response["Error"], error.value.response["ResponseMetadata"]
    return details["Code"], metadata["HTTPStatusCode"], details["Message"]


def test_answers_with_200_and_a_request_id(personalize_events: "PersonalizeEventsClient") -> None:
    metadata = personalize_events.put_users(datasetArn=LOYALTY, users=[user("u-1")])["ResponseMetadata"]
    assert metadata["HTTPStatusCode"] == 200
    assert UUID.fullmatch(metadata["RequestId"])


def test_stores_users_in_order_of_their_ids(personalize_events: "PersonalizeEventsClient") -> None:
    personalize_events.put_users(datasetArn=LOYALTY, users=[user("u-2", gender="F"), user("u-1", age=30)])
    assert stored() == [
        {"userId": "u-1", "properties": {"age": 30, **VALID}},
        {"userId": "u-2", "properties": {"gender": "F", **VALID}},
    ]


def test_writes_property_names_and_types_of_the_schema(personalize_events: "PersonalizeEventsClient") -> None:
    properties = {"MEMBERSHIP_TYPE": "a", "member_since": "7", "TotalSpend": "1.5", "NEWSLETTER": "false", "AGE": None}
    personalize_events.put_users(datasetArn=LOYALTY, users=[{"userId": "u", "properties": json.dumps(properties)}])
    assert stored() == [
        {
            "userId": "u",
            "properties": {
                "age": None,
                "membershipType": "a",
                "memberSince": 7,
                "totalSpend": 1.5,
                "newsletter": False,
            },
        }
    ]


def test_replaces_the_whole_user_with_the_same_id(personalize_events: "PersonalizeEventsClient") -> None:
    personalize_events.put_users(datasetArn=LOYALTY, users=[user("u", age=30, city="Zürich 😀")])
    first = StoredRecord.objects.get()
    personalize_events.put_users(datasetArn=LOYALTY, users=[user("u", gender="F")])
    assert stored() == [{"userId": "u", "properties": {"gender": "F", **VALID}}]
    assert StoredRecord.objects.get().created_at == first.created_at
    assert StoredRecord.objects.get().replaced_at > first.replaced_at


def test_the_last_of_two_equal_ids_in_one_request_is_kept(personalize_events: "PersonalizeEventsClient") -> None:
    personalize_events.put_users(datasetArn=LOYALTY, users=[user("u", age=1), user("u", age=2)])
    assert [each["properties"]["age"] for each in stored()] == [2]


def test_stores_none_of_the_users_if_one_is_not_valid(personalize_events: "PersonalizeEventsClient") -> None:
    code, status, message = refusal(
        personalize_events, user("u-1"), user("u-2", age="thirty"), user("u-3", shoeSize=44)
    )
    assert (code, status) == ("InvalidInputException", 400)
    assert message == (
        "User 2 (“u-2”), field AGE: Expected a whole number (int), or null; found text. "
        "User 3 (“u-3”), field shoeSize: Expected a field of the schema; found a name that is not one of them. Remove it, or write the name of the field that it is for."
    )
    assert stored() == []


INT = "a whole number (int), or null"
NO_JSON = "JSON has only finite numbers. Write null for no value, if the field is nullable."


@pytest.mark.parametrize(
    ("properties", "told"),
    [
        (json.dumps({"age": float("nan")}), f"field AGE: Expected a JSON value; found “NaN”. {NO_JSON}"),
        (json.dumps({"age": float("-inf")}), f"field AGE: Expected a JSON value; found “-Infinity”. {NO_JSON}"),
        (json.dumps({"age": 34.0}), f"field AGE: Expected {INT}; found the number 34.0. Write 34."),
        (json.dumps({"age": 99999999999}), "field AGE: Expected a whole number from -2147483648 to 2147483647 (int), or null; found a number out of these bounds."),
        (json.dumps({"newsletter": 1}), "field NEWSLETTER: Expected true or false (boolean); found the number 1. Write true or false."),
        (json.dumps({"age": True}), f"field AGE: Expected {INT}; found true."),
        ("\ufeff" + json.dumps({"gender": "F"}), "properties, character 1: Expected a JSON object; found a byte order mark (U+FEFF). Remove it: it is invisible, and JSON cannot begin with it."),
        (str({"gender": "F"}), "properties, character 2: Expected a name in double quotes; found “'”. Write text in double quotes."),
        (json.dumps(json.dumps({"gender": "F"})), "properties, character 1: Expected properties that are the text of a JSON object; found text. Encode the object as JSON once, not twice."),
    ],
)  # fmt: skip
def test_a_refusal_says_whose_which_field_what_was_found_and_what_to_write(
    personalize_events: "PersonalizeEventsClient", properties: str, told: str
) -> None:
    _, _, message = refusal(personalize_events, user("u-1"), {"userId": "u-2", "properties": properties})
    assert f"User 2 (“u-2”), {told}" in message
    assert "User 1" not in message


def test_a_user_id_is_shown_as_far_as_it_can_be(personalize_events: "PersonalizeEventsClient") -> None:
    for user_id, shown in (
        ("x" * 41, "“" + "x" * 40 + "…”"),
        ("a\nb", "“a\N{REPLACEMENT CHARACTER}b”"),
        ("ü 😀", "“ü 😀”"),
    ):
        _, _, message = refusal(personalize_events, {"userId": user_id, "properties": "{"})
        assert message.startswith(f"User 1 ({shown}), properties, character 2: Expected a name in double quotes; ")


def test_a_refusal_never_repeats_a_value_of_properties(personalize_events: "PersonalizeEventsClient") -> None:
    secret = "very-secret-value"
    bad = [
        {"userId": "u", "properties": text}
        for text in (f'{{"age": "{secret}"}}', f'"{secret}"', secret, f'{{"age": {secret}}}')
    ]
    _, _, message = refusal(personalize_events, *bad)
    assert secret not in message


@pytest.mark.parametrize(
    ("users", "path"),
    [
        (
            [user(f"u-{number}") for number in range(11)],
            "'users' failed to satisfy constraint: Member must have length less than or equal to 10",
        ),
        (
            [user("x" * 257)],
            "'users.1.member.userId' failed to satisfy constraint: Member must have length less than or equal to 256",
        ),
        (
            [user("u", city="x" * 24000)],
            "'users.1.member.properties' failed to satisfy constraint: Member must have length less than or equal to 24000",
        ),
    ],
)
def test_keeps_the_limits_that_clients_do_not_check(
    personalize_events: "PersonalizeEventsClient", users: list[Any], path: str
) -> None:
    code, status, message = refusal(personalize_events, *users)
    assert (code, status) == ("InvalidInputException", 400)
    assert message == f"1 validation error detected: Value at {path}"
    assert stored() == []


def test_a_string_that_is_not_categorical_has_1000_characters(personalize_events: "PersonalizeEventsClient") -> None:
    """The developer guide, "Endpoints and quotas" (limits) and "Users dataset" (users-datasets)."""
    code, status, message = refusal(personalize_events, user("u-1", city="é" * 1000), user("u-2", city="é" * 1001))
    assert (code, status) == ("InvalidInputException", 400)
    assert message == (
        "User 2 (“u-2”), field CITY: Expected text in double quotes, at most 1000 characters (string), or null; "
        "found text of 1001 characters."
    )
    personalize_events.put_users(datasetArn=LOYALTY, users=[user("u-1", city="é" * 1000)])


def test_takes_the_longest_user_id(personalize_events: "PersonalizeEventsClient") -> None:
    personalize_events.put_users(datasetArn=LOYALTY, users=[user("x" * 256)])
    assert [each["userId"] for each in stored()] == ["x" * 256]


@pytest.mark.parametrize(
    ("arn", "code", "status", "message"),
    [
        (
            "arn:aws:personalize:us-east-1:000000000000:dataset/missing/USERS",
            "ResourceNotFoundException",
            404,
            "The given dataset does not exist: arn:aws:personalize:us-east-1:000000000000:dataset/missing/USERS",
        ),
        (
            "arn:aws:personalize:us-east-1:000000000000:dataset/loyalty-programme/ITEMS",
            "InvalidInputException",
            400,
            "PutUsers takes a Users dataset; arn:aws:personalize:us-east-1:000000000000:dataset/loyalty-programme/ITEMS is of the type ITEMS.",
        ),
        (
            "arn:aws:personalize:us-east-1:000000000000:dataset/regional-stores/USERS",
            "ResourceInUseException",
            409,
            "The dataset arn:aws:personalize:us-east-1:000000000000:dataset/regional-stores/USERS has the status CREATE_IN_PROGRESS; it must be ACTIVE.",
        ),
        (
            "not-an-arn",
            "InvalidInputException",
            400,
            r"1 validation error detected: Value at 'datasetArn' failed to satisfy constraint: Member must satisfy regular expression pattern: arn:([a-z\d-]+):personalize:.*:.*:.+",
        ),
    ],
)
def test_refuses_a_dataset_that_takes_no_users(
    personalize_events: "PersonalizeEventsClient", arn: str, code: str, status: int, message: str
) -> None:
    assert refusal(personalize_events, user("u"), arn=arn) == (
        code,
        status,
        message.replace("CREATE_IN_PROGRESS", "CREATE IN_PROGRESS"),
    )


def test_local_records_says_that_a_dataset_does_not_exist() -> None:
    arn = f"arn:aws:personalize:{REGION}:{ACCOUNT}:dataset/missing/USERS"
    with pytest.raises(CommandError, match=f"The local service has no dataset {arn}"):
        stored(arn)


def test_local_records_prints_a_line_for_each_user(personalize_events: "PersonalizeEventsClient") -> None:
    cities = ["a\nb", "a\u2028b", "a\u0085b", "a\u2029b", "Zürich 😀"]
    personalize_events.put_users(
        datasetArn=LOYALTY, users=[user(f"u-{number}", city=city) for number, city in enumerate(cities)]
    )
    assert [each["properties"]["city"] for each in stored()] == cities


def test_every_dataset_has_users_of_its_own(personalize_events: "PersonalizeEventsClient") -> None:
    personalize_events.put_users(datasetArn=LOYALTY, users=[user("u")])
    video = Dataset.objects.get(name="video-streaming-users").arn
    personalize_events.put_users(
        datasetArn=video, users=[{"userId": "u", "properties": '{"subscriptionModel": "Ads"}'}]
    )
    assert stored(video) == [{"userId": "u", "properties": {"subscriptionModel": "Ads"}}]
    assert stored() == [{"userId": "u", "properties": VALID}]
