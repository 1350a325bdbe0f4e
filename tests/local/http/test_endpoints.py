"""The HTTP endpoint: signatures, and requests that no SDK would send."""

import hashlib
import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from django.conf import LazySettings
from django.http import HttpResponse

from console.local import operations
from console.local.models import DatasetGroup, StoredRecord
from tests.conftest import LOYALTY
from tests.local import wsgi

ACCESS_KEY = "AKIALOCALDEMOEXAMPLE"
SECRET = "local-demo-secret-key"
URL = "http://testserver/aws"
USER = {"userId": "ü", "properties": '{"membershipType":"a","memberSince":1,"totalSpend":1,"newsletter":true}'}
PUT = json.dumps({"datasetArn": LOYALTY, "users": [USER]}, ensure_ascii=False).encode()


def signed(
    path: str = "/users",
    body: bytes = PUT,
    headers: dict[str, str] | None = None,
    *,
    method: str = "POST",
    access_key: str = ACCESS_KEY,
    secret: str = SECRET,
    token: str | None = None,
    service: str = "personalize",
    at: datetime | None = None,
) -> AWSRequest:
    """Return a request as botocore signs it, at a moment of ours."""
    request = AWSRequest(method, URL + path, {"Content-Type": "application/json", **(headers or {})}, body)
    signer = SigV4Auth(Credentials(access_key, secret, token), service, "us-east-1")
    with patch("botocore.auth.get_current_datetime", return_value=at or datetime.now(UTC)):
        signer.add_auth(request)
    return request


def send(
    request: AWSRequest,
    changes: dict[str, str | None] | None = None,
    *,
    path: str | None = None,
    body: bytes | None = None,
) -> HttpResponse:
    """Send a request, its headers, path or body changed after it was signed; None leaves a header out."""
    # The test client leaves these two out where a real client does not.
    own = {"Host": "testserver", "Content-Type": "application/json"}
    headers = {**dict(request.headers.items()), **own, **(changes or {})}
    url = path or str(request.url).removeprefix("http://testserver")
    kept = {name: value for name, value in headers.items() if value is not None}
    sent: bytes = request.data if body is None else body  # type: ignore[assignment]  # botocore would take text too.
    return wsgi.request(str(request.method), url, sent, kept)


def error(answer: HttpResponse) -> tuple[int, str]:
    assert json.loads(answer.content)["__type"] == answer["x-amzn-ErrorType"]
    assert json.loads(answer.content)["message"]
    return answer.status_code, answer["x-amzn-ErrorType"]


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    "sign",
    [
        signed,
        lambda: signed(token="a-session-token"),
        lambda: signed(headers={"X-Amz-Content-SHA256": hashlib.sha256(PUT).hexdigest()}),
        lambda: signed(at=datetime.now(UTC) - timedelta(minutes=14)),
        lambda: signed(at=datetime.now(UTC) + timedelta(minutes=14)),
        lambda: signed("/users?a=b&a=a"),
    ],
    ids=[
        "plain",
        "with a session token",
        "with a hash of the body",
        "14 minutes ago",
        "in 14 minutes",
        "with a query",
    ],
)
def test_takes_a_signed_request(sign: Callable[[], AWSRequest]) -> None:
    answer = send(sign())
    assert (answer.status_code, answer.content) == (200, b"")
    assert StoredRecord.objects.get().record_id == "ü"


MISMATCH = (403, "InvalidSignatureException")
REFUSED: dict[str, tuple[Callable[[], HttpResponse], tuple[int, str]]] = {
    "no signature": (lambda: send(signed(), {"Authorization": None}), (403, "MissingAuthenticationTokenException")),
    "another scheme": (lambda: send(signed(), {"Authorization": "Basic YTpi"}), (403, "IncompleteSignatureException")),
    "unknown key": (lambda: send(signed(access_key="AKIAUNKNOWN")), (403, "UnrecognizedClientException")),
    "wrong secret": (lambda: send(signed(secret="wrong")), MISMATCH),
    "another service": (lambda: send(signed(service="s3")), MISMATCH),
    "altered body": (lambda: send(signed(), body=PUT.replace(b"true", b"fals")), MISMATCH),
    "altered path": (lambda: send(signed(), path="/aws/items"), MISMATCH),
    "altered query": (lambda: send(signed(), path="/aws/users?a=b"), MISMATCH),
    "altered token": (lambda: send(signed(token="a"), {"X-Amz-Security-Token": "b"}), MISMATCH),
    "altered date": (
        lambda: send(signed(), {"X-Amz-Date": f"{datetime.now(UTC) + timedelta(seconds=60):%Y%m%dT%H%M%SZ}"}),
        MISMATCH,
    ),
    "a hash of another body": (lambda: send(signed(headers={"X-Amz-Content-SHA256": "0" * 64})), MISMATCH),
    "an unsigned body": (lambda: send(signed(headers={"X-Amz-Content-SHA256": "UNSIGNED-PAYLOAD"})), MISMATCH),
    "an unsigned operation": (
        lambda: send(signed("", b"{}"), {"X-Amz-Target": "AmazonPersonalize.ListSchemas"}),
        MISMATCH,
    ),
    "a date without its time": (
        lambda: send(signed(), {"X-Amz-Date": "20260101"}),
        (403, "IncompleteSignatureException"),
    ),
    "a hash that is no ASCII": (lambda: send(signed(), {"X-Amz-Content-SHA256": "é"}), MISMATCH),
    "no date": (lambda: send(signed(), {"X-Amz-Date": None}), (403, "IncompleteSignatureException")),
    "a date of another day": (lambda: send(signed(), {"X-Amz-Date": "20200101T000000Z"}), MISMATCH),
    "16 minutes ago": (lambda: send(signed(at=datetime.now(UTC) - timedelta(minutes=16))), MISMATCH),
    "in 16 minutes": (lambda: send(signed(at=datetime.now(UTC) + timedelta(minutes=16))), MISMATCH),
}


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("case", REFUSED)
def test_refuses_with_the_code_of_aws_and_stores_nothing(case: str) -> None:
    answer, expected = REFUSED[case][0](), REFUSED[case][1]
    assert error(answer) == expected
    assert not StoredRecord.objects.exists()


