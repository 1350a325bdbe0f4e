"""The registry of pages: each address of the console is entered once, by the decorator of its view.

The URL conf, breadcrumbs, navigation, help, what is restored after an expired session, the preferences of tables, and
the tests of all pages are made of it. A page's URL name is the name of its view.
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
    """The fields of a page's form with typed text, which survive an expired session or form.

    `names` are theirs, beside those that `pattern` matches as a whole. `give_back` answers a form that expired:
    with the request, the environment and the other names of the address, it shows the page with what was typed.
    """

    names: tuple[str, ...]
    give_back: View
    pattern: re.Pattern[str] | None = None

    def __contains__(self, name: str) -> bool:
        """Return whether a field of a name is a typed one."""
        return name in self.names or bool(self.pattern and self.pattern.fullmatch(name))


@dataclass(frozen=True, slots=True)
class Upload:
    """What an address takes that is longer than a form: the content type, and how many bytes of it at most.

    `too_long` is the sentence for what is longer.
    """

    content_type: str
    longest: int
    too_long: str


@dataclass(frozen=True, slots=True)
class Page:
    """An address of the console, and the properties of its page."""

    name: str
    # As Django's `path` takes it.
    route: str
    view: View
    # "" where the address shows nothing of its own; the names of the address may stand in it in braces.
    title: str = ""
    # The URL name of the page above it.
    parent: str | None = None
    # Label in a dataset group's side navigation; "" if the page is not listed there.
    in_group: str = ""
    # Its place among the links beside it in the side navigation.
    position: int = 0
    tables: tuple[Kind, ...] = ()
    typed: TypedFields | None = None
    upload: Upload | None = None
    # The permission that it takes beside seeing the environment.
    why_not: Permission | None = None
    # Only the local service has it.
    is_local: bool = False
    is_file: bool = False
    # It shows what was sent alone, which former environments have too.
    shows_trail: bool = False
    # It has properties of records, or what may quote them, for those who may see these: others are told.
    has_properties: bool = False
    # It is outside of environments, and shown as in the one that its `next` leads to.
    keeps_environment: bool = False
    # A page to sign in: its form has what was typed into the page after it.
    carries_next: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The names that the address has, in their order."""
        return tuple(NAME_IN_ROUTE.findall(self.route))

    @property
    def is_shown(self) -> bool:
        """Whether it is a page with a title of its own, and not something to be called or kept."""
        return bool(self.title) and not self.is_file

    @property
    def help(self) -> str:
        """The template of its help."""
        return f"help/{self.name}.html"


_pages: dict[str, Page] = {}


def register(page: Page) -> None:
    """Enter a page; raise ValueError if there is one of its name."""
    if page.name in _pages:
        raise ValueError(f"Two pages are called {page.name}.")
    _pages[page.name] = page


def pages() -> Mapping[str, Page]:
    """Return all pages by their names."""
    _import_views()
    return MappingProxyType(_pages)


def urlpatterns() -> list[URLPattern]:
    """Return what Django's URL conf has for all pages: no name in an address takes the place of what stands there."""
    in_order = sorted(pages().values(), key=lambda page: page.route.startswith("<"))
    return [path(page.route, page.view, name=page.name) for page in in_order]


def takes_long_forms(address: str) -> bool:
    """Return whether a form that is sent to a path may be long: what was typed into its page, or into the next."""
    found = page_at(address)
    return found is not None and (found[0].typed is not None or found[0].carries_next)


def page_at(address: str) -> tuple[Page, Mapping[str, Any]] | None:
    """Return the page at a path, with what the path has for its names; None if there is none."""
    try:
        match = resolve(address)
    except Resolver404:
        return None
    page = pages().get(match.url_name or "")
    return (page, match.kwargs) if page else None


@cache
def _import_views() -> None:
    # A page is there once its module is: no list of modules is to be kept.
    for module in walk_packages(console.pages.__path__, f"{console.pages.__name__}."):
        import_module(module.name)
