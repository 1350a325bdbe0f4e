"""What all pages share: the environment that a page works in, and what is shown when AWS does not answer."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods

from console.pages.frame.address_names import is_valid_group
from console.pages.frame.environment_menu import choices
from console.pages.frame.error_pages import error_page
from console.pages.frame.permissions import (
    environments_of,
    first_environment_of,
    may_create,
    read_only_reason,
)
from console.pages.frame.places import Link, breadcrumbs, group_links, link_to
from console.people.models import appearance_of
from console.people.roles import (
    ADMINISTRATOR,
    Person,
    may_reset_demo_data,
    may_simulate_responses,
    may_write,
    role_of,
)
from console.personalize.deadlines import one_page
from console.personalize.environments import Environment
from console.personalize.errors import PersonalizeError
from console.personalize.local_service import AS_EVER, Simulation, local_service
from console.submissions.own_trail import former_environment_of, origin_if_known
from console.submissions.trails import has_trail

# Where a request has the former environment whose trail its page shows.
FORMER = "former_environment"
ONLY_ITS_TRAIL = (
    "The environment {} is a former one. What was sent in it is under Former environments; nothing else of it is here."
)
NO_SUCH_GROUP = "No dataset group has such a name."

type View = Callable[..., HttpResponse]


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return what the frame around every page needs, as a context processor."""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return {}
    match = request.resolver_match
    named = match.kwargs if match else {}
    visible = environments_of(person)
    environment = environment_of(request, visible)
    is_former = environment is not None and environment.is_former
    way = breadcrumbs(match.url_name or "", named, is_former=is_former) if match else []
    environment_choices = choices(visible.values(), environment)
    # The two have one answer: whoever writes to an environment creates all that there is.
    creates = environment is not None and may_create(person, environment)
    return {
        "environment_choices": environment_choices,
        "environment_choice": next((each for each in environment_choices if each.is_current), None),
        "environment": environment,
        "breadcrumbs": way,
        "here": way[-1].title if way else "",
        "help": f"help/{way[-1].name}.html" if way else "",
        "appearance": appearance_of(person),
        "navigation": navigation(environment, named.get("group", ""), person, way),
        # Called by the pages that show it: parts of pages need not ask.
        "simulated": simulated if environment and environment.is_local else None,
        "group_name": named.get("group"),
        "url_name": match.url_name if match else None,
        "role": role_of(person),
        "may_create_records": creates,
        "may_create_datasets": creates,
        # Said to those who miss what they may do elsewhere.
        "read_only_because": _read_only_because(person, environment),
        "may_simulate_responses": may_simulate_responses(person),
    }


def navigation(environment: Environment | None, group: str, person: Person, way: Sequence[Link]) -> dict[str, Any]:
    """Return the side navigation: its first link, those of a dataset group, and those of the local service."""
    is_former = environment is not None and environment.is_former
    here = first_environment_of(person) if environment is None or is_former else environment
    names = {"environment": here.name, "group": group}
    in_group = {**names, "environment": environment.name if environment else here.name}
    of_local = []
    if environment and environment.is_local and may_simulate_responses(person):
        of_local.append(link_to("simulate_responses", names, way))
        if may_reset_demo_data(person):
            of_local.append(link_to("reset_demo_data", names, way))
    return {
        "first": link_to("dataset_groups", names, way),
        "of_group": group_links(in_group, way, is_former=is_former) if group else [],
        "former": link_to("former_environments", names, way) if role_of(person) == ADMINISTRATOR else None,
        "of_local": of_local,
    }


def _read_only_because(person: Person, environment: Environment | None) -> str:
    is_missed = environment is not None and environment.read_only and may_write(person, environment)
    return read_only_reason(environment) if environment and is_missed else ""


def environment_of(request: HttpRequest, visible: Mapping[str, Environment]) -> Environment | None:
    """Return which of some environments a request's address names, also where there is no page; None if none.

    Where a page shows the trail of a former environment, it is that one.
    """
    former: Environment | None = getattr(request, FORMER, None)
    if former:
        return former
    path = request.path
    match = request.resolver_match
    if match and match.url_name in ("settings_page", "table_preferences"):
        # Whoever changes their settings is still where they came from.
        path = request.POST.get("next") or request.GET.get("next", "/")
    return visible.get(path.strip("/").split("/")[0])


@dataclass(frozen=True, slots=True)
class Simulated:
    """What is simulated now, and its response in words."""

    simulation: Simulation
    response: str
    as_ever: bool


def simulated() -> Simulated | None:
    """Return what the local service simulates now, as pages show it, or None."""
    simulation = local_service().simulation()
    if simulation is None:
        return None
    response = local_service().responses().get(simulation.response, simulation.response)
    return Simulated(simulation, response, as_ever=simulation.response == AS_EVER)


def local_page(view: View) -> View:
    """Decorate a view of an environment: it is there for `local` alone."""

    @wraps(view)
    def page(request: HttpRequest, environment: Environment, **names: str) -> HttpResponse:
        if not environment.is_local:
            raise Http404("Only the local service has this page.")
        return view(request, environment, **names)

    return page


def environment_page(
    title: str, methods: tuple[str, ...] = ("GET", "HEAD"), *, shows_trail: bool = False
) -> Callable[..., View]:
    """Decorate a view whose URL begins with an environment's name: it gets the Environment in its place.

    To a person who may not see an environment it is not there, whatever they ask of it. A failed call to AWS becomes a
    page in the same frame that says what happened and what to do; `title` is its heading, in which the names of the
    URL may stand in braces. With `shows_trail`, it is a page of what was sent alone, which asks nothing of AWS where
    the environment is a former one.
    """

    def decorate(view: View) -> View:
        answer = require_http_methods(methods)(view)

        @wraps(view)
        def page(request: HttpRequest, environment: str, **names: str) -> HttpResponse:
            known = environments_of(request.user).get(environment)
            if known is None:
                known = former_environment_of(request.user, environment)
                if known is None:
                    raise Http404(f"There is no environment {environment}.")
                if not known.is_former:
                    return redirect(request.get_full_path().replace(f"/{environment}/", f"/{known.name}/", 1))
                if not shows_trail:
                    return error_page(request, 404, ONLY_ITS_TRAIL.format(known.label), has_former=True)
                setattr(request, FORMER, known)
            elif not shows_trail and "group" in names and not is_valid_group(names["group"]):
                raise Http404(NO_SUCH_GROUP)
            try:
                with one_page():
                    response: HttpResponse = answer(request, known, **names)
            except PersonalizeError as error:
                response = call_failed(request, title.format(**names), error)
            # What is shown here must not come back after signing out.
            add_never_cache_headers(response)
            return response

        return page

    return decorate


def call_failed(request: HttpRequest, title: str, error: PersonalizeError) -> HttpResponse:
    """Answer with what went wrong in a call to AWS: 404 if the thing is not there, 502 otherwise."""
    match = request.resolver_match
    names = match.kwargs if match else {}
    known = environments_of(request.user).get(names.get("environment", ""))
    # A dataset group may be gone at AWS: what was sent to it is not.
    may_have_trail = error.is_not_found and "group" in names
    has_trail_here = known is not None and may_have_trail and has_trail(origin_if_known(known), names["group"])
    context = {"title": title, "failure": error.failure, "has_trail": has_trail_here}
    return render(request, "frame/call_failed.html", context, status=404 if error.is_not_found else 502)
