"""Resetting, reading records back, saving and loading a state, keys, and the calls that were answered."""

import json
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from console.local.http import keys
from console.local.http.signature import Key
from console.local.models import AccessKey, Dataset, DatasetGroup, EventTracker, Job, Simulation, StoredRecord
from console.local.storage import call_log, state
from console.server.http.refusals import RefusedBody
from tests.local import over_http
from tests.local.controls.asking import ask, got, refused
from tests.local.event_requests import EVENT
from tests.local.schemas import record
from tests.local.shop import DATASET_ARN
from tests.support.demo import ACCOUNT

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient
    from mypy_boto3_personalize_events import PersonalizeEventsClient

OTHER = "111122223333"
USERS: Any = [
    {"userId": "u-1", "properties": '{"age": 36}'},
    {"userId": "\u2028ü", "properties": '{"age": 1}'},
]


def records(dataset_arn: str = DATASET_ARN) -> list[Any]:
    answer = ask("GET", f"/records?datasetArn={dataset_arn}")
    assert answer["Content-Type"] == "application/jsonl"
    return [json.loads(line) for line in answer.content.decode().splitlines()]


def saved(account: str = "") -> bytes:
    answer = ask("GET", f"/state?account={account}" if account else "/state")
    assert answer.status_code == 200
    return answer.content


def load(content: bytes, account: str = "") -> Any:
    return ask("POST", f"/state?account={account}" if account else "/state", content, content_type="application/jsonl")


def clients(account: str) -> tuple[Any, Any]:
    key = got(ask("POST", "/keys", {"account": account}))
    pair = (key["accessKeyId"], key["secretAccessKey"])
    return over_http.client("personalize", *pair), over_http.client("personalize-events", *pair)


@pytest.fixture
def two_users(dataset: str, personalize_events: "PersonalizeEventsClient") -> str:
    personalize_events.put_users(datasetArn=dataset, users=USERS)
    return dataset


def test_records_are_read_back_a_line_each(two_users: str) -> None:
    assert records() == [{"userId": "u-1", "properties": {"age": 36}}, {"userId": "\u2028ü", "properties": {"age": 1}}]


def test_one_account_is_reset_and_the_others_stay(two_users: str, personalize: "PersonalizeClient") -> None:
    control, _events = clients(OTHER)
    control.create_dataset_group(name="shop")
    got(ask("POST", "/simulations", {"response": "InternalFailure", "account": ACCOUNT}))
    got(ask("POST", "/simulations", {"response": "InternalFailure", "account": OTHER}))
    assert got(ask("POST", "/reset", {"account": ACCOUNT})) == {}
    assert personalize.list_dataset_groups()["datasetGroups"] == []
    assert personalize.list_schemas()["schemas"] == []
    assert ask("GET", f"/records?datasetArn={DATASET_ARN}").status_code == 404
    assert len(control.list_dataset_groups()["datasetGroups"]) == 1
    assert [each["account"] for each in got(ask("GET", "/simulations"))["simulations"]] == [OTHER]
    assert {each["account"] for each in got(ask("GET", "/calls"))["calls"]} == {ACCOUNT, OTHER}
    # Its names are free at once.
    personalize.create_dataset_group(name="shop")


def test_everything_is_reset_but_the_keys(two_users: str, personalize: "PersonalizeClient") -> None:
    control, _events = clients(OTHER)
    control.create_dataset_group(name="shop")
    got(ask("POST", "/simulations", {"response": "InternalFailure"}))
    assert got(ask("POST", "/reset")) == {}
    assert not DatasetGroup.objects.exclude(account="").exists()
    assert not Simulation.objects.exists()
    assert got(ask("GET", "/calls")) == {"calls": []}
    assert control.list_dataset_groups()["datasetGroups"] == []


