"""Recording entries: the person and the address come from the current request.

Calls to AWS, the local service's controls and exports are recorded before they begin, and their ends afterwards: an
action that cannot be recorded is not performed, and the database's error says why. If only the end cannot be recorded,
the action still counts; its entry stays as begun, which is shown as unconfirmed, and the log says so.
"""

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import Error
from django.http import HttpRequest, HttpResponse

from console.activity.models import LONGEST_NAME, Entry, Kind, Outcome
from console.personalize.environments import Environment
from console.personalize.errors import Effect, PersonalizeError
from console.storage.database_trouble import database_trouble, patiently

log = logging.getLogger(__name__)

OUTCOMES = {
    Effect.REFUSED: Outcome.REFUSED,
    Effect.NOT_SENT: Outcome.NOT_SENT,
    Effect.UNCONFIRMED: Outcome.UNCONFIRMED,
}
# Longest text kept among an entry's facts, in characters.
LONGEST_TEXT = 1_000
# How long to keep trying to write an entry's end while the database is unreachable.
SECONDS_TO_END = 2.0
_request: ContextVar[HttpRequest | None] = ContextVar("request_of_activity", default=None)


@dataclass(frozen=True, slots=True)
class Who:
    """The account that does something, by key and name; empty for the console itself or a command.

    `address` is where the action comes from, if not from the current request.
    """

    person_id: int | None = None
    person_name: str = ""
    address: str = ""


NOBODY = Who()


def remember_request(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Make middleware that attributes everything done during a request to its person and address."""

    def middleware(request: HttpRequest) -> HttpResponse:
        token = _request.set(request)
        try:
            return get_response(request)
        finally:
            _request.reset(token)

    return middleware


def account(person: AbstractBaseUser) -> Who:
    """Return a person's account as entries record it."""
    return Who(person.pk, person.get_username())


def record_activity(
    kind: Kind,
    name: str = "",
    *,
    noun: str = "",
    environment: Environment | str | None = None,
    group: str = "",
    who: Who | None = None,
    outcome: Outcome = Outcome.DONE,
    row_count: int | None = None,
    facts: Mapping[str, Any] | None = None,
) -> Entry:
    """Record that something was done, and return the entry; raise the database's error if that fails.

    The person is that of the current request, unless `who` is given. `noun` and `name` say what it was done to;
    `environment` is where, or the name of one that may no longer exist; `facts` are details for its sentence: JSON
    values, neither properties of records nor secrets.
    """
    request = _request.get()
    by = who or _who(request)
    entry = Entry(
        kind=kind,
        person_id=by.person_id,
        person_name=by.person_name,
        address=by.address or (request.META.get("REMOTE_ADDR", "") if request else ""),
        environment=environment.name if isinstance(environment, Environment) else environment or "",
        dataset_group=group,
        noun=noun,
        name=_storable(name)[:LONGEST_NAME],
        facts=_storable(facts or {}),
        outcome=outcome,
        row_count=row_count,
    )
    entry.save()
    return entry


@contextmanager
def recorded(kind: Kind, name: str, **said: Any) -> Iterator[Entry]:
    """Record that something begins, as `record_activity` does, run the block, and record how it ended.

    A PersonalizeError determines the outcome; after any other error the outcome is unknown.
    """
    entry = record_activity(kind, name, outcome=Outcome.BEGUN, **said)
    try:
        yield entry
    except PersonalizeError as error:
        write_end(entry, OUTCOMES[error.failure.effect])
        raise
    except BaseException:
        write_end(entry, Outcome.UNCONFIRMED)
        raise
    write_end(entry, Outcome.DONE)


def counted[Row](entry: Entry, rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the rows of a running export, and record their number when it ends or breaks off."""
    number, outcome = 0, Outcome.BROKEN_OFF
    try:
        for number, row in enumerate(rows, 1):  # noqa: B007 (it is said when the rows end)
            yield row
        outcome = Outcome.DONE
    finally:
        write_end(entry, outcome, number)


def write_end(entry: Entry, outcome: Outcome, row_count: int | None = None) -> None:
    """Record how something ended that has ended in any case; if the database cannot be used, only log it."""
    with unless_database_fails(f"The end of an entry of Activity, {entry.pk}"):
        patiently(lambda: entry.end(outcome, row_count), time.monotonic() + SECONDS_TO_END)


@contextmanager
def unless_database_fails(what: str) -> Iterator[None]:
    """Run a block whose writes must not hold anybody up; if the database cannot be used, only log it."""
    try:
        yield
    except Error as error:
        found = database_trouble(error)
        if found is None:
            raise
        log.warning("%s was not written: the database cannot be used (%s).", what, found.kind.value)


def _who(request: HttpRequest | None) -> Who:
    person = getattr(request, "user", None)
    return account(person) if person is not None and person.is_authenticated else NOBODY


def _storable(value: Any) -> Any:
    """Return a JSON value whose texts are short enough and free of what databases reject: NUL and lone surrogates."""
    if isinstance(value, Mapping):
        return {_storable(key): _storable(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_storable(each) for each in value]
    if isinstance(value, str):
        return value[:LONGEST_TEXT].encode(errors="replace").decode().replace("\0", "\ufffd")
    return value
