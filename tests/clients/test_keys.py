"""Keys, items and actions by the real boto3 and the real AWS CLI, over HTTP, and requests that are cut off."""

import hashlib
import json
import re
import socket
import time
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.clients.test_put_users import ARN, aws, client
from tests.support.served import Served, manage

ITEMS = "arn:aws:personalize:us-east-1:000000000000:dataset/online-shop/ITEMS"
ACTIONS = "arn:aws:personalize:us-east-1:000000000000:dataset/loyalty-programme/ACTIONS"
GROUP = "arn:aws:personalize:us-east-1:000000000000:dataset-group/loyalty-programme"


def make(served: Served, *options: str) -> dict[str, str]:
    """Return a pair of keys as environment variables, from what `local_keys make` prints for a shell."""
    printed = manage("local_keys", "make", *options, variables=served.variables)
    return dict(re.findall(r"^export (\w+)=(\w+)$", printed, re.MULTILINE))


def boto3_client(served: Served, service: str, keys: dict[str, str], **changes: Any) -> Any:
    pair: dict[str, Any] = {name.lower(): value for name, value in keys.items()}
    return client(served, service, **pair, **changes)


def test_the_aws_cli_puts_items_with_a_key_of_its_own_and_a_session_token(served: Served) -> None:
    keys = make(served, "--name", "the CLI")
    items = '[{"itemId": "cli-ü", "properties": "{\\"price\\": 1.5, \\"categoryL1\\": \\"Tee 😀\\"}"}]'
    put = ("personalize-events", "put-items", "--dataset-arn", ITEMS, "--items", items)
    done = aws(served, *put, **keys, AWS_SESSION_TOKEN="a-session-token/+=")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert {"itemId": "cli-ü", "properties": {"price": 1.5, "categoryL1": "Tee 😀"}} in served.local_records(ITEMS)


def test_the_aws_cli_puts_actions(served: Served) -> None:
    fields: list[dict[str, Any]] = [
        {"name": "ACTION_ID", "type": "string"},
        {"name": "VALUE", "type": "long"},
        {"name": "LEVEL", "type": ["null", "string"], "categorical": True},
    ]
    schema = json.dumps({"type": "record", "name": "Actions", "fields": fields, "version": "1.0"})
    made = aws(served, "personalize", "create-schema", "--name", "cli-actions", "--schema", schema, "--output", "text")
    arn = made.stdout.strip()
    named = ("--name", "actions", "--dataset-type", "Actions", "--dataset-group-arn", GROUP, "--schema-arn", arn)
    assert aws(served, "personalize", "create-dataset", *named, "--output", "text").stdout.strip() == ACTIONS
    while client(served, "personalize").describe_dataset(datasetArn=ACTIONS)["dataset"]["status"] != "ACTIVE":
        time.sleep(0.1)
    actions = '[{"actionId": "cli-1", "properties": "{\\"value\\": \\"100\\"}"}]'
    done = aws(served, "personalize-events", "put-actions", "--dataset-arn", ACTIONS, "--actions", actions)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert served.local_records(ACTIONS) == [{"actionId": "cli-1", "properties": {"value": 100}}]


def test_a_read_only_key_lists_and_puts_nothing(served: Served) -> None:
    keys = make(served, "--read-only")
    listed = aws(served, "personalize", "list-dataset-groups", "--query", "datasetGroups[].name", **keys)
    assert "online-shop" in json.loads(listed.stdout)
    refused = {
        ("personalize", "create-dataset-group", "--name", "x"): "CreateDatasetGroup",
        ("personalize-events", "put-items", "--dataset-arn", ITEMS, "--items", "itemId=read-only"): "PutItems",
    }
    for arguments, operation in refused.items():
        done = aws(served, *arguments, **keys)
        assert done.returncode != 0
        assert f"An error occurred (AccessDeniedException) when calling the {operation} operation: " in done.stderr
    assert "read-only" not in [each["itemId"] for each in served.local_records(ITEMS)]


def test_a_key_that_is_revoked_elsewhere_is_refused_within_a_second(served: Served) -> None:
    keys = make(served)
    personalize = boto3_client(served, "personalize", keys)
    personalize.list_schemas()
    manage("local_keys", "revoke", keys["AWS_ACCESS_KEY_ID"], variables=served.variables)
    time.sleep(1)
    with pytest.raises(ClientError) as error:
        personalize.list_schemas()
    assert error.value.response["Error"]["Code"] == "UnrecognizedClientException"
    assert keys["AWS_SECRET_ACCESS_KEY"] not in served.log.read_text()
    assert keys["AWS_SECRET_ACCESS_KEY"] not in manage("local_keys", "list", variables=served.variables)


def test_boto3_may_send_a_hash_of_the_body(served: Served) -> None:
    events = boto3_client(served, "personalize-events", make(served), aws_session_token="a-token")
    events.meta.events.register("before-sign", hashed)
    properties = json.dumps({"price": 2, "categoryL1": "Ünïcode"}, ensure_ascii=False)
    events.put_items(datasetArn=ITEMS, items=[{"itemId": "hashed", "properties": properties}])
    assert {"itemId": "hashed", "properties": {"price": 2, "categoryL1": "Ünïcode"}} in served.local_records(ITEMS)


def hashed(request: Any, **_event: Any) -> None:
    request.headers["X-Amz-Content-SHA256"] = hashlib.sha256(request.body).hexdigest()


@pytest.mark.parametrize("length", [150_000, 2_000_000])
def test_boto3_is_told_that_a_request_is_too_large(served: Served, length: int) -> None:
    events = client(served, "personalize-events")
    users = [{"userId": f"large-{number}", "properties": "x" * length} for number in range(10)]
    with pytest.raises(ClientError) as error:
        events.put_users(datasetArn=ARN.format("online-shop"), users=users)
    assert error.value.response["Error"]["Code"] == "RequestEntityTooLargeException"
    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == 413
    assert error.value.response["ResponseMetadata"]["RetryAttempts"] == 0


def test_a_request_that_is_cut_off_is_answered_and_logged_without_a_traceback(served: Served) -> None:
    host, _, port = served.url.removeprefix("http://").partition(":")
    head = f"POST /aws/items HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n"
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(f'{head}{{"very-secret":'.encode())
        connection.shutdown(socket.SHUT_WR)
        answer = connection.makefile("rb").read()
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b"x-amzn-errortype: RequestAbortedException" in answer
    log = served.log.read_text()
    assert "Traceback" not in log
    assert "very-secret" not in log
