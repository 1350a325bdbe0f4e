"""`manage.py check_environments`: what it says, and how it ends."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path
from typing import Any, ClassVar

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command

from console.personalize.accounts import arn_prefixes
from console.personalize.environments import environments
from tests.support.answering import answering_in_thread
from tests.support.served import MANAGE, clean_variables, free_port

ARN = "arn:aws:personalize:eu-west-1:123456789012"
GROUP, DATASET, SCHEMA = f"{ARN}:dataset-group/shop", f"{ARN}:dataset/shop/USERS", f"{ARN}:schema/shop-users"
TRACKER = f"{ARN}:event-tracker/6dd6a3c9"
WITH_A_GROUP: dict[str, dict[str, Any]] = {
    "ListDatasetGroups": {"datasetGroups": [{"name": "shop", "datasetGroupArn": GROUP, "status": "ACTIVE"}]},
    "DescribeDatasetGroup": {"datasetGroup": {"name": "shop", "datasetGroupArn": GROUP, "status": "ACTIVE"}},
    "ListDatasets": {
        "datasets": [{"name": "users", "datasetArn": DATASET, "datasetType": "Users", "status": "ACTIVE"}]
    },
    "DescribeDataset": {
        "dataset": {
            "name": "users",
            "datasetArn": DATASET,
            "datasetType": "Users",
            "schemaArn": SCHEMA,
            "status": "ACTIVE",
        }
    },
    "ListDatasetImportJobs": {
        "datasetImportJobs": [
            {"jobName": "first", "datasetImportJobArn": f"{ARN}:dataset-import-job/first", "status": "ACTIVE"}
        ]
    },
    "DescribeDatasetImportJob": {
        "datasetImportJob": {
            "jobName": "first",
            "datasetImportJobArn": f"{ARN}:dataset-import-job/first",
            "datasetArn": DATASET,
            "status": "ACTIVE",
        }
    },
    "ListDatasetExportJobs": {"datasetExportJobs": []},
    "ListDataDeletionJobs": {"dataDeletionJobs": []},
    "ListEventTrackers": {"eventTrackers": [{"name": "shop-events", "eventTrackerArn": TRACKER, "status": "ACTIVE"}]},
    "DescribeEventTracker": {
        "eventTracker": {
            "name": "shop-events",
            "eventTrackerArn": TRACKER,
            "trackingId": "f1d0a1c4-6f2c-4b0e-9d0f-6f5b4a6b7c1e",
            "datasetGroupArn": GROUP,
            "status": "ACTIVE",
        }
    },
    "ListTagsForResource": {"tags": [{"tagKey": "team", "tagValue": "shop"}]},
    "ListSchemas": {"schemas": [{"name": "shop-users", "schemaArn": SCHEMA}]},
    "DescribeSchema": {"schema": {"name": "shop-users", "schemaArn": SCHEMA, "schema": "{}"}},
}
NOTHING: dict[str, dict[str, Any]] = {"ListDatasetGroups": {"datasetGroups": []}, "ListSchemas": {"schemas": []}}


class Personalize(BaseHTTPRequestHandler):
    """Answers each operation with what a test has set; without that with an error, as AWS does."""

    answers: ClassVar[dict[str, dict[str, Any]]] = {}
    denied: ClassVar[set[str]] = set()
    asked: ClassVar[list[tuple[str, dict[str, Any]]]] = []

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        operation = self.headers["X-Amz-Target"].rpartition(".")[2]
        self.asked.append((operation, body))
        if operation in self.denied:
            message = f"User: ada is not authorized to perform: personalize:{operation}"
            return self._answer(400, {"__type": "AccessDeniedException", "Message": message})
        if operation not in self.answers:
            return self._answer(400, {"__type": "ResourceNotFoundException", "message": "It does not exist."})
        answer = self.answers[operation]
        return self._answer(400 if "__type" in answer else 200, answer)

    def _answer(self, status: int, content: dict[str, Any]) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/x-amz-json-1.1")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: Any) -> None:
        """Keep quiet."""


type Answering = Callable[..., tuple[str, list[tuple[str, dict[str, Any]]]]]


@pytest.fixture
def answering() -> Iterator[Answering]:
    """A Personalize that answers as a test sets; gives its address, and what it is asked for."""
    servers = ExitStack()

    def start(answers: dict[str, Any], denied: set[str] | None = None) -> tuple[str, list[Any]]:
        asked: list[Any] = []
        kind = type("Kind", (Personalize,), {"answers": answers, "denied": denied or set(), "asked": asked})
        server = ThreadingHTTPServer(("127.0.0.1", 0), kind)
        servers.enter_context(answering_in_thread(server))
        return f"http://127.0.0.1:{server.server_port}", asked

    with servers:
        yield start


@pytest.fixture
def check(
    settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None
) -> Iterator[Callable[..., tuple[int, str]]]:
    """Runs the command with a environments file; gives its exit status and what it prints."""
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIASOURCE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "source")
    file = tmp_path / "environments.toml"
    settings.CONSOLE_ENVIRONMENTS = str(file)

    def forget() -> None:
        for each in (environments.cache_clear, arn_prefixes.ask_anew):
            each()

    def run(text: str, *names: str) -> tuple[int, str]:
        file.write_text(text)
        forget()
        output = StringIO()
        try:
            call_command("check_environments", *names, stdout=output)
        except SystemExit as error:
            return int(str(error.code)), output.getvalue()
        return 0, output.getvalue()

    yield run
    forget()


def table(name: str, **more: str) -> str:
    keys = {"name": name, "region": "eu-west-1", **more}
    return "[[environments]]\n" + "".join(f'{key} = "{value}"\n' for key, value in keys.items())


WORKING = """shop: Shop, eu-west-1
  works  personalize:ListDatasetGroups (dataset groups: 1)
  works  personalize:DescribeDatasetGroup (shop)
  works  personalize:ListDatasets (datasets: 1)
  works  personalize:DescribeDataset (users)
  works  personalize:ListDatasetImportJobs (import jobs: 1)
  works  personalize:DescribeDatasetImportJob (first)
  works  personalize:ListDatasetExportJobs (export jobs: 0)
  works  personalize:DescribeDatasetExportJob (there is none yet)
  works  personalize:ListDataDeletionJobs (data deletion jobs: 0)
  works  personalize:DescribeDataDeletionJob (there is none yet)
  works  personalize:ListEventTrackers (event trackers: 1)
  works  personalize:DescribeEventTracker (shop-events)
  works  personalize:ListTagsForResource (tags: 1)
  works  personalize:ListSchemas (schemas: 1)
  works  personalize:DescribeSchema (shop-users)
  Not tried, since they write: personalize:PutUsers, personalize:PutItems, personalize:PutActions, personalize:PutEvents, personalize:PutActionInteractions, personalize:CreateDatasetGroup, personalize:CreateSchema, personalize:CreateDataset, personalize:UpdateDataset, personalize:DeleteSchema, personalize:DeleteDataset, personalize:DeleteDatasetGroup, personalize:TagResource, personalize:UntagResource, personalize:CreateEventTracker, personalize:DeleteEventTracker, personalize:CreateDatasetImportJob, personalize:CreateDatasetExportJob, personalize:CreateDataDeletionJob, iam:PassRole
