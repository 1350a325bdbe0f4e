"""Submissions in a real browser: found by filters, opened, exported, and a known record changed by one field."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import LOOKS, check_looks, expect_settled, record_input, sign_in
from tests.support.numbers import some_of, with_or_without
from tests.support.person import Person
from tests.support.served import Served

GROUP = "/local/dataset-groups/loyalty-programme"
CREATE = f"{GROUP}/datasets/users/create-records/"


def send(page: Page, user_id: str, **more: object) -> None:
    """Send a user, on a page of its own."""
    record = {"USER_ID": user_id, "MEMBERSHIP_TYPE": "Gold", "MEMBER_SINCE": 1, "TOTAL_SPEND": 1, "NEWSLETTER": True}
    page.goto(CREATE)
    expect_settled(page)
    page.get_by_label("Record input").fill(json.dumps(record | more))
    page.get_by_role("button", name="Create record(s)").click()
    expect(page.get_by_text("Success:")).to_be_visible()


def test_a_submission_is_found_by_filters_opened_and_exported(visitor: Page, tmp_path: Path) -> None:
    page = visitor
    sign_in(page, "operator")
    for user_id in ("found-me", "found-me-not"):
        send(page, user_id)
    page.goto(f"{GROUP}/submissions/?sort=person")
    page.locator("summary", has_text="Filters").click()
    page.get_by_label("Record ID (whole ID)").fill("found-me")
    page.locator("#filter-outcome").select_option("Created")
    page.get_by_role("button", name="Apply filters").click()
    rows = page.locator("[data-row]")
    expect(page.locator("#table-rows")).not_to_contain_text("found-me-not")
    expect(rows.first).to_contain_text("found-me")
    expect(page).to_have_url(re.compile("record_id=found-me(&|$)"))
    expect(page).to_have_url(re.compile("outcome=created(&|$)"))
    page.get_by_role("button", name="Submitted").click()
    expect(page.get_by_role("columnheader", name="Submitted")).to_have_attribute("aria-sort", "ascending")
    expect(page).to_have_url(re.compile("record_id=found-me(&|$)"))
    with page.expect_download() as download:
        page.get_by_role("link", name="JSON Lines", exact=True).click()
    download.value.save_as(tmp_path / "file")
    lines = [json.loads(line) for line in (tmp_path / "file").read_text().splitlines()]
    assert {tuple(line["record_ids"]) for line in lines} == {("found-me",)}
    rows.first.get_by_role("link").click()
    expect(page.get_by_role("heading", name="Submission", level=1)).to_be_visible()
    page.get_by_role("link", name="found-me").click()
    expect(page.get_by_role("heading", name="User history", level=1)).to_be_visible()


def test_a_known_record_is_changed_by_one_field_and_keeps_the_others(visitor: Page) -> None:
    page = visitor
    sign_in(page, "operator")
    send(page, "known", CITY="Bern", AGE=30)
    page.goto(CREATE)
    expect_settled(page)
    page.get_by_label("Change a user that was sent before").fill("known")
    page.get_by_role("button", name="Load known record").click()
    expect(record_input(page)).to_have_value(re.compile('"AGE": 30,'))
    page.goto(CREATE)
    expect_settled(page)
    expect(page.get_by_role("button", name="Restore draft")).to_be_hidden()
    page.get_by_label("Change a user that was sent before").fill("known")
    page.get_by_role("button", name="Load known record").click()
    expect(record_input(page)).to_have_value(re.compile('"AGE": 30,'))
    page.get_by_label("Record input").fill(record_input(page).input_value().replace('"AGE": 30', '"AGE": 31'))
    page.get_by_role("button", name="Validate only").click()
    expect(page.get_by_text("Changes: age.")).to_be_visible()
    page.get_by_role("button", name="Create record(s)").click()
    expect(page.get_by_text("Success:")).to_be_visible()
    page.goto(f"{GROUP}/datasets/users/record-history/?record_id=known")
    first = page.get_by_role("article").first
    expect(first.get_by_role("row")).to_have_count(2)
    expect(first).to_contain_text("Changed3031")


def test_enter_loads_the_known_record_of_who_was_typed(operator_page: Page) -> None:
    page = operator_page
    send(page, "by-enter", CITY="Chur")
    page.goto(CREATE)
    field = page.get_by_label("Change a user that was sent before")
    field.fill("by-enter")
    field.press("Enter")
    expect(record_input(page)).to_have_value(re.compile('"CITY": "Chur"'))


def test_the_steps_through_pages_stand_in_a_line_on_a_phone(operator_page: Page) -> None:
    page = operator_page
    send(page, "on-a-phone")
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{GROUP}/submissions/")
    steps = page.get_by_role("navigation", name="Pages").locator("li")
    places = [step.bounding_box() for step in steps.all()]
    assert len(places) == 4
    assert len({place["y"] for place in places if place}) == 1


def test_axe_finds_nothing_in_a_submission_and_a_history(operator_page: Page) -> None:
    page = operator_page
    send(page, "looked-at-with-an-id-that-is-as-long-as-some-programs-make-them", CITY="Bern " * 20)
    for scheme, width in some_of(LOOKS, 0):
        page.set_viewport_size({"width": width, "height": 640})
        page.emulate_media(color_scheme=scheme)
        page.goto(f"{GROUP}/submissions/?filter=looked-at&person=operator")
        check_looks(page, page.url, scheme, width)
        page.locator("[data-row] a").first.click()
        page.get_by_text("Record input, as typed").click()
        check_looks(page, page.url, scheme, width)
        page.get_by_role("link", name="looked-at").click()
        expect(page.get_by_role("heading", name="User history", level=1)).to_be_visible()
        check_looks(page, page.url, scheme, width)


@pytest.mark.parametrize("has_scripts", some_of([True, False], 0), ids=with_or_without)
def test_pages_lead_to_both_ends_and_to_a_day(browser: Browser, served: Served, *, has_scripts: bool) -> None:
    context = browser.new_context(base_url=served.url, java_script_enabled=has_scripts)
    page = context.new_page()
    sign_in(page, "operator")
    operator = Person(served, "operator")
    prefix = "paged-with" if has_scripts else "paged-without"
    for number in range(22):
        record = {"USER_ID": f"{prefix}-{number:02}", "MEMBERSHIP_TYPE": "Gold", "MEMBER_SINCE": 1, "TOTAL_SPEND": 1}
        operator.post(CREATE, record_input=json.dumps(record | {"NEWSLETTER": True}), intent="create")
    page.goto(f"{GROUP}/submissions/?filter={prefix}-")
    rows = page.locator("[data-row]")
    expect(rows).to_have_count(20)
    expect(rows.first).to_contain_text(f"{prefix}-21")
    newest = rows.first.get_attribute("data-row")
    page.get_by_role("link", name="Next page").click()
    expect(page).to_have_url(re.compile(rf"\?filter={prefix}-&after=[0-9a-f-]{{36}}$"))
    expect(rows.first).not_to_have_attribute("data-row", newest or "")
    page.get_by_role("link", name="First page").click()
    expect(rows.first).to_have_attribute("data-row", newest or "")
    page.get_by_role("link", name="Last page").click()
    expect(page).to_have_url(re.compile("end=last$"))
    expect(rows.last).to_contain_text(f"{prefix}-00")
    expect(rows).to_have_count(20)
    page.get_by_label("Go to date").fill("2030-01-01")
    page.get_by_role("button", name="Go", exact=True).click()
    expect(page).to_have_url(re.compile(rf"\?filter={prefix}-&date=2030-01-01$"))
    expect(rows.first).to_have_attribute("data-row", newest or "")
    context.close()
