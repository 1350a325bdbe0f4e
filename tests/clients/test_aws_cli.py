"""The AWS CLI, versions 1 and 2, over HTTP: every way in that the reference of `put-users` has, and the options.

Both are given --endpoint-url: AWS_ENDPOINT_URL is read by newer ones of version 2 than Debian's.
"""

import json
import re
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from botocore.exceptions import ClientError

from scripts.find_aws_cli import find_aws_cli
from tests.clients.test_put_users import ARN, AWS, KEYS, exhaust
from tests.support.served import Served

SECRET = KEYS["aws_secret_access_key"]
SHOP = ARN.format("online-shop")
AWKWARD = 'Premium, "Class"|=Ü\' 😀'

VERSIONS = ("version 1", "version 2")
# CI leaves version 1 out.
LEFT_OUT = {"version 1": [pytest.mark.every_client], "version 2": []}

type Run = Callable[..., "subprocess.CompletedProcess[str]"]
type Way = Callable[[Run, Path, list[dict[str, str]]], list[str]]


pytestmark = pytest.mark.other_languages


@pytest.fixture(params=[pytest.param(version, marks=LEFT_OUT[version]) for version in VERSIONS])
def cli(request: pytest.FixtureRequest, served: Served, tmp_path: Path) -> Run:
    """The AWS CLI in a directory of its own, with the demo keys; keywords are other environment variables."""
    program = str(AWS) if request.param == "version 1" else find_aws_cli()
    assert program is not None, "There is no AWS CLI of version 2: scripts/install_aws_cli.sh installs it."
    variables = {
        **served.variables,
        "AWS_ACCESS_KEY_ID": KEYS["aws_access_key_id"],
        "AWS_SECRET_ACCESS_KEY": SECRET,
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_CONFIG_FILE": str(tmp_path / "config"),
        "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "credentials"),
        "AWS_PAGER": "",
        # Files and output are read and written in it by version 1 and 2.
        "PYTHONUTF8": "1",
        "AWS_CLI_FILE_ENCODING": "UTF-8",
        "LC_ALL": "C.UTF-8",
    }

    def run(*arguments: str, endpoint: str = served.endpoint, **changes: str) -> "subprocess.CompletedProcess[str]":
        command = [program, *arguments, "--endpoint-url", endpoint]
        return subprocess.run(
            command, env={**variables, **changes}, capture_output=True, text=True, cwd=tmp_path, timeout=60
        )

    return run


def users(way: str) -> list[dict[str, str]]:
    """Return two users of a way in, whose ids and values have what shells and shorthand mind."""
    return [
        {"userId": f"{way} ü{number}", "properties": json.dumps({"membershipStatus": AWKWARD}, ensure_ascii=False)}
        for number in (1, 2)
    ]


def in_file(directory: Path, name: str, text: str) -> str:
    (directory / name).write_text(text, encoding="utf-8")
    return f"file://{name}"


def shorthand(user: dict[str, str]) -> str:
    """Return a user as the shorthand syntax writes it, each value in double quotes."""
    quoted = {name: value.replace("\\", "\\\\").replace('"', '\\"') for name, value in user.items()}
    return ",".join(f'{name}="{value}"' for name, value in quoted.items())


def filled_skeleton(run: Run, kind: str, read: Callable[[str], Any]) -> dict[str, Any]:
    printed = run("personalize-events", "put-users", "--generate-cli-skeleton", kind)
    skeleton = read(printed.stdout)
    assert skeleton == {"datasetArn": "", "users": [{"userId": "", "properties": ""}]}
    assert isinstance(skeleton, dict)
    return skeleton


def json_skeleton(run: Run, directory: Path, members: list[dict[str, str]]) -> list[str]:
    request = filled_skeleton(run, "input", json.loads) | {"datasetArn": SHOP, "users": members}
    return ["--cli-input-json", in_file(directory, "skeleton.json", json.dumps(request))]


def yaml_skeleton(run: Run, directory: Path, members: list[dict[str, str]]) -> list[str]:
    request = filled_skeleton(run, "yaml-input", yaml.safe_load) | {"datasetArn": SHOP, "users": members}
    return ["--cli-input-yaml", in_file(directory, "skeleton.yaml", yaml.safe_dump(request, allow_unicode=True))]


