"""What a person reads when credentials or the configuration fail; AWS itself fails in tests/pages/records/test_aws_failing.py.

The counterparts are real: a second console behind an endpoint URL, a stand-in for STS, and boto3's own configuration.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from console.pages.datasets.creating import status_of
from console.personalize import arns, calls
from console.personalize.accounts import arn_prefixes
from console.personalize.environments import Environment
from console.personalize.errors import Effect, Failure, NotFoundError, PersonalizeError
from console.personalize.tags import remove_tags
from console.records.entities import USERS
from tests.support.aws_stand_in import as_aws_answers, http, stand_in
from tests.support.served import Served

ARN = "arn:aws:personalize:us-east-1:000000000000:dataset/loyalty-programme/USERS"
TAKEN = (
    b"<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>AKIALOCALDEMOEXAMPLE</AccessKeyId>"
    b"<SecretAccessKey>local-demo-secret-key</SecretAccessKey><SessionToken>token</SessionToken>"
    b"<Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>"
)


@pytest.fixture(autouse=True)
def own_aws_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """boto3 finds no configuration but the one in this test's directory."""
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    arn_prefixes.ask_anew()
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
    return failure(lambda: calls.put_records(where, ARN, USERS, [("u", "{}")]))


def test_sends_to_a_console_behind_an_endpoint_url(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    with_keys(monkeypatch)
    where = environment(endpoint_url=served.endpoint)
    assert "loyalty-programme" in [group["name"] for group in calls.list_dataset_groups(where)]
    assert calls.describe_dataset_group(where, "online-shop")["domain"] == "ECOMMERCE"
    arn = ARN.replace("loyalty-programme", "video-streaming")
    done = calls.put_records(where, arn, USERS, [("remote", '{"subscriptionModel": "Ads"}')])
    assert (done.http_status, done.attempts, len(done.request_id)) == (200, 1, 36)
    assert {"userId": "remote", "properties": {"subscriptionModel": "Ads"}} in served.local_records(arn)


def test_a_profile_gives_the_credentials(served: Served, own_aws_configuration: Path) -> None:
    (own_aws_configuration / "credentials").write_text(
        "[shop]\naws_access_key_id = AKIALOCALDEMOEXAMPLE\naws_secret_access_key = local-demo-secret-key\n"
    )
    assert calls.list_dataset_groups(environment(endpoint_url=served.endpoint, profile="shop"))


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


def test_a_request_that_the_api_forbids_is_about_the_input(demo: None, local: Environment) -> None:
    # A key of a tag has at least one character: botocore's model of personalize.
    found = failure(lambda: remove_tags(local, ARN, [""]))
    assert (found.effect, found.is_about_input, found.is_about_access) == (Effect.NOT_SENT, True, False)
    assert found.sentence == "The request UntagResource breaks a rule of the API, so it was not sent."
    assert status_of(found) == 422


@pytest.mark.parametrize("url", ["not a url", "http://", "ftp//x"])
def test_an_endpoint_url_that_is_none(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    with_keys(monkeypatch)
    found = put(environment(endpoint_url=url))
    assert found.effect is Effect.NOT_SENT
    assert found.sentence.startswith("No endpoint of Amazon Personalize is known for the environment Staging")


def test_a_wrong_secret(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    with_keys(monkeypatch, secret="wrong")
    found = put(environment(endpoint_url=served.endpoint))
    assert (found.effect, found.code, found.http_status) == (Effect.REFUSED, "InvalidSignatureException", 403)
    assert found.sentence == "AWS does not accept the credentials of the environment Staging."


def test_an_error_of_the_service(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    with_keys(monkeypatch)
    found = failure(lambda: calls.put_records(environment(endpoint_url=served.endpoint), ARN, USERS, [("u", "{}")]))
    assert (found.effect, found.code, found.http_status, found.attempts) == (
        Effect.REFUSED,
        "InvalidInputException",
        400,
        1,
    )
    assert found.sentence == f"AWS refused personalize:PutUsers on {ARN}."
    assert found.message.startswith("User 1 (“u”), field MEMBERSHIP_TYPE: Expected text")
    assert found.advice == "Compare the records with the schema, and fix what the message names."
    assert len(found.request_id) == 36


def test_a_role_that_may_not_be_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    with_keys(monkeypatch)
    denied = b"<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>"
    with stand_in(lambda _received: [http(403, denied)]) as sts:
        monkeypatch.setenv("AWS_ENDPOINT_URL_STS", sts.url)
        found = put(environment(role_arn="arn:aws:iam::000000000000:role/console", endpoint_url="http://127.0.0.1:1"))
    assert found.effect is Effect.NOT_SENT
    assert found.sentence == (
        "Access denied: the credentials of the environment Staging may not do "
        "sts:AssumeRole on arn:aws:iam::000000000000:role/console."
    )


def test_a_role_is_taken_and_signs(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIASOURCE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "source")
    with stand_in(lambda _received: [http(200, TAKEN)]) as sts:
        monkeypatch.setenv("AWS_ENDPOINT_URL_STS", sts.url)
        where = environment(role_arn="arn:aws:iam::000000000000:role/console", endpoint_url=served.endpoint)
        assert calls.list_dataset_groups(where)


def test_credentials_of_sts_that_cannot_be_read_are_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    with_keys(monkeypatch)
    answers = [b"<AssumeRoleResponse><AssumeRoleResult/></AssumeRoleResponse>", TAKEN]
    with stand_in(lambda _received: [http(200, answers.pop(0))]) as sts, stand_in(as_aws_answers) as aws:
        monkeypatch.setenv("AWS_ENDPOINT_URL_STS", sts.url)
        where = environment(role_arn="arn:aws:iam::000000000000:role/console", endpoint_url=aws.url)
        found = put(where)
        assert (found.effect, found.attempts) == (Effect.NOT_SENT, 0)
        assert found.sentence == (
            "The AWS credentials of the environment Staging could not be fetched: the response of AWS STS to "
            "AssumeRole could not be read."
        )
        assert calls.put_records(where, ARN, USERS, [("u", "{}")]).http_status == 200


def test_an_account_that_sts_says_in_a_way_that_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    with_keys(monkeypatch)
    with stand_in(lambda _received: [http(200, b"<html>")]) as sts:
        monkeypatch.setenv("AWS_ENDPOINT_URL_STS", sts.url)
        found = failure(lambda: arns.caller_identity(environment()))
    assert found.sentence == "The response of AWS STS in the environment Staging could not be read."


def test_a_role_without_credentials_to_take_it_with() -> None:
    assert put(environment(role_arn="arn:aws:iam::000000000000:role/console")).sentence.startswith(
        "No AWS credentials"
    )


def test_an_environment_without_dataset_groups_has_no_such_group(local: Environment, db: None) -> None:
    with pytest.raises(NotFoundError) as error:
        calls.describe_dataset_group(local, "any")
    assert error.value.failure.sentence == "The environment Local service has no dataset groups."


def test_mended_credentials_are_used_at_the_next_call(served: Served, own_aws_configuration: Path) -> None:
    where = environment(endpoint_url=served.endpoint)
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


@pytest.mark.served
def test_a_credential_process_that_fails(own_aws_configuration: Path) -> None:
    (own_aws_configuration / "config").write_text("[default]\ncredential_process = /bin/false\n")
    found = put(environment())
    assert found.effect is Effect.NOT_SENT
    assert found.sentence.startswith("The AWS credentials of the environment Staging could not be fetched: ")


def test_half_a_pair_of_keys(own_aws_configuration: Path) -> None:
    (own_aws_configuration / "credentials").write_text("[default]\naws_access_key_id = AKIA\n")
    assert "missing: aws_secret_access_key" in put(environment()).sentence


@pytest.mark.parametrize("body", [b"", b"<html>Service Unavailable</html>"])
def test_the_request_id_of_an_answer_without_an_error_in_it(body: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    with_keys(monkeypatch)
    with stand_in(lambda _received: [http(503, body, {"Content-Type": "text/html"})]) as aws:
        found = put(environment(endpoint_url=aws.url))
    assert (found.http_status, found.request_id) == (503, "0e7bd2ab-4f8c-4f4c-9a57-3c1b4a2f6d10")
