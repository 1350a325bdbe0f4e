"""The samples of the Request panel, run as they are: what they send is what the local service then holds."""

import base64
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from console.records.entities import ENTITIES, INTERACTIONS, USERS
from console.records.samples import Target, samples
from tests.clients.java_classes import write_classes
from tests.clients.test_put_users import AWS, KEYS, client
from tests.support.examples import EXAMPLES, Example
from tests.support.examples.datasets import make_dataset
from tests.support.served import ROOT, Served

pytestmark = pytest.mark.other_languages

ARN = "arn:aws:personalize:us-east-1:000000000000:dataset/member-profiles/USERS"
HERE = ROOT / "tests" / "clients"
AWKWARD = [
    "plain",
    "both ' and \" quotes",
    "\\ \\\\ \\n \\u0041 \\' \\\" ends with \\",
    "$HOME ${HOME} $(id) `id` !! %PATH% ^ & | ; < > * ? ~ #",
    "line\nbreak\r\nand\ttab",
    "emoji 😀 and 👩‍👧‍👦",
    "\u202eright to left\u202c שלום",
    "</script><!-- ]]> <![CDATA[",
    "\u2028 \u2029 \x7f \u0085 \u00a0 \ufeff",
    "'; END_OF_REQUEST",
]


def users_of(texts: list[str]) -> list[tuple[str, str]]:
    """Return users, each by its id and its properties, that have the texts in both."""
    return [
        (
            text.replace("\n", "").replace("\r", "").replace("\t", "").replace("\x7f", ""),
            json.dumps(
                {"email": text, "fullName": text * 3, "age": 7, "gender": "F"},
                ensure_ascii=False,
                separators=(",", ":"),
            ),
        )
        for text in texts
    ]


# A category has at most 1000 characters, and a value has any number of them.
LONG = "|".join(["x" * 950 + "é'\"\\😀" * 8] * 23)
CASES = {
    "awkward text": users_of(AWKWARD),
    "long text": [
        (
            f"long-{number}",
            json.dumps({"email": "", "fullName": "", "age": 7, "gender": LONG}, ensure_ascii=False),
        )
        for number in range(6)
    ],
}

type Run = Callable[[str, Path, dict[str, str]], "subprocess.CompletedProcess[str]"]


