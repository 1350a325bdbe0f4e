"""Dataset export jobs, through real boto3: what they write, and that it can be imported again."""

import csv
import json
import resource
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from console.local.models import Job, StoredRecord
from tests.local.jobs.job_requests import (
    ROLE,
    came_in_bulk,
    export_job,
    import_job,
    outcome,
    put_object,
    run_due_jobs,
    stored,
)
from tests.local.schemas import record
from tests.local.shop import AGE, DATASET_ARN, refused
from tests.local.test_guide_rules import ACTION, EVENT_TYPE, TIMESTAMP, USER
from tests.records.literal_schemas import avro
from tests.support.demo import ACCOUNT, REGION

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient
    from mypy_boto3_personalize_events import PersonalizeEventsClient

pytestmark = pytest.mark.usefixtures("data_directory")

JOB_ARN = f"arn:aws:personalize:{REGION}:{ACCOUNT}:dataset-export-job/out"
KEY = "arn:aws:kms:us-east-1:000000000000:key/k"


def put(client: "PersonalizeEventsClient", user_id: str, properties: dict[str, Any]) -> None:
    client.put_users(datasetArn=DATASET_ARN, users=[{"userId": user_id, "properties": json.dumps(properties)}])


def written(directory: Path, path: str) -> str:
    return (directory / "s3" / "bucket" / path).read_bytes().decode()


def with_schema(client: "PersonalizeClient", *fields: dict[str, Any]) -> None:
    """Make the shop's dataset one with other fields."""
    schema = client.create_schema(name="other", schema=avro(*fields), domain="ECOMMERCE")["schemaArn"]
    client.delete_dataset(datasetArn=DATASET_ARN)
    group = DATASET_ARN.replace("dataset/shop/USERS", "dataset-group/shop")
    client.create_dataset(name="our-users", schemaArn=schema, datasetGroupArn=group, datasetType="Users")


@pytest.mark.parametrize(
    ("mode", "rows"),
    [
        ({}, "b,2\n"),
        ({"ingestionMode": "PUT"}, "b,2\n"),
        ({"ingestionMode": "BULK"}, "a,1\n"),
        ({"ingestionMode": "ALL"}, "a,1\nb,2\n"),
    ],
)
def test_exports_what_came_in_the_way_that_is_asked_for(
    personalize: "PersonalizeClient",
    personalize_events: "PersonalizeEventsClient",
    dataset: str,
    data_directory: Path,
    mode: dict[str, str],
    rows: str,
) -> None:
    put_object("users.csv", "USER_ID,AGE\na,1\nb,1\n")
    import_job(personalize, "in", "s3://bucket/users.csv")
    put(personalize_events, "b", {"age": 2})
    job = export_job(personalize, "out", "s3://bucket/exports/today/", **mode)
    assert written(data_directory, "exports/today/out.csv") == f"USER_ID,AGE\n{rows}"
    assert (job["status"], job["ingestionMode"]) == ("ACTIVE", mode.get("ingestionMode", "PUT"))


def test_an_export_is_described(personalize: "PersonalizeClient", dataset: str) -> None:
    output: Any = {"s3DataDestination": {"path": "s3://bucket/", "kmsKeyArn": KEY}}
    arn = personalize.create_dataset_export_job(
        jobName="out", datasetArn=dataset, jobOutput=output, roleArn=ROLE, tags=[{"tagKey": "a", "tagValue": "b"}]
    )["datasetExportJobArn"]
    assert arn == JOB_ARN
    run_due_jobs()
    found: Any = personalize.describe_dataset_export_job(datasetExportJobArn=arn)["datasetExportJob"]
    del found["creationDateTime"], found["lastUpdatedDateTime"]
    assert found == {
        "jobName": "out",
        "datasetExportJobArn": JOB_ARN,
        "datasetArn": DATASET_ARN,
        "ingestionMode": "PUT",
        "roleArn": ROLE,
        "status": "ACTIVE",
        "jobOutput": output,
    }
    (summary,) = personalize.list_dataset_export_jobs(datasetArn=dataset)["datasetExportJobs"]
    assert (summary["jobName"], summary["status"]) == ("out", "ACTIVE")
    assert personalize.list_tags_for_resource(resourceArn=arn)["tags"] == [{"tagKey": "a", "tagValue": "b"}]


