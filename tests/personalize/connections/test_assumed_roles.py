"""Assumed roles: who works in them, what they are taken with, and how long their credentials are good for.

The STS is moto's server, and what it was asked for is read from it.
"""

import json
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from console.personalize import arns
from console.personalize.connections import connections
from console.personalize.connections.clients import client, session_name
from console.personalize.connections.connections import connection_of, forget_connections
from console.personalize.environments import Environment

ROLE = "arn:aws:iam::123456789012:role/console"


@pytest.fixture(autouse=True)
def own_sts(moto: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """STS is moto's, and boto3 finds no configuration but these credentials."""
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", moto)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIASOURCE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "source")
    forget_connections()
    urllib.request.urlopen(urllib.request.Request(f"{moto}/moto-api/reset", method="POST")).close()


def environment(**more: Any) -> Environment:
    return Environment("production", "Production", "eu-west-1", role_arn=ROLE, **more)


def assumed(moto: str) -> list[dict[str, Any]]:
    """Return the sessions of roles that STS has given."""
    with urllib.request.urlopen(f"{moto}/moto-api/data.json") as answer:
        found: list[dict[str, Any]] = json.load(answer)["sts"]["AssumedRole"]
    return found


def test_the_session_of_a_role_has_the_person_s_name() -> None:
    identity = arns.caller_identity(environment().of_person("ada"))
    assert identity.arn == "arn:aws:sts::123456789012:assumed-role/console/ada"
    assert identity.account == "123456789012"


def test_without_a_person_it_has_the_console_s_name() -> None:
    arn = "arn:aws:sts::123456789012:assumed-role/console/personalize-console"
    assert arns.caller_identity(environment()).arn == arn


@pytest.mark.parametrize(
    ("person_name", "name"),
    [
        ("ada", "ada"),
        ("ada.l+test@example.com", "ada.l+test@example.com"),
        ("a_b=c,d-e", "a_b=c,d-e"),
        ("ab", "ab"),
        ("x" * 64, "x" * 64),
        # With the beginning of the SHA-256 of the name, as sha256sum prints it.
        ("a", "a-ca978112"),
        ("zoë k", "zo--k-7e39195a"),
        ("ada/../root", "ada-..-root-4f898707"),
        ("é", "--4a99557e"),
        ("x" * 70, "x" * 55 + "-c71bd109"),
    ],
)
def test_a_name_is_one_that_sts_takes(person_name: str, name: str) -> None:
    assert session_name(person_name) == name
    arn = f"arn:aws:sts::123456789012:assumed-role/console/{name}"
    assert arns.caller_identity(environment().of_person(person_name)).arn == arn


def test_names_that_become_alike_stay_apart() -> None:
    assert session_name("zoë") != session_name("zoé")


def test_the_external_id_is_sent(moto: str) -> None:
    arns.caller_identity(environment(external_id="our/own:id"))
    assert [each["external_id"] for each in assumed(moto)] == ["our/own:id"]
    assert [each["role_arn"] for each in assumed(moto)] == [ROLE]


def test_a_role_is_assumed_once_for_all_clients_of_a_person(moto: str) -> None:
    ada = environment().of_person("ada")
    made: list[Any] = [client(ada, "personalize"), client(ada, "personalize-events"), client(ada, "sts")]
    for each in made:
        each._request_signer._credentials.get_frozen_credentials()
    assert [each["session_name"] for each in assumed(moto)] == ["ada"]


def test_each_person_has_clients_of_their_own_and_keeps_them() -> None:
    ada, ben = environment().of_person("ada"), environment().of_person("ben")
    assert client(ada, "personalize") is client(ada, "personalize")
    assert client(ada, "personalize") is not client(ben, "personalize")
    assert ada == ben


def test_without_a_role_people_share_the_clients() -> None:
    shared = Environment("staging", "Staging", "eu-west-1")
    assert client(shared.of_person("ada"), "personalize") is client(shared.of_person("ben"), "personalize")


def test_clients_are_kept_for_so_many_people_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "MOST_SESSIONS", 3)
    first = client(environment().of_person("ada"), "personalize")
    for name in ("ben", "cem"):
        client(environment().of_person(name), "personalize")
    assert client(environment().of_person("ada"), "personalize") is first
    client(environment().of_person("dot"), "personalize")
    sessions = connection_of(environment()).sessions
    assert [name for name in ("ada", "ben", "cem", "dot") if sessions.get(name)] == ["ada", "cem", "dot"]
    assert client(environment().of_person("ada"), "personalize") is first


def test_credentials_are_renewed_when_they_end(moto: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ada = environment().of_person("ada")
    credentials = client(ada, "sts")._request_signer._credentials
    before = credentials.get_frozen_credentials().access_key
    assert credentials.get_frozen_credentials().access_key == before
    # They are good for an hour.
    later = datetime.now(UTC) + timedelta(minutes=55)
    monkeypatch.setattr("botocore.credentials._local_now", lambda: later)
    monkeypatch.setattr(credentials, "_time_fetcher", lambda: later)
    assert credentials.get_frozen_credentials().access_key != before
    assert [each["session_name"] for each in assumed(moto)] == ["ada", "ada"]
    assert arns.caller_identity(ada).arn == "arn:aws:sts::123456789012:assumed-role/console/ada"
