"""The registry of pages: view decorators register each address of the console once.

The URL conf, breadcrumbs, navigation, help, forms restored after an expired session, table preferences, and the tests
of all pages are derived from it. A page's URL name is the name of its view.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import walk_packages
from types import MappingProxyType
from typing import Any

from django.http.response import HttpResponseBase
from django.urls import Resolver404, URLPattern, path, resolve

import console.pages
from console.pages.frame.table_kinds import Kind
from console.people.roles import Person
from console.personalize.environments import Environment

type View = Callable[..., HttpResponseBase]
# Returns why a person may not open a page of an environment, as a sentence; "" if they may.
type Permission = Callable[[Person, Environment], str]

NAME_IN_ROUTE = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True, slots=True)
class TypedFields:
    """The typed fields of a page's form, which survive an expired session or form.

    They are `names`, and the names that `pattern` matches completely. `give_back` responds to an expired form: given
    the request, the environment and the other names in the address, it shows the page with the typed text.
    """

    names: tuple[str, ...]
    give_back: View
    pattern: re.Pattern[str] | None = None

    def __contains__(self, name: str) -> bool:
        """Return whether a field is one of the typed fields."""
        return name in self.names or bool(self.pattern and self.pattern.fullmatch(name))


@dataclass(frozen=True, slots=True)
class Upload:
    """An upload that an address accepts beyond forms: its content type, and its largest size in bytes.

    `too_long` is the sentence for a longer one.
    """

    content_type: str
    longest: int
    too_long: str


@dataclass(frozen=True, slots=True)
class Page:
    """An address of the console, with the properties of its page."""

    name: str
    # As in Django's `path`.
    route: str
    view: View
    # "" if the address shows no page of its own. Names in the address may appear in braces.
    title: str = ""
    # The URL name of the page above it.
    parent: str | None = None
    # Label in a dataset group's side navigation; "" if the page is not listed there.
    in_group: str = ""
    # Its position among the neighbouring links in the side navigation.
    position: int = 0
    tables: tuple[Kind, ...] = ()
    typed: TypedFields | None = None
    upload: Upload | None = None
    # The permission required in addition to seeing the environment.
    why_not: Permission | None = None
    # Only the local service has this page.
    is_local: bool = False
    is_file: bool = False
    # It shows only submissions, which former environments have too.
    shows_trail: bool = False
    # It shows properties of records, or text that may quote them; people who may not see them are told so.
    has_properties: bool = False
    # It belongs to no environment, and is shown within the environment of its `next` path.
    keeps_environment: bool = False
    # A sign-in page: its form carries the text typed into the page after it.
    carries_next: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The names in the address, in order."""
        return tuple(NAME_IN_ROUTE.findall(self.route))

    @property
    def is_shown(self) -> bool:
        """Whether it is a page with a title, rather than an endpoint or a download."""
        return bool(self.title) and not self.is_file

    @property
    def help(self) -> str:
        """The template of its help."""
        return f"help/{self.name}.html"


_pages: dict[str, Page] = {}


def register(page: Page) -> None:
    """Register a page; raise ValueError if its name is taken."""
    if page.name in _pages:
        raise ValueError(f"Two pages are called {page.name}.")
    _pages[page.name] = page


def pages() -> Mapping[str, Page]:
    """Return all pages by their names."""
    _import_views()
    return MappingProxyType(_pages)


def urlpatterns() -> list[URLPattern]:
    """Return the URL patterns of all pages, ordered so that no name in an address hides a fixed part."""
    in_order = sorted(pages().values(), key=lambda page: page.route.startswith("<"))
    return [path(page.route, page.view, name=page.name) for page in in_order]


def takes_long_forms(address: str) -> bool:
    """Return whether a form sent to a path may be long: it has typed text, or carries that of the next page."""
    match = page_at(address)
    return match is not None and (match[0].typed is not None or match[0].carries_next)


def page_at(address: str) -> tuple[Page, Mapping[str, Any]] | None:
    """Return the page at a path and the names in the path; None if there is no page."""
    try:
        match = resolve(address)
    except Resolver404:
        return None
    page = pages().get(match.url_name or "")
    return (page, match.kwargs) if page else None


@cache
def _import_views() -> None:
    # Importing a module registers its pages, so no list of modules is needed.
    for module in walk_packages(console.pages.__path__, f"{console.pages.__name__}."):
        import_module(module.name)
