"""The console in production: what it refuses, what its answers carry, and what it logs."""

import json
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import boto3
import pytest
from botocore.exceptions import ClientError

from tests.support.numbers import some_of
from tests.support.presses import wait_for
from tests.support.production import (
    PASSWORD,
    SECRET_KEY,
    Proxied,
    answer_to,
    make_administrator,
    production_variables,
    serve_production,
)
from tests.support.served import MANAGE, Served, free_port, manage, prepare, starting, wait_until_healthy

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient

KEY_SENTENCE = "CONSOLE_SECRET_KEY: production needs a secret of at least 50 characters"
HOSTS_SENTENCE = "CONSOLE_ALLOWED_HOSTS: production needs the host names that people open the console by"


def run(*arguments: str, data: Path, **variables: str) -> "subprocess.CompletedProcess[str]":
    """Run a management command in production."""
    command = [sys.executable, MANAGE, *arguments]
    environment = production_variables(data, **variables)
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)


def refusal(*arguments: str, data: Path, **variables: str) -> str:
    """Run a management command that production must refuse, and return its sentence."""
    if arguments == ("serve",):
        # Whatever else is served on this machine is not what it refuses for.
        arguments = ("serve", f"--port={free_port()}")
    done = run(*arguments, data=data, **variables)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.fixture(scope="module")
