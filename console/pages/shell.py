"""What all pages share: the environment that a page works in, and what is shown when AWS does not answer."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods

from console.people.roles import ROLES_THAT_CREATE_RECORDS, role_of
from console.personalize.environments import environments
from console.personalize.failures import PersonalizeError

type View = Callable[..., HttpResponse]


class DatasetGroupName:
    """The name of a dataset group in an address: what the API's model says of names."""

    regex = r"[a-zA-Z0-9][a-zA-Z0-9\-_]{0,62}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return what the frame around every page needs, as a context processor."""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return {}
    role = role_of(person)
    match = request.resolver_match
    named = match.kwargs if match else {}
    return {
        "environments": list(environments().values()),
        "environment": environments().get(named.get("environment", "")),
        "group_name": named.get("group"),
        "url_name": match.url_name if match else None,
        "role": role,
        "may_create_records": role in ROLES_THAT_CREATE_RECORDS,
    }


def environment_page(title: str, methods: tuple[str, ...] = ("GET", "HEAD")) -> Callable[..., View]:
    """Decorate a view whose URL begins with an environment's name: it gets the Environment in its place.

    A failed call to AWS becomes a page in the same frame that says what happened and what to do; `title` is its
    heading, in which the names of the URL may stand in braces.
    """

    def decorate(view: View) -> View:
        @require_http_methods(methods)
        @wraps(view)
        def page(request: HttpRequest, environment: str, **names: str) -> HttpResponse:
            known = environments().get(environment)
            if known is None:
                raise Http404(f"There is no environment {environment}.")
            try:
                response = view(request, known, **names)
            except PersonalizeError as error:
                response = call_failed(request, title.format(**names), error)
            # What is shown here must not come back after signing out.
            add_never_cache_headers(response)
            return response

        return page

    return decorate


def call_failed(request: HttpRequest, title: str, error: PersonalizeError) -> HttpResponse:
    """Answer with what went wrong in a call to AWS: 404 if the thing is not there, 502 otherwise."""
    context = {"title": title, "failure": error.failure}
    return render(request, "call_failed.html", context, status=404 if error.is_not_found else 502)
