"""An event tracker from its creation to its deletion, in a real browser: with and without JavaScript, by keyboard."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import check_axe, sign_in
from tests.browser.test_create_dataset import reload_until_active

# A dataset group of the demo that has no event tracker.
GROUP = "/local/dataset-groups/member-profiles/"
TRACKING_ID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def has_scripts(page: Page) -> bool:
    return page.get_by_role("button", name="Copy ARN").count() > 0


def reload_until_gone(page: Page, rows: Locator) -> None:
    """Reload a list until it has no rows, as a person would."""
    for _ in range(40):
        if not rows.count():
            return
        page.wait_for_timeout(250)
        page.reload()
    raise AssertionError("It is still there.")


def test_an_event_tracker_is_created_found_and_deleted(visitor: Page) -> None:
    page = visitor
    sign_in(page, "operator")
    page.goto(GROUP)
    page.get_by_role("link", name="Event trackers").click()
    expect(page.get_by_role("heading", name="Event trackers (0)")).to_be_visible()
    page.get_by_role("link", name="Create event tracker").first.click()
    expect(page.get_by_text("This dataset group has no Item interactions dataset.")).to_be_visible()

    name = page.get_by_label("Event tracker name")
    name.fill("member clicks")
    name.press("Enter")
    expect(page.get_by_text("Expected only a-z, A-Z, 0-9, _ and -; found a space.")).to_be_visible()
    expect(name).to_be_focused()
    expect(name).to_have_value("member clicks")
    name.fill("member-clicks")
    name.press("Enter")
    expect(page.get_by_role("heading", name="member-clicks")).to_be_visible()
    expect(page.get_by_text("The creation of the event tracker member-clicks has started.")).to_be_visible()
    if has_scripts(page):
        # The page asks by itself.
        expect(page.get_by_text("Active", exact=True)).to_be_visible()
        check_axe(page)
    reload_until_active(page)
    expect(page.get_by_text(TRACKING_ID)).to_be_visible()

    page.get_by_role("link", name="Event trackers").first.click()
    page.get_by_role("radio", name="Select member-clicks").check()
    page.get_by_role("button", name="Delete").press("Enter")
    expect(page.get_by_role("heading", name="Delete event tracker")).to_be_visible()
    deletion = page.get_by_label("Type delete to confirm")
    deletion.fill("remove")
    deletion.press("Enter")
    expect(page.get_by_text("Nothing was deleted. Type delete to confirm.")).to_be_visible()
    expect(deletion).to_be_focused()
    deletion.fill("delete")
    deletion.press("Enter")
    expect(page.get_by_text("The event tracker member-clicks is being deleted.").first).to_be_visible()
    expect(page.get_by_role("heading", name=re.compile("Event trackers"))).to_be_visible()
    rows = page.locator("#table-rows tbody tr")
    reload_until_gone(page, rows)
    expect(page.get_by_text("This dataset group has no event tracker.")).to_be_visible()


def test_the_tracking_id_is_copied(operator_page: Page) -> None:
    page = operator_page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/local/dataset-groups/loyalty-programme/event-trackers/e896f116/")
    page.get_by_role("button", name="Copy tracking ID").press("Enter")
    expect(page.get_by_text("Copied", exact=True)).to_be_visible()
    page.get_by_role("link", name="Event trackers").first.click()
    field = page.get_by_role("searchbox", name="Find event tracker by name")
    field.press("ControlOrMeta+v")
    expect(field).to_have_value("e896f116-9846-58c2-9486-6bb57b8a5279")


def test_a_double_click_creates_one(operator_page: Page) -> None:
    page = operator_page
    page.goto("/local/dataset-groups/member-profiles/create-event-tracker/")
    page.get_by_label("Event tracker name").fill("twice")
    page.get_by_role("button", name="Create event tracker").dblclick()
    expect(page.get_by_role("heading", name="twice")).to_be_visible()
    reload_until_active(page)
    page.get_by_role("link", name="Event trackers").first.click()
    rows = page.locator("#table-rows tbody tr")
    expect(rows).to_have_count(1)
    page.get_by_role("link", name="twice").click()
    page.get_by_role("link", name="Delete").click()
    page.get_by_label("Type delete to confirm").fill("delete")
    page.get_by_role("button", name="Delete").dblclick()
    expect(page.get_by_role("heading", name=re.compile("Event trackers"))).to_be_visible()
    # The list asks by itself until it is gone, and then offers to create the next one.
    expect(rows).to_have_count(0)
    expect(page.get_by_role("link", name="Create event tracker")).to_have_count(2)
