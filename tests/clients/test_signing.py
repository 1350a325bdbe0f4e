"""What clients sign in their own ways, over HTTP: boto3, curl, and requests that are written byte by byte."""

import http.client
import json
import re
import subprocess
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

import boto3
import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.exceptions import ClientError

from tests.clients.test_put_users import ARN, KEYS
from tests.support.served import Served

PROPERTIES = '{"membershipStatus": "Gold"}'
DATASET = ARN.format("online-shop")
BODY = json.dumps({"datasetArn": DATASET, "users": [{"userId": "signed", "properties": PROPERTIES}]}).encode()

# The tests are faster than the service lets a client be.
PATIENT = Config(retries={"mode": "standard", "total_max_attempts": 10})


def events(endpoint: str, headers: dict[str, str]) -> Any:
    """Return a boto3 client that adds headers to each request before it signs it."""
    made = boto3.client("personalize-events", "us-east-1", endpoint_url=endpoint, config=PATIENT, **KEYS)  # type: ignore[call-overload]  # The keys are a dict.

    def add(request: AWSRequest, **_event: Any) -> None:
        for name, value in headers.items():
            request.headers[name] = value

    made.meta.events.register("before-sign.personalize-events", add)
    return made


@pytest.mark.parametrize(
    "headers",
    [
        {"x_tenant": "a"},
        {"X_Amzn_Trace_Id": "Root=1"},
        {"x_tenant": "a", "x-tenant": "b"},
        {"x-city": "Zürich"},
        {"x-city": "à la carte"},
        {"Date": "is set by botocore", "x_city": "Zürich"},
        {"x-spaces": " a   b\tc "},
        {"x-empty": ""},
        {"x-no-break": "\u00a0a\u00a0b"},
        {"x.dotted!": "a"},
        {"Date": "is set by botocore"},
    ],
    ids=str,
)
def test_boto3_signs_what_it_likes(served: Served, headers: dict[str, str]) -> None:
    answer = events(served.endpoint, headers).put_users(
        datasetArn=DATASET, users=[{"userId": "boto3", "properties": PROPERTIES}]
    )
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 200


@pytest.mark.parametrize("path", ["/aws/", "//aws", "/aws//", "///aws///", "/aws"])
def test_boto3_takes_endpoints_with_any_number_of_slashes(served: Served, path: str) -> None:
    settings: Any = {"region_name": "us-east-1", "endpoint_url": f"{served.url}{path}", "config": PATIENT, **KEYS}
    answer = boto3.client("personalize-events", **settings).put_users(
        datasetArn=DATASET, users=[{"userId": "boto3", "properties": PROPERTIES}]
    )
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 200
    assert boto3.client("personalize", **settings).list_dataset_groups()["datasetGroups"]


class AsWritten(SigV4Auth):
    """Signs the path as it is written, as clients do that do not normalise it."""

    def _normalize_url_path(self, path: str) -> str:
        return path


def send(served: Served, path: str, headers: list[tuple[str, str | bytes]], request: AWSRequest) -> tuple[int, str]:
    """Send a signed request with headers as they are, and return the status and the message of the answer."""
    while (answer := _send(served, path, headers, request)) == (400, "Rate exceeded"):
        time.sleep(0.1)
    return answer


def _send(served: Served, path: str, headers: list[tuple[str, str | bytes]], request: AWSRequest) -> tuple[int, str]:
    parts = urlsplit(served.url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port)
    connection.putrequest("POST", path, skip_accept_encoding=True)
    for name in ("X-Amz-Date", "Date", "Authorization"):
        if name in request.headers:
            connection.putheader(name, request.headers[name])
    for name, value in [*headers, ("Content-Length", str(len(BODY)))]:
        connection.putheader(name, value)
    connection.endheaders(BODY)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, json.loads(text)["message"] if text else ""


def signed(served: Served, path: str, headers: dict[str, str], signer: type[SigV4Auth] = SigV4Auth) -> AWSRequest:
    request = AWSRequest("POST", f"{served.url}{path}", {"Content-Type": "application/json", **headers}, BODY)
    credentials = Credentials(KEYS["aws_access_key_id"], KEYS["aws_secret_access_key"])
    signer(credentials, "personalize", "us-east-1").add_auth(request)
    return request


JSON = ("Content-Type", "application/json")


@pytest.mark.parametrize("signer", [SigV4Auth, AsWritten])
@pytest.mark.parametrize("path", ["/aws/users", "/aws//users", "//aws/users", "//aws////users"])
def test_a_run_of_slashes_is_signed_as_one_or_as_it_is(served: Served, path: str, signer: type[SigV4Auth]) -> None:
    request = signed(served, path, {}, signer)
    assert send(served, path, [JSON], request) == (200, "")


def test_a_repeated_header_is_signed_with_commas(served: Served) -> None:
    request = signed(served, "/aws/users", {"x-many": "a b,c,d"})
    sent: list[tuple[str, str | bytes]] = [JSON, ("X-Many", "a   b"), ("x-many", "c"), ("X-MANY", " d ")]
    assert send(served, "/aws/users", sent, request) == (200, "")


