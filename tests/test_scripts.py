"""What scripts know of the console is true."""

import re

from django.test import Client

from scripts.pages import FOUND_BY_LINKS, pages, pages_of_events
from scripts.screenshots import EVENT, LISTS
from tests.pages.html import text_of
from tests.pages.records.test_create_records import PAGE, VALID


def test_scripts_find_every_page_of_the_demo(administrator: Client) -> None:
    administrator.post(PAGE, {"record_input": VALID, "intent": "create"})
    found = {name: administrator.get(path).status_code for name, path in pages().items()}
    assert set(found.values()) == {200}, found
    assert "create-records" in found


def test_pictures_are_made_of_pages_that_are_found_by_links_too() -> None:
    by_themselves = {"stored-event", "bulk-import"}
    assert {*LISTS, *by_themselves} == {each.replace("_", "-") for each in FOUND_BY_LINKS}


def test_scripts_find_the_page_of_an_event_that_they_send(administrator: Client) -> None:
    events, create = pages_of_events()
    administrator.post(create, {"record_input": EVENT, "intent": "create"})
    link = re.search(r'href="(/[^"]+/stored-event/\?event=\d+)"', administrator.get(events).content.decode())
    assert link
    assert "shoe-7" in text_of(administrator.get(link[1]))
