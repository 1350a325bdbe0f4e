"""The time zone of a person's settings, and what a narrow table says, in a real browser."""

import re

from playwright.sync_api import Page, expect


def choose(page: Page, zone: str) -> None:
    page.goto("/settings/?next=/local/dataset-groups/")
    page.get_by_label("Time zone").select_option(zone)
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_text("The settings are saved.")).to_be_visible()


def test_times_are_in_the_chosen_zone_whatever_the_browser_s_is(operator_page: Page) -> None:
    page = operator_page
    created = page.locator("#table-rows time").first
    choose(page, "Asia/Kathmandu")
    try:
        expect(created).to_have_text(re.compile(r" UTC\+05:45$"))
        expect(created).to_have_attribute("title", re.compile(" GMT$"))
        page.set_viewport_size({"width": 320, "height": 800})
        shown = page.locator("#table-rows").evaluate("table => getComputedStyle(table, '::before').display")
        assert shown == "block"
        expect(page.get_by_text("Find dataset group by name")).to_be_in_viewport()
    finally:
        choose(page, "")
    expect(created).to_have_text(re.compile(" GMT$"))
    expect(created).to_have_attribute("title", re.compile("."))
