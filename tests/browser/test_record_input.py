"""Record input as a person works with it: validated while typing, fixed, kept, and sent once."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import (
    Watched,
    answer_late,
    check_axe,
    expect_no_draft,
    expect_settled,
    record_input,
    sign_in,
    sign_out,
)
from tests.support.served import Served

PAGE = "/local/dataset-groups/video-streaming/datasets/users/create-records/"
ARN = "arn:aws:personalize:us-east-1:000000000000:dataset/video-streaming/USERS"


def record(user_id: str) -> str:
    return f'{{\n  "USER_ID": "{user_id}",\n  "SUBSCRIPTION_MODEL": "Ads|Monthly"\n}}'


def test_validates_while_typing_and_leads_to_the_place(operator_page: Page) -> None:
    page = operator_page
    page.goto(PAGE)
    editor = page.get_by_label("Record input")
    editor.fill(record("😀").replace('"Ads|Monthly"', "7"))
    page.get_by_text("Errors: 1", exact=True).click()
    expect(page.get_by_role("region", name="Problems")).to_have_count(0)
    page.get_by_role("link", name="Ln 3, Col 25").click()
    expect(editor).to_be_focused()
    expect(page.get_by_text("Ln 3, Col 25", exact=True).first).to_be_visible()
    page.keyboard.press("Delete")
    page.keyboard.insert_text('"Ads"')
    expect(page.get_by_role("region", name="Request")).to_contain_text("1 of at most 10")
    expect(page.get_by_text("Errors: 0", exact=True)).to_be_visible()
    assert record_input(page).input_value() == record("😀").replace("Ads|Monthly", "Ads")


def test_the_keyboard_sends_and_tabs_show_the_request_as_code(operator_page: Page, served: Served) -> None:
    page = operator_page
    page.goto(PAGE)
    page.get_by_label("Record input").fill(record("keyboard"))
    tabs = page.get_by_role("tablist")
    expect(tabs.get_by_role("tab")).to_have_text(["Body", "AWS CLI", "Python (boto3)", "Java", "JavaScript", "HTTP"])
    tabs.get_by_role("tab", name="Body").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tabpanel")).to_contain_text("import boto3")
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("tab", name="AWS CLI", selected=True)).to_be_focused()
    expect(page.get_by_role("tabpanel")).to_contain_text("aws personalize-events put-users")
    page.get_by_label("Record input").press("Control+Enter")
    expect(page.get_by_text("Success: 1 user record created or replaced.")).to_be_visible()
    assert "keyboard" in [user["userId"] for user in served.local_records(ARN)]


def test_turns_rows_of_a_spreadsheet_into_records(visitor: Page) -> None:
    page = visitor
    sign_in(page, "operator")
    page.goto(PAGE)
    expect_settled(page)
    page.get_by_label("Record input").fill("USER_ID\tSUBSCRIPTION_MODEL\nu-1\tAds\nu-2\tMonthly\n")
    page.get_by_role("button", name="Validate only").click()
    expect(page.get_by_text("Detected: 2 rows of a spreadsheet.")).to_be_visible()
    page.get_by_role("button", name="Turn into records").click()
    expect(page.get_by_role("region", name="Request")).to_contain_text("2 of at most 10")
    expect(record_input(page)).to_have_value(re.compile('"USER_ID": "u-2"'))
    page.get_by_role("button", name="Add record").click()
    expect(record_input(page)).to_have_value(
        '[\n  {\n    "USER_ID": "u-1",\n    "SUBSCRIPTION_MODEL": "Ads"\n  },\n'
        '  {\n    "USER_ID": "u-2",\n    "SUBSCRIPTION_MODEL": "Monthly"\n  },\n'
        '  {\n    "USER_ID": "string",\n    "SUBSCRIPTION_MODEL": "string"\n  }\n]'
    )
    page.get_by_role("button", name="Reset to template").click()
    expect(record_input(page)).to_have_value('{\n  "USER_ID": "string",\n  "SUBSCRIPTION_MODEL": "string"\n}')


def test_a_draft_is_offered_on_return_and_gone_after_success(operator_page: Page) -> None:
    page = operator_page
    page.goto(PAGE)
    page.get_by_label("Record input").fill(record("draft"))
    page.goto(PAGE)
    page.get_by_role("button", name="Restore draft").click()
    expect(record_input(page)).to_have_value(record("draft"))
    page.get_by_role("button", name="Create record(s)").click()
    expect(page.get_by_text("Success:")).to_be_visible()
    page.get_by_role("link", name="Create another").click()
    expect(page.get_by_role("button", name="Restore draft")).to_be_hidden()
    page.get_by_label("Record input").fill("unwanted")
    page.goto(PAGE)
    page.get_by_role("button", name="Discard draft").click()
    page.goto(PAGE)
    expect(page.get_by_role("button", name="Restore draft")).to_be_hidden()


def test_signing_out_removes_drafts(operator_page: Page) -> None:
    page = operator_page
    page.goto(PAGE)
    page.get_by_label("Record input").fill("secret")
    page.goto("/local/dataset-groups/")
    assert page.evaluate("Object.values(localStorage)") == ['[["view","json"],["record_input","secret"]]']
    sign_out(page, "operator")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    expect_no_draft(page)


def test_going_back_finds_the_draft(operator_page: Page) -> None:
    page = operator_page
    page.goto(PAGE)
    page.get_by_label("Record input").fill(record("back"))
    page.get_by_role("link", name="Cancel").click()
    page.get_by_role("dialog").get_by_role("button", name="Leave").click()
    expect(page.get_by_role("heading", name="video-streaming-users")).to_be_visible()
    page.go_back()
    if record_input(page).input_value() != record("back"):
        page.get_by_role("button", name="Restore draft").click()
    expect(record_input(page)).to_have_value(record("back"))


def test_pressing_twice_at_once_sends_once(operator_page: Page) -> None:
    page = operator_page
    page.goto(PAGE)
    page.get_by_label("Record input").fill(record("twice"))
    page.evaluate(
        """async () => {
            const form = document.getElementById("create-records");
            const fields = new URLSearchParams(new FormData(form));
            fields.set("intent", "create");
            const send = () => fetch(form.getAttribute("action"), {method: "POST", body: fields});
            await Promise.all([send(), send(), send(), send()]);
        }"""
    )
    page.goto("/local/dataset-groups/video-streaming/submissions/?filter=twice")
    expect(page.get_by_role("row", name="1 user: twice")).to_have_count(1)


def test_what_a_button_changed_can_be_undone(operator_page: Page) -> None:
    page = operator_page
    page.goto(PAGE)
    editor = page.get_by_label("Record input")
    editor.fill("mine")
    page.get_by_role("button", name="Reset to template").click()
    expect(record_input(page)).not_to_have_value("mine")
    expect(editor).to_be_focused()
    page.keyboard.press("Control+Z")
    expect(record_input(page)).to_have_value("mine")


def test_a_newer_draft_stays_after_something_was_sent(operator_page: Page) -> None:
    page = operator_page
    page.goto(PAGE)
    editor = page.get_by_label("Record input")
    editor.fill(record("first"))
    page.get_by_role("button", name="Create record(s)").click()
    expect(page.get_by_text("Success:")).to_be_visible()
    sent = page.url
    expect_no_draft(page)
    editor.fill(record("second"))
    expect(page.get_by_role("region", name="Request")).to_contain_text("second")
    page.goto(sent)
    page.get_by_role("button", name="Restore draft").click()
    expect(record_input(page)).to_have_value(record("second"))


def test_losing_the_network_does_not_interrupt_typing(operator_page: Page, faults: Watched) -> None:
    page = operator_page
    page.goto(PAGE)
    editor = page.get_by_label("Record input")
    editor.fill("")
    page.route("**/create-records/", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        editor.press_sequentially("abc")
    editor.press_sequentially("def")
    expect(editor).to_be_focused()
    expect(record_input(page)).to_have_value("abcdef")
    # htmx tells the browser's console of the request that was cut off.
    faults.clear()


def test_a_day_s_work_from_a_problem_to_the_draft(operator_page: Page, served: Served) -> None:
    page = operator_page
    page.goto(PAGE.replace("create-records/", ""))
    page.get_by_role("button", name="Modify dataset").click()
    page.get_by_role("menuitem", name="Create record").click()
    page.get_by_label("Record input").focus()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text('{\n  "USER_ID": "day",\n  "SUBSCRIPTION_MODEL": 7\n}')
    page.get_by_text("Errors: 1", exact=True).click()
    page.get_by_role("link", name="Ln 3, Col 25").click()
    page.keyboard.press("Delete")
    page.keyboard.insert_text('"Ads"')
    expect(page.get_by_text("Errors: 0", exact=True)).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Success: 1 user record created or replaced.")).to_be_visible()
    assert {"userId": "day", "properties": {"subscriptionModel": "Ads"}} in served.local_records(ARN)
    page.get_by_label("Record input").fill(record("the next one"))
    expect(page.get_by_role("region", name="Request")).to_contain_text("the next one")
    page.go_back()
    expect(page.get_by_role("heading", name="video-streaming-users")).to_be_visible()
    page.get_by_role("button", name="Modify dataset").click()
    page.get_by_role("menuitem", name="Create record").click()
    page.get_by_role("button", name="Restore draft").click()
    expect(record_input(page)).to_have_value(record("the next one"))


def test_typing_does_not_destroy_an_offered_draft(operator_page: Page) -> None:
    page = operator_page
    page.goto(PAGE)
    page.get_by_label("Record input").fill(record("older"))
    page.goto(PAGE)
    expect(page.get_by_role("button", name="Restore draft")).to_be_visible()
    page.get_by_label("Record input").press("x")
    page.goto(PAGE)
    page.get_by_role("button", name="Restore draft").click()
    expect(record_input(page)).to_have_value(record("older"))


def test_discarding_an_older_draft_keeps_what_was_typed_beside_it(operator_page: Page) -> None:
    page = operator_page
    page.goto(PAGE)
    page.get_by_label("Record input").fill(record("older"))
    page.goto(PAGE)
    expect(page.get_by_role("button", name="Discard draft")).to_be_visible()
    page.get_by_label("Record input").fill(record("newer"))
    page.get_by_role("button", name="Discard draft").click()
    page.goto(PAGE)
    page.get_by_role("button", name="Restore draft").click()
    expect(record_input(page)).to_have_value(record("newer"))


def test_what_is_typed_while_an_answer_is_on_its_way_is_validated_and_kept(operator_page: Page) -> None:
    page = operator_page
    page.goto(PAGE)
    page.get_by_label("Record input").fill(record("sent"))
    expect(page.get_by_text("Errors: 0", exact=True)).to_be_visible()
    page.route("**/create-records/", answer_late)
    page.get_by_role("button", name="Create record(s)").click()
    page.get_by_label("Record input").fill("[")
    expect(page.get_by_text("Success:")).to_be_visible()
    expect(page.get_by_text("Errors: 1", exact=True)).to_be_visible()
    page.unroute_all()
    page.goto(PAGE)
    page.get_by_role("button", name="Restore draft").click()
    expect(record_input(page)).to_have_value(re.compile(r"^\[\]?$"))


@pytest.mark.parametrize("button", ["Create record(s)", "Validate only"])
def test_an_answer_does_not_bring_back_the_counts_of_what_was_sent(operator_page: Page, button: str) -> None:
    page, held = operator_page, list[Route]()
    page.goto(PAGE)
    page.get_by_label("Record input").fill(record("sent"))
    expect(page.get_by_text("Errors: 0", exact=True)).to_be_visible()

    def hold_presses(route: Route) -> None:
        if "typing" in str(route.request.post_data):
            route.continue_()
        else:
            held.append(route)

    page.route("**/create-records/", hold_presses)
    page.get_by_role("button", name=button).click()
    page.get_by_label("Record input").fill("[")
    expect(page.get_by_text("Errors: 1", exact=True)).to_be_visible()
    assert len(held) == 1
    with page.expect_response(lambda response: "typing" in str(response.request.post_data)):
        held[0].continue_()
    expect(page.get_by_text("Errors: 1", exact=True)).to_be_visible()
    page.unroute_all()


def test_the_find_box_does_not_send(operator_page: Page) -> None:
    page = operator_page
    page.goto(PAGE)
    page.get_by_label("Record input").fill(record("found"))
    page.keyboard.press("Control+F")
    box = page.locator(".ace_search_field").first
    box.fill("USER")
    box.press("Control+Enter")
    expect(page.get_by_text("Once the records are sent, the result of the import is shown here.")).to_be_visible()
    check_axe(page)