"""


def test_tries_each_call_that_only_reads(check: Any, answering: Answering) -> None:
    address, asked = answering(WITH_A_GROUP)
    assert check(table("shop", label="Shop", endpoint_url=address), "shop") == (0, WORKING)
    assert asked == [
        ("ListDatasetGroups", {}),
        ("DescribeDatasetGroup", {"datasetGroupArn": GROUP}),
        ("ListDatasets", {"datasetGroupArn": GROUP}),
        ("DescribeDataset", {"datasetArn": DATASET}),
        ("ListDatasetImportJobs", {"datasetArn": DATASET}),
        ("DescribeDatasetImportJob", {"datasetImportJobArn": f"{ARN}:dataset-import-job/first"}),
        ("ListDatasetExportJobs", {"datasetArn": DATASET}),
        ("DescribeDatasetExportJob", {"datasetExportJobArn": f"{ARN}:dataset-export-job/personalize-console-check"}),
        ("ListDataDeletionJobs", {"datasetGroupArn": GROUP}),
        ("DescribeDataDeletionJob", {"dataDeletionJobArn": f"{ARN}:data-deletion-job/personalize-console-check"}),
        ("ListEventTrackers", {"datasetGroupArn": GROUP}),
        ("DescribeEventTracker", {"eventTrackerArn": TRACKER}),
        ("ListTagsForResource", {"resourceArn": GROUP}),
        ("ListSchemas", {}),
        ("DescribeSchema", {"schemaArn": SCHEMA}),
    ]


def test_names_what_writes_to_a_bucket_too(check: Any, answering: Answering) -> None:
    address, _asked = answering(WITH_A_GROUP)
    role = "arn:aws:iam::123456789012:role/personalize"
    _status, printed = check(table("shop", endpoint_url=address, import_bucket="imports", import_role_arn=role))
    assert "personalize:CreateDataDeletionJob, iam:PassRole, s3:PutObject\n" in printed
    assert "personalize:CreateDataDeletionJob\n" in printed.partition("local: Local service")[2]


def test_names_the_actions_that_are_missing(check: Any, answering: Answering) -> None:
    address, _asked = answering(WITH_A_GROUP, {"DescribeDataset", "ListSchemas"})
    status, printed = check(table("shop", endpoint_url=address), "shop")
    assert status == 1
    assert "  Actions that the IAM policies lack: personalize:DescribeDataset, personalize:ListSchemas\n" in printed
    denied = (
        "  fails  personalize:DescribeDataset: Access denied: the credentials of the environment shop may not do "
        f"personalize:DescribeDataset on {DATASET}.\n"
        "         AccessDeniedException: User: ada is not authorized to perform: personalize:DescribeDataset\n"
        "         Ask for an IAM policy that allows this action on this resource.\n"
    )
    assert denied in printed
    # The calls after a denied one are tried all the same, by an ARN that need not be one of something.
    assert "  works  personalize:DescribeSchema (shop-users)\n" in printed


def test_what_does_not_exist_is_an_answer_too(check: Any, answering: Answering, moto: str, monkeypatch: Any) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", moto)
    address, asked = answering(NOTHING)
    role = "arn:aws:iam::123456789012:role/console"
    status, printed = check(table("shop", endpoint_url=address, role_arn=role), "shop")
    assert status == 0
    identity = "arn:aws:sts::123456789012:assumed-role/console/personalize-console"
    assert f"  works  sts:GetCallerIdentity ({identity})\n" in printed
    assert "  works  personalize:DescribeDataset (there is none yet)\n" in printed
    assert ("DescribeSchema", {"schemaArn": f"{ARN}:schema/personalize-console-check"}) in asked


def test_the_local_service_works_before_there_is_anything_in_it(check: Any) -> None:
    status, printed = check(table("shop"), "local")
    assert status == 0
    assert "  works  personalize:ListDatasets (there is none yet)\n" in printed
    assert "  works  personalize:ListEventTrackers (there is none yet)\n" in printed
    assert "  works  personalize:DescribeEventTracker (there is none yet)\n" in printed
    assert "  works  personalize:DescribeSchema (there is none yet)\n" in printed
    assert "fails" not in printed


def test_input_that_aws_does_not_take_for_what_exists_is_a_failure(check: Any, answering: Answering) -> None:
    refused = {"__type": "InvalidInputException", "message": "Not like this."}
    address, _asked = answering({**WITH_A_GROUP, "ListDatasets": refused})
    status, printed = check(table("shop", endpoint_url=address), "shop")
    assert status == 1
    assert "  fails  personalize:ListDatasets: " in printed


def test_the_log_says_nothing_in_between(tmp_path: Path) -> None:
    (tmp_path / "environments.toml").write_text(table("shop", endpoint_url=f"http://127.0.0.1:{free_port()}"))
    own = {"CONSOLE_ENVIRONMENTS": str(tmp_path / "environments.toml"), "AWS_ACCESS_KEY_ID": "a"}
    variables = clean_variables(tmp_path, **own, AWS_SECRET_ACCESS_KEY="a")
    command = [sys.executable, MANAGE, "check_environments", "shop"]
    done = subprocess.run(command, env=variables, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (1, "")
    assert "AWS could not be reached" in done.stdout


def test_without_an_account_nothing_can_be_named_that_is_not_there(check: Any, answering: Answering) -> None:
    address, asked = answering(NOTHING)
    status, printed = check(table("shop", endpoint_url=address), "shop")
    assert status == 0
    assert "  not tried  personalize:DescribeDataset: there is nothing yet to ask for\n" in printed
    assert [operation for operation, _body in asked] == ["ListDatasetGroups", "ListSchemas"]


def test_a_broken_environment_does_not_keep_the_others_from_being_tried(check: Any, answering: Answering) -> None:
    address, _asked = answering(WITH_A_GROUP)
    broken = table("broken", endpoint_url=f"http://127.0.0.1:{free_port()}")
    without = table("without", profile="nobody")
    status, printed = check(f"{broken}{without}{table('shop', label='Shop', endpoint_url=address)}")
    assert status == 1
    assert "  fails  personalize:ListDatasetGroups: AWS could not be reached at http://127.0.0.1:" in printed
    assert (
        "  fails  sts:GetCallerIdentity: The AWS configuration of the environment without cannot be used:" in printed
    )
    assert WORKING in printed
    assert "local: Local service, us-east-1\n  works  personalize:ListDatasetGroups (dataset groups: 0)\n" in printed


def test_a_role_that_may_not_be_assumed_is_a_missing_action(
    check: Any, answering: Answering, monkeypatch: Any
) -> None:
    class Denying(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = b"<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>"
            self.send_response(403)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: Any) -> None:
            """Keep quiet."""

    with answering_in_thread(ThreadingHTTPServer(("127.0.0.1", 0), Denying)) as server:
        monkeypatch.setenv("AWS_ENDPOINT_URL_STS", f"http://127.0.0.1:{server.server_port}")
        status, printed = check(table("shop", role_arn="arn:aws:iam::123456789012:role/console"), "shop")
    assert status == 1
    assert "  Actions that the IAM policies lack: sts:AssumeRole\n" in printed
    assert "ListDatasetGroups" not in printed


def test_says_which_groups_there_are_not(check: Any, answering: Answering) -> None:
    Group.objects.create(name="operations")
    address, _asked = answering(WITH_A_GROUP)
    groups = 'viewers = ["support"]\noperators = ["operations", "Operations"]\nread_only = true\n'
    status, printed = check(table("shop", endpoint_url=address) + groups, "shop")
    assert status == 0
    assert "  The group support, which viewers names, does not exist yet.\n" in printed
    assert "  The group Operations, which operators names, does not exist yet.\n" in printed
    assert "group operations yet" not in printed
    assert "Not tried" not in printed


def test_needs_no_data_of_the_console(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, MANAGE, "check_environments"], env=clean_variables(tmp_path), capture_output=True, text=True
    )
    assert done.returncode == 1
    assert done.stdout == (
        "local: Local service, us-east-1\n  fails  The local service has no data yet: start it once with make run.\n"
    )
    assert done.stderr == ""


def test_refuses_an_environment_that_is_not_there(check: Any) -> None:
    with pytest.raises(CommandError, match=r"There is no environment nowhere\. There are: shop, local\."):
        check(table("shop"), "nowhere")