@pytest.mark.django_db
def test_keys_are_made_for_an_account_or_for_a_new_one() -> None:
    named, new = got(ask("POST", "/keys", {"account": OTHER, "readOnly": True})), got(ask("POST", "/keys"))
    assert named["account"] == OTHER
    assert keys.find(named["accessKeyId"]) == Key(
        named["accessKeyId"], named["secretAccessKey"], OTHER, is_read_only=True
    )
    assert new["account"] not in (OTHER, ACCOUNT)
    assert AccessKey.objects.get(access_key_id=new["accessKeyId"]).account == new["account"]
    assert len(new["account"]) == 12


def test_calls_are_listed_without_what_they_sent(
    two_users: str, personalize_events: "PersonalizeEventsClient"
) -> None:
    with pytest.raises(ClientError):
        personalize_events.put_users(datasetArn=two_users, users=[{"userId": "u-2", "properties": "secret"}])
    stranger = over_http.client("personalize", "AKIAUNKNOWN", "secret")
    with pytest.raises(ClientError):
        stranger.list_schemas()
    *_before, put, refused_put, unknown = got(ask("GET", "/calls"))["calls"]
    assert {name: put[name] for name in ("account", "operation", "status", "errorCode")} == {
        "account": ACCOUNT,
        "operation": "PutUsers",
        "status": 200,
        "errorCode": None,
    }
    assert (refused_put["status"], refused_put["errorCode"]) == (400, "InvalidInputException")
    assert (unknown["account"], unknown["operation"], unknown["errorCode"]) == (
        None,
        "ListSchemas",
        "UnrecognizedClientException",
    )
    assert sorted(put) == ["account", "errorCode", "operation", "requestId", "status", "time"]
    content = ask("GET", "/calls").content.decode()
    assert "u-1" not in content
    assert "secret" not in content
    assert [each["operation"] for each in got(ask("GET", f"/calls?account={OTHER}"))["calls"]] == []


def test_the_last_calls_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(call_log, "MOST_CALLS", 3)
    for number in range(5):
        call_log.note(OTHER if number == 3 else ACCOUNT, "PutUsers", 200, "", f"request {number}")
    assert [each["requestId"] for each in call_log.calls()] == ["request 2", "request 3", "request 4"]
    call_log.forget(ACCOUNT)
    call_log.note("", "", None, "", "request 5")
    assert [each["requestId"] for each in call_log.calls()] == ["request 3", "request 5"]
    # The longest names leave room in their place.
    longest = "ListMetricAttributionMetrics" * 2
    call_log.note(ACCOUNT, longest, 400, "TooManyTagKeysException" * 2, "5c7ab6a1-3e0b-4a4a-8c6e-1d2f3a4b5c6d")
    assert call_log.calls()[-1]["operation"] == longest


@pytest.fixture
def shop(two_users: str, personalize: "PersonalizeClient", personalize_events: "PersonalizeEventsClient") -> str:
    """A dataset group with users, an event, an event tracker and a job; the tracker's id."""
    group = personalize.list_dataset_groups()["datasetGroups"][0]["datasetGroupArn"]
    text = record(*EVENT, name="Interactions")
    schema = personalize.create_schema(name="shop-events", schema=text, domain="ECOMMERCE")["schemaArn"]
    personalize.create_dataset(name="e", datasetGroupArn=group, datasetType="Interactions", schemaArn=schema)
    tracking_id = personalize.create_event_tracker(name="web", datasetGroupArn=group)["trackingId"]
    personalize_events.put_events(
        trackingId=tracking_id,
        userId="u-1",
        sessionId="s",
        eventList=[{"eventType": "View", "sentAt": datetime(2026, 5, 1, tzinfo=UTC), "itemId": "i-1"}],
    )
    personalize.create_dataset_export_job(
        jobName="all",
        datasetArn=two_users,
        roleArn=f"arn:aws:iam::{ACCOUNT}:role/any",
        jobOutput={"s3DataDestination": {"path": "s3://books/exports/"}},
    )
    return tracking_id


EVENTS_ARN = DATASET_ARN.replace("/USERS", "/INTERACTIONS")


