"""What all lists have in common: rows as they are described, tokens, and what they are lists of."""

from typing import Any

import pytest
from botocore.exceptions import ClientError
from botocore.model import ListShape, StructureShape

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
