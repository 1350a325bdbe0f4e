"""What a person reads when AWS refuses, or does not answer.

The counterparts are real: sockets that refuse, hang or talk nonsense, a second console behind an endpoint URL, and
boto3's own configuration.
"""

import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from botocore.config import Config

from console.personalize import calls, clients
from console.personalize.environments import Environment
from console.personalize.failures import Effect, Failure, PersonalizeError
from tests.person import Person
from tests.served import Served, free_port

ARN = "arn:aws:personalize:us-east-1:000000000000:dataset/loyalty-programme/USERS"


@pytest.fixture(autouse=True)
def own_aws_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """boto3 finds no configuration but the one in this test's directory, and waits less than a person would."""
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    quick = Config(connect_timeout=0.5, read_timeout=0.5, retries={"mode": "standard", "total_max_attempts": 2})
    monkeypatch.setattr(clients, "CLIENT_CONFIG", clients.CLIENT_CONFIG.merge(quick))
    clients._clients.clear()
    calls._arn_prefixes.clear()
    return tmp_path


def with_keys(monkeypatch: pytest.MonkeyPatch, secret: str = "local-demo-secret-key") -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIALOCALDEMOEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", secret)


def environment(**more: Any) -> Environment:
    return Environment("staging", "Staging", "us-east-1", **more)


def failure(call: Callable[[], Any]) -> Failure:
    with pytest.raises(PersonalizeError) as error:
        call()
    return error.value.failure


def put(where: Environment) -> Failure:
    return failure(lambda: calls.put_users(where, ARN, [{"userId": "u"}]))