def request_of(members: list[dict[str, str]], arn: str = SHOP) -> dict[str, Any]:
    return {"datasetArn": arn, "users": members}


TO_SHOP = ["--dataset-arn", SHOP]
WAYS: dict[str, Way] = {
    "JSON": lambda _run, _directory, members: [*TO_SHOP, "--users", json.dumps(members)],
    "JSON of a file": lambda _run, directory, members: [
        *TO_SHOP, "--users", in_file(directory, "users.json", json.dumps(members, ensure_ascii=False)),
    ],
    "shorthand": lambda _run, _directory, members: [*TO_SHOP, "--users", *map(shorthand, members)],
    "cli-input-json": lambda _run, _directory, members: ["--cli-input-json", json.dumps(request_of(members))],
    "cli-input-json of a file": lambda _run, directory, members: [
        "--cli-input-json", in_file(directory, "request.json", json.dumps(request_of(members), ensure_ascii=False)),
    ],
    "cli-input-json, overridden": lambda _run, _directory, members: [
        *TO_SHOP, "--cli-input-json", json.dumps(request_of(members, ARN.format("missing"))),
    ],
    "a skeleton": json_skeleton,
}  # fmt: skip
YAML_WAYS: dict[str, Way] = {
    "cli-input-yaml": lambda _run, _directory, members: ["--cli-input-yaml", yaml.safe_dump(request_of(members))],
    "cli-input-yaml of a file": lambda _run, directory, members: [
        "--cli-input-yaml",
        in_file(directory, "request.yaml", yaml.safe_dump(request_of(members), allow_unicode=True)),
    ],
    "a skeleton in YAML": yaml_skeleton,
}
WAYS_OF = {"version 1": WAYS, "version 2": WAYS | YAML_WAYS}


@pytest.mark.parametrize(
    ("cli", "version", "name"),
    [
        pytest.param(version, version, name, marks=LEFT_OUT[version])
        for version in VERSIONS
        for name in WAYS_OF[version]
    ],
    indirect=["cli"],
)
def test_every_way_in_puts_users(cli: Run, version: str, name: str, served: Served, tmp_path: Path) -> None:
    members = users(f"{version} {name}")
    done = cli("personalize-events", "put-users", *WAYS_OF[version][name](cli, tmp_path, members))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    stored = {each["userId"]: each["properties"] for each in served.local_records(SHOP)}
    for member in members:
        assert stored[member["userId"]] == {"membershipStatus": AWKWARD}


def test_a_user_without_properties_is_validated(cli: Run) -> None:
    done = cli("personalize-events", "put-users", *TO_SHOP, "--users", "userId=bare")
    assert done.returncode != 0
    assert "An error occurred (InvalidInputException) when calling the PutUsers operation: User 1 (" in done.stderr


def test_a_request_that_is_not_signed_is_refused_as_aws_refuses_it(cli: Run) -> None:
    done = cli("personalize", "list-dataset-groups", "--no-sign-request")
    assert done.returncode != 0
    assert "(MissingAuthenticationTokenException) when calling the ListDatasetGroups operation" in done.stderr


def test_a_session_token_is_signed(cli: Run) -> None:
    done = cli("personalize", "list-schemas", "--query", "length(schemas) > `0`", AWS_SESSION_TOKEN="a-token/+==")
    assert (done.returncode, done.stdout.strip()) == (0, "true")


def test_a_region_has_resources_of_its_own(cli: Run) -> None:
    done = cli("personalize", "list-dataset-groups", "--region", "eu-central-1")
    assert (done.returncode, json.loads(done.stdout)) == (0, {"datasetGroups": []})


@pytest.mark.parametrize("slash", ["", "/"])
def test_the_prefix_may_end_in_a_slash(cli: Run, served: Served, slash: str) -> None:
    listed = cli("personalize", "list-dataset-groups", endpoint=served.endpoint + slash)
    put = cli("personalize-events", "put-users", *TO_SHOP, "--users", "userId=slash", endpoint=served.endpoint + slash)
    assert (listed.returncode, "InvalidInputException" in put.stderr) == (0, True)


