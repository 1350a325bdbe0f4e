"""What scripts know of the console holds."""

from django.test import Client

from scripts.pages import pages
from tests.pages.records.test_create_records import PAGE, VALID


def test_scripts_find_every_page_of_the_demo(administrator: Client) -> None:
    administrator.post(PAGE, {"record_input": VALID, "intent": "create"})
    found = {name: administrator.get(path).status_code for name, path in pages().items()}
    assert set(found.values()) == {200}, found
    assert "create-records" in found
