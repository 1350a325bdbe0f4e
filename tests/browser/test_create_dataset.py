"""From nothing to a user record in a dataset of one's own, and the editor of a new schema."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Watched, check_looks, expect_settled, in_each_look, page_as_wide, sign_in
from tests.browser.test_editor import expect_gutter
from tests.support.served import Served

# A custom dataset group of the demo that has no Users dataset.
PAGE = "/local/dataset-groups/newsroom/datasets/users/create-dataset/"
WRONG = """{
  "type": "record",
  "name": "Users",
  "fields": [
    {"name": "USER_ID", "type": "int"},
    {"name": "SINCE", "type": {"type": "long", "logicalType": "timestamp-millis"}},
    {"name": "AGE", "type": "number"}
  ]
}"""


def schema_text(page: Page) -> str:
    """Return the text that is sent: what the editor over it holds is in it too."""
    return page.locator("textarea[name=schema_text]").input_value()


@pytest.fixture
def served(written: Served) -> Served:
    """What is made here would stand in the lists that other tests look at."""
    return written


def reload_until_active(page: Page) -> None:
    """Reload a page until what it shows is Active, as a person would."""
    for _ in range(40):
        if page.get_by_text("Active", exact=True).count():
            return
        page.wait_for_timeout(250)
        page.reload()
    raise AssertionError("It did not become Active.")


def test_from_nothing_to_a_record(visitor: Page, served: Served, request: pytest.FixtureRequest) -> None:
    page = visitor
    group = "book-club-with" if "with JavaScript" in request.node.name else "book-club-without"
    sign_in(page, "operator")

    page.get_by_role("link", name="Create dataset group").click()
    page.get_by_label("Dataset group name").fill("book club")
    page.get_by_label("Video on demand").check()
    page.get_by_role("button", name="Create dataset group").click()
    expect(page.get_by_text("Expected only a-z, A-Z, 0-9, _ and -; found a space.")).to_be_visible()
    expect(page.get_by_label("Dataset group name")).to_be_focused()
    expect(page.get_by_label("Video on demand")).to_be_checked()
    page.get_by_label("Dataset group name").fill(group)
    page.get_by_role("button", name="Create dataset group").click()
    expect(page.get_by_text(f"The creation of the dataset group {group} has started.")).to_be_visible()
    expect(page.get_by_role("heading", name=group)).to_be_visible()
    reload_until_active(page)

    page.get_by_role("link", name="View datasets").click()
    page.get_by_role("row", name="Users").get_by_role("link", name="Create Users dataset").click()
    expect(page.get_by_role("heading", name="Create dataset", exact=True)).to_be_visible()
    assert '"SUBSCRIPTION_MODEL"' in schema_text(page)
    page.get_by_label("Dataset name").fill(f"{group}-users")
    page.get_by_label("Schema name").fill(f"{group}-users")
    page.get_by_label("Schema definition").fill(WRONG)
    page.get_by_role("button", name="Create dataset", exact=True).click()
    problems = page.get_by_role("region", name="Problems")
    expect(problems).to_be_focused()
    expect(problems.get_by_role("listitem")).to_have_text(
        [
            "Ln 5, Col 33 · USER_ID · The field USER_ID has the type int. Expected string, without null, as the type USERS in the domain VIDEO_ON_DEMAND has it.",
            'Ln 7, Col 29 · AGE · The field AGE has the type "number". Expected string, int, long, float, double, boolean, or a union of these with null.',
        ]
    )
    assert schema_text(page) == WRONG
    right = WRONG.replace('"USER_ID", "type": "int"', '"USER_ID", "type": "string"').replace("number", "int")
    page.get_by_label("Schema definition").fill(
        right.replace('{"type": "long", "logicalType": "timestamp-millis"}', '"long"')
    )
    page.get_by_role("button", name="Create dataset", exact=True).click()
    expect(page.get_by_text(f"The creation of the dataset {group}-users has started.")).to_be_visible()
    reload_until_active(page)

    page.get_by_role("button", name="Modify dataset").click()
    page.get_by_text("Create record", exact=True).click()
    expect(page.get_by_role("heading", name="Create user record(s)")).to_be_visible()
    expect_settled(page)
    page.get_by_label("Record input").fill('{"USER_ID": "ada", "SINCE": 1700000000, "AGE": 36}')
    page.get_by_role("button", name="Create record(s)").click()
    expect(page.get_by_text("Success: 1 user record created or replaced.")).to_be_visible()
    arn = f"arn:aws:personalize:us-east-1:000000000000:dataset/{group}/USERS"
    assert served.local_records(arn) == [{"userId": "ada", "properties": {"since": 1700000000, "age": 36}}]


def test_a_schema_is_validated_as_it_is_typed(operator_page: Page) -> None:
    page = operator_page
    page.goto(PAGE)
    page.get_by_label("Schema definition").fill(WRONG)
    expect(page.get_by_text("Errors: 2", exact=True)).to_be_visible()
    expect(page.get_by_text("Warnings: 1", exact=True)).to_be_visible()
    expect_gutter(page, line_5="error", line_6="warning", line_7="error")
    page.get_by_text("Errors: 2", exact=True).click()
    page.get_by_role("link", name="Ln 7, Col 29").click()
    expect(page.locator("[data-cursor]")).to_have_text("Ln 7, Col 29")
    page.get_by_label("Schema definition").fill(WRONG.replace("number", "int"))
    expect(page.get_by_text("Errors: 1", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Ln 5, Col 33")).to_be_visible()


def test_what_is_still_typed_is_shown_quietly(operator_page: Page) -> None:
    page = operator_page
    page.goto(PAGE)
    page.get_by_label("Schema definition").fill('{\n  "type": "record",\n  "name": ')
    expect(page.get_by_text("Errors: 1", exact=True)).to_be_visible()
    expect_gutter(page, line_3="hint")
    page.get_by_label("Dataset name").focus()
    expect_gutter(page, line_3="error")


def test_an_existing_schema_hides_the_editor_and_creates(operator_page: Page, served: Served) -> None:
    page = operator_page
    page.goto("/local/create-dataset-group/")
    page.get_by_label("Dataset group name").fill("reading-circle")
    page.get_by_role("button", name="Create dataset group").click()
    reload_until_active(page)
    page.goto("/local/dataset-groups/reading-circle/datasets/users/create-dataset/")
    page.get_by_label("Dataset name").fill("circle")
    page.get_by_label("Use an existing schema").check()
    expect(page.get_by_label("Schema definition")).to_be_hidden()
    page.get_by_label("Existing schema", exact=True).select_option("loyalty-programme-users-schema")
    page.get_by_role("button", name="Create dataset", exact=True).click()
    expect(page.get_by_role("row", name="LOYALTY_SCORE loyaltyScore double Yes No")).to_be_visible()


def test_a_keyboard_is_enough(operator_page: Page) -> None:
    page = operator_page
    page.goto("/local/create-dataset-group/")
    page.get_by_label("Dataset group name").focus()
    page.keyboard.type("by-keyboard")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Custom")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("E-commerce")).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="by-keyboard")).to_be_visible()
    reload_until_active(page)

    page.goto("/local/dataset-groups/by-keyboard/datasets/users/create-dataset/")
    page.get_by_label("Dataset name").focus()
    page.keyboard.type("users")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Use an existing schema")).to_be_checked()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Schema name")).to_be_focused()
    page.keyboard.type("by-keyboard-users")
    page.get_by_label("Schema definition").focus()
    page.keyboard.press("Control+Home")
    page.keyboard.press("Tab")
    assert re.match(r"^  \{", schema_text(page))
    page.keyboard.press("Escape")
    for _ in range(12):
        if page.evaluate("document.activeElement.textContent.trim()") == "Create dataset":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The creation of the dataset users has started.")).to_be_visible()


@in_each_look
def test_axe_finds_nothing_in_problems_and_nothing_is_wider_than_the_screen(
    browser: Browser, served: Served, faults: Watched, scheme: str, width: int
) -> None:
    page = page_as_wide(browser, served, faults, scheme, width)
    sign_in(page, "operator")
    page.goto("/local/create-dataset-group/")
    page.get_by_role("button", name="Create dataset group").click()
    check_looks(page, page.url, scheme, width)
    page.goto(PAGE)
    page.get_by_label("Schema definition").fill(WRONG)
    page.get_by_text("Errors: 2", exact=True).click()
    check_looks(page, page.url, scheme, width)
    page.get_by_role("button", name="Create dataset", exact=True).click()
    expect(page.get_by_role("region", name="Problems")).to_be_visible()
    check_looks(page, page.url, scheme, width)
    page.get_by_label("Use an existing schema").check()
    check_looks(page, page.url, scheme, width)
    page.context.close()
    assert faults == []
