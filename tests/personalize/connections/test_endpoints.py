"""Where an environment's records go: one text for one endpoint, however it is written."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings

from console.personalize.connections.connections import forget_connections
from console.personalize.connections.endpoints import AWS, LOCAL_SERVICE, SERVED_PORT, UNKNOWN, endpoint_of, normalised
from console.personalize.environments import RESERVED_NAMES, Environment, environments


@pytest.fixture(autouse=True)
def configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A configuration file of boto3's own that is read anew."""
    file = tmp_path / "config"
    monkeypatch.setenv("AWS_CONFIG_FILE", str(file))
    forget_connections()
    yield file
    forget_connections()


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://personalize.example", "https://personalize.example"),
        ("https://personalize.example/", "https://personalize.example"),
        ("HTTPS://Personalize.EXAMPLE:443//", "https://personalize.example"),
        ("https://somebody:secret@personalize.example", "https://personalize.example"),
        ("https://personalize.example.", "https://personalize.example"),
        (" https://personalize.example ", "https://personalize.example"),
        ("http://personalize.example:80", "http://personalize.example"),
        ("http://personalize.example:443", "http://personalize.example:443"),
        ("https://personalize.example:8443/AWS//x/", "https://personalize.example:8443/AWS/x"),
        ("http://[2001:DB8::1]:80/aws", "http://[2001:db8::1]/aws"),
        ("http://127.0.0.1:9000/aws", "http://localhost:9000/aws"),
        ("http://[::1]:9000/aws", "http://localhost:9000/aws"),
        ("http://0.0.0.0:9000/aws", "http://localhost:9000/aws"),
        ("http://[::]:9000/aws", "http://localhost:9000/aws"),
        ("http://127.1:9000/aws", "http://localhost:9000/aws"),
        ("http://192.0.2.1:9000/aws", "http://192.0.2.1:9000/aws"),
        ("https://personalize.us-east-1.amazonaws.com", AWS),
        ("https://personalize-events.us-east-1.amazonaws.com:443/", AWS),
        ("https://personalize-events-fips.us-east-1.amazonaws.com", AWS),
        ("https://personalize-events.us-east-1.api.aws", AWS),
        ("https://personalize-events.cn-north-1.amazonaws.com.cn", AWS),
        ("https://vpce-0123456789abcdef0-abcdefgh.personalize-events.us-east-1.vpce.amazonaws.com", AWS),
        ("https://personalize.us-east-1.amazonaws.com.example", "https://personalize.us-east-1.amazonaws.com.example"),
        ("https://personalize.us-east-1.elb.amazonaws.com", "https://personalize.us-east-1.elb.amazonaws.com"),
    ],
)
def test_one_endpoint_has_one_text(url: str, expected: str) -> None:
    assert normalised(url) == expected


def test_long_endpoints_fit_and_differ() -> None:
    one, other = (
        normalised(f"https://a-name-of-some-length.personalize.example:8443/{'path/' * 20}{end}") for end in "ab"
    )
    assert len(one) == len(other) == 63
    assert one != other
    assert one.startswith("https://a-name-of-some-length.personal~")


def test_environments_of_one_endpoint_have_one_text_and_the_local_service_its_own() -> None:
    plain = Environment("a", "A", "us-east-1")
    assert (
        endpoint_of(plain) == endpoint_of(Environment("b", "B", "eu-west-1", role_arn="arn:aws:iam::1:role/r")) == AWS
    )
    assert endpoint_of(Environment("c", "C", "us-east-1", endpoint_url="https://C.example/")) == "https://c.example"
    assert endpoint_of(environments()["local"]) == LOCAL_SERVICE
    # No environment of a file can be taken for one of these.
    assert AWS in RESERVED_NAMES


@pytest.mark.parametrize(
    ("url", "is_own"),
    [
        ("http://127.0.0.1:8123/aws", True),
        ("http://localhost:8123//aws/", True),
        ("http://[::1]:8123/aws", True),
        ("https://Console.example/aws", True),
        ("http://127.0.0.1:8124/aws", False),
        ("http://localhost/aws", False),
        ("http://127.0.0.1:8123/", False),
        ("https://console.example/aws/x", False),
        ("https://other.example/aws", False),
        ("https://any.of-many.example/aws", False),
    ],
)
def test_the_local_service_of_this_console_is_known_over_http_too(
    url: str, is_own: bool, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ALLOWED_HOSTS = [*settings.OWN_HOSTS, "console.example", ".of-many.example"]
    monkeypatch.setenv(SERVED_PORT, "8123")
    found = endpoint_of(Environment("a", "A", "us-east-1", endpoint_url=url))
    assert (found == LOCAL_SERVICE) == is_own
    monkeypatch.delenv(SERVED_PORT)
    assert endpoint_of(Environment("a", "A", "us-east-1", endpoint_url="http://localhost/aws")) != LOCAL_SERVICE


def test_boto3_s_own_configuration_is_heard(configuration: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    configuration.write_text("[profile there]\nendpoint_url = https://There.example/\n")
    assert endpoint_of(Environment("a", "A", "us-east-1", profile="there")) == "https://there.example"
    assert endpoint_of(Environment("a", "A", "us-east-1", profile="nowhere")) == UNKNOWN
    monkeypatch.setenv("AWS_ENDPOINT_URL_PERSONALIZE_EVENTS", "http://events.example:80")
    assert endpoint_of(Environment("a", "A", "us-east-1")) == "http://events.example"
    assert endpoint_of(Environment("a", "A", "us-east-1", endpoint_url="https://own.example")) == "https://own.example"
