"""The service's limits, through real boto3, and the rate of PutUsers calls by a clock of the tests."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError
from django.conf import LazySettings

from console.local.demo import make_demo_data
from console.local.models import DatasetGroup, PutRate, Schema, StoredRecord
from console.local.storage import put_rate
from tests.local.conftest import Clock
from tests.local.schemas import record, text
from tests.local.shop import AGE, refused
from tests.records.literal_schemas import avro
from tests.support.demo import ACCOUNT, REGION

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient
    from mypy_boto3_personalize_events import PersonalizeEventsClient


def test_an_account_has_so_many_dataset_groups_in_a_region(
    personalize: "PersonalizeClient", settings: LazySettings
) -> None:
    settings.CONSOLE_LOCAL_MOST_DATASET_GROUPS = 2
    DatasetGroup.objects.create(account=ACCOUNT, region="eu-west-1", name="elsewhere", arn="arn:elsewhere")
    for name in ("a", "b"):
        personalize.create_dataset_group(name=name)
    with pytest.raises(personalize.exceptions.LimitExceededException) as error:
        personalize.create_dataset_group(name="c")
    message = "The account has 2 dataset groups in this region, which is the limit. Delete one first."
    assert refused(error) == ("LimitExceededException", 400, message)
    personalize.delete_dataset_group(datasetGroupArn=f"arn:aws:personalize:{REGION}:{ACCOUNT}:dataset-group/a")
    personalize.create_dataset_group(name="c")


def test_an_account_has_500_schemas_in_a_region(personalize: "PersonalizeClient") -> None:
    Schema.objects.bulk_create(
        Schema(account=ACCOUNT, region=REGION, name=f"s{number}", arn=f"arn:{number}") for number in range(499)
    )
    personalize.create_schema(name="the-500th", schema=avro(AGE))
    with pytest.raises(personalize.exceptions.LimitExceededException) as error:
        personalize.create_schema(name="one-more", schema=avro(AGE))
    assert refused(error)[2] == "The account has 500 schemas in this region, which is the limit. Delete one first."


def test_the_demo_is_made_whatever_the_limit_is(db: None, settings: LazySettings) -> None:
    settings.CONSOLE_LOCAL_MOST_DATASET_GROUPS = 0
    settings.CONSOLE_LOCAL_CREATE_SECONDS = 60
    assert make_demo_data(ACCOUNT, REGION)
    statuses = {group.name: group.status for group in DatasetGroup.objects.all()}
    assert statuses.pop("retired-campaigns") == "CREATE FAILED"
    assert set(statuses.values()) == {"ACTIVE"}


def put(client: "PersonalizeEventsClient", group: str, user_id: str) -> None:
    arn = f"arn:aws:personalize:{REGION}:{ACCOUNT}:dataset/{group}/USERS"
    name = "subscriptionModel" if group == "video-streaming" else "membershipStatus"
    client.put_users(datasetArn=arn, users=[{"userId": user_id, "properties": f'{{"{name}": "a"}}'}])


def test_ten_calls_a_second_and_dataset_group_are_taken(
    demo: None,
    personalize_events: "PersonalizeEventsClient",
    settings: LazySettings,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.CONSOLE_LOCAL_PUT_RATE = 10
    # The client waits before it tries again, which nobody has to wait for here.
    monkeypatch.setattr("botocore.retries.standard.ExponentialBackoff.delay_amount", lambda *_context: 0)
    for number in range(10):
        put(personalize_events, "video-streaming", f"u-{number}")
    with pytest.raises(ClientError) as error:
        put(personalize_events, "video-streaming", "one-more")
    code, status, message = refused(error)
    assert (code, status, message) == ("ThrottlingException", 400, "Rate exceeded")
    assert error.value.response["ResponseMetadata"]["RetryAttempts"] == 2
    put(personalize_events, "online-shop", "another-group")
    assert StoredRecord.objects.count() == 11
    clock.go_on(1)
    put(personalize_events, "video-streaming", "one-more")


def test_ten_calls_of_put_items_and_of_put_actions_are_taken_too(
    demo: None,
    personalize: "PersonalizeClient",
    personalize_events: "PersonalizeEventsClient",
    settings: LazySettings,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The developer guide, "Amazon Personalize endpoints and quotas" (limits): 10 of each, and dataset group."""
    settings.CONSOLE_LOCAL_PUT_RATE = 10
    monkeypatch.setattr("botocore.retries.standard.ExponentialBackoff.delay_amount", lambda *_context: 0)
    actions = personalize.create_schema(name="actions", schema=record(text("ACTION_ID"), AGE, name="Actions"))
    datasets = f"arn:aws:personalize:{REGION}:{ACCOUNT}:dataset/loyalty-programme"
    personalize.create_dataset(
        name="x",
        schemaArn=actions["schemaArn"],
        datasetGroupArn=datasets.replace("dataset/", "dataset-group/"),
        datasetType="Actions",
    )
    item = {"itemId": "i", "properties": '{"price": 1, "categoryL1": "a"}'}
    action = {"actionId": "a", "properties": '{"age": 1}'}
    user = {"userId": "u", "properties": '{"membershipType":"a","memberSince":1,"totalSpend":1,"newsletter":true}'}
    calls: list[tuple[Any, dict[str, Any]]] = [
        (personalize_events.put_items, {"datasetArn": f"{datasets}/ITEMS", "items": [item]}),
        (personalize_events.put_actions, {"datasetArn": f"{datasets}/ACTIONS", "actions": [action]}),
        (personalize_events.put_users, {"datasetArn": f"{datasets}/USERS", "users": [user]}),
    ]
    for call, parameters in calls:
        # What the others have used up is no concern of this one.
        for _ in range(10):
            call(**parameters)
        with pytest.raises(ClientError) as error:
            call(**parameters)
        assert refused(error) == ("ThrottlingException", 400, "Rate exceeded")
    clock.go_on(1)
    for call, parameters in calls:
        call(**parameters)