def test_a_state_is_put_back_as_it_was(shop: str, personalize: "PersonalizeClient") -> None:
    described = personalize.describe_dataset(datasetArn=DATASET_ARN)["dataset"]
    before, users, events = saved(), records(), records(EVENTS_ARN)
    assert len(events) == 1
    got(ask("POST", "/reset"))
    assert personalize.list_datasets()["datasets"] == []
    assert got(load(before)) == {}
    assert records() == users
    assert records(EVENTS_ARN) == events
    assert personalize.describe_dataset(datasetArn=DATASET_ARN)["dataset"] == described
    assert EventTracker.objects.get().tracking_id == shop
    assert Job.objects.get().dataset == Dataset.objects.get(arn=DATASET_ARN)
    # What came after it goes.
    personalize.create_dataset_group(name="later")
    assert got(load(before)) == {}
    assert [each["name"] for each in personalize.list_dataset_groups()["datasetGroups"]] == ["shop"]


def test_the_state_of_an_account_is_loaded_into_another(shop: str, personalize: "PersonalizeClient") -> None:
    control, events = clients(OTHER)
    control.create_dataset_group(name="before")
    assert got(load(saved(ACCOUNT), OTHER)) == {}
    assert [each["name"] for each in control.list_dataset_groups()["datasetGroups"]] == ["shop"]
    arn = DATASET_ARN.replace(ACCOUNT, OTHER)
    events.put_users(datasetArn=arn, users=[{"userId": "u-3", "properties": '{"age": 3}'}])
    assert len(records(arn)) == 3
    assert len(records()) == 2
    (tracker,) = EventTracker.objects.filter(account=OTHER)
    assert tracker.tracking_id != shop
    assert tracker.arn.startswith(f"arn:aws:personalize:us-east-1:{OTHER}:event-tracker/")


def test_the_state_of_an_account_without_another_replaces_that_account(shop: str) -> None:
    control, _events = clients(OTHER)
    control.create_dataset_group(name="stays")
    assert got(load(saved(ACCOUNT))) == {}
    assert sorted(DatasetGroup.objects.exclude(account="").values_list("name", flat=True)) == ["shop", "stays"]


def header(version: str = state.version(), account: str = "null") -> bytes:
    return f'{{"personalizeLocalState": "{version}", "account": {account}}}\n'.encode()


GROUP_ROW = b'{"kind": "datasetGroup", "row": %s}\n'
REFUSED_STATES = {
    "nothing": (b"", "The body is no state of the local service: its first line does not say so."),
    "no JSON": (b"state", "Line 1 of the state is not JSON in UTF-8."),
    "another file": (b"{}\n", "The body is no state of the local service: its first line does not say so."),
    "another version": (
        header("0001_initial"),
        f"The state is of version 0001_initial, and this service loads {state.version()} alone. Save it anew with this "
        "version.",
    ),
    "an account that is none": (
        header(account="1"),
        "The first line of the state has an account that is not 12 digits.",
    ),
    "an account of letters": (
        header(account='"shop"'),
        "The first line of the state has an account that is not 12 digits.",
    ),
    "half a character": (header() + GROUP_ROW % b'"\\ud800"', "Line 2 of the state is not JSON in UTF-8."),
    "a line that is too long": (
        header() + b"[" + b"0," * 1_048_576 + b"0]",
        "Line 2 of the state is longer than 2097152 bytes, which no row of it is.",
    ),
    "no last line": (header(), "The state is not whole: it has 0 rows, and no last line that says so. Save it anew."),
    "another number of rows": (
        header() + b'{"rows": 1}\n',
        "The state is not whole: it has 0 rows, and no last line that says so. Save it anew.",
    ),
    "rows below the last line": (header() + b'{"rows": 0}\n{"rows": 0}\n', "Line 3 of the state is no row of it."),
    "no JSON later": (header() + b"{", "Line 2 of the state is not JSON in UTF-8."),
    "no row": (header() + b"[]\n", "Line 2 of the state is no row of it."),
    "a table that is none": (header() + b'{"kind": "accessKey", "row": {}}\n', "Line 2 of the state is no row of it."),
    "a row without columns": (header() + GROUP_ROW % b"{}", "Line 2 of the state is no row of it."),
    "a row of text": (header() + GROUP_ROW % b'"row"', "Line 2 of the state is no row of it."),
}


