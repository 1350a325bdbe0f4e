"""Create user-item interaction record(s): several calls under one press, as a person at a browser sees them."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Watched, new_page, use_session
from tests.support.numbers import with_some
from tests.support.served import DATABASE, Served

PAGE = "/local/dataset-groups/video-streaming/datasets/interactions/create-records/"


@pytest.fixture
def console(written: Served) -> Served:
    """A console in which nothing else is under way while these tests simulate responses."""
    return written


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def page(browser: Browser, console: Served, faults: Watched, request: pytest.FixtureRequest) -> Iterator[Page]:
    """An administrator's page, in the time of India, with and without JavaScript."""
    window = {"width": 1300, "height": 2600}
    options = {"java_script_enabled": request.param, "timezone_id": "Asia/Kolkata", "viewport": window}
    with new_page(browser, console, faults, **options) as page:
        use_session(page, "administrator")
        yield page


def sent(console: Served, user: str) -> list[tuple[int, str]]:
    """Return number and outcome of each call that has sent events of a user, the oldest first."""
    database = Path(console.variables["CONSOLE_DATA_DIR"], DATABASE)
    sql = "SELECT call_number, outcome FROM history_submission WHERE record_input LIKE ? ORDER BY created_at"
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        return connection.execute(sql, [f"%{user}%"]).fetchall()


@with_some("page", 0)
def test_a_press_in_part_refused_is_tried_again_and_sends_each_call_once(page: Page, console: Served) -> None:
    ada, bob = f"ada-{uuid4()}", f"bob-{uuid4()}"
    watched = {"EVENT_TYPE": "Watch", "TIMESTAMP": "2025-11-29T10:00:00Z"}
    events = [{"USER_ID": user, "ITEM_ID": "film-1", **watched} for user in (ada, bob, ada)]
    page.goto("/local/simulate-responses/")
    page.get_by_label("InvalidInputException (HTTP").check()
    page.get_by_label("Number of calls").fill("1")
    page.get_by_role("button", name="Simulate", exact=True).click()
    expect(page.locator("#simulation")).to_contain_text("1 of 1 call left.")
    page.goto(f"{PAGE}?key={uuid4()}")
    page.get_by_label("Record input").fill(json.dumps(events))
    page.get_by_role("button", name="Create record(s)").click()
    response = page.locator("#response-panel")
    expect(response).to_contain_text("1 of 2 calls was accepted. Try again sends only those that were not.")
    expect(page.locator("#live")).to_contain_text("Record 1, TIMESTAMP: 1764410400 is Sat, 29 Nov 2025 10:00:00 GMT")
    assert sent(console, ada) == [(1, "refused"), (2, "created")]
    page.get_by_role("button", name="Try again").click()
    expect(response).to_contain_text("Success: 2 of 2 calls were accepted.")
    assert sent(console, ada) == [(1, "refused"), (2, "created"), (1, "created")]
    page.reload()
    expect(response).to_contain_text("Earlier response from")
    assert len(sent(console, ada)) == 3


@pytest.mark.parametrize("page", [True], indirect=True, ids=["with JavaScript"])
def test_a_timestamp_is_shown_in_the_person_s_own_time(page: Page) -> None:
    page.goto(PAGE)
    event = {"USER_ID": "u-1", "ITEM_ID": "film-1", "EVENT_TYPE": "Watch", "TIMESTAMP": 1764410400}
    page.get_by_label("Record input").fill(json.dumps(event))
    expect(page.locator("#live")).to_contain_text("3:30:00")
