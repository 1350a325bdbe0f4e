"""The samples of the Request panel, run as they are: what they send is what the local service then holds."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from console.records.entities import ENTITIES, INTERACTIONS, USERS
from console.records.samples import Target, samples
from tests.clients.test_put_users import AWS, KEYS, client
from tests.clients.toolchains import java_classes
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


def in_java(code: str, directory: Path, variables: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    (directory / "Sample.java").write_text(code, encoding="ascii")
    # Java compiles one file by itself, and runs its first class.
    return run(["java", "-cp", java_classes(), "Sample.java"], directory, variables)


RUNS: dict[str, Run] = {
    "AWS CLI": in_bash,
    "Python (boto3)": in_python,
    "Java": in_java,
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


@pytest.mark.parametrize(
    "example",
    # CI leaves out all but one: the tests above send users and interactions.
    [
        pytest.param(each, id=each.slug, marks=[pytest.mark.every_client] * (each.slug != "actions"))
        for each in EXAMPLES
    ],
)
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


def test_a_java_sample_without_an_endpoint_goes_where_the_environment_says(served: Served, tmp_path: Path) -> None:
    user = ("no endpoint", json.dumps({"email": "", "fullName": "", "age": 7, "gender": "F"}))
    variables = {**variables_of(served), "AWS_ENDPOINT_URL_PERSONALIZE_EVENTS": served.endpoint}
    done = in_java(code_of("Java", Target(USERS, "us-east-1", ARN), [user]), tmp_path, variables)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert "no endpoint" in [each["userId"] for each in served.local_records(ARN)]


def test_the_java_example_of_awss_guide_puts_users_once_it_passes_them(served: Served, tmp_path: Path) -> None:
    command = ["java", "-cp", java_classes(), "PutUsersExample", served.endpoint, ARN]
    variables = {**variables_of(served), "AWS_REGION": "us-east-1"}
    without = run(command, tmp_path, variables)
    missing = "1 validation error detected: Value at 'users' failed to satisfy constraint: Member must not be null"
    assert (without.returncode, without.stdout) == (0, f"400 {missing}\n"), without.stderr
    properties = {"email": "", "fullName": "Ada", "age": 36, "gender": "F"}
    done = run([*command, "from the guide", json.dumps(properties)], tmp_path, variables)
    assert (done.returncode, done.stdout) == (0, "200\n"), done.stderr
    assert {"userId": "from the guide", "properties": properties} in served.local_records(ARN)
