"""A success of every served operation: botocore parses the answer, and no member of the model is missing in it.

An operation that is newly served needs a round trip in ROUND_TRIPS, and in ABSENT what its answer leaves out, and why.
"""

import json
from collections.abc import Callable
from typing import Any

import pytest

from console.local.operations import OPERATIONS
from tests.local.event_requests import Tracked, create_tracked
from tests.local.jobs.job_requests import ROLE, put_object, run_due_jobs
from tests.local.shapes import missing, model_of, unknown
from tests.local.shop import AGE, DATASET_ARN, GROUP_ARN, SCHEMA_ARN
from tests.records.literal_schemas import avro
from tests.support.demo import ACCOUNT, REGION

type Parameters = dict[str, Any]

NOT_FAILED = "what did not fail has no reason for it"
# Members of the model that an answer leaves out, by operation and path.
ABSENT: dict[str, dict[str, str]] = {
    "DescribeDatasetGroup": {"datasetGroup.failureReason": NOT_FAILED},
    "ListDatasetGroups": {"datasetGroups.failureReason": NOT_FAILED},
    "DescribeDataset": {
        "dataset.latestDatasetUpdate.failureReason": NOT_FAILED,
        "dataset.trackingId": "only a dataset of action interactions has one, from an event tracker",
    },
    "DescribeDatasetImportJob": {"datasetImportJob.failureReason": NOT_FAILED},
    "ListDatasetImportJobs": {"datasetImportJobs.failureReason": NOT_FAILED},
    "DescribeDatasetExportJob": {"datasetExportJob.failureReason": NOT_FAILED},
    "ListDatasetExportJobs": {"datasetExportJobs.failureReason": NOT_FAILED},
    "DescribeDataDeletionJob": {"dataDeletionJob.failureReason": NOT_FAILED},
    "ListDataDeletionJobs": {"dataDeletionJobs.failureReason": NOT_FAILED},
}

NAMED = {"name": "another", "domain": "ECOMMERCE"}
TRACKER = {"name": "events", "datasetGroupArn": GROUP_ARN}
TAGS = [{"tagKey": "team", "tagValue": "ops"}]
GROUP = {
    "name": "shop",
    "domain": "ECOMMERCE",
    "roleArn": f"arn:aws:iam::{ACCOUNT}:role/personalize",
    "kmsKeyArn": f"arn:aws:kms:{REGION}:{ACCOUNT}:key/k",
    "tags": TAGS,
}
SCHEMA = {"name": "shop-users", "schema": avro(AGE), "domain": "ECOMMERCE"}
DATASET = {"name": "users", "schemaArn": SCHEMA_ARN, "datasetGroupArn": GROUP_ARN, "datasetType": "Users"}
# By what a job is called in the API's names.
JOBS: dict[str, dict[str, Any]] = {
    "DatasetImportJob": {
        "datasetArn": DATASET_ARN,
        "dataSource": {"dataLocation": "s3://bucket/users.csv"},
        "publishAttributionMetricsToS3": False,
    },
    "DatasetExportJob": {
        "datasetArn": DATASET_ARN,
        "jobOutput": {
            "s3DataDestination": {
                "path": "s3://bucket/exported/",
                "kmsKeyArn": f"arn:aws:kms:{REGION}:{ACCOUNT}:key/k",
            }
        },
    },
    "DataDeletionJob": {"datasetGroupArn": GROUP_ARN, "dataSource": {"dataLocation": "s3://bucket/users.csv"}},
}
RECORDS: dict[str, dict[str, Any]] = {
    "ITEMS": {
        "name": "Items",
        "fields": [
            {"name": "ITEM_ID", "type": "string"},
            {"name": "PRICE", "type": "float"},
            {"name": "CATEGORY_L1", "type": "string", "categorical": True},
        ],
    },
    "ACTIONS": {
        "name": "Actions",
        "fields": [{"name": "ACTION_ID", "type": "string"}, {"name": "COST", "type": "int"}],
    },
}


