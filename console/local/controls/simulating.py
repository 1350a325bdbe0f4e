"""Controls that list, add and remove simulated responses."""

import re
from typing import Any

from console.local import simulation
from console.local.caller import is_account
from console.local.controls.answers import Answer, as_json
from console.local.controls.requests import invalid, members_of_body, members_of_query
from console.local.models import Simulation
from console.local.operations import OPERATIONS

GROUP_ARN = re.compile(r"arn:aws:personalize:[a-z0-9-]{1,64}:[0-9]{12}:dataset-group/[\w-]{1,63}", re.ASCII)
MOST_CALLS = 1_000_000
STARTED_BY = "the controls"
NAMES = ("response", "operation", "account", "datasetGroupArn", "seconds", "calls")


def list_simulations(environ: Any) -> Answer:
    """Return the simulated responses of `account`, or of all accounts, in the order they were added."""
    account = members_of_query(environ, "account").account()
    found = simulation.simulated() if account is None else simulation.simulated().filter(account__in=("", account))
    return as_json({"simulations": [_shown(each) for each in found]})


def add_simulation(environ: Any) -> Answer:
    """Add a simulated response for a number of calls, after the existing ones, and return it."""
    members = members_of_body(environ, *NAMES)
    response = members.required("response")
    if response not in simulation.RESPONSES:
        raise invalid(f"response must be one of {', '.join(simulation.RESPONSES)}.")
    calls = members.one("calls", f"a whole number from 1 to {MOST_CALLS}", _is_number_of_calls, None)
    new = Simulation(
        response=response,
        operation=members.one(
            "operation",
            "an operation that is served",
            _is_served,
            "",
        ),
        account=members.one("account", "an account of 12 digits, as text", is_account, ""),
        dataset_group=members.one("datasetGroupArn", "the ARN of a dataset group", _is_group, ""),
        seconds=members.one("seconds", f"a number from 0 to {simulation.LONGEST_DELAY:.0f}", _is_delay, 0.0),
        calls=calls,
        remaining=calls,
        started_by=STARTED_BY,
    )
    if new.dataset_group and new.operation and new.operation not in simulation.PUT_OPERATIONS:
        raise invalid(f"datasetGroupArn goes with {', '.join(sorted(simulation.PUT_OPERATIONS))} alone.")
    simulation.simulate_also(new)
    return as_json(_shown(new))


def clear_simulations(environ: Any) -> Answer:
    """Remove the simulated responses of one account, or all of them; return those that remain."""
    account = members_of_body(environ, "account").account()
    ended = Simulation.objects.all() if account is None else Simulation.objects.filter(account=account)
    ended.delete()
    return as_json({"simulations": [_shown(each) for each in simulation.simulated()]})


def _is_served(value: object) -> bool:
    return isinstance(value, str) and value in OPERATIONS


def _is_group(value: object) -> bool:
    return isinstance(value, str) and GROUP_ARN.fullmatch(value) is not None


def _is_number_of_calls(value: object) -> bool:
    return type(value) is int and 1 <= value <= MOST_CALLS


def _is_delay(value: object) -> bool:
    return type(value) in (int, float) and 0 <= value <= simulation.LONGEST_DELAY  # type: ignore[operator]  # It is a number.


def _shown(row: Simulation) -> dict[str, Any]:
    return {
        "response": row.response,
        "operation": row.operation or None,
        "account": row.account or None,
        "datasetGroupArn": row.dataset_group or None,
        "seconds": row.seconds,
        "calls": row.calls,
        "remaining": row.remaining,
    }
