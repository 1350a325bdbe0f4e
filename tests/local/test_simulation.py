"""Simulated responses, through real boto3 and the transport without a network, and by both endpoints' edges."""

import json
import time
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError, ConnectionClosedError, ReadTimeoutError
from django.conf import LazySettings
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from console.local.http import keys
from console.local.models import Simulation, StoredRecord
from console.local.simulation import RESPONSES, simulate, simulate_also, simulation, stop_simulating
from tests.conftest import LOYALTY
from tests.local import over_http
from tests.support.demo import ACCOUNT, REGION

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient
    from mypy_boto3_personalize_events import PersonalizeEventsClient

pytestmark = pytest.mark.usefixtures("demo")

PROPERTIES = '{"membershipType":"a","memberSince":1,"totalSpend":1,"newsletter":true}'
USER: Any = {"userId": "u", "properties": PROPERTIES}
KEYS = ("AKIALOCALDEMOEXAMPLE", "local-demo-secret-key")


@pytest.fixture(params=["over HTTP", "without a network"])
def events(request: pytest.FixtureRequest) -> Any:
    """A client that tries once, by either endpoint."""
    make = over_http.client if request.param == "over HTTP" else over_http.without_network
    client = make("personalize-events", *KEYS)
    client.meta.config.retries = {"total_max_attempts": 1}
    return client


def code(client: Any, users: Any = (USER,)) -> str:
    with pytest.raises(ClientError) as error:
        client.put_users(datasetArn=LOYALTY, users=list(users))
    answer: str = error.value.response["Error"]["Code"]
    return answer


def remaining() -> int | None:
    return Simulation.objects.get().remaining


def test_nothing_is_simulated_at_first(events: Any) -> None:
    assert simulation() is None
    events.put_users(datasetArn=LOYALTY, users=[USER])
    assert StoredRecord.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("InvalidInputException", 400),
        ("ResourceNotFoundException", 404),
        ("ResourceInUseException", 409),
        ("AccessDeniedException", 403),
    ],
)
def test_so_many_calls_are_answered_with_the_error_and_store_nothing(events: Any, name: str, status: int) -> None:
    simulate(name, 0, 2, "somebody")
    for left in (1, 0):
        with pytest.raises(ClientError) as error:
            events.put_users(datasetArn=LOYALTY, users=[USER])
        answer = error.value.response
        assert (answer["Error"]["Code"], answer["ResponseMetadata"]["HTTPStatusCode"]) == (name, status)
        assert answer["ResponseMetadata"]["HTTPHeaders"]["x-amzn-errortype"] == name
        assert remaining() == left
    assert not StoredRecord.objects.exists()
    assert simulation() is None
    events.put_users(datasetArn=LOYALTY, users=[USER])


def test_all_calls_are_answered_so_until_it_is_switched_off(events: Any) -> None:
    simulate("ResourceInUseException", 0, None, "somebody")
    for _ in range(5):
        assert code(events) == "ResourceInUseException"
    assert stop_simulating()
    events.put_users(datasetArn=LOYALTY, users=[USER])
    assert not stop_simulating()


def test_the_newest_simulation_holds_alone(events: Any) -> None:
    simulate("ResourceInUseException", 0, None, "somebody")
    simulate("InvalidInputException", 0, 1, "somebody else")
    assert code(events) == "InvalidInputException"
    events.put_users(datasetArn=LOYALTY, users=[USER])
    assert Simulation.objects.get().started_by == "somebody else"


def test_it_comes_before_a_validation_and_after_the_signature(events: Any) -> None:
    simulate("ResourceInUseException", 0, 1, "somebody")
    unsigned = over_http.client("personalize-events", KEYS[0], "wrong")
    assert code(unsigned) == "InvalidSignatureException"
    assert remaining() == 1
    assert code(events, [{"userId": "u", "properties": "not JSON"}]) == "ResourceInUseException"


def test_a_key_that_may_only_read_is_refused_normally_and_does_not_count() -> None:
    key = keys.make(ACCOUNT, "", is_read_only=True)
    simulate("InvalidInputException", 0, 1, "somebody")
    client = over_http.client("personalize-events", key.access_key_id, key.secret)
    with pytest.raises(ClientError) as error:
        client.put_users(datasetArn=LOYALTY, users=[USER])
    assert "its access key is read-only" in error.value.response["Error"]["Message"]
    assert remaining() == 1