def test_bytes_outside_ascii_are_signed_as_they_are_sent(served: Served) -> None:
    # As Go and curl do: the bytes of UTF-8 are both what is signed and what is sent.
    request = signed(served, "/aws/users", {"x-city": "à Zürich"})
    sent: list[tuple[str, str | bytes]] = [JSON, ("x-city", "à Zürich".encode())]
    assert send(served, "/aws/users", sent, request) == (200, "")


@pytest.mark.other_languages
@pytest.mark.parametrize("header", ["x_city: Zürich", "x-city: à la carte"])
def test_curl_signs_headers_in_utf_8(served: Served, header: str) -> None:
    command = ["curl", "--silent", "--show-error", "--write-out", "%{http_code}", f"{served.endpoint}/users"]
    command += ["--aws-sigv4", "aws:amz:us-east-1:personalize", "--user", ":".join(KEYS.values())]
    command += ["--header", "Content-Type: application/json", "--header", header, "--data-binary", "@-"]
    printed = b"Rate exceeded"
    while b"Rate exceeded" in printed:
        printed = subprocess.run(command, input=BODY, capture_output=True, check=True).stdout
    assert printed.decode() == "200"


def test_what_was_not_signed_is_refused(served: Served) -> None:
    request = signed(served, "/aws/users", {"x_tenant": "a"})
    code = (
        403,
        (
            "The request signature we calculated does not match the signature you provided. "
            "Check your AWS Secret Access Key and signing method."
        ),
    )
    assert send(served, "/aws/users", [JSON, ("x_tenant", "b")], request) == code
    assert send(served, "/aws/users", [JSON], request) == code


def of_http_date(served: Served, stated: str, moment: datetime) -> AWSRequest:
    with patch("botocore.auth.get_current_datetime", return_value=moment.replace(tzinfo=None)):
        request = AWSRequest("POST", f"{served.url}/aws/users", {"Content-Type": "application/json"}, BODY)
        request.headers["Date"] = "is set by botocore"
        credentials = Credentials(KEYS["aws_access_key_id"], KEYS["aws_secret_access_key"])
        with patch("botocore.auth.formatdate", return_value=stated):
            SigV4Auth(credentials, "personalize", "us-east-1").add_auth(request)
    assert "X-Amz-Date" not in request.headers
    return request


@pytest.mark.parametrize(
    "form",
    [
        lambda moment: format_datetime(moment, usegmt=True),
        lambda moment: f"{moment:%A, %d-%b-%y %H:%M:%S GMT}",
        lambda moment: f"{moment:%a %b %d %H:%M:%S %Y}",
        lambda moment: format_datetime(moment),
        lambda moment: f"{moment:%Y%m%dT%H%M%SZ}",
    ],
    ids=["RFC 9110", "RFC 850", "asctime", "RFC 5322", "ISO 8601"],
)
def test_a_signed_date_stands_for_x_amz_date(served: Served, form: Any) -> None:
    now = datetime.now(UTC)
    assert send(served, "/aws/users", [JSON], of_http_date(served, form(now), now)) == (200, "")


@pytest.mark.parametrize("stated", ["yesterday", "Sat, 99 Nov 2026 25:00:00 GMT", "", "20261128T250000Z"])
def test_a_date_that_is_none_is_refused(served: Served, stated: str) -> None:
    status, message = send(served, "/aws/users", [JSON], of_http_date(served, stated, datetime.now(UTC)))
    assert status == 403
    assert message.startswith("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header")


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (-16, r"^Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 15 min\.\)$"),
        (
            16,
            r"^Signature not yet current: \d{8}T\d{6}Z is still later than \d{8}T\d{6}Z \(\d{8}T\d{6}Z \+ 15 min\.\)$",
        ),
    ],
)
def test_a_clock_that_is_wrong_is_told_in_the_words_of_aws(served: Served, minutes: int, words: str) -> None:
    moment = datetime.now(UTC).replace(tzinfo=None) + timedelta(minutes=minutes)
    with patch("botocore.auth.get_current_datetime", return_value=moment):
        request = signed(served, "/aws/users", {})
    status, message = send(served, "/aws/users", [JSON], request)
    assert status == 403
    assert re.search(words, message), message


def test_a_presigned_request_is_told_how_to_be_signed(served: Served) -> None:
    query = "?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a&X-Amz-Signature=b"
    answer = send(served, f"/aws/users{query}", [JSON], AWSRequest("POST", served.url, {}, BODY))
    words = "Missing Authentication Token: sign the request in its Authorization header, not in its query."
    assert answer == (403, words)


def test_a_body_that_is_not_signed_is_refused(served: Served) -> None:
    headers = {"X-Amz-Content-SHA256": "UNSIGNED-PAYLOAD"}
    with pytest.raises(ClientError, match="X-Amz-Content-SHA256 is not the SHA-256 hash of the body") as error:
        events(served.endpoint, headers).put_users(datasetArn=DATASET, users=[{"userId": "u"}])
    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403
