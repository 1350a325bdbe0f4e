"""Decorators of views: each registers a page and adds what all pages share."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods

from console.pages.frame.address_names import is_valid_group
from console.pages.frame.error_pages import error_page
from console.pages.frame.permissions import environments_of, why_not_open
from console.pages.frame.registry import Page, Permission, Upload, View, register
from console.pages.frame.renamed_queries import renamed_query
from console.pages.frame.uploads import takes_file
from console.personalize.deadlines import one_page
from console.personalize.environments import Environment
from console.personalize.errors import NoDatasetError, NotFoundError, PersonalizeError
from console.server.http.long_forms import MULTIPART
from console.submissions.trails.own_trail import former_environment_of, is_earlier_demo, origin_if_known
from console.submissions.trails.trails import has_trail

READ = ("GET", "HEAD")
READ_AND_POST = (*READ, "POST")
ENVIRONMENT = "<environment:environment>/"
GROUP = "dataset-groups/<group:group>/"
DATASET = GROUP + "datasets/<entity:entity>/"
# The attribute of a request with the former environment whose trail its page shows.
FORMER = "former_environment"
ONLY_ITS_TRAIL = "The environment {} no longer exists. What was sent from it is under Former environments."
ONLY_TRAIL_OF_DEMO = "This demo was reset. What was sent in it is under Earlier demos of the local service."
NO_SUCH_GROUP = "No dataset group can have this name."


def console_page(route: str, **facts: Any) -> Callable[[View], View]:
    """Register a view whose address is outside any environment; `facts` are the fields of `Page`."""

    def decorate(view: View) -> View:
        register(Page(view.__name__, route, view, **facts))
        return view

    return decorate


def environment_page(
    route: str,
    title: str,
    *,
    methods: tuple[str, ...] = READ,
    why_not: Permission | None = None,
    is_local: bool = False,
    **facts: Any,
) -> Callable[[View], View]:
    """Register a view whose address begins with an environment's name, and pass it the Environment.

    An environment that a person may not see does not exist for them. A failed call to AWS becomes a page, headed
    `title`, that explains what happened and what to do. `why_not` is a further permission, `is_local` marks a page
    that only the local service has, and `facts` are the fields of `Page`.
    """

    def decorate(view: View) -> View:
        @require_http_methods(methods)
        def answer(request: HttpRequest, environment: Environment, **names: Any) -> HttpResponseBase:
            if is_local and not environment.is_local:
                raise Http404("Only the local service has this page.")
            check_permission(request, environment, entered)
            return view(request, environment, **names)

        @wraps(view)
        def shown(request: HttpRequest, environment: str, **names: Any) -> HttpResponseBase:
            renamed = renamed_query(request.GET) if request.method in READ else None
            if renamed is not None:
                return HttpResponsePermanentRedirect(f"{request.path}?{renamed.urlencode()}")
            opened = _environment(request, environment, entered, names)
            if not isinstance(opened, Environment):
                return opened
            try:
                with one_page():
                    response = answer(request, opened, **names)
            except PersonalizeError as error:
                response = _call_failed(request, title.format(**names), error)
            # The browser must not show this page again after signing out.
            add_never_cache_headers(response)
            return response

        upload: Upload | None = facts.get("upload")
        entry = takes_file(shown) if upload and upload.content_type == MULTIPART else shown
        entered = Page(view.__name__, ENVIRONMENT + route, entry, title, why_not=why_not, is_local=is_local, **facts)
        register(entered)
        return entry

    return decorate


def check_permission(request: HttpRequest, environment: Environment, page: Page) -> None:
    """Raise PermissionDenied, with a sentence, if the person may not open a page in an environment."""
    reason = why_not_open(request.user, environment, page)
    if reason:
        raise PermissionDenied(reason)


def _environment(request: HttpRequest, name: str, page: Page, names: dict[str, Any]) -> Environment | HttpResponse:
    """Return the environment of a name, as the person may see it, or the response if it has no such page."""
    known = environments_of(request.user).get(name)
    if known is not None:
        if not page.shows_trail and "group" in names and not is_valid_group(names["group"]):
            raise Http404(NO_SUCH_GROUP)
        return known
    former = former_environment_of(request.user, name)
    if former is None:
        raise Http404(f"There is no environment {name}.")
    if not former.is_former:
        return redirect(request.get_full_path().replace(f"/{name}/", f"/{former.name}/", 1))
    if not page.shows_trail:
        if is_earlier_demo(former):
            return error_page(request, 404, ONLY_TRAIL_OF_DEMO)
        return error_page(request, 404, ONLY_ITS_TRAIL.format(former.label), has_former=True)
    setattr(request, FORMER, former)
    return former


def _call_failed(request: HttpRequest, title: str, error: PersonalizeError) -> HttpResponse:
    """Return the page for a failed call to AWS: 404 if the resource is missing, 422 for an invalid call, else 502."""
    match = request.resolver_match
    names = match.kwargs if match else {}
    known = environments_of(request.user).get(names.get("environment", ""))
    # A dataset group may be gone at AWS while its submissions remain here.
    may_have_trail = isinstance(error, NotFoundError) and "group" in names
    has_trail_here = known is not None and may_have_trail and has_trail(origin_if_known(known), names["group"])
    context = {
        "title": title,
        "failure": error.failure,
        "has_trail": has_trail_here,
        "lacks_dataset": isinstance(error, NoDatasetError),
        "lacks_group": may_have_trail and error.failure.resource.endswith(f":dataset-group/{names['group']}"),
    }
    status = 422 if error.failure.is_about_input else 502
    return render(
        request, "frame/call_failed.html", context, status=404 if isinstance(error, NotFoundError) else status
    )