class Answering(BaseHTTPRequestHandler):
    """Answers every request with what the test has set."""

    status = 200
    body = b""
    headers_sent: ClassVar[dict[str, str]] = {}

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(self.status)
        for name, value in {**self.headers_sent, "Content-Length": str(len(self.body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, *_arguments: Any) -> None:
        """Keep quiet."""


@pytest.fixture
def answering() -> Iterator[Callable[..., str]]:
    """A server that answers with a status, headers and a body of the test's choice; gives its address."""
    servers: list[ThreadingHTTPServer] = []

    def start(status: int, body: bytes, headers: dict[str, str] | None = None) -> str:
        kind = type("Kind", (Answering,), {"status": status, "body": body, "headers_sent": headers or {}})
        server = ThreadingHTTPServer(("127.0.0.1", 0), kind)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def test_sends_to_a_console_behind_an_endpoint_url(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    with_keys(monkeypatch)
    where = environment(endpoint_url=served.door)
    assert "loyalty-programme" in [group["name"] for group in calls.list_dataset_groups(where)]
    assert calls.describe_dataset_group(where, "online-shop")["domain"] == "ECOMMERCE"
    arn = ARN.replace("loyalty-programme", "video-streaming")
    done = calls.put_users(where, arn, [{"userId": "remote", "properties": '{"subscriptionModel": "Ads"}'}])
    assert (done.http_status, done.attempts, len(done.request_id)) == (200, 1, 36)
    assert {"userId": "remote", "properties": {"subscriptionModel": "Ads"}} in served.local_users(arn)


def test_a_profile_gives_the_credentials(served: Served, own_aws_configuration: Path) -> None:
    (own_aws_configuration / "credentials").write_text(
        "[shop]\naws_access_key_id = AKIALOCALDEMOEXAMPLE\naws_secret_access_key = local-demo-secret-key\n"
    )
    assert calls.list_dataset_groups(environment(endpoint_url=served.door, profile="shop"))


def test_no_credentials() -> None:
    found = put(environment())
    assert found.effect is Effect.NOT_SENT
    assert found.sentence == "No AWS credentials were found for the environment Staging."
    assert found.advice.startswith("Give the console's process credentials where boto3 looks for them")


def test_an_unknown_profile() -> None:
    found = put(environment(profile="nobody"))
    assert found.effect is Effect.NOT_SENT
    assert "cannot be used: The config profile (nobody) could not be found" in found.sentence


def test_a_broken_configuration_file(own_aws_configuration: Path) -> None:
    (own_aws_configuration / "config").write_text("[default\nregion")
    assert "The AWS configuration of the environment Staging cannot be used" in put(environment()).sentence


def test_a_sign_in_that_has_expired(own_aws_configuration: Path) -> None:
    (own_aws_configuration / "config").write_text(
        "[profile sso]\nsso_session = s\nsso_account_id = 000000000000\nsso_role_name = r\n"
        "[sso-session s]\nsso_start_url = https://example.awsapps.com/start\nsso_region = us-east-1\n"
    )
    found = put(environment(profile="sso"))
    assert found.effect is Effect.NOT_SENT
    assert found.sentence == "The AWS sign-in of the environment Staging is missing or has expired."
    assert "aws sso login" in found.advice


def test_the_local_service_needs_no_aws_configuration(
    demo: None, local: Environment, own_aws_configuration: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (own_aws_configuration / "config").write_text("[default\nregion")
    monkeypatch.setenv("AWS_PROFILE", "nobody")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    assert calls.list_dataset_groups(local)


@pytest.mark.parametrize("url", ["not a url", "http://", "ftp//x"])
def test_an_endpoint_url_that_is_none(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    with_keys(monkeypatch)
    found = put(environment(endpoint_url=url))
    assert found.effect is Effect.NOT_SENT
    assert found.sentence.startswith("No endpoint of Amazon Personalize is known for the environment Staging")


def test_an_endpoint_that_does_not_exist(monkeypatch: pytest.MonkeyPatch) -> None:
    with_keys(monkeypatch)
    found = put(environment(endpoint_url="http://personalize.invalid"))
    assert found.effect is Effect.UNCONFIRMED
    assert found.sentence.startswith("AWS could not be reached at http://")
    assert found.sentence.endswith("/users in the environment Staging.")


def test_a_refused_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    with_keys(monkeypatch)
    found = put(environment(endpoint_url=f"http://127.0.0.1:{free_port()}"))
    assert found.sentence.startswith("AWS could not be reached at http://")
    assert found.sentence.endswith("/users in the environment Staging.")


def test_no_answer_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    with_keys(monkeypatch)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        found = put(environment(endpoint_url=f"http://127.0.0.1:{silent.getsockname()[1]}"))
    assert found.effect is Effect.UNCONFIRMED
    assert found.sentence.startswith("AWS did not answer in time at http://127.0.0.1:")


def test_a_connection_that_is_closed_without_an_answer(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    with_keys(monkeypatch)
    operator = Person(served, "operator")
    operator.post("/local/simulate-responses/", response="dropped", scope="next", calls="2")
    found = put(environment(endpoint_url=served.door))
    # A second try came too.
    assert "Nothing is simulated" in operator.get("/local/simulate-responses/")
    assert found.effect is Effect.UNCONFIRMED
    assert found.sentence.startswith("The connection was closed before AWS answered at http://127.0.0.1:")
    assert found.sentence.endswith("/users in the environment Staging.")


def test_no_secure_connection(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    with_keys(monkeypatch)
    found = put(environment(endpoint_url=served.door.replace("http:", "https:")))
    assert found.effect is Effect.UNCONFIRMED
    assert found.sentence.startswith("No secure connection could be made in the environment Staging.")


def test_a_wrong_secret(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    with_keys(monkeypatch, secret="wrong")
    found = put(environment(endpoint_url=served.door))
    assert (found.effect, found.code, found.http_status) == (Effect.REFUSED, "InvalidSignatureException", 403)
    assert found.sentence == "AWS does not accept the credentials of the environment Staging."


def test_an_error_of_the_service(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    with_keys(monkeypatch)
    found = failure(lambda: calls.put_users(environment(endpoint_url=served.door), ARN, [{"userId": "u"}]))
    assert (found.effect, found.code, found.http_status, found.attempts) == (
        Effect.REFUSED,
        "InvalidInputException",
        400,
        1,
    )
    assert found.sentence == f"AWS refused personalize:PutUsers on {ARN}."
    assert found.message.startswith("User 1, field MEMBERSHIP_TYPE: Expected text")
    assert found.advice == "Compare the records with the schema, and mend what the message names."
    assert len(found.request_id) == 36


@pytest.mark.parametrize("status", [200, 400])
@pytest.mark.parametrize(
    "body",
    [
        b"<html>", b"[]", b"5", b'"x"', b"\xff", b"{}", b'{"datasetGroups": 5}', b'{"datasetGroups": [{}]}', b'{"__type": 5}',
        b'{"datasetGroups": [{"name": 7, "status": "ACTIVE"}]}', b'{"datasetGroups": [{"creationDateTime": "?"}]}',
    ],
)  # fmt: skip
def test_an_answer_that_is_no_answer(
    answering: Callable[..., str], monkeypatch: pytest.MonkeyPatch, status: int, body: bytes
) -> None:
    with_keys(monkeypatch)
    where = environment(endpoint_url=answering(status, body))
    found = failure(lambda: calls.list_dataset_groups(where))
    if status == 200:
        assert found.effect is Effect.UNCONFIRMED
        assert found.sentence == "The answer of Amazon Personalize in the environment Staging could not be read."
    else:
        assert found.sentence.startswith(("The answer of Amazon Personalize", "AWS refused"))


def test_a_success_without_a_request_id_is_a_success(
    answering: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with_keys(monkeypatch)
    done = calls.put_users(environment(endpoint_url=answering(200, b"")), ARN, [{"userId": "u"}])
    assert (done.http_status, done.request_id) == (200, "")


def test_a_failure_of_the_service_itself_is_retried_and_unconfirmed(
    answering: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with_keys(monkeypatch)
    url = answering(500, b'{"message": "x"}', {"x-amzn-ErrorType": "InternalServerException"})
    found = put(environment(endpoint_url=url))
    assert (found.effect, found.http_status, found.attempts) == (Effect.UNCONFIRMED, 500, 2)
    assert found.sentence == f"AWS failed on its own side with personalize:PutUsers on {ARN}."


@pytest.mark.parametrize(
    ("code", "status", "message", "sentence"),
    [
        (
            "ExpiredTokenException",
            403,
            "The security token included in the request is expired",
            "The AWS credentials of the environment Staging have expired.",
        ),
        (
            "AccessDeniedException",
            403,
            "User: x is not authorized to perform: personalize:PutUsers",
            f"Access denied: the credentials of the environment Staging may not do personalize:PutUsers on {ARN}.",
        ),
        (
            "ThrottlingException",
            400,
            "Rate exceeded",
            f"Too many requests: AWS throttled personalize:PutUsers on {ARN}.",
        ),
        (
            "TooManyRequests",
            429,
            "Slow down",
            f"Too many requests: AWS throttled personalize:PutUsers on {ARN}.",
        ),
        (
            "UnrecognizedClientException",
            403,
            "The security token included in the request is invalid.",
            "AWS does not accept the credentials of the environment Staging.",
        ),
        (
            "InvalidSignatureException",
            403,
            "Signature expired: 20260101T000000Z is now earlier than",
            "The clock of the console's machine is wrong, so AWS refused the request.",
        ),
        ("ResourceInUseException", 409, "In use", f"AWS refused personalize:PutUsers on {ARN}."),
        ("SomethingNew", 400, "?", f"AWS refused personalize:PutUsers on {ARN}."),
    ],
)
def test_what_aws_refuses(
    answering: Callable[..., str], monkeypatch: pytest.MonkeyPatch, code: str, status: int, message: str, sentence: str
) -> None:
    with_keys(monkeypatch)
    url = answering(status, f'{{"message": "{message}"}}'.encode(), {"x-amzn-ErrorType": code})
    found = put(environment(endpoint_url=url))
    assert (found.effect, found.code, found.message.removesuffix(" (reached max retries: 1)")) == (
        Effect.REFUSED,
        code,
        message,
    )
    assert found.sentence == sentence
    assert found.advice.endswith(".")


def test_a_role_that_may_not_be_taken(monkeypatch: pytest.MonkeyPatch, answering: Callable[..., str]) -> None:
    with_keys(monkeypatch)
    denied = b"<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>"
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", answering(403, denied))
    found = put(environment(role_arn="arn:aws:iam::000000000000:role/console", endpoint_url="http://127.0.0.1:1"))
    assert found.effect is Effect.NOT_SENT
    assert found.sentence == (
        "Access denied: the credentials of the environment Staging may not do "
        "sts:AssumeRole on arn:aws:iam::000000000000:role/console."
    )


def test_a_role_is_taken_and_signs(
    served: Served, monkeypatch: pytest.MonkeyPatch, answering: Callable[..., str]
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIASOURCE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "source")
    taken = (
        b"<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>AKIALOCALDEMOEXAMPLE</AccessKeyId>"
        b"<SecretAccessKey>local-demo-secret-key</SecretAccessKey><SessionToken>token</SessionToken>"
        b"<Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>"
    )
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", answering(200, taken))
    where = environment(role_arn="arn:aws:iam::000000000000:role/console", endpoint_url=served.door)
    assert calls.list_dataset_groups(where)


def test_a_role_without_credentials_to_take_it_with() -> None:
    assert put(environment(role_arn="arn:aws:iam::000000000000:role/console")).sentence.startswith(
        "No AWS credentials"
    )


def test_an_environment_without_dataset_groups_has_no_such_group(local: Environment, db: None) -> None:
    with pytest.raises(PersonalizeError) as error:
        calls.describe_dataset_group(local, "any")
    assert error.value.is_not_found
    assert error.value.failure.sentence == "The environment Local service has no dataset groups."


def test_mended_credentials_are_used_at_the_next_call(served: Served, own_aws_configuration: Path) -> None:
    where = environment(endpoint_url=served.door)
    credentials = own_aws_configuration / "credentials"
    assert put(where).sentence.startswith("No AWS credentials were found")
    credentials.write_text("[default]\naws_access_key_id = AKIALOCALDEMOEXAMPLE\naws_secret_access_key = wrong\n")
    assert put(where).sentence.startswith("AWS does not accept the credentials")
    credentials.write_text(credentials.read_text().replace("wrong", "local-demo-secret-key"))
    assert calls.list_dataset_groups(where)


@pytest.mark.parametrize(
    "variable",
    [
        "AWS_DEFAULTS_MODE",
        "AWS_STS_REGIONAL_ENDPOINTS",
        "AWS_REQUEST_CHECKSUM_CALCULATION",
        "AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES",
        "AWS_ACCOUNT_ID_ENDPOINT_MODE",
        "AWS_METADATA_SERVICE_TIMEOUT",
    ],
)
def test_a_wrong_variable_is_said_and_leaves_the_local_service_alone(
    demo: None, local: Environment, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    if variable != "AWS_METADATA_SERVICE_TIMEOUT":
        with_keys(monkeypatch)
    monkeypatch.setenv(variable, "nonsense")
    assert calls.list_dataset_groups(local)
    found = put(environment())
    assert found.effect is Effect.NOT_SENT
    assert found.sentence.startswith("The AWS configuration of the environment Staging cannot be used: ")
    assert "nonsense" in found.sentence


def test_a_credential_process_that_fails(own_aws_configuration: Path) -> None:
    (own_aws_configuration / "config").write_text("[default]\ncredential_process = /bin/false\n")
    found = put(environment())
    assert found.effect is Effect.NOT_SENT
    assert found.sentence.startswith("The AWS credentials of the environment Staging could not be fetched: ")


def test_a_refusal_after_a_lost_attempt_is_unconfirmed(monkeypatch: pytest.MonkeyPatch) -> None:
    with_keys(monkeypatch)
    statuses = iter([500, 400])

    class Changing(Answering):
        def do_POST(self) -> None:
            self.status = next(statuses)
            super().do_POST()

    with ThreadingHTTPServer(("127.0.0.1", 0), Changing) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        found = put(environment(endpoint_url=f"http://127.0.0.1:{server.server_port}"))
        server.shutdown()
    assert (found.effect, found.http_status, found.attempts) == (Effect.UNCONFIRMED, 400, 2)


def test_half_a_pair_of_keys(own_aws_configuration: Path) -> None:
    (own_aws_configuration / "credentials").write_text("[default]\naws_access_key_id = AKIA\n")
    assert "missing: aws_secret_access_key" in put(environment()).sentence