class Service:
    """The local service through real boto3, by the names of the operations."""

    def __init__(self, personalize: Any, personalize_events: Any) -> None:
        self.clients = {"personalize": personalize, "personalize-events": personalize_events}

    def __call__(self, operation: str, **parameters: Any) -> Parameters:
        answer: Parameters = self.clients[model_of(operation).service_model.service_name]._make_api_call(
            operation, parameters
        )
        return answer

    def shop(self) -> None:
        """Make a dataset group, a schema and a Users dataset."""
        self("CreateDatasetGroup", **GROUP)
        self("CreateSchema", **SCHEMA)
        self("CreateDataset", **DATASET)

    def create_dataset(self, dataset_type: str) -> Parameters:
        """Make a dataset of items in the shop, or one of actions, which no domain takes, in a group of their own."""
        group = GROUP_ARN
        if dataset_type == "ACTIONS":
            group = self("CreateDatasetGroup", name="offers")["datasetGroupArn"]
        text = json.dumps({"type": "record", **RECORDS[dataset_type]})
        schema = self("CreateSchema", name=dataset_type, schema=text)["schemaArn"]
        made = {"name": dataset_type, "datasetType": dataset_type, "schemaArn": schema, "datasetGroupArn": group}
        return self("CreateDataset", **{**DATASET, **made})

    def create_job(self, kind: str, name: str = "first") -> Parameters:
        """Make a job of a kind."""
        return self(f"Create{kind}", jobName=name, roleArn=ROLE, **JOBS[kind])

    def tracked(self) -> Tracked:
        """Put a shop of no domain with both kinds of interactions in place of the shop, and return its tracking ids."""
        self("DeleteDataset", datasetArn=DATASET_ARN)
        self("DeleteDatasetGroup", datasetGroupArn=GROUP_ARN)
        return create_tracked(self.clients["personalize"])

    def create_event_tracker(self) -> Parameters:
        """Make the event tracker of the shop."""
        return self("CreateEventTracker", **TRACKER, tags=TAGS)


def created_job(kind: str) -> Callable[[Service], Parameters]:
    """Return a round trip that makes a job of a kind."""
    return lambda service: service.create_job(kind)


def described_job(kind: str) -> Callable[[Service], Parameters]:
    """Return a round trip for a job of a kind that was run."""

    def round_trip(service: Service) -> Parameters:
        put_object("users.csv", "USER_ID,AGE\nu-1,7\n")
        made = service.create_job(kind)
        arn = {name: value for name, value in made.items() if name.endswith("Arn")}
        run_due_jobs()
        return service(f"Describe{kind}", **arn)

    return round_trip


def listed_jobs(kind: str) -> Callable[[Service], Parameters]:
    """Return a round trip for the first page of two jobs of a kind."""

    def make_two(service: Service) -> None:
        service.create_job(kind)
        service.create_job(kind, "second")

    return first_of_two(f"List{kind}s", make_two)


def first_of_two(operation: str, make_another: Callable[[Service], Any]) -> Callable[[Service], Parameters]:
    """Return a round trip for the first page of two."""

    def round_trip(service: Service) -> Parameters:
        make_another(service)
        return service(operation, maxResults=1)

    return round_trip


def described_dataset(service: Service) -> Parameters:
    service("UpdateDataset", datasetArn=DATASET_ARN, schemaArn=SCHEMA_ARN)
    return service("DescribeDataset", datasetArn=DATASET_ARN)


def deleted(operation: str, **arns: str) -> Callable[[Service], Parameters]:
    """Return a round trip that deletes what nothing hangs on any more."""

    def round_trip(service: Service) -> Parameters:
        if operation != "DeleteDataset":
            service("DeleteDataset", datasetArn=DATASET_ARN)
        return service(operation, **arns)

    return round_trip


def with_tracker(operation: str) -> Callable[[Service], Parameters]:
    """Return a round trip of an operation on an event tracker."""

    def round_trip(service: Service) -> Parameters:
        return service(operation, eventTrackerArn=service.create_event_tracker()["eventTrackerArn"])

    return round_trip


def listed_event_trackers(service: Service) -> Parameters:
    service.create_event_tracker()
    other = service("CreateDatasetGroup", **NAMED)["datasetGroupArn"]
    service("CreateEventTracker", name="others", datasetGroupArn=other)
    return service("ListEventTrackers", maxResults=1)


