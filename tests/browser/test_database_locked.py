"""A press while another program locks the database: the browser says so beside the button, and sends once in the end."""

from pathlib import Path
from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.browser.conftest import check_axe, record_input, sign_in
from tests.browser.test_record_input import ARN, PAGE, record
from tests.support.databases import sqlite_in
from tests.support.served import Served

LOCKED = "The console's database is locked by another program. Nothing was sent, and what you entered is kept."


def test_what_was_typed_stays_and_is_sent_once_when_the_lock_is_gone(visitor: Page, served: Served) -> None:
    page = visitor
    sign_in(page, "operator")
    # The address that a browser without scripts is led to, so that it goes nowhere by itself.
    page.goto(f"{PAGE}?key={uuid4()}")
    has_scripts = page.evaluate("'ace' in window")
    user_id = "locked-with" if has_scripts else "locked-without"
    page.get_by_label("Record input").fill(record(user_id))
    key = page.locator("input[name=key]").input_value()
    with sqlite_in(Path(served.variables["CONSOLE_DATA_DIR"])).locked():
        page.get_by_role("button", name="Create record(s)").click()
        expect(page.get_by_role("alert").filter(has_text=LOCKED)).to_be_visible(timeout=20_000)
        if has_scripts:
            # Without scripts, what axe promises is never kept.
            check_axe(page)
    assert record_input(page).input_value() == record(user_id)
    assert page.locator("input[name=key]").input_value() == key
    page.get_by_role("button", name="Create record(s)").click()
    expect(page.get_by_text("Success: 1 user record created or replaced.")).to_be_visible()
    expect(page.get_by_text(LOCKED)).to_have_count(0)
    assert [each["userId"] for each in served.local_records(ARN) if each["userId"] == user_id] == [user_id]
