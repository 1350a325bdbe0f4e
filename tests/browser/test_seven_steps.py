"""The main job as a person does it, from sign-in to the Response of PutUsers."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import expect_settled, fill_in_sign_in, record_input, sign_in, sign_out
from tests.support.served import Served

ARN = "arn:aws:personalize:us-east-1:000000000000:dataset/member-profiles/USERS"


# The one walk in a browser of `make test`: with JavaScript.
@pytest.mark.parametrize(
    "visitor",
    [pytest.param(True, id="with JavaScript", marks=pytest.mark.walk), pytest.param(False, id="without JavaScript")],
    indirect=True,
)
def test_the_seven_steps(visitor: Page, served: Served, request: pytest.FixtureRequest) -> None:
    page = visitor
    user_id = "with" if "with JavaScript" in request.node.name else "without"

    page.goto("/")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    fill_in_sign_in(page, "operator")

    expect(page.get_by_role("heading", name="Dataset groups")).to_be_visible()
    page.get_by_role("searchbox").fill("profiles")
    page.get_by_role("searchbox").press("Enter")
    # A click while the rows move might be meant for another one, and counts for none.
    expect(page.get_by_role("link", name="video-streaming")).to_have_count(0)
    page.get_by_role("link", name="member-profiles").click()

    page.get_by_role("navigation", name="Side navigation").get_by_role("link", name="Datasets", exact=True).click()
    expect(page.get_by_role("row", name="Create Actions dataset Actions Not created")).to_be_visible()
    page.get_by_role("link", name="member-profiles-users").click()

    expect(page.get_by_role("row", name="FullName fullName string No No")).to_be_visible()
    expect(page.get_by_text(ARN)).to_be_visible()
    page.get_by_role("button", name="Modify dataset").click()
    page.get_by_text("Create record", exact=True).click()

    expect(page.get_by_role("heading", name="Create user record(s)")).to_be_visible()
    expect_settled(page)
    editor = page.get_by_label("Record input")
    assert json.loads(record_input(page).input_value())["Age"] == "int"
    record = f'{{"USER_ID": "{user_id}", "Email": "a@example.com", "FullName": "A", "Age": "old", "Gender": "F"}}'
    wrong = f"[\n  {record}\n]"
    editor.fill(wrong)
    page.get_by_role("button", name="Create record(s)").click()
    problems = page.get_by_role("region", name="Problems")
    expect(problems.get_by_role("listitem")).to_have_count(1)
    expect(problems.get_by_role("listitem")).to_have_text(
        f"Ln 2, Col {record.index('"old"') + 3} · Record 1, Age · Expected a whole number (int); found the text “old”."
    )
    assert record_input(page).input_value() == wrong

    editor.fill(wrong.replace('"old"', "30"))
    page.get_by_role("button", name="Create record(s)").click()
    response = page.get_by_role("region", name="Response")
    expect(response.get_by_text("Success: 1 user record created or replaced.")).to_be_visible()
    expect(response.get_by_role("row", name=f"1 {user_id} New to this console")).to_be_visible()
    expect(response.get_by_text("HTTP status")).to_be_visible()
    expect(page.get_by_role("region", name="Problems")).to_have_count(0)
    assert record_input(page).input_value() == wrong.replace('"old"', "30")

    stored = {"email": "a@example.com", "fullName": "A", "age": 30, "gender": "F"}
    assert {"userId": user_id, "properties": stored} in served.local_records(ARN)

    page.get_by_role("link", name="Submissions", exact=True).click()
    # Others of these tests may have left an account behind whose name is as near as to need the ID.
    name = re.compile(rf"Created operator( \(ID \d+\))? 1 user: {user_id}\b")
    expect(page.get_by_role("row", name=name)).to_be_visible()
    sign_out(page, "operator")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_an_expired_session_keeps_the_text(visitor: Page) -> None:
    page = visitor
    sign_in(page, "operator")
    page.goto("/local/dataset-groups/online-shop/datasets/users/create-records/")
    expect_settled(page)
    typed = '\n\n  {"USER_ID": "</textarea>&amp;",\n\t"x": 1}\n'
    page.get_by_label("Record input").fill(typed)
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Create record(s)").click()
    expect(page.get_by_text("Your session has ended.")).to_be_visible()
    page.get_by_label("Username").fill("operator")
    page.get_by_label("Password").fill("operator")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Create user record(s)")).to_be_visible()
    assert record_input(page).input_value() == typed


def test_an_expired_form_keeps_the_text(visitor: Page) -> None:
    page = visitor
    sign_in(page, "operator")
    page.goto("/local/dataset-groups/online-shop/datasets/users/create-records/")
    expect_settled(page)
    page.get_by_label("Record input").fill("typed")
    page.context.clear_cookies(name="csrftoken")
    page.get_by_role("button", name="Create record(s)").click()
    expect(page.get_by_text("This page was open for too long, so nothing was sent.")).to_be_visible()
    assert record_input(page).input_value() == "typed"
    page.get_by_role("button", name="Create record(s)").click()
    expect(page.get_by_role("region", name="Problems")).to_be_visible()
