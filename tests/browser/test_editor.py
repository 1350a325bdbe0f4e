"""The editor over Record input: Ace with the server's problems in its gutter, and the status bar."""

import re

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from tests.browser.conftest import record_input
from tests.support.served import Served

GROUP = "/local/dataset-groups/loyalty-programme/datasets/users"
PAGE = f"{GROUP}/create-records/"
TWO_RECORDS = """[
  {
    "USER_ID": "u-1",
    "MEMBERSHIP_TYPE": "a",
    "MEMBER_SINCE": 1,
    "TOTAL_SPEND": "much",
    "NEWSLETTER": true
  },
  {
    "USER_ID": "u-2",
    "MEMBERSHIP_TYPE": "a",
    "MEMBER_SINCE": 1,
    "TOTAL_SPEND": 1.5,
    "NEWSLETTER": "perhaps"
  }
]"""


@pytest.fixture
def editor_page(operator_page: Page) -> Page:
    operator_page.goto(PAGE)
    return operator_page


def expect_gutter(page: Page, **icons: str) -> None:
    """Wait until the lines with an icon in the gutter, as `line_6="error"`, are these and no others."""
    page.wait_for_function(
        """(expected) => {
            const cells = [...document.querySelectorAll(".ace_gutter-cell_svg-icons")].flatMap((cell) => {
                const icon = cell.querySelector(".ace_error, .ace_warning, .ace_hint");
                return icon?.checkVisibility() ? [`line_${cell.textContent.trim()}=${icon.className.match(/ace_(error|warning|hint)/)[1]}`] : [];
            });
            return cells.sort().join() === expected;
        }""",
        arg=",".join(sorted(f"{line}={kind}" for line, kind in icons.items())),
    )


def test_problems_stand_in_the_gutter_and_lead_to_their_place(editor_page: Page) -> None:
    page = editor_page
    page.get_by_label("Record input").fill(TWO_RECORDS)
    expect(page.get_by_text("Errors: 2", exact=True)).to_be_visible()
    expect_gutter(page, line_6="error", line_14="error")
    page.locator(".ace_gutter-cell_svg-icons").nth(5).locator(".ace_gutter_annotation").click()
    expect(page.get_by_label("Record input")).to_be_focused()
    expect(page.locator("[data-cursor]")).to_have_text("Ln 6, Col 20")
    page.keyboard.press("Control+Shift+ArrowRight")
    page.keyboard.press("Control+Shift+ArrowRight")
    page.get_by_text("Errors: 2", exact=True).click()
    page.get_by_role("link", name="Ln 14, Col 19").click()
    expect(page.locator("[data-cursor]")).to_have_text("Ln 14, Col 19")


def test_the_pane_of_the_status_bar_stays_open_and_closes_with_escape(editor_page: Page) -> None:
    page = editor_page
    page.get_by_label("Record input").fill(TWO_RECORDS)
    page.get_by_text("Errors: 2", exact=True).click()
    page.get_by_label("Record input").fill(TWO_RECORDS.replace('"much"', "5"))
    expect(page.get_by_text("Errors: 1", exact=True)).to_be_visible()
    link = page.get_by_role("link", name="Ln 14, Col 19")
    expect(link).to_be_visible()
    link.focus()
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()
    expect(page.locator("summary", has_text="Errors: 1")).to_be_focused()


def test_what_is_still_typed_is_shown_quietly(editor_page: Page) -> None:
    page = editor_page
    expect(page.get_by_text("Nothing filled in yet")).to_be_visible()
    expect(page.locator(".ace_gutter :is(.ace_error, .ace_hint)")).to_have_count(0)
    page.get_by_label("Record input").fill('{\n  "USER_ID": "u-1",\n  "AGE": ')
    expect(page.get_by_text("Errors: 1", exact=True)).to_be_visible()
    expect_gutter(page, line_3="hint")
    page.get_by_role("link", name="Cancel").focus()
    expect_gutter(page, line_3="error")