def test_output_is_what_is_asked_for(cli: Run) -> None:
    described = ("personalize", "describe-dataset", "--dataset-arn", SHOP)
    assert cli(*described, "--query", "dataset.datasetType", "--output", "text").stdout == "USERS\n"
    table = cli(*described, "--output", "table").stdout
    assert re.search(r"\|\s+datasetType\s+\|\s+USERS\s+\|", table)
    whole = json.loads(cli(*described, "--output", "json").stdout)["dataset"]
    assert set(whole) == {
        "name",
        "datasetArn",
        "datasetGroupArn",
        "datasetType",
        "schemaArn",
        "status",
        "creationDateTime",
        "lastUpdatedDateTime",
    }


@pytest.mark.parametrize(
    ("command", "key"),
    [("list-dataset-groups", "datasetGroups"), ("list-datasets", "datasets"), ("list-schemas", "schemas")],
)
def test_pages_are_put_together_and_can_be_left_off_and_gone_on_with(cli: Run, command: str, key: str) -> None:
    def listed(*options: str) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(cli("personalize", command, *options).stdout)
        return answer

    everything = [each["name"] for each in listed()[key]]
    assert len(everything) > 6
    assert [each["name"] for each in listed("--page-size", "2")[key]] == everything
    first = listed("--page-size", "2", "--max-items", "3")
    rest = listed("--page-size", "2", "--starting-token", first["NextToken"])
    assert [each["name"] for each in first[key] + rest[key]] == everything
    assert len(listed("--no-paginate", "--max-results", "2")[key]) == 2


def test_an_event_tracker_is_made_shown_and_deleted(cli: Run) -> None:
    group = ("--dataset-group-arn", "arn:aws:personalize:us-east-1:000000000000:dataset-group/member-profiles")

    def done(command: str, *options: str) -> Any:
        printed = cli("personalize", command, *options)
        assert printed.returncode == 0, printed.stderr
        return json.loads(printed.stdout or "{}")

    made = done("create-event-tracker", "--name", "cli", *group)
    tracker = ("--event-tracker-arn", made["eventTrackerArn"])
    described = done("describe-event-tracker", *tracker)["eventTracker"]
    assert (described["name"], described["trackingId"]) == ("cli", made["trackingId"])
    assert [each["name"] for each in done("list-event-trackers", *group)["eventTrackers"]] == ["cli"]
    # Of these servers, a change is done at once or a second later.
    again = cli("personalize", "create-event-tracker", "--name", "again", *group)
    assert "(ResourceAlreadyExistsException) when calling the CreateEventTracker operation" in again.stderr
    settled = time.monotonic() + 10
    while done("describe-event-tracker", *tracker)["eventTracker"]["status"] != "ACTIVE":
        assert time.monotonic() < settled
    assert done("delete-event-tracker", *tracker) == {}
    while done("list-event-trackers", *group)["eventTrackers"]:
        assert time.monotonic() < settled


def test_debug_shows_no_secret(cli: Run, served: Served) -> None:
    done = cli("personalize-events", "put-users", *TO_SHOP, "--users", shorthand(users("debug")[0]), "--debug")
    assert done.returncode == 0
    assert SECRET not in done.stderr
    log = served.log.read_text()
    for told in (SECRET, "Premium", "Signature=", "Traceback"):
        assert told not in log


def test_a_throttled_call_is_tried_again(cli: Run, served: Served) -> None:
    arn = ARN.format("video-streaming")
    user = {"userId": "again", "properties": '{"subscriptionModel": "Ads"}'}
    put = ("personalize-events", "put-users", "--dataset-arn", arn, "--users", json.dumps([user]))
    with pytest.raises(ClientError, match="ThrottlingException"):
        exhaust(served, arn, user)
    done = cli(*put, AWS_RETRY_MODE="standard", AWS_MAX_ATTEMPTS="10")
    assert (done.returncode, done.stderr) == (0, "")