def test_values_are_written_so_that_they_are_read_as_they_were(
    personalize: "PersonalizeClient", personalize_events: "PersonalizeEventsClient", dataset: str, data_directory: Path
) -> None:
    names = {"CITY": "string", "SPEND": "double", "MEMBER": "boolean", "AGE": "int"}
    with_schema(personalize, *({"name": name, "type": ["null", type_]} for name, type_ in names.items()))
    put(personalize_events, "a,b", {"city": 'say "hi",\r\nü', "spend": 1e-7, "member": True, "age": -3})
    put(personalize_events, "c", {"city": "", "spend": None, "member": False})
    put(personalize_events, " d ", {"city": " true ", "spend": 1e22})
    assert outcome(export_job(personalize, "out", "s3://bucket/exports")) == ("ACTIVE", "")
    assert written(data_directory, "exports/out.csv") == (
        'USER_ID,CITY,SPEND,MEMBER,AGE\n d , true ,1e+22,,\n"a,b","say ""hi"",\r\nü",1e-07,true,-3\nc,"",,false,\n'
    )


def test_pages_of_a_large_dataset_follow_one_another(
    personalize: "PersonalizeClient", dataset: str, data_directory: Path
) -> None:
    rows = [f"u-{number:04},{number}\n" for number in range(2500)]
    put_object("users.csv", "USER_ID,AGE\n" + "".join(reversed(rows)))
    import_job(personalize, "in", "s3://bucket/users.csv")
    export_job(personalize, "out", "s3://bucket/exports/", ingestionMode="ALL")
    assert written(data_directory, "exports/out.csv") == "USER_ID,AGE\n" + "".join(rows)


def test_nobody_sees_half_a_file_and_nothing_is_left_beside_it(
    personalize: "PersonalizeClient", dataset: str, data_directory: Path
) -> None:
    left = put_object("exports/.out.0123.part", "USER_ID,A")
    other = put_object("exports/.other.0123.part", "USER_ID,A")
    put_object("exports/out.csv", "what was there before")
    assert outcome(export_job(personalize, "out", "s3://bucket/exports/")) == ("ACTIVE", "")
    assert written(data_directory, "exports/out.csv") == "USER_ID,AGE\n"
    assert sorted(left.parent.iterdir()) == [other, left.parent / "out.csv"]


def test_a_folder_that_cannot_be_written_to_fails_the_job(
    personalize: "PersonalizeClient", dataset: str, data_directory: Path
) -> None:
    put_object("a-file", "x")
    (data_directory / "outside").mkdir()
    (data_directory / "s3" / "bucket" / "out").symlink_to(data_directory / "outside")
    status, reason = outcome(export_job(personalize, "one", "s3://bucket/a-file/deeper/"))
    assert (status, reason) == (
        "CREATE FAILED",
        "s3://bucket/a-file is a file. Expected a folder, or nothing of that name.",
    )
    status, reason = outcome(export_job(personalize, "two", "s3://bucket/out/deeper/"))
    assert status == "CREATE FAILED"
    assert reason == (
        "s3://bucket/out/deeper/ has a symbolic link that leads out of the folder s3 in the data directory."
    )
    assert list((data_directory / "outside").iterdir()) == []
    with pytest.raises(personalize.exceptions.InvalidInputException):
        export_job(personalize, "three", "s3://bucket/../../etc/")


def test_a_folder_in_the_place_of_the_file_fails_the_job(personalize: "PersonalizeClient", dataset: str) -> None:
    kept = put_object("exports/out.csv/kept", "x")
    reason = "s3://bucket/exports/out.csv is a folder. Expected a file, or nothing of that name."
    assert outcome(export_job(personalize, "out", "s3://bucket/exports")) == ("CREATE FAILED", reason)
    assert list(kept.parent.parent.iterdir()) == [kept.parent]


def test_a_file_that_cannot_be_written_to_its_end_fails_the_job(
    personalize: "PersonalizeClient", dataset: str, data_directory: Path
) -> None:
    put_object("users.csv", "USER_ID,AGE\n" + "".join(f"u-{number},{number}\n" for number in range(2500)))
    import_job(personalize, "in", "s3://bucket/users.csv")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
    try:
        job = export_job(personalize, "out", "s3://bucket/exports", ingestionMode="ALL")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    reason = "s3://bucket/exports/out.csv cannot be used (File too large)."
    assert outcome(job) == ("CREATE FAILED", reason)
    assert list((data_directory / "s3" / "bucket" / "exports").iterdir()) == []


