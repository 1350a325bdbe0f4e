"""The AWS SDK for JavaScript, version 3, over HTTP: javascript/client.mjs, step by step.

It signs the hash of each body in the header x-amz-content-sha256, which the other clients do not send.
"""

import json
import subprocess
from typing import Any

import pytest

from tests.clients.test_put_users import ARN, KEYS, client
from tests.support.served import ROOT, Served

pytestmark = pytest.mark.other_languages


@pytest.fixture(scope="module")
def steps(served: Served) -> dict[str, Any]:
    """What came of each step, by its name."""
    variables = {
        **served.variables,
        "AWS_ACCESS_KEY_ID": KEYS["aws_access_key_id"],
        "AWS_SECRET_ACCESS_KEY": KEYS["aws_secret_access_key"],
        # The SDK warns of versions of Node.js that it will leave behind one day.
        "NODE_NO_WARNINGS": "1",
        "AWS_SESSION_TOKEN": "a-session-token/+=",
    }
    command = ["node", "client.mjs", served.endpoint]
    directory = ROOT / "tests" / "clients" / "javascript"
    done = subprocess.run(command, cwd=directory, env=variables, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    return dict(json.loads(line) for line in done.stdout.splitlines())


def test_properties_may_be_objects_and_strings(steps: dict[str, Any], served: Served) -> None:
    assert steps["put"] == [200, "string"]
    stored = served.local_records(ARN.format("online-shop"))
    for user_id in ("js object ü", "js string ü"):
        assert {"userId": user_id, "properties": {"membershipStatus": "Premium|Ü 😀"}} in stored


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("missing", ["ResourceNotFoundException", True, 404, 1]),
        ("in use", ["ResourceInUseException", True, 409, 1]),
        ("invalid", ["InvalidInputException", True, 400, 1]),
        ("too many", ["InvalidInputException", True, 400, 1]),
        ("no schema", ["ResourceNotFoundException", True, 400]),
        ("schema", ["object", True]),
    ],
)
def test_errors_have_their_names_and_classes(steps: dict[str, Any], step: str, expected: list[Any]) -> None:
    assert steps[step] == expected


@pytest.mark.parametrize(
    ("step", "operation", "key"),
    [
        ("groups", "list_dataset_groups", "datasetGroups"),
        ("datasets", "list_datasets", "datasets"),
        ("schemas", "list_schemas", "schemas"),
        ("trackers", "list_event_trackers", "eventTrackers"),
    ],
)
def test_paginators_give_all_pages(steps: dict[str, Any], served: Served, step: str, operation: str, key: str) -> None:
    everything = [each["name"] for each in getattr(client(served, "personalize"), operation)()[key]]
    pages = steps[step]
    assert [name for page in pages for name in page] == everything
    assert len(pages) == -(-len(everything) // 3) > 1


def test_an_event_tracker_is_made_shown_and_deleted(steps: dict[str, Any]) -> None:
    assert steps["tracker of a group that failed"] == ["ResourceInUseException", 400]
    assert steps["tracker"] == ["js", True, True]
    assert steps["tracker deleted"] == 200


@pytest.mark.parametrize("number", [0, 1, 2])
def test_an_endpoint_may_end_in_slashes(steps: dict[str, Any], number: int) -> None:
    assert steps[f"slashes {number}"] == [200, True]


def test_a_clock_that_is_late_is_corrected_and_the_call_tried_again(steps: dict[str, Any]) -> None:
    assert steps["late"] == [200, 2]


def test_throttled_calls_are_tried_again(steps: dict[str, Any]) -> None:
    assert [outcome for outcome, _attempts in steps["patient"]] == ["done"] * 24
    assert max(attempts for _outcome, attempts in steps["patient"]) > 1
    assert {outcome for outcome, _attempts in steps["impatient"]} == {"done", "ThrottlingException"}