@pytest.mark.parametrize("name", REFUSED_STATES)
def test_a_state_that_is_none_is_refused_and_changes_nothing(two_users: str, name: str) -> None:
    content, sentence = REFUSED_STATES[name]
    assert refused(load(content)) == (400, sentence)
    assert len(records()) == 2


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("account", "1234567890123"),
        ("arn", "arn:aws:personalize:us-east-1:999999999999:dataset-group/shop"),
        ("name", None),
        ("created_at", "yesterday"),
        ("tags", 1e400),
        ("region", ["us-east-1"]),
    ],
)
def test_a_row_with_a_value_that_is_none_of_its_column_is_refused(two_users: str, column: str, value: Any) -> None:
    first, row, *rest = saved().splitlines(keepends=True)
    changed = json.loads(row)
    changed["row"][column] = value
    sent = b"".join([first, json.dumps(changed).encode() + b"\n", *rest])
    assert refused(load(sent)) == (400, "Line 2 of the state is no row of it.")
    assert len(records()) == 2


@pytest.mark.parametrize("kept", [1, 2, -2, -1])
def test_a_state_that_was_cut_at_the_end_of_a_line_is_refused(two_users: str, kept: int) -> None:
    lines = saved().splitlines(keepends=True)[:kept]
    sentence = f"The state is not whole: it has {len(lines) - 1} rows, and no last line that says so. Save it anew."
    assert refused(load(b"".join(lines))) == (400, sentence)
    assert len(records()) == 2


@pytest.mark.parametrize(
    ("kind", "column", "value"),
    [
        ("datasetGroup", "account", "shop"),
        ("datasetGroup", "name", "a\0b"),
        ("schema", "text", "{}"),
        ("record", "properties", "[]"),
        ("record", "properties", "text"),
    ],
)
def test_a_row_that_no_request_could_have_made_is_refused(two_users: str, kind: str, column: str, value: str) -> None:
    lines = [json.loads(each) for each in saved().splitlines()]
    number, changed = next((place, each) for place, each in enumerate(lines, start=1) if each.get("kind") == kind)
    changed["row"][column] = value
    sent = b"".join(json.dumps(each).encode() + b"\n" for each in lines)
    assert refused(load(sent)) == (400, f"Line {number} of the state is no row of it.")
    assert len(records()) == 2


def test_a_record_that_is_there_twice_is_refused(two_users: str) -> None:
    *lines, last = saved().splitlines(keepends=True)
    end = json.dumps({"rows": json.loads(last)["rows"] + 1}).encode()
    assert refused(load(b"".join([*lines, lines[-1], end]))) == (400, "The last lines of the state are no rows of it.")
    assert StoredRecord.objects.count() == 2


def test_the_state_of_all_accounts_is_not_loaded_into_one(two_users: str) -> None:
    assert refused(load(saved(), OTHER)) == (
        400,
        "The state is of all accounts, so it cannot be loaded into one. Save that of one account.",
    )


def test_a_state_has_a_bound(two_users: str, monkeypatch: pytest.MonkeyPatch) -> None:
    content = saved()
    monkeypatch.setattr(state, "LONGEST_STATE", 500)
    assert refused(ask("GET", "/state")) == (409, "What is stored takes more than 500 bytes, which no state may have.")
    assert refused(load(content)) == (400, "The state is longer than 500 bytes.")
    answer = ask(
        "POST",
        "/state",
        b"x",
        content_type="application/jsonl",
        stream=RefusedBody(HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    )
    assert refused(answer) == (400, "The state has not arrived, or is longer than 500 bytes.")
    assert len(records()) == 2
