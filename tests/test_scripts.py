"""What scripts know of the console holds."""

from django.test import Client

from console.local.models import StoredEvent
from scripts.pages import pages
from tests.pages.records.test_create_records import PAGE, VALID

EVENTS = "/local/dataset-groups/loyalty-programme/datasets/interactions/create-records/"
EVENT = '{"USER_ID": "u-1", "ITEM_ID": "m-1", "EVENT_TYPE": "Watch", "TIMESTAMP": 1764410400}'


def test_scripts_find_every_page_of_the_demo(administrator: Client) -> None:
    administrator.post(PAGE, {"record_input": VALID, "intent": "create"})
    administrator.post(EVENTS, {"record_input": EVENT, "intent": "create"})
    first = StoredEvent.objects.order_by("pk").values_list("pk", flat=True)[0]
    paths = {name: path.replace("?event=1", f"?event={first}") for name, path in pages().items()}
    found = {name: administrator.get(path).status_code for name, path in paths.items()}
    assert set(found.values()) == {200}, found
    assert "create-records" in found
