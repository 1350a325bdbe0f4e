"""Simulated responses: errors, delays and dropped connections, to show what failure looks like.

They are for calls whose signature is valid: all that put records, or those of one operation, account or dataset group.
What is simulated is kept in the database, so that it applies in every process and outlives a restart.
"""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from threading import BoundedSemaphore

from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from console.local.caller import Caller
from console.local.errors import ServiceError, as_modelled
from console.local.models import EventTracker, Simulation
from console.records.entities import ENTITIES

PUT_OPERATIONS = frozenset(entity.operation for entity in ENTITIES.values())
NORMAL = "normal"
DROPPED = "dropped"
LONGEST_DELAY = 60.0
# In each process of the server. A call that waits takes one of its threads, of which it has 16 or more: the others
# stay free for the person who wants to switch this off.
MOST_WAITING = 8
# How long a process that has found nothing simulated does not ask again: each question to the database lets another
# thread go on first. What is simulated begins when that time is over in all processes.
SECONDS_WITHOUT = 0.05

log = logging.getLogger(__name__)
_waiting = BoundedSemaphore(MOST_WAITING)
# The key in Django's cache while nothing is simulated.
NOTHING = "nothing-simulated"
# Whether `simulated` has any: a QuerySet takes ten times as long to put its statement together as SQLite to answer it.
IS_ANY_ON = f"""
    SELECT EXISTS (SELECT 1 FROM {Simulation._meta.db_table} WHERE remaining IS NULL OR remaining > 0)
"""


class ConnectionDropped(Exception):
    """A call that is to get no response at all."""


@dataclass(frozen=True, slots=True)
class Response:
    """A response that can be simulated: its label, and the error that a call of an operation raises, if any."""

    label: str
    error: Callable[[str], Exception] | None


@dataclass(frozen=True, slots=True)
class Call:
    """A call of an operation; `parameters` parses its body, and raises ServiceError if it cannot."""

    caller: Caller
    operation: str
    parameters: Callable[[], Mapping[str, object]]


# The beginning of each simulated error's message.
SIMULATED = "Simulated by the local service: "


def _error(code: str, status: int, sentence: str) -> Response:
    message = f"{SIMULATED}{sentence}"

    def error(operation: str) -> ServiceError:
        kind = "dataset" if operation in PUT_OPERATIONS else "resource"
        return as_modelled(operation, ServiceError(code, message.format(operation=operation, kind=kind), status))

    return Response(f"{code} (HTTP {status})", error)


# The errors that the service's model has for PutUsers, with its statuses, and those that any service of AWS has.
ERRORS = (
    ("InvalidInputException", HTTPStatus.BAD_REQUEST, "the request has an invalid value."),
    ("ResourceNotFoundException", HTTPStatus.NOT_FOUND, "the given {kind} does not exist."),
    ("ResourceInUseException", HTTPStatus.CONFLICT, "the {kind} is in use."),
    ("ThrottlingException", HTTPStatus.BAD_REQUEST, "rate exceeded."),
    ("AccessDeniedException", HTTPStatus.FORBIDDEN, "not authorized to perform: personalize:{operation}."),
    ("InternalFailure", HTTPStatus.INTERNAL_SERVER_ERROR, "the request failed because of an unknown error."),
)
# By the names that are kept in the database.
RESPONSES: Mapping[str, Response] = {
    NORMAL: Response("Normal response (delay only)", None),
    **{code: _error(code, status, sentence) for code, status, sentence in ERRORS},
    DROPPED: Response("Closed connection, without an answer", lambda _operation: ConnectionDropped()),
}


def simulate(response: str, seconds: float, calls: int | None, person_name: str) -> None:
    """Simulate one of RESPONSES, after some seconds, for the next calls that put records, replacing all others.

    It is for all calls until it is switched off if `calls` is None.
    """
    with transaction.atomic():
        new = Simulation.objects.create(
            response=response, seconds=seconds, calls=calls, remaining=calls, started_by=person_name
        )
        Simulation.objects.filter(pk__lt=new.pk).delete()
    time.sleep(SECONDS_WITHOUT)


def simulate_also(new: Simulation) -> None:
    """Add a simulated response after the existing ones."""
    new.save(force_insert=True)
    time.sleep(SECONDS_WITHOUT)


def stop_simulating() -> bool:
    """Remove all simulated responses, and return whether there were any."""
    was_on = simulated().exists()
    Simulation.objects.all().delete()
    return was_on


def simulated() -> QuerySet[Simulation]:
    """Return the simulated responses that are not used up, in the order they were added."""
    return Simulation.objects.filter(Q(remaining=None) | Q(remaining__gt=0)).order_by("pk")


def simulation() -> Simulation | None:
    """Return the first simulated response for the console's account, or None."""
    if not _is_any_on():
        return None
    return simulated().filter(account__in=("", settings.CONSOLE_LOCAL_ACCOUNT)).first()


def play(call: Call, longest_wait: float) -> None:
    """Apply the simulated response to a call: wait up to a limit, and raise ServiceError or ConnectionDropped."""
    taken = _take(call) if _is_any_on() else None
    if taken is None:
        return
    log.info("A call of %s is answered as simulated: %s.", call.operation, taken.response)
    _wait(min(taken.seconds, longest_wait))
    response = RESPONSES.get(taken.response)
    if response and response.error:
        raise response.error(call.operation)


def _is_any_on() -> bool:
    """Return whether anything is simulated; a negative result is cached for SECONDS_WITHOUT."""
    if cache.get(NOTHING):
        return False
    with connection.cursor() as cursor:
        cursor.execute(IS_ANY_ON)
        (is_any_on,) = cursor.fetchone()
    if not is_any_on:
        cache.set(NOTHING, True, SECONDS_WITHOUT)
    return bool(is_any_on)


def _take(call: Call) -> Simulation | None:
    """Return the simulated response for a call, counted exactly under concurrent calls, or None."""
    operations = ("", call.operation) if call.operation in PUT_OPERATIONS else (call.operation,)
    for each in simulated().filter(account__in=("", call.caller.account), operation__in=operations):
        if each.dataset_group and each.dataset_group != _dataset_group(call):
            continue
        if each.remaining is None:
            return each
        if Simulation.objects.filter(pk=each.pk, remaining__gt=0).update(remaining=F("remaining") - 1):
            return each
    return None


def _dataset_group(call: Call) -> str:
    """Return the ARN of the dataset group of a call that puts records, or "" if it names none."""
    parameters = call.parameters()
    tracking_id, dataset_arn = parameters.get("trackingId"), parameters.get("datasetArn")
    if isinstance(tracking_id, str):
        trackers = EventTracker.objects.filter(tracking_id=tracking_id, **call.caller.scope)
        return trackers.values_list("group__arn", flat=True).first() or ""
    _before, found, path = dataset_arn.partition(":dataset/") if isinstance(dataset_arn, str) else ("", "", "")
    return call.caller.arn(f"dataset-group/{path.partition('/')[0]}") if found else ""


def _wait(seconds: float) -> None:
    """Wait, if fewer than MOST_WAITING calls do so in this process; no transaction is open meanwhile."""
    if not seconds or not _waiting.acquire(blocking=False):
        return
    try:
        time.sleep(seconds)
    finally:
        _waiting.release()
