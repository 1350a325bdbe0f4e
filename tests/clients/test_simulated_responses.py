"""Simulated responses as the real boto3 and the real AWS CLI meet them, over HTTP."""

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, ConnectionClosedError

from console.server.sizes import MOST_PROCESSES
from tests.clients.test_put_users import ARN, aws, client
from tests.support.numbers import some_of, whole
from tests.support.person import Person
from tests.support.served import Served

PAGE = "/local/simulate-responses/"
SHOP = ARN.format("online-shop")
# So many calls as its test makes would use up the rate of the other tests' one.
OTHERS = ARN.format("member-profiles")
ONE_TRY = Config(retries={"mode": "standard", "total_max_attempts": 1})
MANY_AT_ONCE = Config(max_pool_connections=100, retries={"total_max_attempts": 1})
THREE_TRIES = Config(retries={"mode": "standard", "total_max_attempts": 3})


class Simulation:
    """The page Simulate responses, in the hands of an operator."""

    def __init__(self, served: Served) -> None:
        self.person = Person(served, "operator")

    def next_calls(self, response: str, calls: int, seconds: str = "") -> None:
        self.person.post(PAGE, response=response, seconds=seconds, scope="next", calls=str(calls))

    def all_calls(self, response: str, seconds: str = "") -> None:
        self.person.post(PAGE, response=response, seconds=seconds, scope="all", calls="")

    def stop(self) -> None:
        self.person.post(PAGE, intent="stop")


@pytest.fixture
def simulation(served: Served) -> Iterator[Simulation]:
    simulation = Simulation(served)
    yield simulation
    simulation.stop()


def put(served: Served, user_id: str, config: Config = ONE_TRY) -> Any:
    users = [{"userId": user_id, "properties": json.dumps({"membershipStatus": "Gold"})}]
    return client(served, "personalize-events", config=config).put_users(datasetArn=SHOP, users=users)


def ids(served: Served) -> list[str]:
    return [each["userId"] for each in served.local_records(SHOP)]


ERRORS = (
    ("InvalidInputException", 400),
    ("ResourceNotFoundException", 404),
    ("ResourceInUseException", 409),
    ("ThrottlingException", 400),
    ("AccessDeniedException", 403),
    ("InternalFailure", 500),
)


@pytest.mark.parametrize(("code", "status"), some_of(ERRORS, 0, -1))
def test_boto3_gets_the_error_that_was_chosen(served: Served, simulation: Simulation, code: str, status: int) -> None:
    simulation.next_calls(code, 1)
    with pytest.raises(ClientError) as error:
        put(served, f"refused-{code}")
    assert error.value.response["Error"]["Code"] == code
    assert error.value.response["Error"]["Message"].startswith("Simulated by the local service: ")
    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == status
    put(served, f"after-{code}")
    assert f"refused-{code}" not in ids(served)
    assert f"after-{code}" in ids(served)


def test_boto3_raises_the_modelled_exceptions(served: Served, simulation: Simulation) -> None:
    events = client(served, "personalize-events")
    for name in ("InvalidInputException", "ResourceNotFoundException", "ResourceInUseException"):
        simulation.next_calls(name, 1)
        with pytest.raises(getattr(events.exceptions, name)):
            events.put_users(datasetArn=SHOP, users=[{"userId": "u"}])


@pytest.mark.parametrize("response", ["ThrottlingException", "InternalFailure", "dropped"])
def test_boto3_tries_again_and_each_try_counts(served: Served, simulation: Simulation, response: str) -> None:
    simulation.next_calls(response, 2)
    answer = put(served, f"third-try-{response}", THREE_TRIES)
    assert answer["ResponseMetadata"]["RetryAttempts"] == 2
    assert f"third-try-{response}" in ids(served)
    assert "Nothing is simulated" in simulation.person.get(PAGE)


def test_boto3_reports_a_closed_connection(served: Served, simulation: Simulation) -> None:
    simulation.all_calls("dropped")
    for config in (ONE_TRY, THREE_TRIES):
        with pytest.raises(ConnectionClosedError):
            put(served, "dropped", config)
    simulation.stop()
    assert "dropped" not in ids(served)


