"""The addresses of the pages of event trackers, and what tests do on them."""

import re
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from console.local.models import EventTracker

GROUPS = "/local/dataset-groups"
# A dataset group of the demo with an event tracker, and one with neither that nor an Item interactions dataset.
LIST, EMPTY = f"{GROUPS}/loyalty-programme/event-trackers/", f"{GROUPS}/member-profiles/event-trackers/"
DETAILS, DELETE = f"{LIST}e896f116/", f"{LIST}e896f116/delete-event-tracker/"
CREATE = f"{GROUPS}/member-profiles/create-event-tracker/"
TRACKING_ID = "e896f116-9846-58c2-9486-6bb57b8a5279"
GROUP_ARN = "arn:aws:personalize:us-east-1:000000000000:dataset-group/member-profiles"


def opened(client: Client, page: str = CREATE) -> str:
    """Return when Create event tracker says that it was opened."""
    match = re.search(r'name="opened" value="([^"]+)"', client.get(page).content.decode())
    assert match
    return match[1]


def create(client: Client, name: str, page: str = CREATE, **fields: str) -> Any:
    """Open Create event tracker, and send its form."""
    return client.post(page, {"name": name, "opened": opened(client, page), **fields})


def begin(settled_status: str) -> None:
    """Let the event tracker of the demo be on its way to a status, which it has in an hour."""
    now = timezone.now()
    EventTracker.objects.filter(group__name="loyalty-programme").update(
        settled_status=settled_status, changing_since=now, settles_at=now + timedelta(hours=1)
    )


def trackers() -> list[str]:
    """Return the names of the event trackers of the dataset group that had none, oldest first."""
    found = EventTracker.objects.filter(group__name="member-profiles", dataset=None)
    return list(found.order_by("pk").values_list("name", flat=True))
