"""Where each page stands: its name and the page above it. Breadcrumbs, navigation and help are made of this."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

ENVIRONMENT, GROUP = ("environment",), ("environment", "group")


@dataclass(frozen=True, slots=True)
class Place:
    """A page's title, the URL name of the page above it, and what its address names.

    Of the names that the address has, those of `names` may stand in the title, in braces.
    """

    title: str
    above: str | None = None
    names: tuple[str, ...] = GROUP


@dataclass(frozen=True, slots=True)
class Link:
    """A page by its URL name, title and address; `current` is the value of aria-current, if it has one."""

    name: str
    title: str
    address: str
    current: str = ""


# By URL name. Each has its help in templates/help/.
PLACES = {
    "dataset_groups": Place("Dataset groups", names=ENVIRONMENT),
    "create_dataset_group": Place("Create dataset group", "dataset_groups", ENVIRONMENT),
    "dataset_group": Place("{group}", "dataset_groups"),
    "datasets": Place("Datasets", "dataset_group"),
    "create_dataset": Place("Create dataset", "datasets"),
    "users_dataset": Place("Users dataset", "datasets"),
    "create_records": Place("Create user record(s)", "users_dataset"),
    "user_record": Place("User record", "users_dataset"),
    "submissions": Place("Submissions", "dataset_group"),
    "submission": Place("Submission", "submissions", (*GROUP, "submission")),
    "user_history": Place("User history", "submissions"),
    "simulate_responses": Place("Simulate responses", "dataset_groups", ENVIRONMENT),
    "reset_demo_data": Place("Reset demo data", "dataset_groups", ENVIRONMENT),
    "former_environments": Place("Former environments", names=()),
    "settings_page": Place("Settings", names=()),
    "change_password": Place("Change password", "settings_page", names=()),
    "table_preferences": Place("Preferences", names=("table",)),
}
# The side navigation's pages of a dataset group, whose overview is called so there.
IN_GROUP = {"dataset_group": "Overview", "datasets": "Datasets", "submissions": "Submissions"}


def breadcrumbs(name: str, names: Mapping[str, str], *, is_former: bool = False) -> list[Link]:
    """Return the way to the page with a URL name, from the first page down; nothing if the page has no place.

    `names` are what its address names: an environment, a dataset group. In a former environment there are the pages of
    its trail alone.
    """
    way: list[Link] = []
    each: str | None = name if name in PLACES else None
    while each:
        way.insert(0, _link(each, PLACES[each].title.format(**names), names, "" if way else "page"))
        each = "former_environments" if is_former and each == "submissions" else PLACES[each].above
    return way


def group_links(names: Mapping[str, str], way: Sequence[Link], *, is_former: bool = False) -> list[Link]:
    """Return the side navigation's links for a dataset group; `way` is what `breadcrumbs` returns for the page.

    The page itself is current, and so is one that stands above it, unless one below that is.
    """
    current = next((link.name for link in reversed(way) if link.name in IN_GROUP), "")
    return [
        _link(name, title, names, _current(name, way) if name == current else "")
        for name, title in IN_GROUP.items()
        if name == "submissions" or not is_former
    ]


def link_to(name: str, names: Mapping[str, str], way: Sequence[Link]) -> Link:
    """Return the side navigation's link to a page by its own title."""
    return _link(name, PLACES[name].title, names, _current(name, way) if way and way[-1].name == name else "")


def _current(name: str, way: Sequence[Link]) -> str:
    return "page" if way[-1].name == name else "true"


def _link(name: str, title: str, names: Mapping[str, str], current: str) -> Link:
    own = {each: names[each] for each in PLACES[name].names}
    return Link(name, title, reverse(name, kwargs=own), current)