def test_callers_of_other_accounts_get_it_too() -> None:
    key = keys.make("123456789012", "", is_read_only=False)
    simulate("InvalidInputException", 0, 1, "somebody")
    client = over_http.client("personalize-events", key.access_key_id, key.secret)
    assert code(client) == "InvalidInputException"


PUTS: dict[str, Any] = {
    "put_users": {"datasetArn": LOYALTY, "users": [USER]},
    "put_items": {"datasetArn": LOYALTY, "items": [{"itemId": "i"}]},
    "put_actions": {"datasetArn": LOYALTY, "actions": [{"actionId": "a"}]},
    "put_events": {
        "trackingId": "t",
        "sessionId": "s",
        "eventList": [{"eventType": "e", "sentAt": 1, "itemId": "i"}],
    },
    "put_action_interactions": {
        "trackingId": "t",
        "actionInteractions": [{"eventType": "e", "timestamp": 1, "actionId": "a", "sessionId": "s"}],
    },
}


@pytest.mark.parametrize("operation", PUTS)
def test_every_operation_that_puts_records_gets_it_as_its_model_has_it(
    personalize_events: "PersonalizeEventsClient", operation: str
) -> None:
    simulate("ResourceInUseException", 0, 1, "somebody")
    with pytest.raises(ClientError) as error:
        getattr(personalize_events, operation)(**PUTS[operation])
    # Of PutEvents, the model has no other error for what is wrong.
    expected = ("InvalidInputException", 400) if operation == "put_events" else ("ResourceInUseException", 409)
    answer = error.value.response
    assert (answer["Error"]["Code"], answer["ResponseMetadata"]["HTTPStatusCode"]) == expected
    assert answer["Error"]["Message"] == "Simulated by the local service: the dataset is in use."


def test_several_are_used_up_in_the_order_in_which_they_were_asked_for(events: Any) -> None:
    simulate_also(Simulation(response="ResourceInUseException", calls=1, remaining=1))
    simulate_also(Simulation(response="InvalidInputException", calls=1, remaining=1))
    assert [code(events), code(events)] == ["ResourceInUseException", "InvalidInputException"]
    events.put_users(datasetArn=LOYALTY, users=[USER])


GROUP = f"arn:aws:personalize:{REGION}:{ACCOUNT}:dataset-group/loyalty-programme"


@pytest.mark.parametrize(
    ("whose", "is_simulated"),
    [
        ({"account": ACCOUNT}, True),
        ({"account": "123456789012"}, False),
        ({"operation": "PutUsers"}, True),
        ({"operation": "PutItems"}, False),
        ({"operation": "ListSchemas"}, False),
        ({"dataset_group": GROUP}, True),
        ({"dataset_group": GROUP + "-2"}, False),
    ],
)
def test_it_may_be_for_an_account_an_operation_or_a_dataset_group(
    events: Any, whose: dict[str, str], is_simulated: bool
) -> None:
    simulate_also(Simulation(response="InvalidInputException", calls=1, remaining=1, **whose))
    if is_simulated:
        assert code(events) == "InvalidInputException"
    events.put_users(datasetArn=LOYALTY, users=[USER])
    assert remaining() == (0 if is_simulated else 1)


def test_the_dataset_group_of_events_is_that_of_their_tracker(personalize: "PersonalizeClient", events: Any) -> None:
    tracker = personalize.list_event_trackers(datasetGroupArn=GROUP)["eventTrackers"][0]["eventTrackerArn"]
    tracking_id = personalize.describe_event_tracker(eventTrackerArn=tracker)["eventTracker"]["trackingId"]
    simulate_also(Simulation(response="AccessDeniedException", calls=1, remaining=1, dataset_group=GROUP))
    event: Any = {"trackingId": tracking_id, "sessionId": "s", "eventList": [{"eventType": "e", "sentAt": 1}]}
    with pytest.raises(ClientError, match="InvalidInputException"):
        events.put_events(**event | {"trackingId": "another"})
    with pytest.raises(ClientError, match="AccessDeniedException"):
        events.put_events(**event)


def test_an_operation_that_puts_nothing_gets_it_where_it_is_named(personalize: "PersonalizeClient") -> None:
    new = Simulation(response="ResourceInUseException", calls=1, remaining=1, operation="DeleteSchema")
    simulate_also(new)
    arn = f"arn:aws:personalize:{REGION}:{ACCOUNT}:schema/any"
    with pytest.raises(ClientError, match="Simulated by the local service: the resource is in use"):
        personalize.delete_schema(schemaArn=arn)
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        personalize.delete_schema(schemaArn=arn)


