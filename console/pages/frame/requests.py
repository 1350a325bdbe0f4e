"""Requests as views receive them, and the values in their fields."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.middleware import HtmxDetails

# Database keys have no more digits.
MOST_DIGITS = 18
# A page's address contains its typed searches and filters.
LONGEST_PATH = 2000
# Enough for an IPv6 address with a zone.
LONGEST_ADDRESS = 64


class Request(HttpRequest):
    """A request that has passed django-htmx's middleware."""

    htmx: HtmxDetails
    # The consequence to state when the database cannot be used, if the usual sentence would be untrue.
    consequence: str


def address_of(request: HttpRequest) -> str:
    """Return the client's address as the database stores it; "" if the server does not know it."""
    address: str = request.META.get("REMOTE_ADDR", "")
    return address[:LONGEST_ADDRESS]


def uuid_of(text: str) -> UUID | None:
    """Return the UUID in a field of a request; None if it is not one."""
    try:
        return UUID(text)
    except ValueError:
        return None


def key_of(text: str) -> int | None:
    """Return the key of a row in a field of a request; None if it is not one."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else None


def safe_path(path: str) -> str:
    """Return the path to continue at: a path of this console that is short enough to keep, or the home page."""
    is_own = (
        len(path) <= LONGEST_PATH
        and path.startswith("/")
        and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    )
    return path if is_own else resolve_url("home")


def local_endpoint(request: HttpRequest) -> str:
    """Return the address at which AWS clients reach the local service; "" if they cannot."""
    return request.build_absolute_uri("/aws") if settings.CONSOLE_LOCAL_HTTP else ""