def test_problems_of_a_press_follow_what_is_mended(editor_page: Page) -> None:
    page = editor_page
    page.get_by_label("Record input").fill(TWO_RECORDS)
    page.get_by_role("button", name="Create record(s)").click()
    problems = page.get_by_role("region", name="Problems")
    expect(problems.get_by_role("listitem")).to_have_count(2)
    problems.get_by_role("link", name="Ln 14, Col 19").click()
    for _ in '"perhaps"':
        page.keyboard.press("Delete")
    page.keyboard.insert_text("false")
    expect(problems.get_by_role("listitem")).to_have_count(1)
    expect(page.get_by_label("Record input")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Record input").fill(TWO_RECORDS.replace('"much"', "5").replace('"perhaps"', "false"))
    expect(page.get_by_text("All problems are fixed. Choose Create record(s) again.")).to_be_visible()
    expect(problems).to_have_count(0)
    expect(page.get_by_label("Record input")).not_to_have_attribute("aria-invalid", "true")
    expect(page.locator(".code-editor.invalid")).to_have_count(0)
    page.get_by_label("Record input").fill(TWO_RECORDS.replace('"much"', "5"))
    expect(problems.get_by_role("listitem")).to_have_count(1)
    expect(page.get_by_text("All problems are fixed.")).to_be_hidden()


def test_a_record_that_loses_fields_is_a_warning(editor_page: Page) -> None:
    page = editor_page
    whole = '{"USER_ID": "warned", "MEMBERSHIP_TYPE": "a", "MEMBER_SINCE": 1, "TOTAL_SPEND": 1, "NEWSLETTER": true'
    page.get_by_label("Record input").fill(whole + ', "CITY": "Paris"}')
    page.get_by_role("button", name="Create record(s)").click()
    expect(page.get_by_text("Success:")).to_be_visible()
    page.get_by_label("Record input").fill(f"[\n{whole}}}]")
    page.get_by_text("Warnings: 1", exact=True).click()
    warning = page.get_by_role("listitem").filter(has_text="Ln 2, Col 1 · Record 1")
    expect(warning).to_contain_text("warned is stored with city: replacing the record removes it.")
    expect_gutter(page, line_2="warning")


def test_completes_names_and_values(editor_page: Page) -> None:
    page = editor_page
    page.get_by_label("Record input").fill('{"USER_ID": "u-1", ')
    page.keyboard.press("Control+Space")
    popup = page.locator(".ace_autocomplete")
    expect(popup).to_contain_text("NEWSLETTER")
    expect(popup).not_to_contain_text("USER_ID")
    page.keyboard.type("NEWS")
    expect(popup).not_to_contain_text("AGE")
    page.keyboard.press("Enter")
    expect(record_input(page)).to_have_value('{"USER_ID": "u-1", "NEWSLETTER": ')
    page.keyboard.press("Control+Space")
    expect(popup).to_contain_text("true")
    expect(popup).not_to_contain_text("null")
    page.keyboard.type("f")
    expect(popup).not_to_contain_text("true")
    page.keyboard.press("Enter")
    expect(record_input(page)).to_have_value('{"USER_ID": "u-1", "NEWSLETTER": false')
    page.get_by_label("Record input").fill('{"userId": "u-1", "properties": {')
    expect(record_input(page)).to_have_value('{"userId": "u-1", "properties": {')
    page.keyboard.press("Control+Space")
    expect(popup).to_contain_text("membershipType")
    expect(popup).not_to_contain_text("userId")
    page.keyboard.press("Escape")
    expect(popup).to_be_hidden()


def test_nobody_is_trapped_in_the_editor(editor_page: Page) -> None:
    page = editor_page
    page.get_by_label("Record input").focus()
    page.keyboard.press("Control+Home")
    page.keyboard.press("Tab")
    expect(record_input(page)).to_have_value(re.compile(r"^  \{"))
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Record input")).not_to_be_focused()
    for _ in range(12):
        if page.evaluate("document.activeElement.textContent.trim()") == "Create record(s)":
            break
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Create record(s)")).to_be_focused()


def test_folds_and_opens_where_a_problem_leads(editor_page: Page) -> None:
    page = editor_page
    # No line is behind the buttons.
    page.set_viewport_size({"width": 1280, "height": 1200})
    page.get_by_label("Record input").fill(TWO_RECORDS)
    expect(page.get_by_text("Errors: 2", exact=True)).to_be_visible()
    fold = page.get_by_role("button", name="Toggle code folding, rows 9 through 15")
    text = page.locator(".ace_text-layer")
    for _press in range(10):
        # While the editor grows, the pointer may meet another line.
        fold.click(force=True)
        page.wait_for_timeout(500)
        if "perhaps" not in text.inner_text():
            break
    expect(text).not_to_contain_text("perhaps")
    page.get_by_text("Errors: 2", exact=True).click()
    page.get_by_role("link", name="Ln 14, Col 19").click()
    expect(page.locator(".ace_text-layer")).to_contain_text("perhaps")


def test_a_tool_that_fills_the_text_box_fills_the_editor(editor_page: Page) -> None:
    page = editor_page
    page.evaluate(
        """() => {
            const box = document.querySelector("textarea[name=record_input]");
            box.value = "filled";
            box.dispatchEvent(new Event("input", {bubbles: true}));
        }"""
    )
    expect(page.locator(".ace_text-layer")).to_have_text("filled")


def test_without_ace_the_text_box_is_the_editor(operator_page: Page, served: Served, faults: list[str]) -> None:
    page = operator_page
    page.route("**/ace.*.js", lambda route: route.abort())
    page.goto(PAGE)
    editor = page.get_by_label("Record input")
    editor.fill(TWO_RECORDS)
    page.get_by_text("Errors: 2", exact=True).click()
    page.get_by_role("link", name="Ln 14, Col 19").click()
    expect(editor).to_be_focused()
    assert editor.evaluate("element => element.value.slice(element.selectionStart)") == '"perhaps"\n  }\n]'
    page.get_by_role("button", name="Reset to template").click()
    expect(editor).to_have_value(re.compile('"USER_ID": "string"'))
    page.keyboard.press("Control+Z")
    expect(editor).to_have_value(TWO_RECORDS)
    # The other files of Ace look for it.
    faults.clear()


def test_completes_no_id_inside_the_properties_of_an_item(operator_page: Page) -> None:
    page = operator_page
    page.goto("/local/dataset-groups/video-streaming/datasets/items/create-records/")
    page.get_by_label("Record input").fill('{"itemId": "i-1", "properties": {')
    expect(record_input(page)).to_have_value('{"itemId": "i-1", "properties": {')
    page.keyboard.press("Control+Space")
    popup = page.locator(".ace_autocomplete")
    expect(popup).to_contain_text("genres")
    expect(popup).not_to_contain_text("itemId")


def box_of(element: Locator) -> FloatRect:
    box = element.bounding_box()
    assert box
    return box


def test_the_buttons_and_the_response_are_in_sight_however_long_the_text_is(operator_page: Page) -> None:
    page = operator_page
    page.set_viewport_size({"width": 1280, "height": 700})
    page.goto(PAGE)
    button, ace = page.get_by_role("button", name="Create record(s)"), page.locator(".code-editor")
    expect(button).to_be_in_viewport(ratio=1)
    records = [f'{{"USER_ID": "in-sight-{number}",\n\n\n\n "MEMBERSHIP_TYPE": "a",' for number in range(10)]
    others = ' "MEMBER_SINCE": 1, "TOTAL_SPEND": 1.5, "NEWSLETTER": true}'
    page.get_by_label("Record input").fill(f"[{','.join(each + others for each in records)}]")
    page.keyboard.press("Control+End")
    expect(ace).to_contain_text("in-sight-9")
    assert box_of(ace)["height"] <= 0.6 * 700 + 2
    # Below the cursor's lower edge is the upper one of the buttons' bar.
    page.wait_for_function(
        """() => {
          const box = (selector) => document.querySelector(selector).getBoundingClientRect();
          return box(".ace_cursor").bottom <= box(".sticky-actions").top + 1;
        }"""
    )
    button.click()
    expect(page.get_by_role("region", name="Response")).to_be_focused()
    expect(page.get_by_role("heading", name="Response")).to_be_in_viewport(ratio=1)
    expect(page.get_by_text("Success: 10 user records created or replaced.")).to_be_in_viewport(ratio=1)