def test_other_operations_answer_normally(personalize: "PersonalizeClient") -> None:
    simulate("InternalFailure", 0, None, "somebody")
    assert personalize.list_dataset_groups()["datasetGroups"]


@pytest.mark.parametrize("name", ["ThrottlingException", "InternalFailure", "dropped"])
def test_the_console_tries_three_times_and_each_counts(
    personalize_events: "PersonalizeEventsClient", name: str
) -> None:
    simulate(name, 0, 4, "somebody")
    with pytest.raises((ClientError, ConnectionClosedError)):
        personalize_events.put_users(datasetArn=LOYALTY, users=[USER])
    assert remaining() == 1
    assert not StoredRecord.objects.exists()
    answer = personalize_events.put_users(datasetArn=LOYALTY, users=[USER])
    assert answer["ResponseMetadata"]["RetryAttempts"] == 1
    assert StoredRecord.objects.count() == 1


def test_an_answer_that_is_dropped_is_a_closed_connection(personalize_events: "PersonalizeEventsClient") -> None:
    simulate("dropped", 0, None, "somebody")
    with pytest.raises(ConnectionClosedError, match="Connection was closed before we received a valid response"):
        personalize_events.put_users(datasetArn=LOYALTY, users=[USER])


def test_a_delay_makes_a_call_late_and_then_works(events: Any) -> None:
    simulate("normal", 0.3, 1, "somebody")
    began = time.monotonic()
    events.put_users(datasetArn=LOYALTY, users=[USER])
    assert time.monotonic() - began >= 0.3
    assert StoredRecord.objects.count() == 1
    assert simulation() is None


def test_a_delay_may_go_with_an_error(events: Any) -> None:
    simulate("InvalidInputException", 0.3, 1, "somebody")
    began = time.monotonic()
    assert code(events) == "InvalidInputException"
    assert time.monotonic() - began >= 0.3


def test_the_console_gives_up_waiting_as_it_does_with_aws(
    personalize_events: "PersonalizeEventsClient", settings: LazySettings
) -> None:
    settings.CONSOLE_READ_SECONDS = 0.2
    simulate("normal", 60, 4, "somebody")
    began = time.monotonic()
    with pytest.raises(ReadTimeoutError):
        personalize_events.put_users(datasetArn=LOYALTY, users=[USER])
    assert time.monotonic() - began < 20
    # It tried three times, as after other failures that may pass.
    assert remaining() == 1
    # The service goes on where the client has gone: nobody knows whether the users arrived, and these did.
    assert StoredRecord.objects.count() == 1


def test_it_begins_at_the_next_call_also_right_after_calls_that_found_nothing(events: Any) -> None:
    for _ in range(3):
        events.put_users(datasetArn=LOYALTY, users=[USER])
        simulate("ResourceInUseException", 0, 1, "somebody")
        assert code(events) == "ResourceInUseException"


def test_no_simulation_costs_at_most_one_query_in_a_while(
    personalize_events: "PersonalizeEventsClient", monkeypatch: pytest.MonkeyPatch
) -> None:
    def number_of_queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            personalize_events.put_users(datasetArn=LOYALTY, users=[USER])
        return sum("local_simulation" in each["sql"] for each in captured)

    cache.clear()
    monkeypatch.setattr("console.local.simulation.SECONDS_WITHOUT", 5)
    assert number_of_queries() == 1
    assert number_of_queries() == 0
    cache.clear()
    monkeypatch.setattr("console.local.simulation.SECONDS_WITHOUT", 0)
    simulate("normal", 0, 1, "somebody")
    assert number_of_queries() == 3
    assert number_of_queries() == 1


def test_a_response_of_a_later_version_changes_nothing(events: Any) -> None:
    simulate("a response of a later version", 0, 1, "somebody")
    events.put_users(datasetArn=LOYALTY, users=[USER])


def test_every_message_says_that_it_is_simulated(events: Any) -> None:
    for name, response in RESPONSES.items():
        if name.endswith(("Exception", "Failure")) and response.error:
            assert str(response.error("PutUsers")).startswith("Simulated by the local service: ")
            assert json.dumps(name) not in str(response.error("PutUsers"))
