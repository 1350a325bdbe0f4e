"""A demonstration from an empty dataset group, in the browser alone: a film, a user, and that the user watched it."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import record_input, sign_in
from tests.browser.test_create_dataset import reload_until_active
from tests.support.numbers import whole
from tests.support.served import Served

FILM = '{"ITEM_ID": "film-1", "GENRES": "Drama|Comedy", "CREATION_TIMESTAMP": "2025-11-29T10:00:00Z"}'
USER = '{"USER_ID": "ada", "SUBSCRIPTION_MODEL": "Free"}'
WATCHED = '{"USER_ID": "ada", "ITEM_ID": "film-1", "EVENT_TYPE": "Watch", "TIMESTAMP": "2025-11-29T10:00:00Z"}'


@pytest.fixture
def served(written: Served) -> Served:
    """What is made here would stand in the lists that other tests look at."""
    return written


def go_to(page: Page, name: str) -> None:
    """Follow a link of the side navigation."""
    page.get_by_role("navigation", name="Side navigation").get_by_role("link", name=name).click()


def create_group(page: Page, name: str) -> None:
    page.get_by_role("link", name="Create dataset group").click()
    page.get_by_label("Dataset group name").fill(name)
    page.get_by_label("Video on demand").check()
    page.get_by_role("button", name="Create dataset group").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    reload_until_active(page)


def create_dataset(page: Page, row: str, name: str) -> None:
    """Create the dataset of a row of Datasets with the schema that its page begins with."""
    go_to(page, "Datasets")
    page.get_by_role("row", name=row).get_by_role("link", name=re.compile("^Create")).click()
    page.get_by_label("Dataset name").fill(name)
    page.get_by_label("Schema name").fill(name)
    page.get_by_role("button", name="Create dataset", exact=True).click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    reload_until_active(page)


def create_tracker(page: Page, name: str) -> None:
    go_to(page, "Event trackers")
    page.get_by_role("link", name="Create event tracker").first.click()
    page.get_by_label("Event tracker name").fill(name)
    page.get_by_role("button", name="Create event tracker").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    reload_until_active(page)


def open_dataset(page: Page, name: str) -> None:
    go_to(page, "Datasets")
    page.get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()


def create_record(page: Page, dataset: str, heading: str, text: str, success: str) -> None:
    """Go from a dataset to its page that creates records, and create one."""
    open_dataset(page, dataset)
    page.get_by_text("Modify dataset", exact=True).click()
    page.get_by_text("Create record", exact=True).click()
    expect(page.get_by_role("heading", name=heading)).to_be_visible()
    # Without JavaScript the page opens its address with a key at once.
    page.goto(f"{page.url.partition('?')[0]}?key={uuid4()}")
    record_input(page).fill(text, force=True)
    page.get_by_role("button", name="Create record(s)").click()
    expect(page.locator("#response-panel")).to_contain_text(success)


@whole
def test_from_an_empty_group_to_what_a_user_watched(visitor: Page) -> None:
    page, name = visitor, f"cinema-{uuid4().hex[:8]}"
    sign_in(page, "operator")
    create_group(page, name)
    create_dataset(page, "Users", f"{name}-users")
    create_dataset(page, "Items", f"{name}-items")
    create_dataset(page, "Item interactions", f"{name}-watched")
    create_tracker(page, f"{name}-events")
    create_record(page, f"{name}-items", "Create item record(s)", FILM, "Success: 1 item record created or replaced.")
    create_record(page, f"{name}-users", "Create user record(s)", USER, "Success: 1 user record created or replaced.")
    create_record(
        page,
        f"{name}-watched",
        "Create user-item interaction record(s)",
        WATCHED,
        "Success: 1 item interaction was accepted.",
    )

    open_dataset(page, f"{name}-items")
    expect(page.get_by_role("row", name="film-1")).to_be_visible()
    open_dataset(page, f"{name}-users")
    expect(page.get_by_role("row", name="ada")).to_be_visible()
    open_dataset(page, f"{name}-watched")
    seen = page.get_by_role("row", name="ada")
    expect(seen).to_contain_text("film-1")
    expect(seen).to_contain_text("Watch")
    expect(seen).to_contain_text("Sat, 29 Nov 2025 10:00:00 GMT")
