"""What operations of one kind refuse alike: tags of all that is created, and what each job needs."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from console.local.models import Dataset, DatasetGroup
from tests.local.event_requests import ACTION_INTERACTIONS_ARN, INTERACTIONS_ARN
from tests.local.jobs.job_requests import ROLE
from tests.local.shop import DATASET_ARN, GROUP_ARN, SCHEMA_ARN, refused
from tests.local.test_round_trips import DATASET, JOBS, TAGS, TRACKER, Service
from tests.support.demo import ACCOUNT, REGION

pytestmark = pytest.mark.usefixtures("data_directory")

OTHER_GROUP = GROUP_ARN.replace("shop", "other")
# What is created with tags, in its least form.
CREATED: dict[str, dict[str, Any]] = {
    "CreateDatasetGroup": {"name": "new"},
    "CreateDataset": {**DATASET, "datasetGroupArn": OTHER_GROUP},
    "CreateEventTracker": TRACKER,
    **{f"Create{kind}": {"jobName": "first", "roleArn": ROLE, **JOBS[kind]} for kind in JOBS},
}
INVALID = "InvalidInputException"
WRONG_TAGS = [
    ([{"tagKey": f"k{number}", "tagValue": ""} for number in range(51)], "TooManyTagsException"),
    ([*TAGS, {"tagKey": "team", "tagValue": "other"}], INVALID),
    ([{"tagKey": "aws:team", "tagValue": "ops"}], INVALID),
    ([{"tagKey": "team", "tagValue": "AWS:ops"}], INVALID),
]
# What a job works on: the member that names it, and what it is called.
WORKED_ON = {
    "DatasetImportJob": ("datasetArn", "dataset", DATASET_ARN),
    "DatasetExportJob": ("datasetArn", "dataset", DATASET_ARN),
    "DataDeletionJob": ("datasetGroupArn", "dataset group", GROUP_ARN),
}


@pytest.fixture
def service(personalize: Any, personalize_events: Any) -> Service:
    """A shop with a Users dataset, and another dataset group."""
    service = Service(personalize, personalize_events)
    service.shop()
    service("CreateDatasetGroup", name="other")
    return service


def refusal(service: Service, operation: str, **parameters: Any) -> tuple[str, int, str]:
    with pytest.raises(ClientError) as error:
        service(operation, **parameters)
    return refused(error)


def create_job(service: Service, kind: str, **parameters: Any) -> tuple[str, int, str]:
    return refusal(service, f"Create{kind}", **{**CREATED[f"Create{kind}"], **parameters})


@pytest.mark.parametrize("operation", CREATED)
def test_what_is_created_with_tags_has_them(service: Service, operation: str) -> None:
    tags = [*TAGS, {"tagKey": "a", "tagValue": ""}]
    answer = service(operation, **CREATED[operation], tags=tags)
    (arn,) = (value for name, value in answer.items() if name.endswith("Arn"))
    assert service("ListTagsForResource", resourceArn=arn)["tags"] == tags


@pytest.mark.parametrize("operation", CREATED)
def test_what_is_created_with_wrong_tags_is_refused(service: Service, operation: str) -> None:
    for tags, code in WRONG_TAGS:
        assert refusal(service, operation, **CREATED[operation], tags=tags)[:2] == (code, 400)
    service(operation, **CREATED[operation])


@pytest.mark.parametrize("kind", JOBS)
def test_a_job_has_a_name_of_its_own(service: Service, kind: str) -> None:
    arn = service.create_job(kind)[f"{kind[0].lower()}{kind[1:]}Arn"]
    message = f"Another resource with Arn {arn} already exists."
    assert create_job(service, kind) == ("ResourceAlreadyExistsException", 400, message)


@pytest.mark.parametrize("kind", JOBS)
def test_a_job_needs_what_it_works_on(service: Service, kind: str) -> None:
    member, what, arn = WORKED_ON[kind]
    missing = arn.replace("shop", "missing")
    message = f"The given {what} does not exist: {missing}"
    assert create_job(service, kind, **{member: missing}) == ("ResourceNotFoundException", 400, message)


@pytest.mark.parametrize("kind", JOBS)
def test_a_job_needs_what_it_works_on_to_be_active(service: Service, kind: str) -> None:
    _member, what, arn = WORKED_ON[kind]
    for rows in (Dataset.objects, DatasetGroup.objects):
        rows.all().update(settled_status="CREATE FAILED")
    message = f"The {what} {arn} has the status CREATE FAILED; it must be ACTIVE."
    assert create_job(service, kind) == ("ResourceInUseException", 400, message)


@pytest.mark.parametrize("kind", JOBS)
def test_a_job_needs_an_address_in_s3(service: Service, kind: str) -> None:
    """The developer guide, "Common error messages in Amazon Personalize", has the first sentence."""
    elsewhere: dict[str, Any] = {"dataSource": {"dataLocation": "https://bucket/users.csv"}}
    if kind == "DatasetExportJob":
        elsewhere = {"jobOutput": {"s3DataDestination": {"path": "https://bucket/"}}}
    else:
        assert create_job(service, kind, dataSource={})[:2] == (INVALID, 400)
    message = "Invalid Data location. Expected s3://bucket/key, and no other protocol."
    assert create_job(service, kind, **elsewhere) == (INVALID, 400, message)


@pytest.mark.parametrize("kind", JOBS)
def test_a_job_that_does_not_exist_is_not_described(service: Service, kind: str) -> None:
    words = {"DatasetImportJob": "dataset import job", "DatasetExportJob": "dataset export job"}
    what = words.get(kind, "data deletion job")
    arn = f"arn:aws:personalize:{REGION}:{ACCOUNT}:{what.replace(' ', '-')}/missing"
    message = f"The given {what} does not exist: {arn}"
    described = refusal(service, f"Describe{kind}", **{f"{kind[0].lower()}{kind[1:]}Arn": arn})
    assert described == ("ResourceNotFoundException", 400, message)


def test_a_replacement_needs_a_dataset_and_a_schema(service: Service) -> None:
    no_dataset, no_schema = DATASET_ARN.replace("shop", "missing"), SCHEMA_ARN.replace("shop", "missing")
    for dataset, schema, missing in (
        (no_dataset, SCHEMA_ARN, f"dataset does not exist: {no_dataset}"),
        (DATASET_ARN, no_schema, f"schema does not exist: {no_schema}"),
    ):
        found = refusal(service, "UpdateDataset", datasetArn=dataset, schemaArn=schema)
        assert found == ("ResourceNotFoundException", 400, f"The given {missing}")


def test_interactions_stay_while_their_group_has_an_event_tracker(service: Service) -> None:
    """The developer guide, "Deleting a dataset to delete all of its data"."""
    service.tracked()
    (tracker,) = service("ListEventTrackers")["eventTrackers"]
    arn = tracker["eventTrackerArn"]
    message = f"The group of the dataset {INTERACTIONS_ARN} has the event tracker {arn}. Delete it first."
    assert refusal(service, "DeleteDataset", datasetArn=INTERACTIONS_ARN) == ("ResourceInUseException", 400, message)
    # That of action interactions goes with them.
    service("DeleteDataset", datasetArn=ACTION_INTERACTIONS_ARN)
    service("DeleteEventTracker", eventTrackerArn=arn)
    service("DeleteDataset", datasetArn=INTERACTIONS_ARN)


@pytest.mark.parametrize(("noun", "dataset_type"), [("item", "ITEMS"), ("action", "ACTIONS")])
def test_records_need_a_dataset_that_is_active(service: Service, noun: str, dataset_type: str) -> None:
    arn = service.create_dataset(dataset_type)["datasetArn"]
    Dataset.objects.filter(arn=arn).update(settled_status="CREATE FAILED")
    records = {f"{noun}s": [{f"{noun}Id": "i"}]}
    message = f"The dataset {arn} has the status CREATE FAILED; it must be ACTIVE."
    put = f"Put{noun.title()}s"
    assert refusal(service, put, datasetArn=arn, **records) == ("ResourceInUseException", 409, message)
