"""Pages with a table: the whole page, or the part that htmx replaces while somebody filters, sorts or waits."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode
from django_htmx.http import push_url, reswap, retarget
from django_htmx.http import replace_url as replace_url_of

from console.pages.frame.requests import Request
from console.pages.tables.polling import ask_later
from console.pages.tables.tables import Table
from console.personalize.errors import PersonalizeError

type View = Callable[..., HttpResponse]

# Query parameters of a table page.
PARAMETERS = ("filter", "sort")


def asks_anew(request: HttpRequest) -> bool:
    """Return whether a request wants fresh data from AWS: Refresh, or the browser's reload.

    Polling every few seconds would be too often for thousands of rows.
    """
    is_reload = "max-age=0" in request.headers.get("Cache-Control", "") and not is_part(request)
    return "refresh" in request.GET or is_reload


def failing_in_parts(view: View) -> View:
    """Decorate a view of a table: if AWS does not answer an htmx request, the rows stay and a sentence is added."""

    @wraps(view)
    def page(request: HttpRequest, *names: Any, **more: Any) -> HttpResponse:
        try:
            return view(request, *names, **more)
        except PersonalizeError as error:
            if not is_part(request):
                raise
            response = render(request, "shared/failure.html", {"failure": error.failure})
            return reswap(retarget(response, "#table-problem"), "innerHTML")

    return page


def show_table(
    request: HttpRequest, template: str, table: Table, *, status: int = 200, **context: Any
) -> HttpResponse:
    """Render a table page, or its rows and their number, or, if nothing changed, the polling element.

    `template` is the page's; the template of its rows is next to it and ends in `_rows`.
    """
    if "refresh" in request.GET and not is_part(request):
        return redirect(address_of(request, table.query))
    if request.GET.get("seen") == table.fingerprint:
        return ask_later(request, of_table=True)
    rows = f"{template.removesuffix('.html')}_rows.html"
    context |= {"table": table, "rows": rows, "is_waiting": "seen" in request.GET}
    response = render(request, "tables/table_part.html" if is_part(request) else template, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return _with_address_of(request, table, response) if is_part(request) else response


def is_part(request: HttpRequest) -> bool:
    """Return whether htmx asks for the rows only."""
    htmx = cast(Request, request).htmx
    return bool(htmx) and not htmx.history_restore_request


def _with_address_of(request: HttpRequest, table: Table, response: HttpResponse) -> HttpResponse:
    """Update the browser's address, so that Back undoes a sort or leaves the page but does not undo single letters."""
    current = QueryDict(urlsplit(cast(Request, request).htmx.current_url or "").query)
    before = {
        name: current[name]
        for name in (*PARAMETERS, *table.kind.conditions, *table.kind.positions)
        if current.get(name)
    }
    address = address_of(request, table.query)
    if "seen" in request.GET or before == table.query:
        return response
    is_typed = before.get("filter", "").strip() != table.filter
    return replace_url_of(response, address) if is_typed else push_url(response, address)


def address_of(request: HttpRequest, query: dict[str, str]) -> str:
    """Return the address of the requested page, with the query of its table."""
    return f"{request.path}?{urlencode(query)}" if query else request.path
