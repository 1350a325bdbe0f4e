"""The frame around every page: the environment, the person, breadcrumbs and navigation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from console.bulk.models import Import
from console.bulk.notices import imports_to_tell
from console.local import api as local_api
from console.pages.frame.decorators import FORMER
from console.pages.frame.environment_menu import choices
from console.pages.frame.navigation import (
    EARLIER_DEMOS,
    FORMER_ENVIRONMENTS,
    OF_CONSOLE,
    Link,
    breadcrumbs,
    environment_links,
    group_links,
    link_to,
)
from console.pages.frame.permissions import (
    environments_of,
    first_environment_of,
    may_create,
    read_only_reason,
    why_not_open,
    why_not_see_properties,
)
from console.pages.frame.registry import pages
from console.pages.frame.requests import local_endpoint
from console.pages.frame.zones import zone_of
from console.people.models import appearance_of
from console.people.roles import ADMINISTRATOR, Person, may_simulate_responses, may_write, role_of
from console.personalize.environments import LOCAL, Environment
from console.submissions.trails.own_trail import is_earlier_demo


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the context of the frame around every page, as a context processor."""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return {}
    match = request.resolver_match
    named = match.kwargs if match else {}
    visible = environments_of(person)
    environment = environment_of(request, visible)
    is_former = environment is not None and environment.is_former
    is_of_demo = environment is not None and is_earlier_demo(environment)
    former = (EARLIER_DEMOS if is_of_demo else FORMER_ENVIRONMENTS) if is_former else ""
    way = breadcrumbs(match.url_name or "", named, former=former) if match else []
    environment_choices = choices(visible.values(), environment)
    page = pages().get(match.url_name or "") if match else None
    # A person who may write to an environment may create and delete everything in it.
    creates = environment is not None and may_create(person, environment)
    withheld = why_not_see_properties(person, environment) if environment else ""
    return {
        "environment_choices": environment_choices,
        "environment_choice": next((choice for choice in environment_choices if choice.is_current), None),
        "environment": environment,
        "is_earlier_demo": is_of_demo,
        "breadcrumbs": way,
        "here": way[-1].title if way else "",
        "help": pages()[way[-1].name].help if way else "",
        "appearance": appearance_of(person),
        "lost_zone": zone_of(person).lost,
        "navigation": navigation(environment, named.get("group", ""), person, way),
        # A callable, so that parts of pages that do not show it need no query.
        "simulated": simulated if environment and environment.is_local else None,
        "imports_to_tell": lambda: _imports_to_tell(person, visible),
        # The address at which AWS clients reach the local service; "" if they cannot.
        "local_endpoint": local_endpoint(request) if environment and environment.is_local else "",
        "group_name": named.get("group"),
        "entity": named.get("entity"),
        "url_name": match.url_name if match else None,
        "has_typed_text": bool(page and page.typed),
        "role": role_of(person),
        "may_create_records": creates,
        "may_create_datasets": creates,
        "may_manage_event_trackers": creates,
        "may_create_jobs": creates,
        "may_delete_resources": creates,
        "may_see_properties": environment is not None and not withheld,
        "withheld": withheld,
        "has_properties": bool(page and page.has_properties),
        # Shown to people who may write in other environments.
        "read_only_because": _read_only_because(person, environment),
        "may_simulate_responses": may_simulate_responses(person),
    }


def navigation(environment: Environment | None, group: str, person: Person, way: Sequence[Link]) -> dict[str, Any]:
    """Return the side navigation: links of the environment, of a dataset group, and of the local service."""
    is_former = environment is not None and environment.is_former
    here = first_environment_of(person) if environment is None or is_former else environment
    if environment is not None and is_earlier_demo(environment):
        here = environments_of(person)[LOCAL]
    names = {"environment": here.name, "group": group}
    in_group = {**names, "environment": environment.name if environment else here.name}
    is_administrator = role_of(person) == ADMINISTRATOR
    shows_local = environment is not None and here.is_local
    local_pages = sorted(
        (page for page in pages().values() if page.is_local and page.is_shown and shows_local),
        key=lambda page: page.position,
    )
    return {
        "of_environment": environment_links(names, way),
        "of_group": group_links(in_group, way, is_former=is_former) if group else [],
        "of_console": [link_to(name, names, way) for name in OF_CONSOLE if is_administrator],
        "former": link_to(FORMER_ENVIRONMENTS, names, way) if is_administrator else None,
        "of_local": [link_to(page.name, names, way) for page in local_pages if not why_not_open(person, here, page)],
    }


def _imports_to_tell(person: Person, visible: Mapping[str, Environment]) -> list[Import]:
    """Return the imports to notify a person about, if they may still open their pages."""
    return [
        bulk_import
        for bulk_import in imports_to_tell(person)
        if bulk_import.environment in visible and may_create(person, visible[bulk_import.environment])
    ]


def _read_only_because(person: Person, environment: Environment | None) -> str:
    is_missed = environment is not None and environment.read_only and may_write(person, environment)
    return read_only_reason(environment) if environment and is_missed else ""


def environment_of(request: HttpRequest, visible: Mapping[str, Environment]) -> Environment | None:
    """Return the environment named in a request's address, even if the page does not exist; None if there is none.

    On a page about a former environment, it is that one.
    """
    former: Environment | None = getattr(request, FORMER, None)
    if former:
        return former
    path = request.path
    match = request.resolver_match
    page = pages().get(match.url_name or "") if match else None
    if page and page.keeps_environment:
        # A person changing settings stays in the environment they came from.
        path = request.POST.get("next") or request.GET.get("next", "/")
    return visible.get(path.strip("/").split("/")[0])


@dataclass(frozen=True, slots=True)
class Simulated:
    """A simulation in progress: its operation, and its response in words."""

    simulation: local_api.Simulation
    operation: str
    response: str
    is_normal: bool


def simulated() -> Simulated | None:
    """Return what the local service currently simulates, for display, or None."""
    simulation = local_api.simulation()
    if simulation is None:
        return None
    response = local_api.responses().get(simulation.response, simulation.response)
    operation = simulation.operation or "Every Put operation"
    if simulation.dataset_group:
        operation = f"{operation} for {simulation.dataset_group}"
    return Simulated(simulation, operation, response, is_normal=simulation.response == local_api.NORMAL)
