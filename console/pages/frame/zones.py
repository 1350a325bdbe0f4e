"""The time zone of times shown in a response: that of the person's settings, else the console's own."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import tzinfo
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from console.people.models import appearance_of
from console.people.roles import Person
from console.people.zones import zone_named


class _Reader:
    """The person who reads a response, and the time zone of their settings, which are read once."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def zone(self) -> tzinfo:
        person = getattr(self.request, "user", None)
        return zone_of(person).zone if person is not None and person.is_authenticated else console_zone()


_reader: ContextVar[_Reader | None] = ContextVar("reader_of_times", default=None)


@dataclass(frozen=True, slots=True)
class ChosenZone:
    """A time zone, and the name in a person's settings if this machine does not know it, else ""."""

    zone: tzinfo
    lost: str = ""


def remember_zone(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Return middleware that shows times in the person's zone; settings are read only for pages that show a time."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        token = _reader.set(_Reader(request))
        try:
            return get_response(request)
        finally:
            _reader.reset(token)

    return middleware


def zone_of(person: Person) -> ChosenZone:
    """Return the time zone of a person's settings; the console's own if they chose none or the machine lacks it."""
    name = appearance_of(person).zone
    zone = zone_named(name) if name else None
    return ChosenZone(zone) if zone else ChosenZone(console_zone(), name)


def console_zone() -> tzinfo:
    """Return the time zone of CONSOLE_TIME_ZONE, which was checked when the console started."""
    zone = zone_named(settings.CONSOLE_TIME_ZONE)
    assert zone is not None
    return zone


def current_zone() -> tzinfo:
    """Return the time zone of the current request; the console's own if nobody is signed in."""
    reader = _reader.get()
    return reader.zone if reader else console_zone()
