"""What all lists have in common: rows as they are described, tokens, and what they are lists of."""

import shutil
from typing import Any

import pytest
from botocore.exceptions import ClientError
from botocore.model import ListShape, StructureShape
from django.conf import LazySettings

from console.local.models import Schema
from tests.local.conftest import Clock
from tests.local.jobs.job_requests import put_object, run_due_jobs
from tests.local.shapes import model_of
from tests.local.shop import GROUP_ARN, refused
from tests.local.test_round_trips import JOBS, Service
from tests.support.demo import ACCOUNT, REGION

pytestmark = pytest.mark.usefixtures("data_directory")

KINDS = ["DatasetGroup", "Schema", "Dataset", "EventTracker", *JOBS]
# What a list may be of: the members that say so, by kind.
PARENTS = {
    "Dataset": "datasetGroupArn",
    "EventTracker": "datasetGroupArn",
    "DatasetImportJob": "datasetArn",
    "DatasetExportJob": "datasetArn",
    "DataDeletionJob": "datasetGroupArn",
}


@pytest.fixture
def service(personalize: Any, personalize_events: Any) -> Service:
    """A shop with a Users dataset and an event tracker."""
    service = Service(personalize, personalize_events)
    service.shop()
    service.create_event_tracker()
    return service


def member_of(kind: str) -> str:
    """Return the member that has a resource of a kind where it is described."""
    return kind[0].lower() + kind[1:]


def listed_and_described(service: Service, kind: str) -> tuple[Any, Any]:
    """Return the only resource of a kind as it is listed, and as it is described."""
    member = member_of(kind)
    (listed,) = service(f"List{kind}s")[f"{member}s"]
    return listed, service(f"Describe{kind}", **{f"{member}Arn": listed[f"{member}Arn"]})[member]


def refusal(service: Service, operation: str, **parameters: Any) -> tuple[str, int, str]:
    with pytest.raises(ClientError) as error:
        service(operation, **parameters)
    return refused(error)


@pytest.mark.parametrize("kind", KINDS)
def test_a_list_says_of_each_what_its_description_says(service: Service, kind: str) -> None:
    put_object("users.csv", "USER_ID,AGE\nu,7\n")
    for each in JOBS:
        service.create_job(each)
    run_due_jobs()
    listed, described = listed_and_described(service, kind)
    assert listed == {name: described[name] for name in listed}
    output = model_of(f"List{kind}s").output_shape
    assert output is not None
    rows = output.members[f"{member_of(kind)}s"]
    assert isinstance(rows, ListShape)
    assert isinstance(rows.member, StructureShape)
    assert set(rows.member.members) - set(listed) <= {"failureReason"}


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (
            "DatasetImportJob",
            "There is no object s3://bucket/users.csv: the file would be s3/bucket/users.csv in the data directory.",
        ),
        ("DatasetExportJob", "s3://bucket/exported is a file. Expected a folder, or nothing of that name."),
        (
            "DataDeletionJob",
            "There is no object s3://bucket/users.csv: the file would be s3/bucket/users.csv in the data directory.",
        ),
    ],
)
def test_a_list_says_why_a_job_failed(service: Service, kind: str, reason: str) -> None:
    put_object("exported", "a file in the place of the folder")
    service.create_job(kind)
    run_due_jobs()
    assert [each["failureReason"] for each in listed_and_described(service, kind)] == [reason, reason]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("DatasetImportJob", ["CREATE PENDING", "CREATE IN_PROGRESS", "ACTIVE", "CREATE FAILED"]),
        ("DatasetExportJob", ["CREATE PENDING", "CREATE IN_PROGRESS", "ACTIVE", "CREATE FAILED"]),
        ("DataDeletionJob", ["PENDING", "IN_PROGRESS", "COMPLETED", "FAILED"]),
    ],
)
def test_a_job_of_each_kind_has_statuses_of_its_own(
    service: Service, kind: str, words: list[str], settings: LazySettings, clock: Clock
) -> None:
    settings.CONSOLE_LOCAL_CREATE_SECONDS = 10
    file = put_object("users.csv", "USER_ID,AGE\nu,7\n")
    service.create_job(kind)
    statuses = [job["status"] for job in listed_and_described(service, kind)]
    for seconds in (6, 4):
        clock.go_on(seconds)
        run_due_jobs()
        statuses += [job["status"] for job in listed_and_described(service, kind)]
    file.unlink()
    shutil.rmtree(file.parent / "exported", ignore_errors=True)
    put_object("exported", "a file in the place of the folder")
    service.create_job(kind, "second")
    clock.go_on(10)
    run_due_jobs()
    failed, done = service(f"List{kind}s")[f"{member_of(kind)}s"]
    assert [*statuses[::2], failed["status"]] == [*statuses[1::2], failed["status"]] == words
    assert done["status"] == words[2]


def test_a_list_says_why_the_dataset_group_of_the_demo_failed(personalize: Any, demo: None) -> None:
    found = {each["name"]: each for each in personalize.list_dataset_groups()["datasetGroups"]}
    assert [name for name, group in found.items() if "failureReason" in group] == ["retired-campaigns"]
    failed = found["retired-campaigns"]
    group = personalize.describe_dataset_group(datasetGroupArn=failed["datasetGroupArn"])["datasetGroup"]
    assert (failed["status"], group["status"]) == ("CREATE FAILED", "CREATE FAILED")
    assert (
        failed["failureReason"] == group["failureReason"] == "The IAM role of this dataset group could not be assumed."
    )


def test_a_page_has_100_rows_unless_it_is_asked_for_fewer(personalize: Any) -> None:
    Schema.objects.bulk_create(
        Schema(account=ACCOUNT, region=REGION, name=f"s{number}", arn=f"arn:{number}") for number in range(101)
    )
    first = personalize.list_schemas()
    rest = personalize.list_schemas(nextToken=first["nextToken"])
    assert (len(first["schemas"]), [each["name"] for each in rest["schemas"]]) == (100, ["s0"])
    assert "nextToken" not in rest
    assert len(personalize.list_schemas(maxResults=99)["schemas"]) == 99


@pytest.mark.parametrize("kind", KINDS)
def test_a_token_is_of_one_list_alone(service: Service, kind: str) -> None:
    other = "DatasetGroup" if kind == "Schema" else "Schema"
    service("CreateDatasetGroup", name="other")
    service.create_dataset("ITEMS")
    token = service(f"List{other}s", maxResults=1)["nextToken"]
    for each in (token, f"{token}x", "forged"):
        code, status, message = refusal(service, f"List{kind}s", nextToken=each)
        assert (code, status) == ("InvalidNextTokenException", 400)
        assert message == "The next token is not valid: start again without it."


@pytest.mark.parametrize("kind", PARENTS)
def test_a_list_of_what_does_not_exist_is_an_invalid_input(service: Service, kind: str) -> None:
    """The models have no ResourceNotFoundException for lists."""
    missing = {
        "datasetGroupArn": GROUP_ARN.replace("shop", "missing"),
        "datasetArn": f"arn:aws:personalize:{REGION}:{ACCOUNT}:dataset/missing/USERS",
    }[PARENTS[kind]]
    what = "dataset group" if PARENTS[kind] == "datasetGroupArn" else "dataset"
    message = f"The given {what} does not exist: {missing}"
    assert refusal(service, f"List{kind}s", **{PARENTS[kind]: missing}) == ("InvalidInputException", 400, message)
