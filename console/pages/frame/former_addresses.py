"""Redirects from the addresses of earlier, users-only versions, for bookmarks and links in tickets."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods

from console.pages.frame.decorators import ENVIRONMENT, GROUP, READ_AND_POST
from console.pages.frame.renamed_queries import renamed_query
from console.records.entities import USERS

# The names of the present pages, by their former routes below a dataset group.
MOVED = {
    "datasets/create-dataset/": "create_dataset",
    "datasets/users/user-record/": "stored_record",
    "submissions/user-history/": "record_history",
}


def urlpatterns() -> list[URLPattern]:
    """Return the URL patterns of the former addresses."""
    return [path(ENVIRONMENT + GROUP + route, _moved_to(name), name=f"former_{name}") for route, name in MOVED.items()]


def _moved_to(name: str) -> Callable[..., HttpResponsePermanentRedirect]:
    @require_http_methods(READ_AND_POST)
    def moved(request: HttpRequest, environment: str, group: str) -> HttpResponsePermanentRedirect:
        address = reverse(name, args=[environment, group, USERS])
        query = (renamed_query(request.GET) or request.GET).urlencode()
        # A page that was open during the update still posts here: a 308 redirect keeps its fields.
        return HttpResponsePermanentRedirect(
            f"{address}?{query}" if query else address, preserve_request=request.method == "POST"
        )

    return moved
