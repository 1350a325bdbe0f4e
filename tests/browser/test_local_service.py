"""What the local service offers for demonstrations, in a real browser: with and without JavaScript, by keyboard."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import (
    Watched,
    check_looks,
    expect_settled,
    in_each_look,
    page_as_wide,
    record_input,
    sign_in,
)
from tests.clients.test_put_users import ARN, client
from tests.support.numbers import with_some
from tests.support.person import Person
from tests.support.served import Served

PAGE = "/local/simulate-responses/"
USERS = "/local/dataset-groups/video-streaming/datasets/users/"
VIDEO = ARN.format("video-streaming")


@pytest.fixture(autouse=True)
def nothing_simulated_afterwards(served: Served) -> Iterator[None]:
    yield
    Person(served, "operator").post(PAGE, intent="stop")


@pytest.fixture
def stored(served: Served) -> list[str]:
    """The ids of 25 users that are stored in a dataset of the demo, in order."""
    ids = [f"page {number:02}/?&%" for number in range(25)]
    users = [{"userId": each, "properties": json.dumps({"subscriptionModel": "Ads|Monthly"})} for each in ids]
    events: Any = client(served, "personalize-events")
    for start in range(0, 25, 10):
        events.put_users(datasetArn=VIDEO, users=users[start : start + 10])
    return ids


@with_some("visitor", 1)
def test_a_person_finds_a_user_and_sends_the_record_again(visitor: Page, stored: list[str]) -> None:
    page = visitor
    sign_in(page, "operator")
    page.goto(USERS)
    page.get_by_role("searchbox", name="Find users").fill("PAGE ")
    page.keyboard.press("Enter")
    panel = page.get_by_role("region", name="Users in this dataset")
    expect(panel.get_by_text("25 matches")).to_be_visible()
    panel.get_by_role("button", name="User ID").press("Enter")
    expect(panel.get_by_role("columnheader", name="User ID")).to_have_attribute("aria-sort", "descending")
    expect(panel.get_by_role("row").nth(1)).to_contain_text(stored[24])
    panel.get_by_role("button", name="User ID").press("Enter")
    expect(panel.get_by_role("row").nth(1)).to_contain_text(stored[0])
    panel.get_by_role("link", name="Next page").click()
    panel.get_by_role("link", name=stored[24]).click()
    expect(page.get_by_role("cell", name="Ads|Monthly")).to_be_visible()
    page.get_by_role("link", name="Edit and send again").click()
    expect(page.get_by_role("heading", name="Create user record(s)")).to_be_visible()
    expect_settled(page)
    assert json.loads(record_input(page).input_value()) == {
        "USER_ID": stored[24],
        "SUBSCRIPTION_MODEL": "Ads|Monthly",
    }
    page.go_back()
    page.get_by_role("link", name="View users in this dataset").click()
    expect(page.get_by_role("heading", name="Users in this dataset")).to_be_in_viewport()


@pytest.mark.usefixtures("stored")
def test_a_person_shows_the_profile_of_a_dataset_by_keyboard(operator_page: Page) -> None:
    page = operator_page
    page.goto(USERS)
    profile = page.get_by_role("region", name="Profile")
    profile.get_by_role("link", name="Show profile").press("Enter")
    expect(profile.get_by_role("status").filter(has_text="Counted on")).to_be_visible()
    expect(profile.get_by_role("rowheader", name="SUBSCRIPTION_MODEL")).to_be_visible()
    expect(profile.get_by_role("link", name="Count again")).to_be_focused()


def test_a_person_shows_a_failure_and_ends_it(visitor: Page) -> None:
    page = visitor
    sign_in(page, "operator")
    page.get_by_role("link", name="Simulate responses").click()
    page.get_by_label("Closed connection, without an answer").check()
    page.get_by_label("Number of calls").fill("4")
    page.get_by_role("button", name="Simulate", exact=True).click()
    banner = page.locator("#simulation")
    expect(banner).to_contain_text("4 of 4 calls left.")
    page.goto(f"{USERS}create-records/")
    expect_settled(page)
    page.get_by_label("Record input").fill('{"USER_ID": "shown", "SUBSCRIPTION_MODEL": "Ads"}')
    page.get_by_role("button", name="Create record(s)").click()
    expect(
        page.get_by_text("Unconfirmed: The connection was closed before the local service responded")
    ).to_be_visible()
    # The banner follows at once.
    expect(banner).to_contain_text("1 of 4 calls left.")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("Success: 1 user record created or replaced.")).to_be_visible()
    expect(banner).to_be_empty()
    page.get_by_role("link", name="Simulate responses").click()
    page.get_by_label("All calls, until it is switched off").check()
    page.get_by_role("button", name="Simulate", exact=True).click()
    page.get_by_role("button", name="Stop simulating").click()
    expect(
        page.get_by_text("Responses are no longer simulated: every Put operation responds normally.")
    ).to_be_visible()
    expect(banner).to_be_empty()


def test_it_is_switched_on_by_keyboard_alone(operator_page: Page) -> None:
    page = operator_page
    page.goto(PAGE)
    page.get_by_label("ThrottlingException (HTTP 400)").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("AccessDeniedException (HTTP 403)")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.type("0.1")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("2")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Simulate", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#simulation")).to_contain_text(
        "Every Put operation responds after 0.1 seconds, with: AccessDeniedException (HTTP 403). 2 of 2 calls left."
    )


@with_some("visitor", 1)
def test_an_administrator_puts_the_demo_back(visitor: Page, served: Served, stored: list[str]) -> None:
    page = visitor
    sign_in(page, "administrator")
    page.get_by_role("link", name="Reset demo data").click()
    expect(page.get_by_text("This cannot be undone.")).to_be_visible()
    page.get_by_role("link", name="Cancel").click()
    assert len(served.local_records(VIDEO)) >= len(stored)
    page.get_by_role("link", name="Reset demo data").click()
    page.get_by_role("button", name="Reset demo data").click()
    expect(page.get_by_text("The demo data was reset.")).to_be_visible()
    assert not {each["userId"] for each in served.local_records(VIDEO)} & set(stored)


@in_each_look
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    browser: Browser, served: Served, faults: Watched, stored: list[str], scheme: str, width: int
) -> None:
    page = page_as_wide(browser, served, faults, scheme, width)
    sign_in(page, "administrator")
    page.goto(PAGE)
    page.get_by_label("Number of calls").fill("0")
    page.get_by_label("Delay in seconds").fill("soon")
    page.get_by_role("button", name="Simulate", exact=True).click()
    expect(page.get_by_text("Expected a whole number of calls from 1 to 1000.")).to_be_visible()
    check_looks(page, page.url, scheme, width)
    page.get_by_label("Number of calls").fill("5")
    page.get_by_label("Delay in seconds").fill("0.2")
    page.get_by_role("button", name="Simulate", exact=True).click()
    expect(page.locator("#simulation")).to_contain_text("5 of 5 calls left.")
    check_looks(page, page.url, scheme, width)
    long = "x" * 300
    for path in (
        f"{USERS}?filter=page",
        f"{USERS}?filter={long}",
        f"/local/dataset-groups/?filter={long}",
        f"{USERS}stored-record/?record_id={long}",
        "/local/reset-demo-data/",
    ):
        page.goto(path)
        check_looks(page, page.url, scheme, width)
    page.goto(USERS)
    page.get_by_role("link", name=stored[0]).click()
    check_looks(page, page.url, scheme, width)
    page.context.close()
    assert faults == []