def test_the_keys_can_be_replaced(demo: None, settings: LazySettings) -> None:
    settings.CONSOLE_LOCAL_ACCESS_KEY_ID = "AKIAOTHER"
    settings.CONSOLE_LOCAL_SECRET_ACCESS_KEY = "another-secret"
    assert error(send(signed())) == (403, "UnrecognizedClientException")
    assert send(signed(access_key="AKIAOTHER", secret="another-secret")).status_code == 200


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", "SerializationException"),
        (b"[]", "SerializationException"),
        (b"\xff\xfe", "SerializationException"),
        ('{"datasetArn": "a"}'.encode("utf-16"), "SerializationException"),
        (b'{"datasetArn": "arn:aws:personalize:::\\u0000", "users": []}', "InvalidInputException"),
        (b'{"datasetArn": "a", "users": [' + b"{}," * 300_000 + b"{}]}", "InvalidInputException"),
        (b'{"datasetArn": "\\ud800"}', "SerializationException"),
        (b"[" * 100_000, "SerializationException"),
        (b"", "InvalidInputException"),
        (b"{}", "InvalidInputException"),
        (b'{"datasetArn": null, "users": null}', "InvalidInputException"),
        (b'{"datasetArn": 7, "users": {}}', "InvalidInputException"),
        (b'{"datasetArn": "a", "users": [null]}', "InvalidInputException"),
        (b'{"datasetArn": "a", "users": [{"userId": true}]}', "InvalidInputException"),
        (b'{"datasetArn": "' + b"arn:" * 200_000 + b'", "users": []}', "InvalidInputException"),
    ],
)
def test_says_what_is_wrong_with_a_body(body: bytes, code: str) -> None:
    assert error(send(signed("/users", body))) == (400, code)


def test_does_not_mind_members_that_it_does_not_know(demo: None) -> None:
    body = json.dumps({"datasetArn": LOYALTY, "users": [{**USER, "x": 1}], "y": 2}).encode()
    assert send(signed("/users", body)).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sign", "expected"),
    [
        (lambda: signed("/"), (404, "UnknownOperationException")),
        (lambda: signed("/nothing"), (404, "UnknownOperationException")),
        (
            lambda: signed("/x", b"{}", {"X-Amz-Target": "AmazonPersonalize.ListSchemas"}),
            (404, "UnknownOperationException"),
        ),
        (
            lambda: signed("", b"", {"X-Amz-Target": "AmazonPersonalize.ListSchemas"}, method="GET"),
            (404, "UnknownOperationException"),
        ),
        (lambda: signed("/users", method="GET", body=b""), (404, "UnknownOperationException")),
        (lambda: signed("", b"{}", {"X-Amz-Target": "AmazonPersonalize.Nothing"}), (400, "UnknownOperationException")),
        (
            lambda: signed("", b"{}", {"X-Amz-Target": "DynamoDB_20120810.ListTables"}),
            (400, "UnknownOperationException"),
        ),
    ],
)
def test_an_unknown_operation_is_refused_as_aws_does(
    sign: Callable[[], AWSRequest], expected: tuple[int, str]
) -> None:
    assert error(send(sign())) == expected


def test_a_region_that_is_none_is_refused(db: None) -> None:
    request = signed()
    header = request.headers["Authorization"].replace("us-east-1", "a" * 300)
    assert error(send(request, {"Authorization": header})) == (403, "IncompleteSignatureException")


def test_answers_the_control_plane_with_and_without_a_slash(demo: None) -> None:
    for path in ("", "/"):
        answer = send(signed(path, b"{}", {"X-Amz-Target": "AmazonPersonalize.ListDatasetGroups"}))
        assert answer["Content-Type"] == "application/x-amz-json-1.1"
        assert len(json.loads(answer.content)["datasetGroups"]) == DatasetGroup.objects.count()


def test_a_defect_is_logged_by_its_place_alone_and_answered_without_it(
    demo: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def defective(*_arguments: Any) -> dict[str, Any]:
        # As PostgreSQL says of a row that it does not take.
        raise RuntimeError("".join(["Failing row contains (", "1, u, Gold)."]))

    monkeypatch.setitem(operations.OPERATIONS, "PutUsers", defective)
    answer = send(signed())
    assert error(answer) == (500, "InternalServerError")
    assert "The local service failed on PutUsers: RuntimeError" in caplog.text
    assert "in defective" in caplog.text
    for text in (caplog.text, answer.content.decode()):
        assert "contains (1" not in text
        assert "membershipType" not in text


def test_logs_neither_secrets_nor_properties(demo: None, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "console")
    send(signed())
    send(signed(secret="wrong"))
    send(signed("/users", PUT.replace(b'\\"totalSpend\\":1', b'\\"totalSpend\\":\\"a lot\\"')))
    assert "PutUsers answered with 200" in caplog.text
    assert "PutUsers answered with 400" in caplog.text
    for sensitive in (SECRET, "membershipType", "a lot", "Signature="):
        assert sensitive not in caplog.text