def run(command: list[str], directory: Path, variables: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(command, cwd=directory, env=variables, capture_output=True, text=True)


def in_bash(code: str, directory: Path, variables: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    (directory / "sample.sh").write_text(code)
    return run(["bash", "sample.sh"], directory, variables)


def in_python(code: str, directory: Path, variables: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    (directory / "sample.py").write_text(code)
    return run([str(AWS.with_name("python")), "sample.py"], directory, variables)


def in_node(code: str, directory: Path, variables: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    (directory / "node_modules").symlink_to(HERE / "javascript" / "node_modules")
    (directory / "sample.mjs").write_text(code)
    return run(["node", "sample.mjs"], directory, variables)


RUNS: dict[str, Run] = {
    "AWS CLI": in_bash,
    "Python (boto3)": in_python,
    "JavaScript": in_node,
    "HTTP": in_bash,
}


def code_of(name: str, target: Target, users: list[tuple[str, str]]) -> str:
    (code,) = [sample.code for sample in samples(target, users) if sample.name == name]
    return code


def variables_of(served: Served) -> dict[str, str]:
    return {
        **served.variables,
        "PATH": f"{AWS.parent}:{os.environ['PATH']}",
        "AWS_ACCESS_KEY_ID": KEYS["aws_access_key_id"],
        "AWS_SECRET_ACCESS_KEY": KEYS["aws_secret_access_key"],
    }


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("name", RUNS)
def test_a_sample_sends_what_it_shows(name: str, case: str, served: Served, tmp_path: Path) -> None:
    users = [(f"{name} {user_id}", properties) for user_id, properties in CASES[case]]
    target = Target(USERS, "us-east-1", ARN, served.endpoint)
    done = RUNS[name](code_of(name, target, users), tmp_path, variables_of(served))
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    stored = {user["userId"]: user["properties"] for user in served.local_records(ARN)}
    for user_id, properties in users:
        assert stored[user_id] == json.loads(properties)


@pytest.mark.parametrize("name", RUNS)
def test_a_sample_of_events_sends_what_it_shows(name: str, served: Served, tmp_path: Path) -> None:
    group = "arn:aws:personalize:us-east-1:000000000000:dataset-group/video-streaming"
    personalize = client(served, "personalize")
    (tracker,) = personalize.list_event_trackers(datasetGroupArn=group)["eventTrackers"]
    described = personalize.describe_event_tracker(eventTrackerArn=tracker["eventTrackerArn"])["eventTracker"]
    own = {
        "sessionId": "it's s-1",
        "itemId": "film \U0001f600",
        "eventType": "Watch",
        "timestamp": 1764410400,
        "eventValue": 4.5,
        "impression": "film-1|film-2",
        "recommendationId": "r-1",
        "eventId": f"event of {name}",
        "eventAttributionSource": "a newsletter",
    }
    target = Target(INTERACTIONS, "us-east-1", described["trackingId"], served.endpoint)
    done = RUNS[name](code_of(name, target, [(f"{name} u-1", json.dumps(own))]), tmp_path, variables_of(served))
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    stored = served.local_records(group.replace("dataset-group", "dataset") + "/INTERACTIONS")
    assert [each for each in stored if each.get("userId") == f"{name} u-1"] == [{"userId": f"{name} u-1", **own}]


@pytest.fixture(scope="module")
def targets(served: Served) -> dict[str, str]:
    """What requests name as their target, by the type of an example's dataset, which is there."""
    personalize = client(served, "personalize")
    return {each.slug: make_dataset(personalize, each) for each in EXAMPLES}


def sent(example: Example, record_id: str) -> tuple[str, str]:
    """Return the record of an example with an id, and its properties."""
    own = example.stored.get("properties") or {name: each for name, each in example.stored.items() if name != "userId"}
    return record_id, json.dumps(own, ensure_ascii=False, separators=(",", ":"))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: each.slug)
@pytest.mark.parametrize("name", RUNS)
def test_a_sample_of_each_type_sends_what_it_shows(
    name: str, example: Example, served: Served, targets: dict[str, str], tmp_path: Path
) -> None:
    record_id = f"by {name}'s sample"
    target = Target(ENTITIES[example.dataset_type], "us-east-1", targets[example.slug], served.endpoint)
    done = RUNS[name](code_of(name, target, [sent(example, record_id)]), tmp_path, variables_of(served))
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    stored = {**example.stored, next(iter(example.stored)): record_id}
    assert served.local_records(example.arn).count(stored) == 1


def printed_by_java(target: Target, records: list[tuple[str, str]], directory: Path) -> list[str]:
    """Compile the sample, run it, and return the lines that the stand-in for the SDK prints, Base64 decoded."""
    name = target.entity.operation
    shutil.copytree(HERE / "java", directory, dirs_exist_ok=True)
    write_classes(directory)
    (directory / f"{name}.java").write_text(code_of("Java", target, records), encoding="ascii")
    compiled = run(["javac", f"{name}.java"], directory, dict(os.environ))
    assert compiled.returncode == 0, compiled.stderr
    printed = run(["java", "-cp", str(directory), name], directory, dict(os.environ)).stdout.splitlines()
    of_client = [line for line in printed if line.startswith(("region ", "endpoint "))]
    values = [line.split(" ") for line in printed[len(of_client) :]]
    return [*of_client, *(f"{path} {base64.b64decode(value).decode()}" for path, value in values)]


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("endpoint", [None, "http://127.0.0.1:8000/aws"])
def test_the_java_sample_compiles_and_hands_over_what_it_shows(
    case: str, endpoint: str | None, tmp_path: Path
) -> None:
    users = CASES[case]
    printed = printed_by_java(Target(USERS, "us-east-1", ARN, endpoint), users, tmp_path)
    expected = ["region us-east-1", *([f"endpoint {endpoint}"] if endpoint else []), f"datasetArn {ARN}"]
    for number, (user_id, properties) in enumerate(users):
        expected += [f"users.{number}.userId {user_id}", f"users.{number}.properties {properties}"]
    assert printed == expected


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: each.slug)
def test_the_java_sample_of_each_type_hands_over_the_members_of_its_request(example: Example, tmp_path: Path) -> None:
    target = Target(ENTITIES[example.dataset_type], "us-east-1", "any-target")
    printed = printed_by_java(target, [sent(example, example.record_id)], tmp_path)
    assert printed[0] == "region us-east-1"
    assert sorted(printed[1:]) == sorted(leaves("", example.body_to("any-target")))


def leaves(path: str, value: Any) -> Iterator[str]:
    """Give each text and number within a request, after the path to it."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if inner is None:
        yield f"{path} {value}"
        return
    for name, each in inner:
        yield from leaves(f"{path}.{name}".removeprefix("."), each)
