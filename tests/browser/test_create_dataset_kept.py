"""Nothing that is typed on Create dataset is lost, and the existing schemas come when they are wanted."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import check_axe, held, sign_in
from tests.browser.test_create_dataset import PAGE, WRONG, schema_text

DATASETS = "/local/dataset-groups/newsroom/datasets/"


def test_typing_after_the_session_ended_keeps_the_schema_through_signing_in(operator_page: Page) -> None:
    page = operator_page
    page.goto(PAGE)
    page.get_by_label("Dataset name").fill("kept")
    page.context.clear_cookies()
    with page.expect_response(lambda response: response.request.method == "POST") as validated:
        page.get_by_label("Schema definition").fill(WRONG)
    assert validated.value.status == 204
    assert schema_text(page) == WRONG
    page.get_by_role("button", name="Create dataset", exact=True).click()
    expect(page.get_by_text("Your session has ended.")).to_be_visible()
    page.get_by_label("Username").fill("operator")
    page.get_by_label("Password").fill("operator")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_label("Dataset name")).to_have_value("kept")
    assert schema_text(page) == WRONG


def test_a_form_that_expired_keeps_the_schema(operator_page: Page) -> None:
    page = operator_page
    page.goto(PAGE)
    page.get_by_label("Schema definition").fill(WRONG)
    page.context.clear_cookies(name="csrftoken")
    page.get_by_role("button", name="Create dataset", exact=True).click()
    notice = page.get_by_role("alert").filter(has_text="This page was open for too long, so nothing was created.")
    expect(notice).to_be_focused()
    assert schema_text(page) == WRONG
    check_axe(page)
    page.get_by_role("button", name="Create dataset", exact=True).click()
    expect(page.get_by_text("Enter a name.").first).to_be_visible()


def test_the_schemas_are_listed_once_one_of_them_is_wanted(visitor: Page, request: pytest.FixtureRequest) -> None:
    page = visitor
    sign_in(page, "operator")
    page.goto(PAGE)
    page.get_by_label("Dataset name").fill("typed")
    page.get_by_label("Use an existing schema").check()
    if "without JavaScript" in request.node.name:
        page.get_by_role("button", name="List schemas").click()
        expect(page.get_by_label("Existing schema", exact=True)).to_be_focused()
    page.get_by_label("Existing schema", exact=True).select_option("loyalty-programme-users-schema")
    expect(page.get_by_role("button", name="List schemas")).to_be_hidden()
    expect(page.get_by_label("Dataset name")).to_have_value("typed")
    expect(page.get_by_label("Use an existing schema")).to_be_checked()


def test_listing_says_so_and_leaves_the_focus_where_it_is(operator_page: Page) -> None:
    page = operator_page
    page.goto(PAGE)
    with held(page, "**/create-dataset/"):
        page.get_by_label("Create a new schema").focus()
        page.keyboard.press("ArrowDown")
        expect(page.get_by_text("Listing the schemas…")).to_be_visible()
    expect(page.get_by_label("Existing schema", exact=True)).to_be_visible()
    expect(page.get_by_label("Use an existing schema")).to_be_focused()
    check_axe(page)


def test_the_list_under_problems_follows_what_is_mended(operator_page: Page) -> None:
    page = operator_page
    page.goto(PAGE)
    page.get_by_label("Dataset name").fill("readers")
    page.get_by_label("Schema name").fill("readers")
    page.get_by_label("Schema definition").fill(WRONG)
    page.get_by_role("button", name="Create dataset", exact=True).click()
    problems = page.get_by_role("region", name="Problems")
    expect(problems.get_by_role("listitem")).to_have_count(2)
    fixed = WRONG.replace("number", "int").replace('"USER_ID", "type": "int"', '"USER_ID", "type": "string"')
    page.get_by_label("Schema definition").fill(fixed)
    expect(page.get_by_text("All problems are fixed. Choose Create dataset again.")).to_be_visible()
    expect(problems).to_have_count(0)
    expect(problems.get_by_role("listitem")).to_have_count(0)


def test_leaving_with_what_was_entered_asks(operator_page: Page) -> None:
    page = operator_page
    page.goto(PAGE)
    page.get_by_role("link", name="Cancel").click()
    page.wait_for_url(f"**{DATASETS}")
    page.goto(PAGE)
    page.get_by_label("Schema name").fill("readers")
    page.get_by_role("link", name="Cancel").click()
    dialog = page.get_by_role("dialog", name="Leave page?")
    expect(dialog.get_by_text("Changes that were not sent will be lost.")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Create dataset", exact=True).click()
    expect(page.get_by_text("Enter a name.")).to_be_visible()
    page.get_by_role("link", name="Cancel").click()
    dialog.get_by_role("button", name="Leave").click()
    page.wait_for_url(f"**{DATASETS}")
