"""The addresses of all pages in the demo, for what looks at every page: pictures, Lighthouse, benchmarks."""

import os
from collections.abc import Iterable
from typing import Any

import django
from django.urls import reverse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup(set_prefix=False)

from console.pages.frame import registry  # noqa: E402
from console.records.entities import INTERACTIONS, USERS  # noqa: E402

NAMES = {
    "environment": "local",
    "group": "loyalty-programme",
    "entity": USERS,
    # What the ARN of the dataset group's event tracker ends in.
    "tracker": "e896f116",
    "schema": "loyalty-programme-users-schema",
    "table": "submissions",
}
# Where there is a Users dataset or an event tracker already, the page to create one says so and has no form.
GROUPS = {"create_dataset": "newsroom", "create_event_tracker": "member-profiles"}
# What a page's address names beside its path; the user must have been created before the page is opened.
QUERIES = {"stored_record": "?record_id=u-1", "record_history": "?record_id=u-1"}
# Pages whose addresses are known only once there is what they show.
FOUND_BY_LINKS = (
    "submission",
    "stored_event",
    "dataset_import_job",
    "dataset_export_job",
    "data_deletion_job",
    "bulk_import",
    "person",
)


def pages() -> dict[str, str]:
    """Return the path of each page that has a title, as an administrator sees it, by its name in addresses.

    Those of FOUND_BY_LINKS are left out.
    """
    return {
        name.replace("_", "-"): reverse(name, kwargs=_names(name, page.names)) + QUERIES.get(name, "")
        for name, page in registry.pages().items()
        if page.is_shown and name not in FOUND_BY_LINKS
    }


def pages_of_events() -> tuple[str, str]:
    """Return the paths of the demo's Item interactions dataset, which leads to each stored event, and of its form."""
    names = NAMES | {"entity": INTERACTIONS}
    kwargs = {each: names[each] for each in ("environment", "group", "entity")}
    return reverse("dataset", kwargs=kwargs), reverse("create_records", kwargs=kwargs)


def _names(page: str, asked_for: Iterable[str]) -> dict[str, Any]:
    names = NAMES | {"group": GROUPS.get(page, NAMES["group"])}
    return {each: names[each] for each in asked_for}
