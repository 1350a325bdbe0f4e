"""Pages for failed requests: each names the problem and says what to do, in the frame of all pages."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import sync_only_middleware

from console.pages.frame.middleware.database_errors import NOTHING_DONE, note, trouble_page
from console.pages.frame.middleware.request_ids import request_id
from console.pages.frame.registry import takes_long_forms
from console.pages.frame.uploads import upload_at
from console.server.http.bodies import SMALL
from console.server.http.long_forms import FORM
from console.server.http.refusals import BodyRefused
from console.storage.database_trouble import database_trouble


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """The heading and the sentence of an error page."""

    heading: str
    sentence: str


ERROR_PAGES = {
    400: ErrorPage("Bad request", "This request could not be read. Go back, and try again."),
    403: ErrorPage("Not allowed", "Your role does not allow this. Ask an administrator for another role."),
    404: ErrorPage("Page not found", "There is nothing at this address. Check it, or start from the dataset groups."),
    405: ErrorPage(
        "Method not allowed", "This page does not accept requests of this kind. Open it by a link, or go back."
    ),
    408: ErrorPage(
        "Request too slow", "This request took too long to arrive, so nothing was done. Go back, and send it again."
    ),
    413: ErrorPage(
        "Request too large",
        "This request is longer than the console accepts, so nothing was done. Go back, and send less at a time.",
    ),
    503: ErrorPage(
        "Busy",
        "The console is busy with other long requests at the moment, so nothing was done. Go back, and send it again.",
    ),
    507: ErrorPage(
        "Disk full",
        "The console's disk has no space for a request of this length, so nothing was done. Go back, keep a copy of "
        "your text, and tell an administrator.",
    ),
}
# For requests over the limits of people who are not signed in.
SIGN_IN_FIRST = (
    "This request is longer than the console accepts from somebody who is not signed in, so nothing was done. Sign in "
    "in another tab, then come back to what you typed here, and send it again."
)
TOO_MANY_FIELDS = (
    "This request has more fields than the console reads, so nothing was done. Go back, and send less at a time."
)
NO_FILES = (
    "This form has a file, which only the page Import records from a file accepts, and of people who are signed in, "
    "so nothing was done. Go back, and paste its text instead."
)


def error_page(
    request: HttpRequest, status: int, sentence: str = "", heading: str = "", *, has_former: bool = False
) -> HttpResponse:
    """Return the page of a status, with its own sentence or heading if they are given.

    `has_former` adds a link to the former environments.
    """
    page = ERROR_PAGES[status]
    context = {"heading": heading or page.heading, "sentence": sentence or page.sentence, "has_former": has_former}
    response = render(request, "frame/error_page.html", context, status=status)
    # The frame shows who is signed in.
    add_never_cache_headers(response)
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return the page for a request that is malformed or too long."""
    # The frame's templates must not parse the query again.
    request.GET = QueryDict()
    if isinstance(exception, BodyRefused):
        request.POST = QueryDict()
        return _body_refused(request, exception)
    if isinstance(exception, TooManyFieldsSent | TooManyFilesSent):
        request.POST = QueryDict()
        return error_page(request, 400, TOO_MANY_FIELDS if isinstance(exception, TooManyFieldsSent) else NO_FILES)
    if isinstance(exception, RequestDataTooBig):
        request.POST = QueryDict()
    return error_page(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def _body_refused(request: HttpRequest, refused: BodyRefused) -> HttpResponse:
    cause = refused.__cause__
    trouble = database_trouble(cause)
    if cause and trouble:
        note(trouble, cause)
        return trouble_page(request, trouble, NOTHING_DONE)
    # Signed-in people may send longer forms there.
    is_long_form = request.content_type == FORM and takes_long_forms(request.path)
    upload = upload_at(request.path, request.content_type or "")
    if upload and refused.bound == upload.longest:
        return error_page(request, refused.status, upload.too_long)
    sentence = SIGN_IN_FIRST if refused.bound == SMALL and is_long_form else ""
    response = error_page(request, refused.status, sentence)
    if refused.status == HTTPStatus.SERVICE_UNAVAILABLE:
        response["Retry-After"] = "10"
    return response


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return the page for a person who lacks permission, with the sentence of the view that refused."""
    return error_page(request, 403, sentence=str(exception))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return the page for an address that does not exist."""
    return error_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Return the page after a defect, without the database, the session or the person: any may be the cause."""
    trouble = database_trouble(sys.exception())
    if trouble:
        return trouble_page(request, trouble)
    return render(None, "500.html", request_id(request), status=500)


@sync_only_middleware
def method_pages(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Return a page for a method that a view does not accept; Django's response would be empty."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or response.content:
            return response
        page = error_page(request, 405)
        page["Allow"] = response["Allow"]
        return page

    return middleware
