"""What htmx and the scripts add, by keyboard alone."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Watched, record_input, sign_in

PAGE = "/local/dataset-groups/online-shop/datasets/users/"


def test_the_menu_works_as_a_menu_button(operator_page: Page) -> None:
    page = operator_page
    page.goto(PAGE)
    trigger = page.get_by_role("button", name="Modify dataset")
    item = page.get_by_role("menuitem", name="Create record")
    trigger.focus()
    page.keyboard.press("ArrowDown")
    expect(item).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Home")
    expect(item).to_be_focused()
    page.keyboard.press("Escape")
    expect(item).to_be_hidden()
    expect(trigger).to_be_focused()
    page.keyboard.press("Enter")
    expect(item).to_be_focused()
    page.keyboard.press("Tab")
    expect(item).to_be_hidden()
    trigger.focus()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("menuitem", name="Delete dataset")).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press(" ")
    expect(page.get_by_role("heading", name="Create user record(s)")).to_be_visible()


def test_what_cannot_be_done_is_in_the_menu_with_its_reason(visitor: Page) -> None:
    page = visitor
    sign_in(page, "viewer")
    page.goto(PAGE)
    page.get_by_role("button", name="Modify dataset").focus()
    page.keyboard.press("Enter")
    item = page.locator("#modify-dataset").get_by_text("Create record", exact=True)
    if item.get_attribute("role") == "menuitem":
        expect(item).to_be_focused()
    expect(item).to_have_attribute("aria-disabled", "true")
    expect(item).to_have_accessible_description(
        "Your role, viewer, may not create, replace or delete anything. Ask an administrator for a role."
    )
    item.focus()
    page.keyboard.press("Enter")
    expect(item).to_be_visible()
    expect(page).to_have_url(re.compile(f"{PAGE}$"))


def test_the_focus_goes_to_the_first_problem_and_then_to_the_response(operator_page: Page) -> None:
    page = operator_page
    page.goto(f"{PAGE}create-records/")
    editor, button = page.get_by_label("Record input"), page.get_by_role("button", name="Create record(s)")
    spoken = page.locator("[aria-live=assertive]")
    expect(spoken).to_have_text("")
    editor.fill('{"USER_ID": true, "MEMBERSHIP_STATUS": "a"}')
    button.focus()
    page.keyboard.press("Enter")
    problems = page.get_by_role("region", name="Problems")
    expect(problems.get_by_role("link", name="Ln 1, Col 13")).to_be_focused()
    expect(spoken).to_have_text("Error, 1 problem.")
    expect(editor).to_have_attribute("aria-invalid", "true")
    above, below = problems.bounding_box(), button.bounding_box()
    assert above
    assert below
    assert above["y"] + above["height"] <= below["y"]
    page.keyboard.press("Enter")
    expect(editor).to_be_focused()
    editor.fill('{"USER_ID": "u", "MEMBERSHIP_STATUS": "a"}')
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Response")).to_be_focused()
    expect(spoken).to_have_text("")
    expect(editor).not_to_have_attribute("aria-invalid", "true")


def test_in_the_form_the_focus_goes_to_the_first_control_that_is_wrong(operator_page: Page) -> None:
    page = operator_page
    page.goto(f"{PAGE}create-records/?view=form")
    page.get_by_label("USER_ID").fill("u")
    page.get_by_role("button", name="Create record(s)").click()
    control = page.get_by_label("MEMBERSHIP_STATUS", exact=True)
    expect(control).to_be_focused()
    expect(control).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_role("group", name="Record 1").get_by_text("Not filled in yet.")).to_be_visible()


def test_a_skip_link_leads_to_the_main_content(operator_page: Page) -> None:
    page = operator_page
    page.goto(PAGE)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_copies_an_arn(operator_page: Page) -> None:
    page = operator_page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(PAGE)
    page.get_by_role("button", name="Copy ARN").first.click()
    expect(page.get_by_text("Copied", exact=True)).to_be_visible()
    arn = "arn:aws:personalize:us-east-1:000000000000:dataset/online-shop/USERS"
    # No page of the console may read the clipboard; a person pastes.
    page.goto("/local/dataset-groups/")
    field = page.get_by_role("searchbox")
    field.focus()
    page.keyboard.press("ControlOrMeta+v")
    expect(field).to_have_value(arn)


def test_no_answer_leaves_the_text_and_says_so(operator_page: Page, faults: Watched) -> None:
    page = operator_page
    page.goto(f"{PAGE}create-records/")
    page.get_by_label("Record input").fill("typed")
    page.route("**/create-records/", lambda route: route.abort())
    page.get_by_role("button", name="Create record(s)").click()
    alert = page.get_by_role("alert").filter(has_text="The console did not respond. Your text is still here.")
    expect(alert).to_be_focused()
    assert record_input(page).input_value() == "typed"
    page.unroute("**/create-records/")
    page.get_by_role("button", name="Create record(s)").click()
    expect(page.get_by_role("region", name="Problems")).to_be_visible()
    expect(alert).to_be_hidden()
    # htmx tells the browser's console of the request that was cut off.
    faults.clear()
