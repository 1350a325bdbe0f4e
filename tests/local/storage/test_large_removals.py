"""Deleting datasets with many records: nobody sees them any more at once, and the worker removes them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import LazySettings
from django.db import connection
from django.utils import timezone

from console.local.demo import reset_demo_data
from console.local.models import Dataset, DatasetGroup, Job, Schema, StoredRecord
from console.local.storage.removing import parts_in_order, remove_deleted
from console.local.storage.stored_records import count_records
from console.work.leases import never
from console.work.worker import keep_running
from tests.conftest import LOYALTY
from tests.local.conftest import Clock
from tests.local.event_requests import delete_event_tracker
from tests.local.jobs.job_requests import import_job, put_object
from tests.local.queued import remove_all
from tests.local.shop import AGE, DATASET_ARN, GROUP_ARN, SCHEMA_ARN
from tests.records.literal_schemas import avro
from tests.support.demo import ACCOUNT, REGION

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient
    from mypy_boto3_personalize_events import PersonalizeEventsClient

ADA: Any = {"userId": "u-7", "properties": '{"age": 36}'}


def store(arn: str, number: int) -> None:
    """Store so many users in a dataset."""
    now, dataset = timezone.now(), Dataset.objects.get(arn=arn)
    StoredRecord.objects.bulk_create(
        StoredRecord(dataset=dataset, record_id=f"u-{each}", properties="{}", created_at=now, replaced_at=now)
        for each in range(number)
    )


def after(looks: int) -> Callable[[], bool]:
    """Return what says that the worker is to end once it has looked so many times."""
    left = iter(range(looks))
    return lambda: next(left, None) is None


def rows() -> tuple[int, int, int]:
    return Dataset.objects.count(), DatasetGroup.objects.count(), Schema.objects.count()


def test_no_request_removes_many_records_and_the_worker_removes_all(
    personalize: "PersonalizeClient", personalize_events: "PersonalizeEventsClient", dataset: str
) -> None:
    store(dataset, 1200)
    personalize.delete_dataset(datasetArn=dataset)
    for _ in range(3):
        assert personalize.list_datasets()["datasets"] == []
    assert StoredRecord.objects.count() == 1200
    with pytest.raises(personalize.exceptions.ResourceNotFoundException):
        personalize.describe_dataset(datasetArn=dataset)
    with pytest.raises(personalize_events.exceptions.ResourceNotFoundException):
        personalize_events.put_users(datasetArn=dataset, users=[ADA])
    assert count_records(dataset, "", 10) == 0
    remove_all()
    assert (StoredRecord.objects.count(), rows()) == (0, (0, 1, 1))


def test_the_schema_and_the_group_are_free_at_once(personalize: "PersonalizeClient", dataset: str) -> None:
    store(dataset, 501)
    personalize.delete_dataset(datasetArn=dataset)
    personalize.delete_schema(schemaArn=SCHEMA_ARN)
    personalize.delete_dataset_group(datasetGroupArn=GROUP_ARN)
    assert personalize.list_dataset_groups()["datasetGroups"] == []
    assert personalize.list_schemas()["schemas"] == []
    assert StoredRecord.objects.count() == 501
    remove_all()
    assert (StoredRecord.objects.count(), rows()) == (0, (0, 0, 0))


def test_a_new_dataset_of_the_name_never_has_the_records_of_the_one_before(
    personalize: "PersonalizeClient", personalize_events: "PersonalizeEventsClient", dataset: str
) -> None:
    again: Any = {"name": "x", "schemaArn": SCHEMA_ARN, "datasetGroupArn": GROUP_ARN, "datasetType": "Users"}
    for _ in range(2):
        store(dataset, 600)
        personalize.delete_dataset(datasetArn=dataset)
        personalize.create_dataset(**again)
        assert count_records(dataset, "", 1000) == 0
    personalize_events.put_users(datasetArn=dataset, users=[ADA])
    assert remove_deleted(after(2), 60) == 0
    assert 0 < StoredRecord.objects.exclude(dataset__arn=dataset).count() < 1200
    assert count_records(dataset, "", 1000) == 1
    remove_all()
    assert list(StoredRecord.objects.values_list("record_id", "properties")) == [("u-7", '{"age":36}')]
    assert rows() == (1, 1, 1)


def test_goes_on_where_it_was_interrupted(personalize: "PersonalizeClient", dataset: str) -> None:
    store(dataset, 1200)
    personalize.delete_dataset(datasetArn=dataset)
    assert remove_deleted(after(2), 60) == 0
    assert StoredRecord.objects.count() == 700
    remove_all()
    assert StoredRecord.objects.count() == 0


def test_comes_to_an_end_however_long_a_part_takes_to_find(personalize: "PersonalizeClient", dataset: str) -> None:
    store(dataset, 600)
    personalize.delete_dataset(datasetArn=dataset)
    left: list[int] = []
    # The time is over before the first part is found.
    while remove_deleted(never, 0) == 0 and len(left) < 10:
        left.append(StoredRecord.objects.count())
    assert left == [350, 100, 0]
    assert rows() == (0, 1, 1)


def test_nothing_is_removed_once_the_worker_is_to_end(personalize: "PersonalizeClient", dataset: str) -> None:
    store(dataset, 501)
    personalize.delete_dataset(datasetArn=dataset)
    assert remove_deleted(lambda: True, 60) == 0
    assert StoredRecord.objects.count() == 501


@pytest.mark.parametrize("size", [1, 250])
def test_a_part_is_found_without_a_walk_through_what_is_between(dataset: str, size: int) -> None:
    store(dataset, 600)
    StoredRecord.objects.exclude(record_id__in=("u-0", "u-599")).update(import_job=7)
    sparse = StoredRecord.objects.filter(dataset__arn=dataset, import_job=None)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # It reads so small a table as a whole otherwise.
            cursor.execute("SET LOCAL enable_seqscan = off")
    expected = "Index Cond: ((dataset_id" if connection.vendor == "postgresql" else "(dataset_id=? AND record_id=?)"
    parts = list(parts_in_order(sparse, size))
    assert [part.count() for part in parts] == ([1, 1] if size == 1 else [2])
    assert all(expected in part.order_by("record_id").explain() for part in parts)


def test_users_who_were_put_at_the_last_moment_go_too(personalize: "PersonalizeClient", dataset: str) -> None:
    store(dataset, 501)
    personalize.delete_dataset(datasetArn=dataset)
    remaining = iter([False, False])

    def late() -> bool:
        # Behind the parts that are gone by then.
        if next(remaining, None) is None:
            now, aside = timezone.now(), Dataset.objects.get()
            StoredRecord.objects.create(dataset=aside, record_id="a", properties="{}", created_at=now, replaced_at=now)
        return False

    assert remove_deleted(late, 60) == float("inf")
    assert (StoredRecord.objects.count(), rows()) == (0, (0, 1, 1))


def test_what_was_deleted_is_removed_when_that_settles(
    personalize: "PersonalizeClient", dataset: str, settings: LazySettings, clock: Clock
) -> None:
    store(dataset, 300)
    settings.CONSOLE_LOCAL_CREATE_SECONDS = 10
    personalize.delete_dataset(datasetArn=dataset)
    clock.go_on(4)
    assert remove_deleted(never, 60) == 6
    assert StoredRecord.objects.count() == 300
    clock.go_on(6)
    remove_all()
    assert (StoredRecord.objects.count(), rows()) == (0, (0, 1, 1))
    personalize.delete_dataset_group(datasetGroupArn=GROUP_ARN)
    clock.go_on(8)
    assert remove_deleted(never, 60) == 2
    clock.go_on(2)
    remove_all()
    assert rows() == (0, 0, 1)


def test_jobs_and_tags_go_with_their_dataset(personalize: "PersonalizeClient", dataset: str) -> None:
    put_object("users.csv", "USER_ID,AGE\n" + "".join(f"u-{number},1\n" for number in range(501)))
    job = import_job(personalize, "first", "s3://bucket/users.csv")
    personalize.tag_resource(resourceArn=dataset, tags=[{"tagKey": "a", "tagValue": "b"}])
    personalize.delete_dataset(datasetArn=dataset)
    with pytest.raises(personalize.exceptions.ResourceNotFoundException):
        personalize.describe_dataset_import_job(datasetImportJobArn=job["datasetImportJobArn"])
    assert personalize.list_dataset_import_jobs()["datasetImportJobs"] == []
    assert StoredRecord.objects.count() == 501
    remove_all()
    assert not Job.objects.exists()


def test_items_go_as_users_do(personalize: "PersonalizeClient", demo: None) -> None:
    arn = f"arn:aws:personalize:{REGION}:{ACCOUNT}:dataset/newsroom/ITEMS"
    now, newsroom = timezone.now(), Dataset.objects.get(arn=arn)
    StoredRecord.objects.bulk_create(
        StoredRecord(dataset=newsroom, record_id=f"i-{each}", properties="{}", created_at=now, replaced_at=now)
        for each in range(501)
    )
    personalize.delete_dataset(datasetArn=arn)
    delete_event_tracker(personalize, newsroom.group.arn)
    personalize.delete_dataset(datasetArn=arn.replace("ITEMS", "INTERACTIONS"))
    assert StoredRecord.objects.count() == 501
    remove_all()
    assert (StoredRecord.objects.count(), rows()) == (0, (12, 7, 14))


def test_a_reset_of_the_demo_does_not_wait_for_it_either(
    personalize_events: "PersonalizeEventsClient", demo: None
) -> None:
    before = Dataset.objects.values("name", "schema", "group", "dataset_type", "tags").get(arn=LOYALTY)
    store(LOYALTY, 501)
    assert reset_demo_data(ACCOUNT, REGION) == "The demo data was reset. Deleted: 501 users."
    assert (StoredRecord.objects.count(), count_records(LOYALTY, "", 1000)) == (501, 0)
    assert Dataset.objects.values("name", "schema", "group", "dataset_type", "tags").get(arn=LOYALTY) == before
    remove_all()
    assert reset_demo_data(ACCOUNT, REGION) == "The demo data was reset. Nothing had changed."
    assert (StoredRecord.objects.count(), rows()) == (0, (14, 7, 14))


@pytest.mark.usefixtures("local_steps")
def test_the_worker_for_jobs_removes_them_between_jobs(personalize: "PersonalizeClient", dataset: str) -> None:
    store(dataset, 501)
    personalize.delete_dataset(datasetArn=dataset)
    # It waits once there is nothing more to do.
    waits: list[float] = []
    keep_running(lambda: bool(waits), waits.append)
    assert (StoredRecord.objects.count(), waits) == (0, [5.0])


def test_an_arn_of_what_is_set_aside_finds_nothing(personalize: "PersonalizeClient", dataset: str) -> None:
    store(dataset, 501)
    personalize.delete_dataset(datasetArn=dataset)
    personalize.create_schema(name="other", schema=avro(AGE))
    assert [schema["name"] for schema in personalize.list_schemas()["schemas"]] == ["other", "shop-users"]
    assert count_records(Dataset.objects.get().arn, "", 10) == 0
    with pytest.raises(personalize.exceptions.ResourceNotFoundException):
        personalize.describe_dataset(datasetArn=DATASET_ARN)