def production(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A console in production, with a variable that nothing reads."""
    own = {"CONSOLE_METRICS_TOKEN": "metrics-token", "CONSOLE_PORT": "tcp://10.0.0.1:8000"}
    with serve_production(tmp_path_factory.mktemp("production"), **own) as served:
        yield served


@pytest.mark.parametrize("key", some_of(["", "short", "a" * 60], 1))
def test_refuses_to_start_without_a_strong_secret_key(tmp_path: Path, key: str) -> None:
    said = refusal("serve", data=tmp_path, CONSOLE_SECRET_KEY=key)
    assert KEY_SENTENCE in said
    assert HOSTS_SENTENCE not in said
    assert not (tmp_path / "secret-key").exists()


@pytest.mark.parametrize("hosts", some_of(["", " , ", "*", "console.example,*"], 1, 3))
def test_refuses_to_start_without_host_names(tmp_path: Path, hosts: str) -> None:
    said = refusal("serve", data=tmp_path, CONSOLE_ALLOWED_HOSTS=hosts)
    assert HOSTS_SENTENCE in said
    assert KEY_SENTENCE not in said


def test_says_all_that_is_missing_at_once(tmp_path: Path) -> None:
    said = refusal("serve", data=tmp_path, CONSOLE_SECRET_KEY="", CONSOLE_ALLOWED_HOSTS="")
    assert KEY_SENTENCE in said
    assert HOSTS_SENTENCE in said


def test_refuses_the_accounts_of_a_demo_until_they_have_other_passwords(tmp_path: Path) -> None:
    demo = {"DJANGO_SETTINGS_MODULE": "console.config.settings"}
    prepare(tmp_path, production_variables(tmp_path, **demo))
    for command in (["serve"], ["migrate"], ["check", "--database", "default"]):
        said = refusal(*command, data=tmp_path)
        assert "console.E002" in said
        assert "whose passwords are their names: viewer, operator, administrator." in said
    code = "from django.contrib.auth.models import User; [(u.set_password('other-words-7'), u.save()) for u in User.objects.all()]"
    manage("shell", "--no-imports", "-c", code, variables=production_variables(tmp_path))
    assert run("migrate", data=tmp_path).returncode == 0


def test_refuses_to_make_a_demo(tmp_path: Path) -> None:
    assert "Production has no demo" in refusal("prepare_demo", data=tmp_path)
    assert "Production has no demo" in refusal("reset_demo", data=tmp_path)


@pytest.mark.parametrize("own", some_of([{}, {"CONSOLE_LOCAL_ACCESS_KEY_ID": "AKIAOWNOWNOWNOWNOWN1"}], 1))
def test_refuses_the_demos_key_at_the_http_endpoint(tmp_path: Path, own: dict[str, str]) -> None:
    said = refusal("serve", data=tmp_path, CONSOLE_LOCAL_HTTP="1", **own)
    assert "console.E003" in said
    assert "The local service would accept the demo's access key at /aws" in said
    keys = {"CONSOLE_LOCAL_ACCESS_KEY_ID": "AKIAOWNOWNOWNOWNOWN1", "CONSOLE_LOCAL_SECRET_ACCESS_KEY": "own-secret"}
    assert run("check", data=tmp_path, CONSOLE_LOCAL_HTTP="1", **keys).returncode == 0


def test_refuses_a_flag_that_is_neither_0_nor_1(tmp_path: Path) -> None:
    assert (
        refusal("check", data=tmp_path, CONSOLE_LOCAL_HTTP="yes")
        == "CONSOLE_LOCAL_HTTP: expected 0 or 1; found yes.\n"
    )


@pytest.mark.parametrize("trusted", some_of(["0", "1"], 1))
def test_djangos_checks_for_a_deployment_find_nothing(tmp_path: Path, trusted: str) -> None:
    done = run("check", "--deploy", "--fail-level", "WARNING", data=tmp_path, CONSOLE_TRUSTED_PROXY=trusted)
    assert (done.returncode, done.stderr) == (0, "")
    assert "no issues" in done.stdout


def test_answers_carry_what_browsers_are_to_hold(production: Served) -> None:
    status, headers, _page = answer_to(Proxied(production).request("/sign-in/"))
    assert status == 200
    assert headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "script-src 'self';" in headers["content-security-policy"]
    assert "camera=()" in headers["permissions-policy"]
    assert "clipboard-write=(self)" in headers["permissions-policy"]


def test_cookies_are_secure_and_not_for_scripts_or_other_sites(production: Served) -> None:
    person = Proxied(production).sign_in()
    kept = {each.name: each for each in person.cookies}
    assert set(kept) == {"csrftoken", "known_browser", "sessionid"}
    for cookie in kept.values():
        assert cookie.secure
        assert cookie.has_nonstandard_attr("HttpOnly")
        assert cookie.get_nonstandard_attr("SameSite") == "Lax"


def is_answered(address: str) -> bool:
    return bool(answer_to(address)[0] == 200)


def test_requests_without_tls_are_sent_to_it(production: Served) -> None:
    status, headers, _page = answer_to(
        urllib.request.Request(f"{production.url}/sign-in/", headers={"Host": "console.example"})
    )
    assert (status, headers["location"]) == (301, "https://console.example/sign-in/")
    for path in ("/healthz", "/readyz"):
        wait_for(partial(is_answered, f"{production.url}{path}"))


def test_a_proxy_that_is_not_trusted_is_not_believed(tmp_path: Path) -> None:
    with serve_production(tmp_path, CONSOLE_TRUSTED_PROXY="") as served:
        person = Proxied(served)
        status, headers, _page = answer_to(person.request("/sign-in/"))
        assert status == 200
        assert "strict-transport-security" not in headers
        # The pages work behind it all the same.
        assert "Dataset groups" in person.sign_in().get("/local/dataset-groups/")


def test_the_http_endpoint_is_closed(production: Served) -> None:
    for path in ("/aws", "/aws/users"):
        status, headers, page = answer_to(Proxied(production).request(path))
        assert status == 404
        assert headers["content-type"].startswith("text/html")
        assert "There is nothing at this address." in page


def test_the_http_endpoint_accepts_keys_that_were_made_where_it_is_asked_for(tmp_path: Path) -> None:
    own = {"CONSOLE_LOCAL_ACCESS_KEY_ID": "AKIAOWNOWNOWNOWNOWN1", "CONSOLE_LOCAL_SECRET_ACCESS_KEY": "own-secret"}
    with serve_production(tmp_path, CONSOLE_LOCAL_HTTP="1", **own) as served:
        made = manage("local_keys", "make", "--name", "team", variables=served.variables)
        key = dict(line.removeprefix("export ").split("=") for line in made.splitlines())
        personalize = door_client(served, key["AWS_ACCESS_KEY_ID"], key["AWS_SECRET_ACCESS_KEY"])
        personalize.create_dataset_group(name="of-the-team")
        assert [each["name"] for each in personalize.list_dataset_groups()["datasetGroups"]] == ["of-the-team"]
        # The settings' own key is for a demo, which production has none of.
        with pytest.raises(ClientError, match="UnrecognizedClientException"):
            door_client(served, "AKIAOWNOWNOWNOWNOWN1", "own-secret").list_dataset_groups()


def door_client(served: Served, key_id: str, secret: str) -> "PersonalizeClient":
    """Return a real boto3 client of the HTTP endpoint."""
    return boto3.client(
        "personalize",
        endpoint_url=served.endpoint,
        region_name="us-east-1",
        aws_access_key_id=key_id,
        aws_secret_access_key=secret,
    )


def test_other_host_names_are_refused(production: Served) -> None:
    made = Proxied(production).request("/sign-in/")
    made.add_header("Host", "other.example")
    assert answer_to(made)[0] == 400


def test_the_process_of_a_page_with_an_error_is_found_in_the_log(production: Served) -> None:
    person = Proxied(production).sign_in()
    made = person.request("/nowhere/?secret=in-the-query")
    made.add_header("X-Request-ID", "from-outside")
    person.cookies.add_cookie_header(made)
    status, headers, page = answer_to(made)
    assert status == 404
    assert re.fullmatch("[0-9a-f]{32}", headers["x-request-id"])
    assert f"Request ID in the console's log: <code>{headers['x-request-id']}</code>" in page
    lines = [json.loads(line) for line in production.log.read_text().splitlines()]
    (line,) = [each for each in lines if each.get("request_id") == headers["x-request-id"]]
    assert line["path"] == "/nowhere/"
    assert line["status"] == 404
    assert line["level"] == "INFO"
    assert line["logger"] == "console.requests"
    assert 0 < line["milliseconds"] < 60_000
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", line["time"])


def test_the_log_is_json_from_its_first_line_where_a_check_warns(production: Served) -> None:
    lines = [json.loads(line) for line in production.log.read_text().splitlines()]
    warning = next(line["message"] for line in lines if line["level"] == "WARNING")
    assert "Nothing reads these environment variables, although they begin like settings: CONSOLE_PORT." in warning
    assert warning.endswith("(console.W001)")


def test_the_log_says_who_but_nothing_that_was_typed(production: Served) -> None:
    person = Proxied(production).sign_in()
    person.get("/local/dataset-groups/?filter=typed-into-the-filter")
    log = production.log.read_text()
    lines = [json.loads(line) for line in log.splitlines()]
    assert {"path": "/local/dataset-groups/", "person_id": 1}.items() <= lines[-1].items()
    for secret in ("typed-into-the-filter", PASSWORD, SECRET_KEY, "metrics-token"):
        assert secret not in log


def test_metrics_need_the_token(production: Served) -> None:
    address = f"{production.url}/metrics"
    status, headers, _page = answer_to(address)
    assert (status, headers["www-authenticate"]) == (401, 'Bearer realm="metrics"')
    told = urllib.request.Request(address, headers={"Authorization": "Bearer metrics-token"})
    assert answer_to(told)[0] == 200


def test_a_database_that_is_not_migrated_is_not_ready(tmp_path: Path) -> None:
    variables = production_variables(tmp_path)
    with starting(tmp_path / "serve.log", free_port(), variables) as served:
        wait_until_healthy(served)
        assert answer_to(f"{served.url}/readyz")[::2] == (503, "migrations\n")
        manage("migrate", "--verbosity=0", variables=variables)
        make_administrator(variables)
        # Without a table the worker ends, and it is begun again after a pause.
        wait_for(lambda: answer_to(f"{served.url}/readyz")[::2] == (200, "ok\n"))
        served.process.terminate()
        assert served.process.wait(60) == 0
