"""The documents' examples of the controls, typed into a shell against a `personalize-local` that runs."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest

from tests.records.literal_schemas import avro
from tests.support.documents import blocks, section
from tests.support.served import ROOT

pytestmark = pytest.mark.other_languages

USERS = "arn:aws:personalize:us-east-1:000000000000:dataset/shop/USERS"


@pytest.fixture
def variables(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The variables that a service alone prints, in memory."""
    command = [sys.executable, "-m", "console.alone", "--memory", "--port=0", "--json"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    with process:
        assert process.stdout is not None
        printed: dict[str, dict[str, str]] = json.loads(process.stdout.readline())
        yield printed["environment"]
        process.terminate()
        assert process.wait(30) == 0


def put_user(variables: dict[str, str]) -> None:
    """Make the dataset that the examples read."""
    session = boto3.Session(
        variables["AWS_ACCESS_KEY_ID"], variables["AWS_SECRET_ACCESS_KEY"], region_name="us-east-1"
    )
    endpoint = variables["AWS_ENDPOINT_URL_PERSONALIZE"]
    control = session.client("personalize", endpoint_url=endpoint)
    group = control.create_dataset_group(name="shop")["datasetGroupArn"]
    schema = control.create_schema(name="users", schema=avro({"name": "AGE", "type": "int"}))["schemaArn"]
    control.create_dataset(name="users", datasetGroupArn=group, datasetType="Users", schemaArn=schema)
    events = session.client("personalize-events", endpoint_url=endpoint)
    events.put_users(datasetArn=USERS, users=[{"userId": "u-1", "properties": '{"age": 36}'}])


def test_the_documented_commands_do_what_they_say(variables: dict[str, str], tmp_path: Path) -> None:
    assert shutil.which("curl"), "curl is needed for this: install it."
    put_user(variables)
    (script,) = blocks(section("docs/local-service.md", "Controls over HTTP"), "sh")
    environment = {"PATH": os.environ["PATH"], **variables}
    done = subprocess.run(
        ["sh", "-e"], input=script, env=environment, cwd=tmp_path, check=True, capture_output=True, text=True
    )
    health, key, user, simulated, listed, cleared, calls, reset, loaded = map(json.loads, done.stdout.splitlines())
    assert health == {"status": "ok"}
    assert (key["account"], key["accessKeyId"][:9], len(key["secretAccessKey"])) == ("111122223333", "AKIALOCAL", 40)
    assert user == {"userId": "u-1", "properties": {"age": 36}}
    assert (simulated["response"], simulated["operation"], simulated["remaining"]) == (
        "ThrottlingException",
        "PutUsers",
        2,
    )
    assert listed == {"simulations": [simulated]}
    assert cleared == {"simulations": []}
    assert [each["operation"] for each in calls["calls"]] == [
        "CreateDatasetGroup",
        "CreateSchema",
        "CreateDataset",
        "PutUsers",
    ]
    assert (reset, loaded) == ({}, {})
    again = f'curl -s -H "Authorization: Bearer $PERSONALIZE_LOCAL_TOKEN" "$AWS_ENDPOINT_URL_PERSONALIZE/_local/records?datasetArn={USERS}"'
    read = subprocess.run(["sh", "-e"], input=again, env=environment, check=True, capture_output=True, text=True)
    assert json.loads(read.stdout) == user
