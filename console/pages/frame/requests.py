"""The request as the views have it."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.middleware import HtmxDetails

# A key of the database has no more digits.
MOST_DIGITS = 18
# In a page's address, what is searched and filtered is typed by hand.
LONGEST_PATH = 2000
# An address of IPv6 with its zone fits.
LONGEST_ADDRESS = 64


class Request(HttpRequest):
    """A request that has passed django-htmx's middleware."""

    htmx: HtmxDetails
    # The consequence to state when the database cannot be used, where the usual sentence would be untrue.
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
    """Return the path to continue at: one of this console that is short enough to be kept, or the first page."""
    is_own = (
        len(path) <= LONGEST_PATH
        and path.startswith("/")
        and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    )
    return path if is_own else resolve_url("home")


def local_endpoint(request: HttpRequest) -> str:
    """Return the address at which AWS clients reach the local service; "" if they cannot."""
    return request.build_absolute_uri("/aws") if settings.CONSOLE_LOCAL_HTTP else ""
