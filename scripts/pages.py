"""The addresses of all pages in the demo, for what looks at every page: pictures, Lighthouse, benchmarks."""

import os

import django
from django.urls import reverse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup(set_prefix=False)

from console.pages.places import PLACES  # noqa: E402

NAMES = {"environment": "local", "group": "loyalty-programme", "table": "submissions"}
# What a page's address names beside its path. Whoever looks creates the user first.
QUERIES = {"user_record": "?user_id=u-1"}


def pages() -> dict[str, str]:
    """Return the path of each page that has a place, as an administrator sees it, by its name in addresses."""
    return {
        name.replace("_", "-"): reverse(name, kwargs={each: NAMES[each] for each in place.names})
        + QUERIES.get(name, "")
        for name, place in PLACES.items()
    }
