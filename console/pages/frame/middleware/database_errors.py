"""The page with status 503 for an unusable database, which explains why and keeps the typed text."""

import logging
from collections.abc import Callable
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from console.output.logs import current_request
from console.pages.frame.middleware.request_ids import request_id
from console.storage.database_trouble import Kind, Trouble, database_trouble, give_up_broken_connection

log = logging.getLogger(__name__)

SECONDS_TO_TRY_AGAIN = 5
# Fields of a form that are not returned: the CSRF token of its page, and secrets.
NOT_GIVEN_BACK = ("csrfmiddlewaretoken", "password")
NOTHING_DONE = "Nothing was done, and nothing was sent."
NOT_DONE = "What you asked for could not be done."
# The element in which pages show the sentence to htmx.
PLACE = "#database-trouble"


class DatabaseErrors:
    """Middleware for database errors in a view, or while the sender of a request is identified.

    Failures outside views, such as saving the session at the end, reach `error_pages.server_error`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Return the view's response, or that of the two methods below, which Django calls."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view_func: Any, *_arguments: Any) -> HttpResponse | None:
        """Identify the sender of a request, unless its view needs no sign-in and so perhaps no database."""
        current = current_request()
        if current is None or not getattr(view_func, "login_required", True):
            return None
        try:
            current.person_id = request.user.pk
        except (DatabaseError, InterfaceError) as error:
            # The view has not run yet.
            return _answer(request, error, NOTHING_DONE)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return a response to an exception caused by an unusable database; leave all others to Django."""
        return _answer(request, exception, getattr(request, "consequence", NOT_DONE))


def _answer(request: HttpRequest, error: Exception, consequence: str) -> HttpResponse | None:
    trouble = database_trouble(error)
    if trouble is None:
        return None
    note(trouble, error)
    return trouble_page(request, trouble, consequence)


def note(trouble: Trouble, error: BaseException) -> None:
    """Log why the database cannot be used, with the driver's message if it only concerns the connection."""
    reason = " ".join(str(error).split()) if trouble.kind is Kind.AWAY else type(error.__cause__ or error).__name__
    log.warning("The database cannot be used: %s (%s).", trouble.kind.value, reason)


def trouble_page(request: HttpRequest, trouble: Trouble, consequence: str = NOT_DONE) -> HttpResponse:
    """Return the response for an unusable database: a page that needs none, or a part for htmx.

    `consequence` is a sentence on what became of the request. The fields of the person's own form are returned, so
    that it can be sent again.
    """
    give_up_broken_connection()
    context = {"trouble": trouble, "consequence": consequence, **request_id(request)}
    if request.method == "POST" and request.headers.get("HX-Request") and request.POST.get("intent") == "typing":
        # Nobody pressed anything: leave the page as it is until they do.
        return HttpResponse(status=204)
    if request.headers.get("HX-Request"):
        response = render(None, "frame/database_trouble_part.html", context, status=503)
        response["HX-Retarget"], response["HX-Reswap"] = PLACE, "innerHTML"
    else:
        response = render(None, "frame/database_trouble.html", {**context, **_to_send_again(request)}, status=503)
    response["Retry-After"] = str(SECONDS_TO_TRY_AGAIN)
    add_never_cache_headers(response)
    return response


def _to_send_again(request: HttpRequest) -> dict[str, Any]:
    """Return the context of the form that repeats a request; without fields if another site may have sent it."""
    address = request.get_full_path()
    if request.method != "POST" or not getattr(request, "csrf_processing_done", False):
        return {"address": address if request.method in ("GET", "HEAD") else ""}
    try:
        fields = [(name, value) for name, values in request.POST.lists() for value in values]
    except (SuspiciousOperation, UnreadablePostError):
        return {"address": ""}
    kept = [(name, value) for name, value in fields if not any(part in name for part in NOT_GIVEN_BACK)]
    has_secrets = any("password" in name for name, _value in fields)
    return {"address": address, "fields": kept, "has_secrets": has_secrets, "csrf_token": get_token(request)}
