"""PutEvents and PutActionInteractions by boto3, by the AWS CLI, versions 1 and 2, and by the SDKs for JavaScript."""

import json
import subprocess
import time
from typing import Any

import pytest
from botocore.exceptions import ParamValidationError

from tests.clients.test_aws_cli import LEFT_OUT, VERSIONS, Run, cli
from tests.clients.test_put_users import KEYS, client
from tests.local.event_requests import FIELDS, Tracked
from tests.local.schemas import record
from tests.support.served import ROOT, Served

__all__ = ["cli"]

GROUP = "arn:aws:personalize:us-east-1:000000000000:dataset-group/clients"
SHOP = "arn:aws:personalize:us-east-1:000000000000:dataset/online-shop/USERS"
DATASET = GROUP.replace("dataset-group", "dataset")
VIEW: dict[str, Any] = {"eventType": "view", "sentAt": 1746100800, "itemId": "film ü"}
TAKEN: dict[str, Any] = {"eventType": "Taken", "timestamp": 1746100800, "actionId": "join", "sessionId": "s"}


@pytest.fixture(scope="module")
def tracked(served: Served) -> Tracked:
    """The tracking ids of a dataset group with both kinds of interactions."""
    personalize = client(served, "personalize")
    personalize.create_dataset_group(name="clients")
    time.sleep(1.1)
    for dataset_type, fields in FIELDS.items():
        schema = personalize.create_schema(
            name=f"clients-{dataset_type}", schema=record(*fields, name=dataset_type.replace("_", ""))
        )
        dataset = personalize.create_dataset(
            name="clients", schemaArn=schema["schemaArn"], datasetGroupArn=GROUP, datasetType=dataset_type
        )["datasetArn"]
    items = personalize.create_event_tracker(name="clients", datasetGroupArn=GROUP)["trackingId"]
    time.sleep(1.1)
    return Tracked(items, personalize.describe_dataset(datasetArn=dataset)["dataset"]["trackingId"])


def stored(served: Served, dataset_type: str, user_id: str) -> list[dict[str, Any]]:
    """Return the events of a user that `manage.py local_records` prints."""
    return [each for each in served.local_records(f"{DATASET}/{dataset_type}") if each.get("userId") == user_id]


def test_boto3_sends_text_and_refuses_an_object(served: Served, tracked: Tracked) -> None:
    events = client(served, "personalize-events")
    properties = {"numRatings": 12, "device": "Phone|Ü 😀"}
    call: dict[str, Any] = {"trackingId": tracked.items, "userId": "boto3", "sessionId": "s"}
    with pytest.raises(ParamValidationError, match="Invalid type for parameter eventList"):
        events.put_events(**call, eventList=[{**VIEW, "properties": properties}])
    events.put_events(**call, eventList=[{**VIEW, "eventValue": 4.5, "properties": json.dumps(properties)}])
    # NaN, as an empty rating of a table, goes out as a text.
    with pytest.raises(events.exceptions.InvalidInputException, match="Member must be of type float"):
        events.put_events(**call, eventList=[{**VIEW, "eventValue": float("nan")}])
    assert stored(served, "INTERACTIONS", "boto3") == [
        {
            "userId": "boto3",
            "itemId": "film ü",
            "eventType": "view",
            "timestamp": 1746100800,
            "eventValue": 4.5,
            **properties,
            "sessionId": "s",
        }
    ]


def test_exceptions_are_of_the_types_of_the_model(served: Served, tracked: Tracked) -> None:
    events = client(served, "personalize-events")
    with pytest.raises(events.exceptions.InvalidInputException) as invalid:
        events.put_events(trackingId="missing", sessionId="s", eventList=[VIEW])
    with pytest.raises(events.exceptions.ResourceNotFoundException) as missing:
        events.put_action_interactions(trackingId=tracked.items, actionInteractions=[TAKEN])
    metadata = [error.value.response["ResponseMetadata"] for error in (invalid, missing)]
    assert [(each["HTTPStatusCode"], each["RetryAttempts"]) for each in metadata] == [(400, 0), (404, 0)]


@pytest.mark.other_languages
@pytest.mark.parametrize(
    ("cli", "version"),
    [pytest.param(version, version, marks=LEFT_OUT[version]) for version in VERSIONS],
    indirect=["cli"],
)
def test_the_cli_records_events(cli: Run, version: str, served: Served, tracked: Tracked) -> None:
    properties = json.dumps({"device": "Phone|Ü 😀"}, ensure_ascii=False)
    session = ("--user-id", version, "--session-id", "s")
    put = ("personalize-events", "put-events", "--tracking-id", tracked.items, *session, "--event-list")
    quoted = properties.replace('"', '\\"')
    for events in (
        [json.dumps([{**VIEW, "properties": properties}])],
        # The shorthand syntax, and a time as ISO 8601 has it.
        [f'eventType=view,sentAt=2025-05-01T12:00:01Z,itemId="film ü",impression=a,b,properties="{quoted}"'],
    ):
        done = cli(*put, *events)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    event = {"userId": version, "itemId": "film ü", "eventType": "view", "device": "Phone|Ü 😀", "sessionId": "s"}
    assert stored(served, "INTERACTIONS", version) == [
        {**event, "timestamp": 1746100800},
        {**event, "timestamp": 1746100801, "impression": "a|b"},
    ]
    refused = cli(*put, json.dumps([{**VIEW, "properties": "{'device': 1}"}]))
    said = "(InvalidInputException) when calling the PutEvents operation: Error parsing properties json. "
    assert said in refused.stderr


