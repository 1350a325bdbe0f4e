"""Requests that no SDK would send, or that were harmed on their way: AWS's answer, nothing stored, nothing told."""

import io
import json
import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError
from django.http import HttpResponse

from console.local.http import wire
from console.local.http.signature import SignedRequest
from console.local.models import Dataset, DatasetGroup, StoredRecord
from console.server.http.refusals import RefusedBody
from tests.conftest import LOYALTY
from tests.local import wsgi
from tests.local.http.test_endpoints import MISMATCH, PUT, REFUSED, SECRET, error, send, signed
from tests.submissions.presses.breaking_presses import broken

if TYPE_CHECKING:
    from mypy_boto3_personalize_events import PersonalizeEventsClient

pytestmark = pytest.mark.usefixtures("demo")

MEBIBYTE = 1_048_576
TARGET = {"X-Amz-Target": "AmazonPersonalize.CreateDatasetGroup"}
MAKE = b'{"name": "new-group"}'


def of_type(content_type: str, path: str = "/users", body: bytes = PUT, headers: Any = None) -> HttpResponse:
    """Send a request that is signed with a content type."""
    request = signed(path, body, {**(headers or {}), "Content-Type": content_type})
    return send(request, {"Content-Type": content_type})


def received(stated: int, stream: io.BytesIO) -> HttpResponse:
    """Send a signed request of a stated Content-Length, of which something else comes."""
    headers = {**dict(signed().headers.items()), "Host": "testserver", "Content-Length": str(stated)}
    return wsgi.request("POST", "/aws/users", PUT, headers, stream)


def test_says_that_the_database_cannot_name_the_sender_of_a_long_body() -> None:
    body = RefusedBody(HTTPStatus.SERVICE_UNAVAILABLE, cause=broken())
    found = received(100_000, body)  # type: ignore[arg-type]  # The server's stand-in for a body.
    assert error(found) == (503, "ServiceUnavailable")
    assert json.loads(found.content)["message"] == (
        "The console's database cannot be reached. Try again in a moment. If that does not help, ask an administrator "
        "to start the database."
    )


class BrokenConnection(io.BytesIO):
    def read(self, *_arguments: Any) -> bytes:
        raise ConnectionResetError


def presigned() -> HttpResponse:
    query = (
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIALOCALDEMOEXAMPLE%2F20260101%2Fus-east-1%2Fpersonalize"
    )
    return send(signed(), {"Authorization": None}, path=f"/aws/users?{query}&X-Amz-Signature={'0' * 64}")


