"""The client's address behind a trusted proxy."""

from collections.abc import Callable
from ipaddress import ip_address

from django.http import HttpRequest, HttpResponse


def client_address(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Make middleware that takes the client's address from the proxy; otherwise every request has the proxy's own.

    Only the last address of X-Forwarded-For was seen by the proxy; the ones before it were sent by the client.
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
