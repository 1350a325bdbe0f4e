"""The client's address behind a trusted proxy."""

from collections.abc import Callable
from ipaddress import ip_address

from django.http import HttpRequest, HttpResponse


def client_address(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Return middleware that reads the client's address from the proxy's header instead of using the proxy's own.

    The proxy saw only the last address of X-Forwarded-For; the ones before it were sent by the client.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        address = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if _is_address(address):
            request.META["REMOTE_ADDR"] = address
        return get_response(request)

    return middleware


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