UNKNOWN_OPERATION = (404, "UnknownOperationException")
UNSUPPORTED = (415, "UnsupportedMediaTypeException")
ABORTED = (400, "RequestAbortedException")
TOO_LONG = (413, "RequestEntityTooLargeException")
BAD: dict[str, tuple[Any, tuple[int, str]]] = {
    **REFUSED,
    "an altered header": (lambda: send(signed(), {"Content-Type": "application/json; charset=utf-8"}), MISMATCH),
    "a header that was signed is missing": (lambda: send(signed(headers={"X-Amz-Note": "a"}), {"X-Amz-Note": None}), MISMATCH),
    "not JSON": (lambda: send(signed("/users", b"properties=membershipType")), (400, "SerializationException")),
    "a body of a form": (lambda: of_type("application/x-www-form-urlencoded"), UNSUPPORTED),
    "a body of many parts": (lambda: of_type("multipart/form-data; boundary=membershipType"), UNSUPPORTED),
    "a body for the other service": (lambda: of_type("application/x-amz-json-1.1"), UNSUPPORTED),
    "a form for the control plane": (lambda: of_type("text/plain", "", MAKE, TARGET), UNKNOWN_OPERATION),
    "no type for the control plane": (lambda: of_type("", "", MAKE, TARGET), UNKNOWN_OPERATION),
    "no target": (lambda: send(signed("", MAKE)), UNKNOWN_OPERATION),
    "a body that ends early": (lambda: received(len(PUT), io.BytesIO(PUT[:-1])), ABORTED),
    "a body of which nothing comes": (lambda: received(len(PUT), io.BytesIO(b"")), ABORTED),
    "a connection that breaks": (lambda: received(len(PUT), BrokenConnection()), ABORTED),
    "a long body that ends early": (lambda: received(2 * MEBIBYTE, io.BytesIO(PUT)), TOO_LONG),
    "a connection that breaks in a long body": (lambda: received(2 * MEBIBYTE, BrokenConnection()), ABORTED),
    "a byte too many": (lambda: send(signed("/users", PUT + b" " * (MEBIBYTE - len(PUT) + 1))), TOO_LONG),
    "very many bytes too many": (lambda: received(10**12, io.BytesIO(PUT)), TOO_LONG),
    "a presigned address": (presigned, (403, "MissingAuthenticationTokenException")),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_is_refused_as_aws_refuses_it_and_leaves_no_trace(case: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, "console")
    caplog.set_level(logging.DEBUG, "django.request")
    answer = BAD[case][0]()
    assert error(answer) == BAD[case][1]
    assert not StoredRecord.objects.exists()
    assert DatasetGroup.objects.count() == 7
    assert "answered with" in caplog.text
    for text in (caplog.text, answer.content.decode()):
        for told in ("Traceback", SECRET, "membershipType", "totalSpend", "Signature="):
            assert told not in text


def test_half_of_a_character_in_a_message_is_escaped() -> None:
    request = SignedRequest("POST", "/", "", {"x-amz-target": "AmazonPersonalize.\ud800"}, b"{}")
    answered = wire.answer(request, "/", lambda _access_key_id: None)
    expected = b"The operation AmazonPersonalize.\\ud800 is unknown."
    assert (answered.status, expected in answered.body) == (400, True)
    assert json.loads(answered.body)["message"] == "The operation AmazonPersonalize.\ud800 is unknown."


@pytest.mark.parametrize(
    "content_type", ["application/json", "application/json; charset=utf-8", "Application/JSON", ""]
)
def test_takes_the_content_types_of_rest_json(content_type: str) -> None:
    assert of_type(content_type).status_code == 200
    assert StoredRecord.objects.exists()


@pytest.mark.parametrize("host", ["[", "[::1", "a]b", "a/b?c#d", "ä", "", "another.example", "another.example:8000"])
def test_answers_to_no_host_name_but_its_own(host: str, caplog: pytest.LogCaptureFixture) -> None:
    own = signed(headers={"Host": host})
    answer = wsgi.request("POST", "/aws/users", PUT, {**dict(own.headers.items()), "Host": host})
    assert error(answer) == (403, "AccessDeniedException")
    assert "CONSOLE_ALLOWED_HOSTS" in answer.content.decode()
    assert "Traceback" not in caplog.text
    assert not StoredRecord.objects.exists()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:8000"])
def test_answers_to_each_of_its_host_names(host: str) -> None:
    own = signed(headers={"Host": host})
    assert wsgi.request("POST", "/aws/users", PUT, {**dict(own.headers.items()), "Host": host}).status_code == 200


@pytest.mark.parametrize("content_type", ["application/x-amz-json-1.1", "application/json"])
def test_takes_the_content_types_of_json_1_1(content_type: str) -> None:
    assert of_type(content_type, "", MAKE, TARGET).status_code == 200
    assert DatasetGroup.objects.filter(name="new-group").exists()


def test_takes_a_body_of_a_mebibyte() -> None:
    assert send(signed("/users", PUT + b" " * (MEBIBYTE - len(PUT)))).status_code == 200


def test_the_door_without_a_network_has_the_same_limit(personalize_events: "PersonalizeEventsClient") -> None:
    users: Any = [{"userId": f"u-{number}", "properties": "x" * 110_000} for number in range(10)]
    with pytest.raises(ClientError) as refused:
        personalize_events.put_users(datasetArn=LOYALTY, users=users)
    assert refused.value.response["Error"]["Code"] == "RequestEntityTooLargeException"
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 413


def test_logs_no_properties_of_items(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, "console")
    arn = Dataset.objects.get(name="loyalty-programme-items").arn
    for price in (1.5, True):
        item = {"itemId": "i", "properties": json.dumps({"price": price, "categoryL1": "very-secret"})}
        send(signed("/items", json.dumps({"datasetArn": arn, "items": [item]}).encode()))
    assert StoredRecord.objects.count() == 1
    assert "PutItems answered with 200" in caplog.text
    assert "PutItems answered with 400" in caplog.text
    for told in ("very-secret", "categoryL1", SECRET):
        assert told not in caplog.text