# Debian's version 2 is older than the operation.
@pytest.mark.other_languages
@pytest.mark.parametrize(("cli", "version"), [("version 1", "version 1")], indirect=["cli"])
def test_the_cli_records_action_interactions(cli: Run, version: str, served: Served, tracked: Tracked) -> None:
    put = ("personalize-events", "put-action-interactions", "--action-interactions")
    actions = json.dumps([{**TAKEN, "userId": version}, {**TAKEN, "userId": version, "eventType": "VIEWED"}])
    done = cli(*put, actions, "--tracking-id", tracked.actions)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert [each["eventType"] for each in stored(served, "ACTION_INTERACTIONS", version)] == ["Taken", "VIEWED"]
    refused = cli(*put, actions, "--tracking-id", "missing")
    assert "(ResourceNotFoundException) when calling the PutActionInteractions operation" in refused.stderr


def outcomes(served: Served, script: str, *arguments: str) -> dict[str, Any]:
    """Return what came of each step of a script of Node.js."""
    variables = {
        **served.variables,
        "AWS_ACCESS_KEY_ID": KEYS["aws_access_key_id"],
        "AWS_SECRET_ACCESS_KEY": KEYS["aws_secret_access_key"],
        "AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE": "1",
        "NODE_NO_WARNINGS": "1",
    }
    command = ["node", script, served.endpoint, *arguments]
    directory = ROOT / "tests" / "clients" / "javascript"
    done = subprocess.run(command, cwd=directory, env=variables, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    return dict(json.loads(line) for line in done.stdout.splitlines())


@pytest.mark.other_languages
def test_javascript_sends_objects_and_texts_alike(served: Served, tracked: Tracked) -> None:
    invalid, missing = ["InvalidInputException", True, 400, 1], ["ResourceNotFoundException", True, 404, 1]
    assert outcomes(served, "events.mjs", tracked.items, tracked.actions) == {
        "object": [200, "string"],
        "action": 200,
        "no json": invalid,
        "nobody's tracker": invalid,
        "nobody's action tracker": missing,
        "26 impressions": invalid,
        "no number": invalid,
    }
    event = {
        "userId": "js",
        "itemId": "js ü",
        "eventType": "view",
        "impression": "js ü|other",
        "numRatings": 12,
        "device": "Phone|Ü 😀",
        "sessionId": "js",
    }
    assert stored(served, "INTERACTIONS", "js") == [
        {**event, "timestamp": 1746100800},
        {**event, "timestamp": 1746100801},
    ]
    assert [(each["timestamp"], each["cost"]) for each in stored(served, "ACTION_INTERACTIONS", "js")] == [
        (1746100800, 7)
    ]


@pytest.mark.other_languages
def test_javascript_of_version_2_sends_objects(served: Served, tracked: Tracked) -> None:
    twice = "Expected properties that are the text of a JSON object; found text. Encode the object as JSON once, not twice."
    assert outcomes(served, "events_v2.mjs", tracked.items, tracked.actions, SHOP) == {
        "object": [200, "string"],
        "action": 200,
        "user": 200,
        # What is text already is encoded once more.
        "a text": [
            "InvalidInputException",
            400,
            f"Error parsing properties json. Item interaction 1, properties, character 1: {twice}",
        ],
        "nobody's tracker": ["InvalidInputException", 400, "The given event tracker does not exist: missing"],
        "nobody's action tracker": [
            "ResourceNotFoundException",
            404,
            "The given action interaction event tracker does not exist: missing",
        ],
    }
    assert stored(served, "INTERACTIONS", "js v2") == [
        {
            "userId": "js v2",
            "itemId": "js ü",
            "eventType": "view",
            "timestamp": 1746100800,
            "impression": "js ü|other",
            "numRatings": 12,
            "device": "Phone|Ü 😀",
            "sessionId": "js",
        }
    ]
    assert [(each["timestamp"], each["cost"]) for each in stored(served, "ACTION_INTERACTIONS", "js v2")] == [
        (1746100800, 7)
    ]
    user = {"userId": "js v2 ü", "properties": {"membershipStatus": "Premium|Ü 😀"}}
    assert user in served.local_records(SHOP)