ROUND_TRIPS: dict[str, Callable[[Service], Parameters]] = {
    **{f"Create{kind}": created_job(kind) for kind in JOBS},
    **{f"Describe{kind}": described_job(kind) for kind in JOBS},
    **{f"List{kind}s": listed_jobs(kind) for kind in JOBS},
    "CreateDatasetGroup": lambda service: service("CreateDatasetGroup", **NAMED),
    "DescribeDatasetGroup": lambda service: service("DescribeDatasetGroup", datasetGroupArn=GROUP_ARN),
    "ListDatasetGroups": first_of_two("ListDatasetGroups", lambda service: service("CreateDatasetGroup", **NAMED)),
    "DeleteDatasetGroup": deleted("DeleteDatasetGroup", datasetGroupArn=GROUP_ARN),
    "CreateSchema": lambda service: service("CreateSchema", **NAMED, schema=avro(AGE)),
    "DescribeSchema": lambda service: service("DescribeSchema", schemaArn=SCHEMA_ARN),
    "ListSchemas": first_of_two("ListSchemas", lambda service: service("CreateSchema", **NAMED, schema=avro(AGE))),
    "DeleteSchema": deleted("DeleteSchema", schemaArn=SCHEMA_ARN),
    "CreateDataset": lambda service: service.create_dataset("ITEMS"),
    "DescribeDataset": described_dataset,
    "ListDatasets": first_of_two("ListDatasets", lambda service: service.create_dataset("ITEMS")),
    "UpdateDataset": lambda service: service("UpdateDataset", datasetArn=DATASET_ARN, schemaArn=SCHEMA_ARN),
    "DeleteDataset": deleted("DeleteDataset", datasetArn=DATASET_ARN),
    "CreateEventTracker": lambda service: service.create_event_tracker(),
    "DescribeEventTracker": with_tracker("DescribeEventTracker"),
    "ListEventTrackers": listed_event_trackers,
    "DeleteEventTracker": with_tracker("DeleteEventTracker"),
    "TagResource": lambda service: service("TagResource", resourceArn=DATASET_ARN, tags=TAGS),
    "UntagResource": lambda service: service("UntagResource", resourceArn=GROUP_ARN, tagKeys=["team"]),
    "ListTagsForResource": lambda service: service("ListTagsForResource", resourceArn=GROUP_ARN),
    "PutUsers": lambda service: service(
        "PutUsers", datasetArn=DATASET_ARN, users=[{"userId": "u", "properties": '{"age": 1}'}]
    ),
    "PutItems": lambda service: service(
        "PutItems",
        datasetArn=service.create_dataset("ITEMS")["datasetArn"],
        items=[{"itemId": "i", "properties": '{"price": 1, "categoryL1": "Tee"}'}],
    ),
    "PutActions": lambda service: service(
        "PutActions",
        datasetArn=service.create_dataset("ACTIONS")["datasetArn"],
        actions=[{"actionId": "a", "properties": '{"cost": 1}'}],
    ),
    "PutEvents": lambda service: service(
        "PutEvents",
        trackingId=service.tracked().items,
        userId="u",
        sessionId="s",
        eventList=[{"eventType": "view", "sentAt": 1, "itemId": "i"}],
    ),
    "PutActionInteractions": lambda service: service(
        "PutActionInteractions",
        trackingId=service.tracked().actions,
        actionInteractions=[{"actionId": "a", "sessionId": "s", "timestamp": 1, "eventType": "Taken"}],
    ),
}


@pytest.mark.parametrize("operation", OPERATIONS)
def test_botocore_parses_the_answer_with_nothing_missing(
    operation: str, personalize: Any, personalize_events: Any
) -> None:
    service = Service(personalize, personalize_events)
    service.shop()
    bodies: list[bytes] = []
    for client in service.clients.values():
        client.meta.events.register(
            "before-parse", lambda response_dict, **_event: bodies.append(response_dict["body"])
        )
    answer = ROUND_TRIPS[operation](service)
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 200
    shape = model_of(operation).output_shape
    found = set(missing(shape, answer)) if shape else set()
    assert found == set(ABSENT.get(operation, {}))
    assert list(unknown(shape, json.loads(bodies[-1] or b"{}"))) == []


def test_every_served_operation_has_a_round_trip_and_no_other_has() -> None:
    assert set(ROUND_TRIPS) == set(OPERATIONS)
    assert set(ABSENT) <= set(OPERATIONS)
