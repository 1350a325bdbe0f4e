"""The address of the client, where a proxy stands before the console and is trusted."""

from collections.abc import Callable
from ipaddress import ip_address

from django.http import HttpRequest, HttpResponse


def client_address(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Make middleware that takes the client's address from the proxy, whose own every request would else have.

    The last address of X-Forwarded-For is the one that the proxy has seen; those before it are what it was told.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if _is_address(told):
            request.META["REMOTE_ADDR"] = told
        return get_response(request)

    return middleware


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
