"""The view Form of Record input, with scripts and without."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import (
    Watched,
    check_looks,
    expect_no_draft,
    expect_settled,
    held,
    in_each_look,
    record_input,
    sign_in,
)
from tests.support.served import Served

PAGE = "/local/dataset-groups/loyalty-programme/datasets/users/create-records/"
ARN = "arn:aws:personalize:us-east-1:000000000000:dataset/loyalty-programme/USERS"


@pytest.fixture
def form(operator_page: Page) -> Page:
    operator_page.goto(PAGE)
    operator_page.get_by_role("button", name="Form", exact=True).click()
    expect(operator_page.get_by_role("group", name="Record 1")).to_be_visible()
    return operator_page


def fill_in(page: Page, user_id: str) -> None:
    page.get_by_label("USER_ID").fill(user_id)
    page.get_by_label("MEMBERSHIP_TYPE").fill("Premium Class|Legacy Member")
    page.get_by_label("MEMBER_SINCE").fill("1600000000")
    page.get_by_label("TOTAL_SPEND").fill("129.9")
    page.locator("[name=value-1-NEWSLETTER]").select_option("true")


def paste(page: Page, text: str) -> None:
    """Paste a text into the control that has the focus."""
    page.evaluate(
        """(text) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/plain", text);
          const paste = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
          document.activeElement.dispatchEvent(paste);
        }""",
        text,
    )


def test_records_are_filled_in_and_sent(visitor: Page, served: Served, request: pytest.FixtureRequest) -> None:
    page = visitor
    user_id = "form-with" if "with JavaScript" in request.node.name else "form-without"
    sign_in(page, "operator")
    page.goto(PAGE)
    expect_settled(page)
    page.get_by_role("button", name="Form", exact=True).click()
    fill_in(page, user_id)
    page.get_by_label("No value for GENDER").check()
    page.get_by_role("button", name="Create record(s)").click()
    expect(page.get_by_text("Success: 1 user record created or replaced.")).to_be_visible()
    stored = {
        "gender": None,
        "membershipType": "Premium Class|Legacy Member",
        "memberSince": 1600000000,
        "totalSpend": 129.9,
        "newsletter": True,
    }
    assert {"userId": user_id, "properties": stored} in served.local_records(ARN)
    page.get_by_role("link", name="Create another").click()
    expect(page.get_by_label("USER_ID")).to_have_value("")


def test_rows_pasted_into_a_control_spread_over_the_cards(form: Page) -> None:
    page = form
    rows = "USER_ID\tAGE\tMEMBERSHIP_TYPE\nu-1\t34.0\tGold\nu-2\t\tBasic\n"
    page.get_by_label("TOTAL_SPEND").focus()
    paste(page, rows)
    expect(page.get_by_text("Detected: 2 rows of a spreadsheet in USER_ID of record 1.", exact=True)).to_be_visible()
    page.get_by_role("button", name="Turn into records").click()
    expect(page.get_by_role("group", name="Record 2").get_by_label("USER_ID")).to_have_value("u-2")
    expect(page.locator("[name=value-1-AGE]")).to_have_value("34")


def test_what_is_wrong_stands_beside_its_control_once_it_is_left(form: Page) -> None:
    page = form
    expect(page.locator(".field-error p")).to_have_count(0)
    total = page.get_by_label("TOTAL_SPEND")
    total.fill("much")
    expect(page.get_by_text("Errors: 5", exact=True)).to_be_visible()
    expect(page.locator(".field-error p")).to_have_count(0)
    page.get_by_label("MEMBER_SINCE").focus()
    expect(page.locator("#problem-1-TOTAL_SPEND")).to_contain_text("found the text “much”.")
    expect(total).to_have_attribute("aria-invalid", "true")
    since = page.get_by_label("MEMBER_SINCE")
    since.fill("3")
    since.fill("")
    page.get_by_label("USER_ID").focus()
    expect(page.locator("#problem-1-MEMBER_SINCE")).to_have_text("Not filled in yet. Enter a value.")
    page.get_by_role("button", name="Create record(s)").click()
    expect(page.locator(".field-error p")).to_have_count(5)
    page.get_by_role("region", name="Problems").get_by_role("link", name="Record 1, TOTAL_SPEND").click()
    expect(total).to_be_focused()
    total.fill("5")
    expect(page.get_by_role("region", name="Problems").get_by_role("listitem")).to_have_count(4)
    expect(total).not_to_have_attribute("aria-invalid", "true")
    fill_in(page, "u-1")
    expect(page.get_by_role("region", name="Request")).to_contain_text("1 of at most 10")
    expect(page.get_by_text("All problems are fixed.")).to_be_visible()
    expect(page.get_by_role("region", name="Problems")).to_have_count(0)


def test_typing_says_that_there_is_a_value(form: Page) -> None:
    page = form
    no_value = page.get_by_label("No value for CITY")
    no_value.check()
    page.get_by_label("CITY - optional").fill("Bern")
    expect(no_value).not_to_be_checked()
    page.get_by_label("AGE - optional").fill("1,234")
    page.get_by_role("button", name="Use the number").click()
    expect(page.get_by_label("AGE - optional")).to_have_value("1234")
    expect(page.get_by_label("AGE - optional")).to_be_focused()
    page.get_by_role("button", name="JSON", exact=True).click()
    expect(page.locator(".code-editor")).to_be_visible()
    assert json.loads(record_input(page).input_value())[0]["CITY"] == "Bern"


def test_records_are_added_duplicated_and_removed_in_place(form: Page) -> None:
    page = form
    fill_in(page, "one")
    page.get_by_role("button", name="Duplicate record 1").click()
    expect(page.get_by_role("group", name="Record 2").get_by_label("USER_ID")).to_have_value("one")
    page.get_by_role("button", name="Add record").click()
    expect(page.get_by_role("group", name="Record 3").get_by_label("USER_ID")).to_be_focused()
    page.keyboard.type("three")
    page.get_by_role("button", name="Remove record 1").click()
    expect(page.get_by_role("group", name="Record 3")).to_have_count(0)
    expect(page.get_by_role("group", name="Record 2").get_by_label("USER_ID")).to_have_value("three")


def test_enter_sends_nothing(form: Page) -> None:
    page = form
    fill_in(page, "entered")
    page.get_by_label("TOTAL_SPEND").press("Enter")
    expect(page.get_by_text("The record input is valid. Nothing was sent.")).to_be_visible()


def test_the_draft_of_a_form_comes_back(form: Page) -> None:
    page = form
    page.get_by_label("USER_ID").fill("drafted")
    expect(page.get_by_text("Errors: 4", exact=True)).to_be_visible()
    page.goto(f"{PAGE}?view=form")
    page.get_by_role("button", name="Restore draft").click()
    expect(page.get_by_label("USER_ID")).to_have_value("drafted")
    fill_in(page, "drafted")
    page.get_by_role("button", name="Create record(s)").click()
    expect(page.get_by_text("Success:")).to_be_visible()
    expect_no_draft(page)


@in_each_look
def test_axe_finds_nothing_in_the_form(form: Page, scheme: str, width: int, faults: Watched) -> None:
    page = form
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # A literal type.
    page.set_viewport_size({"width": width, "height": 800})
    page.get_by_role("button", name="Add record").click()
    page.get_by_role("group", name="Record 2").get_by_label("TOTAL_SPEND").fill("much")
    page.get_by_role("button", name="Create record(s)").click()
    expect(page.get_by_role("region", name="Problems")).to_be_visible()
    check_looks(page, "the form", scheme, width)
    page.get_by_role("button", name="Table", exact=True).click()
    expect(page.get_by_label("TOTAL_SPEND, record 2", exact=True)).to_have_value("much")
    check_looks(page, "the table", scheme, width)


@pytest.mark.parametrize("name", ["Form", "JSON"])
def test_a_double_click_on_the_view_sends_nothing(form: Page, name: str) -> None:
    page = form
    fill_in(page, "doubled")
    expect(page.get_by_role("region", name="Request")).to_contain_text("1 of at most 10")
    page.get_by_role("button", name=name, exact=True).dblclick()
    page.wait_for_load_state("networkidle")
    expect(page.get_by_text("Once the records are sent, the result of the import is shown here.")).to_be_visible()


def test_what_is_chosen_instead_of_a_value_is_what_is_sent(form: Page) -> None:
    page = form
    no_value, city = page.get_by_label("No value for CITY"), page.locator("#value-1-CITY")
    fill_in(page, "chosen")
    city.fill("Bern")
    expect(page.get_by_role("region", name="Request")).to_contain_text("Bern")
    no_value.check()
    expect(city).to_have_value("")
    expect(page.get_by_role("region", name="Request")).to_contain_text('\\"city\\":null')
    no_value.uncheck()
    expect(city).to_have_value("Bern")
    city.fill("")
    expect(page.get_by_role("region", name="Request")).not_to_contain_text("city")


def test_what_has_line_breaks_gets_a_control_that_keeps_them(form: Page) -> None:
    page = form
    assert page.locator(".card textarea").count() == 0
    page.get_by_label("CITY - optional").fill("Zürich")
    page.keyboard.press("End")
    paste(page, "\nOerlikon")
    expect(page.locator("textarea#value-1-CITY")).to_have_value("Zürich\nOerlikon")
    page.get_by_role("button", name="JSON", exact=True).click()
    expect(page.locator(".code-editor")).to_be_visible()
    assert json.loads(record_input(page).input_value())[0]["CITY"] == "Zürich\nOerlikon"


def test_nothing_is_typed_into_cards_that_are_about_to_go(form: Page) -> None:
    page = form
    editor = page.locator("#record-editor")
    with held(page, "**/create-records/**"):
        page.get_by_role("button", name="Add record").click()
        expect(editor).to_have_js_property("inert", True)
    expect(page.get_by_role("group", name="Record 2")).to_be_visible()
    expect(editor).to_have_js_property("inert", False)
    page.unroute_all()


def test_a_click_is_not_lost_when_a_problem_appears(form: Page) -> None:
    page = form
    page.get_by_label("TOTAL_SPEND").fill("much")
    duplicate = page.get_by_role("button", name="Duplicate record 1")
    duplicate.scroll_into_view_if_needed()
    box = duplicate.bounding_box()
    assert box
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    page.wait_for_timeout(200)
    page.mouse.up()
    expect(page.get_by_role("group", name="Record 2")).to_be_visible()


def test_a_form_has_a_draft_without_the_server(form: Page) -> None:
    page = form
    page.context.clear_cookies(name="sessionid")
    page.get_by_label("USER_ID").fill("without a session")
    page.get_by_label("TOTAL_SPEND").fill("5")
    page.goto(PAGE)
    page.get_by_label("Username").fill("operator")
    page.get_by_label("Password").fill("operator")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Restore draft").click()
    expect(page.get_by_label("USER_ID")).to_have_value("without a session")
    expect(page.get_by_label("TOTAL_SPEND")).to_have_value("5")


def test_the_focus_stays_on_the_page_when_the_last_card_goes(form: Page) -> None:
    page = form
    page.get_by_role("button", name="Remove record 1").press("Enter")
    expect(page.get_by_text("No records.")).to_be_visible()
    expect(page.locator("#cards")).to_be_focused()


def test_going_back_finds_the_form_as_it_was(form: Page) -> None:
    page = form
    fill_in(page, "back")
    page.get_by_role("link", name="Cancel").click()
    page.get_by_role("dialog").get_by_role("button", name="Leave").click()
    expect(page.get_by_role("heading", name="loyalty-programme-users")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("TOTAL_SPEND")).to_have_value("129.9")
    expect(page.get_by_role("region", name="Request")).to_contain_text("1 of at most 10")


def test_a_table_has_the_keys_of_a_spreadsheet_and_cards_fold(form: Page) -> None:
    page = form
    page.get_by_role("button", name="Table", exact=True).click()
    cell = page.get_by_label("USER_ID, record 1", exact=True)
    cell.focus()
    heading = "USER_ID\tGENDER\tAGE\tMEMBERSHIP_TYPE\tMEMBER_SINCE\tTOTAL_SPEND\tNEWSLETTER\n"
    paste(page, heading + 'u-1\tf\t34\tGold\t1\t2\tTRUE\nu-2\t"say ""a""\tb"\told\tBasic\t1\t2\tfalse\n')
    expect(page.get_by_label("GENDER, record 2", exact=True)).to_have_value('say "a"\tb')
    expect(page.locator("#problem-2-AGE")).to_contain_text("Expected a whole number")
    paste(page, "x\n" * 11)
    expect(page.locator(".grid-refusal")).to_contain_text("Nothing was pasted: there are 11 rows of 1 cell")
    cell.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("USER_ID, record 2", exact=True)).to_be_focused()
    page.keyboard.press("Tab")
    age = page.get_by_label("AGE, record 2", exact=True)
    expect(age).to_be_focused()
    page.keyboard.press("Control+.")
    expect(page.get_by_label("No value for AGE, record 2")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_label("GENDER, record 1", exact=True)).to_be_focused()
    # A cell that was come to is left at once, one that was typed into not before its text ends.
    page.keyboard.press("ArrowLeft")
    first_age = page.get_by_label("AGE, record 1", exact=True)
    expect(first_age).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_label("GENDER, record 1", exact=True)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.type("35")
    page.keyboard.press("ArrowLeft")
    expect(first_age).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_label("GENDER, record 1", exact=True)).to_be_focused()
    page.get_by_role("button", name="Form", exact=True).click()
    expect(page.get_by_role("group", name="Record 2: u-2")).to_be_visible()
    second = page.locator("#record-2")
    expect(second.get_by_label("No value for AGE")).to_be_checked()
    page.get_by_role("button", name="Collapse all").click()
    expect(second.get_by_label("USER_ID")).to_be_hidden()
    second.locator("summary").click()
    second.get_by_label("TOTAL_SPEND").fill("much")
    second.get_by_label("USER_ID").fill("u-3")
    expect(second.get_by_text("Expected a number")).to_be_visible()
    page.get_by_role("button", name="Collapse all").click()
    expect(page.get_by_role("group", name="Record 2: u-3").get_by_label("TOTAL_SPEND")).to_be_visible()
    page.get_by_role("button", name="JSON", exact=True).click()
    expect(record_input(page)).to_have_value(re.compile('"u-3"'))
    second_record = json.loads(record_input(page).input_value())[1]
    assert (second_record["GENDER"], second_record["AGE"]) == ('say "a"\tb', None)
