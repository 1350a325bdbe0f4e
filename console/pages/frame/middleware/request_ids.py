"""Gives every request an id, which appears in a response header, on error pages, and in every log line about it."""

import logging
import time
from collections.abc import Callable
from uuid import uuid4

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from console.metrics.counters import count_page
from console.output.logs import CurrentRequest, answering, current_request

log = logging.getLogger("console.requests")

HEADER = "X-Request-ID"
# Machines request these every few seconds.
NOT_LOGGED = ("/healthz", "/readyz", "/metrics")
METHODS = ("GET", "HEAD", "POST")


class RequestIds:
    """The outermost middleware. A request's own X-Request-ID is ignored: it could be any text."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Return the response with the request's id in X-Request-ID; count the request, and log how long it took."""
        began = time.perf_counter()
        with answering(CurrentRequest(uuid4().hex, request.path)) as current:
            response = self.get_response(request)
            response[HEADER] = current.id
            _measure(request, response, time.perf_counter() - began)
        return response


def _measure(request: HttpRequest, response: HttpResponseBase, seconds: float) -> None:
    match = request.resolver_match
    if match is not None:
        method = request.method if request.method in METHODS else "other"
        count_page(match.view_name, method, response.status_code, seconds=seconds)
    if request.path in NOT_LOGGED and response.status_code < 400:
        return
    measured = {"status": response.status_code, "milliseconds": round(seconds * 1000, 1)}
    log.info("%s was answered with %s.", request.method, response.status_code, extra=measured)


def request_id(_request: HttpRequest) -> dict[str, str]:
    """Return the id for templates, as a context processor."""
    current = current_request()
    return {"request_id": current.id} if current else {}