def test_what_a_version_before_has_counted_is_passed_over(demo: None, clock: Clock) -> None:
    group = DatasetGroup.objects.latest("pk").pk
    PutRate.objects.create(group_id=group, calls=[clock.moment.timestamp()] * 10)
    assert put_rate.allows(group, "USERS", 1)


def test_the_window_slides_and_refused_calls_do_not_count(demo: None, clock: Clock) -> None:
    group, began = DatasetGroup.objects.latest("pk").pk, clock.moment
    allowed: list[bool] = []
    for at in (0.0, 0.5, 0.9, 0.99, 1.0, 1.25, 1.5, 1.6):
        clock.moment = began + timedelta(seconds=at)
        allowed.append(put_rate.allows(group, "USERS", 2))
    assert allowed == [True, True, False, False, True, False, True, False]


def test_a_high_rate_is_counted_by_all_processes_of_a_machine(data_directory: Path, clock: Clock) -> None:
    """The developer guide, "Amazon Personalize endpoints and quotas": 1000 of PutEvents."""

    def allowed(number: int, dataset_type: str = "INTERACTIONS", group: int = 7) -> int:
        # Another process opens the file for itself.
        put_rate._file.cache_clear()
        return sum(put_rate.allows(group, dataset_type, 1000) for _ in range(number))

    assert allowed(600) == 600
    clock.go_on(0.5)
    assert allowed(600) == 400
    # Each type and each group has a rate of its own.
    assert (allowed(5, "ACTION_INTERACTIONS"), allowed(5, group=70)) == (5, 5)
    clock.go_on(0.499)
    assert allowed(1) == 0
    clock.go_on(0.001)
    assert allowed(700) == 600
    clock.go_on(0.5)
    assert allowed(700) == 400
    # A clock that was set back stops nobody.
    clock.go_on(-3600)
    assert allowed(10) == 10
    put_rate.forget(7)
    assert [path.name for path in (data_directory / "event-rates").iterdir()] == ["70-interactions"]


def test_threads_count_a_high_rate_together(data_directory: Path, clock: Clock) -> None:
    with ThreadPoolExecutor(8) as threads:
        allowed = threads.map(lambda _number: put_rate.allows(7, "INTERACTIONS", 100), range(400))
    assert sum(allowed) == 100


def test_where_there_is_no_room_for_its_file_a_high_rate_allows_all(settings: LazySettings, tmp_path: Path) -> None:
    settings.CONSOLE_DATA_DIR = tmp_path / "gone"
    put_rate._file.cache_clear()
    assert all(put_rate.allows(7, "INTERACTIONS", 51) for _ in range(100))


def test_a_clock_that_was_set_back_stops_nobody(demo: None, clock: Clock) -> None:
    group = DatasetGroup.objects.latest("pk").pk
    assert [put_rate.allows(group, "USERS", 1), put_rate.allows(group, "USERS", 1)] == [True, False]
    clock.go_on(-3600)
    assert put_rate.allows(group, "USERS", 1)


def test_no_rate_takes_any_number(demo: None) -> None:
    group = DatasetGroup.objects.latest("pk").pk
    assert all(put_rate.allows(group, "USERS", 0) for _ in range(1000))
    assert not PutRate.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_dataset_group_that_went_has_no_rate() -> None:
    assert put_rate.allows(1_000_000, "USERS", 1)
    assert not PutRate.objects.exists()


@pytest.mark.parametrize("length", [3, 11])
def test_a_file_of_a_high_rate_that_was_cut_short_counts_nothing(
    length: int, settings: LazySettings, tmp_path: Path
) -> None:
    settings.CONSOLE_DATA_DIR = tmp_path
    put_rate._file.cache_clear()
    (tmp_path / "event-rates").mkdir()
    (tmp_path / "event-rates" / "7-interactions").write_bytes(b"\1" * length)
    assert put_rate.allows(7, "INTERACTIONS", 1000)
    put_rate._file.cache_clear()
