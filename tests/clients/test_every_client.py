"""Each client of AWS at the local service: every operation, its errors, endpoints that end in a slash, its retries.

What works is kept for the table of docs/local-service.md: see tests/clients/table.py.
"""

from typing import Any

import pytest

from console.local.operations import OPERATIONS
from tests.clients.conftest import ACCOUNTS, GROUP, SHARED, SHOP, Alone
from tests.clients.kinds import ALL, CLIENTS, Client
from tests.clients.table import keep
from tests.clients.walking import Outcome, request_of, steps, walk

EACH = [
    pytest.param(
        client,
        id=client.name,
        marks=[pytest.mark.other_languages]
        if client.in_ci
        else [pytest.mark.other_languages, pytest.mark.every_client],
    )
    for client in CLIENTS
]


def put_user(endpoint: str, user_id: str) -> Any:
    users = [{"userId": user_id, "properties": '{"age": 36}'}]
    return request_of(endpoint, "PutUsers", {"datasetArn": SHOP, "users": users})


@pytest.mark.parametrize("client", EACH)
def test_every_operation_is_served_and_every_error_is_known(client: Client, alone: Alone) -> None:
    account = ACCOUNTS[client.name]
    alone.put_files(account)
    with client.start(alone.variables(account)) as call:
        done, unknown, classes = walk(call, alone.endpoint, account)
    assert unknown == client.lacks
    assert done == set(OPERATIONS) - client.lacks
    codes = {step["error"]["code"] for step in steps(account) if "error" in step and step["operation"] in done}
    assert classes == {code: code if client.has_classes else None for code in codes}
    keep(client, operations=len(done), lacks=sorted(unknown), errors="classes" if client.has_classes else "codes")


@pytest.mark.parametrize("client", EACH)
def test_an_endpoint_may_end_in_a_slash(client: Client, alone: Alone) -> None:
    endpoint, user_id = f"{alone.endpoint}/", f"{client.name} ü 😀"
    with client.start(alone.variables(SHARED)) as call:
        listed = call(request_of(endpoint, "ListDatasetGroups", {}))
        put = call(put_user(endpoint, user_id))
    assert [each["datasetGroupArn"] for each in listed["answer"]["datasetGroups"]] == [GROUP]
    assert "answer" in put, put
    assert {"userId": user_id, "properties": {"age": 36}} in alone.users()
    keep(client, slash=True)


@pytest.mark.parametrize("client", EACH)
def test_what_fails_once_is_tried_again(client: Client, alone: Alone) -> None:
    outcomes: dict[str, Outcome] = {}
    with client.start(alone.variables(SHARED)) as call:
        for response in sorted(ALL):
            alone.simulate(response)
            outcomes[response] = call(put_user(alone.endpoint, client.name))
        alone.stop_simulating()
    tried_again = {response for response, outcome in outcomes.items() if "answer" in outcome}
    assert tried_again == client.retries, outcomes
    for response, outcome in outcomes.items():
        assert outcome["attempts"] in (None, 2 if response in tried_again else 1), outcomes
    keep(client, retries=sorted(tried_again))
