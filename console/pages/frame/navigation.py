"""Breadcrumbs and the side navigation, made from the registry of pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.urls import get_script_prefix, reverse

from console.pages.frame.registry import pages
from console.personalize.environments import LOCAL

# The trail of a former environment's dataset group is below Former environments or Earlier demos.
TRAIL, FORMER_ENVIRONMENTS, EARLIER_DEMOS = "submissions", "former_environments", "earlier_demos"
# The lists of an environment, in their order in the side navigation.
OF_ENVIRONMENT = ("dataset_groups", "schemas", "environment_submissions")

# The console-wide pages of administrators, in menu order.
OF_CONSOLE = ("people", "environments_page", "activity", FORMER_ENVIRONMENTS)


@dataclass(frozen=True, slots=True)
class Link:
    """A page by its URL name, title and address; `current` is the value of aria-current, if any."""

    name: str
    title: str
    address: str
    current: str = ""


def breadcrumbs(name: str, names: Mapping[str, str], *, former: str = "") -> list[Link]:
    """Return the path from the first page to the page of a URL name; empty if that is not a page.

    `names` are the names in its address: an environment, a dataset group. A former environment has only the pages of
    its trail: `former` is the list that it appears in.
    """
    way: list[Link] = []
    registered = pages()
    step: str | None = name if name in registered and registered[name].is_shown else None
    while step:
        way.insert(0, _link(step, registered[step].title.format(**names), names, "" if way else "page"))
        if former and step == TRAIL:
            step, names = former, {**names, "environment": LOCAL}
        else:
            step = registered[step].parent
    return way


def group_links(names: Mapping[str, str], way: Sequence[Link], *, is_former: bool = False) -> list[Link]:
    """Return the side navigation of a dataset group; `way` is the result of `breadcrumbs` for the page.

    The current page is marked; if it is not listed, its closest ancestor is.
    """
    linked = sorted((page for page in pages().values() if page.in_group), key=lambda page: page.position)
    current = next((link.name for link in reversed(way) if link.name in {page.name for page in linked}), "")
    return [
        _link(page.name, page.in_group, names, _current(page.name, way) if page.name == current else "")
        for page in linked
        if page.shows_trail or not is_former
    ]


def environment_links(names: Mapping[str, str], way: Sequence[Link]) -> list[Link]:
    """Return the side navigation's links to an environment's lists; `way` is as for `group_links`."""
    return [link_to(name, names, way) for name in OF_ENVIRONMENT]


def link_to(name: str, names: Mapping[str, str], way: Sequence[Link]) -> Link:
    """Return a side navigation link to a page, with the page's own title."""
    return _link(name, pages()[name].title, names, _current(name, way) if way and way[-1].name == name else "")


def _current(name: str, way: Sequence[Link]) -> str:
    return "page" if way[-1].name == name else "true"


def _link(name: str, title: str, names: Mapping[str, str], current: str) -> Link:
    own = tuple((part, names[part]) for part in pages()[name].names)
    return Link(name, title, _address(get_script_prefix(), name, own), current)


@lru_cache(maxsize=1024)
def _address(_prefix: str, name: str, names: tuple[tuple[str, str], ...]) -> str:
    """Return the address of a page, cached by script prefix: every page links to a dozen others."""
    return reverse(name, kwargs=dict(names))