def test_the_aws_cli_reports_a_closed_connection(served: Served, simulation: Simulation) -> None:
    simulation.all_calls("dropped")
    users = '[{"userId": "cli-dropped", "properties": "{\\"membershipStatus\\": \\"Gold\\"}"}]'
    command = ("personalize-events", "put-users", "--dataset-arn", SHOP, "--users", users)
    done = aws(served, *command, AWS_MAX_ATTEMPTS="2")
    assert done.returncode == 255
    assert "Connection was closed before we received a valid response from endpoint URL" in done.stderr
    assert "cli-dropped" not in ids(served)


def test_the_aws_cli_prints_the_error_that_was_chosen(served: Served, simulation: Simulation) -> None:
    simulation.all_calls("AccessDeniedException")
    command = ("personalize-events", "put-users", "--dataset-arn", SHOP, "--users", "userId=cli-denied")
    done = aws(served, *command)
    assert done.returncode != 0
    assert "An error occurred (AccessDeniedException) when calling the PutUsers operation: " in done.stderr


@whole
def test_a_delay_alone_makes_the_call_late_and_stores_it(served: Served, simulation: Simulation) -> None:
    simulation.next_calls("normal", 1, seconds="4")
    began = time.monotonic()
    put(served, "late")
    assert time.monotonic() - began >= 4
    began = time.monotonic()
    put(served, "not-late")
    assert time.monotonic() - began < 4
    assert {"late", "not-late"} <= set(ids(served))


CALLS = 8 * MOST_PROCESSES + 8


@whole
def test_calls_that_wait_hold_up_nobody_else(served: Served, simulation: Simulation) -> None:
    simulation.all_calls("ResourceInUseException", seconds="8")
    events = client(served, "personalize-events", config=MANY_AT_ONCE)
    personalize = client(served, "personalize")

    def refused(_number: int) -> None:
        with pytest.raises(events.exceptions.ResourceInUseException):
            events.put_users(datasetArn=SHOP, users=[{"userId": "waits"}])

    with ThreadPoolExecutor(CALLS) as pool:
        began = time.monotonic()
        calls = [pool.submit(refused, number) for number in range(CALLS)]
        # 8 wait in each of the server's processes, and the others are answered at once.
        while sum(call.done() for call in calls) < CALLS - 8 * MOST_PROCESSES:
            time.sleep(0.05)
        personalize.list_dataset_groups()
        personalize.tag_resource(resourceArn=SHOP, tags=[{"tagKey": "meanwhile", "tagValue": ""}])
        assert "ResourceInUseException" in simulation.person.get(PAGE)
        assert time.monotonic() - began < 8
        assert sum(not call.done() for call in calls) >= 8
        for call in calls:
            call.result()
        assert time.monotonic() - began >= 8


def test_so_many_calls_as_were_chosen_and_no_more_however_many_come_at_once(
    served: Served, simulation: Simulation
) -> None:
    simulation.next_calls("InvalidInputException", 25)
    events = client(served, "personalize-events", config=MANY_AT_ONCE)

    def refused(number: int) -> bool:
        user = {"userId": f"at-once-{number}", "properties": "not JSON"}
        with pytest.raises(ClientError) as error:
            events.put_users(datasetArn=OTHERS, users=[user])
        return "Simulated by the local service" in str(error.value)

    with ThreadPoolExecutor(40) as pool:
        # The others are validated, and refused for what they hold or for their rate.
        assert sum(pool.map(refused, range(40))) == 25


def test_a_caller_whose_signature_does_not_hold_is_refused_normally_and_does_not_count(
    served: Served, simulation: Simulation
) -> None:
    simulation.next_calls("InternalFailure", 1)
    events = client(served, "personalize-events", config=ONE_TRY, aws_secret_access_key="wrong")
    with pytest.raises(ClientError) as error:
        events.put_users(datasetArn=SHOP, users=[{"userId": "u"}])
    assert error.value.response["Error"]["Code"] == "InvalidSignatureException"
    assert "1 of 1 call left." in simulation.person.get(PAGE)


def test_other_operations_answer_normally(served: Served, simulation: Simulation) -> None:
    simulation.all_calls("InternalFailure")
    assert client(served, "personalize").list_dataset_groups()["datasetGroups"]


def test_the_log_has_no_traceback(served: Served, simulation: Simulation) -> None:
    simulation.next_calls("dropped", 1)
    with pytest.raises(ConnectionClosedError):
        put(served, "dropped")
    log = served.log.read_text()
    assert "A call of PutUsers is answered as simulated: dropped." in log
    assert "Traceback" not in log
