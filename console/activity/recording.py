"""Writing entries: who does something and from where, as the request that is answered says it.

What calls AWS, the local service's controls and exports are written before they begin, and their ends after that: what
cannot be written is not done, and the error of the database says why. Where only the end cannot be written, the action
is over and counts; the entry stays as begun, which is shown as unconfirmed, and the log says so.
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
    """The account that does something, by its key and name; none where the console itself or a command does it.

    `address` is where it does that from, if it is not the request that is answered.
    """

    person_id: int | None = None
    person_name: str = ""
    address: str = ""


NOBODY = Who()


def remember_request(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Make middleware by which all that a request does is of its person, and from its address."""

    def middleware(request: HttpRequest) -> HttpResponse:
        token = _request.set(request)
        try:
            return get_response(request)
        finally:
            _request.reset(token)

    return middleware


def account(person: AbstractBaseUser) -> Who:
    """Return a person's account as entries have it."""
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
    """Write that something was done, and return its entry; raise the database's error where it cannot be written.

    It is of the person whose request is answered, unless `who` says of whom. `noun` and `name` are what it was done
    to, `environment` is the one in which it was done, or the name of one that may be gone, and `facts` are what its
    sentence has beside: values of JSON, neither properties of records nor secrets.
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
    """Write that something begins, as `record_activity` does, let a block do it, and write how that ended.

    A PersonalizeError says what became of it. After any other error that is not known.
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
    """Yield the rows of an export that has begun, and write how many there were once it ends or is broken off."""
    number, outcome = 0, Outcome.BROKEN_OFF
    try:
        for number, row in enumerate(rows, 1):  # noqa: B007 (it is said when the rows end)
            yield row
        outcome = Outcome.DONE
    finally:
        write_end(entry, outcome, number)


def write_end(entry: Entry, outcome: Outcome, row_count: int | None = None) -> None:
    """Write how something ended that has ended anyway; the log says where the database cannot be used for that."""
    with unless_database_fails(f"The end of an entry of Activity, {entry.pk}"):
        patiently(lambda: entry.end(outcome, row_count), time.monotonic() + SECONDS_TO_END)


@contextmanager
def unless_database_fails(what: str) -> Iterator[None]:
    """Let a block write what must not keep people from going on; the log says where the database cannot be used."""
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
    """Return a value of JSON with no text that is too long, or has what no database takes: NUL, half a surrogate."""
    if isinstance(value, Mapping):
        return {_storable(key): _storable(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_storable(each) for each in value]
    if isinstance(value, str):
        return value[:LONGEST_TEXT].encode(errors="replace").decode().replace("\0", "\ufffd")
    return value