@pytest.mark.parametrize(
    ("dataset_type", "message"),
    [
        # "You can't export data in an Action interactions dataset or Actions dataset": developer guide, "Exporting the
        # training data in a dataset to Amazon S3".
        (
            "Actions",
            "Amazon Personalize does not export ACTIONS; expected a dataset of the type INTERACTIONS or ITEMS or USERS.",
        ),
        (
            "Action_Interactions",
            "Amazon Personalize does not export ACTION_INTERACTIONS; "
            "expected a dataset of the type INTERACTIONS or ITEMS or USERS.",
        ),
    ],
)
def test_says_of_what_is_not_exported_whether_aws_would(
    personalize: "PersonalizeClient", dataset_type: str, message: str
) -> None:
    group = personalize.create_dataset_group(name="events")["datasetGroupArn"]
    fields = {
        "Actions": (ACTION, AGE),
        "Action_Interactions": (USER, ACTION, EVENT_TYPE, TIMESTAMP),
    }[dataset_type]
    schema = personalize.create_schema(name="other", schema=record(*fields, name="Other"))["schemaArn"]
    arn = personalize.create_dataset(name="d", schemaArn=schema, datasetGroupArn=group, datasetType=dataset_type)[
        "datasetArn"
    ]
    with pytest.raises(personalize.exceptions.InvalidInputException) as error:
        export_job(personalize, "out", "s3://bucket/", datasetArn=arn)
    assert refused(error)[2] == message


def test_items_are_exported(personalize: "PersonalizeClient", demo: None, data_directory: Path) -> None:
    arn = f"arn:aws:personalize:{REGION}:{ACCOUNT}:dataset/online-shop/ITEMS"
    put_object("items.csv", "PRICE,CATEGORY_L1,ITEM_ID\n1.50,Tea|Green,i\n")
    import_job(personalize, "in", "s3://bucket/items.csv", datasetArn=arn)
    export_job(personalize, "out", "s3://bucket/exports/", datasetArn=arn, ingestionMode="BULK")
    assert written(data_directory, "exports/out.csv") == "ITEM_ID,PRICE,CATEGORY_L1\ni,1.5,Tea|Green\n"


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
users = st.dictionaries(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12),
    st.fixed_dictionaries(
        {
            "city": texts | st.none(),
            "note": texts,
            "spend": st.floats(allow_nan=False, allow_infinity=False),
            "score": st.floats(allow_nan=False, allow_infinity=False, width=32) | st.none(),
            "member": st.booleans() | st.none(),
            "visits": st.integers(-(2**63), 2**63 - 1) | st.none(),
        }
    ),
    max_size=10,
)


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(users)
def test_what_is_exported_is_imported_as_it_was(
    data_directory: Path,
    personalize: "PersonalizeClient",
    personalize_events: "PersonalizeEventsClient",
    shop_of_many_fields: None,
    records: dict[str, dict[str, Any]],
) -> None:
    for user_id, properties in records.items():
        put(personalize_events, user_id, properties)
    before = {user_id: json.loads(properties) for user_id, properties in stored().items()}
    assert before == records
    assert outcome(export_job(personalize, "out", "s3://bucket/round/", ingestionMode="ALL")) == ("ACTIVE", "")
    StoredRecord.objects.all().delete()
    assert outcome(import_job(personalize, "in", "s3://bucket/round/")) == ("ACTIVE", "")
    assert {user_id: json.loads(properties) for user_id, properties in stored().items()} == records
    assert came_in_bulk() == set(records)
    with (data_directory / "s3/bucket/round/out.csv").open(newline="") as file:
        assert len(list(csv.reader(file))) == len(records) + 1
    StoredRecord.objects.all().delete()
    Job.objects.all().delete()


@pytest.fixture
def shop_of_many_fields(personalize: "PersonalizeClient", dataset: str) -> None:
    types = {"SPEND": "double", "SCORE": "float", "MEMBER": "boolean", "VISITS": "long", "CITY": "string"}
    nullable = [{"name": name, "type": ["null", type_]} for name, type_ in types.items()]
    nullable[0]["type"] = "double"
    with_schema(personalize, *nullable, {"name": "NOTE", "type": "string"})
