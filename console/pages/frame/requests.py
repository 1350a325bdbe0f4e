"""The request as the views have it."""

from uuid import UUID

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails


class Request(HttpRequest):
    """A request that django-htmx's middleware has seen."""

    htmx: HtmxDetails


def uuid_of(text: str) -> UUID | None:
    """Return the UUID that a field of a request carries as text, None if it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
