"""Every page in a real browser: accessible, within its policy, and no wider than a phone."""

import pytest
from playwright.sync_api import Browser, Page, expect

from scripts.pages import pages
from tests.browser.conftest import Watched, check_axe, check_looks, in_each_look, page_as_wide, sign_in
from tests.clients.test_put_users import client
from tests.pages.records.test_create_records import VALID
from tests.support.examples import EXAMPLES, PATH, Example
from tests.support.examples.datasets import make_dataset
from tests.support.examples.pasted import as_json
from tests.support.numbers import some_of
from tests.support.person import Person
from tests.support.served import Served, manage

GROUP = "/local/dataset-groups/loyalty-programme"
# Every page, and what some of them are like where there is nothing, or something is wrong.
PAGES = [
    "/sign-in/",
    *pages().values(),
    "/local/dataset-groups/?filter=nothing",
    "/local/dataset-groups/newsroom/datasets/",
    f"{GROUP}/datasets/users/create-dataset/",
    f"{GROUP}/datasets/users/stored-record/?record_id=nobody",
    f"{GROUP}/submissions/?from=nothing",
    f"{GROUP}/datasets/users/record-history/?record_id=nobody",
    "/local/dataset-groups/missing/",
    "/nowhere/",
]


@in_each_look
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    browser: Browser, served: Served, faults: Watched, scheme: str, width: int
) -> None:
    # So that the overview has a chart, and recent submissions.
    Person(served, "operator").post(f"{GROUP}/datasets/users/create-records/", record_input=VALID, intent="create")
    page = page_as_wide(browser, served, faults, scheme, width)
    for path in PAGES:
        if path != "/sign-in/" and "/sign-in/" in page.url:
            sign_in(page, "operator")
        page.goto(path)
        if path == f"{GROUP}/":
            page.get_by_text("Show as a table").click()
        check_looks(page, path, scheme, width)
    page.context.close()
    assert faults == []


# Those of users are among the pages above.
@pytest.mark.parametrize("example", some_of(EXAMPLES, 3), ids=lambda each: each.slug)
@in_each_look
def test_axe_finds_nothing_in_the_pages_of_each_type_of_dataset(
    browser: Browser, served: Served, faults: Watched, scheme: str, width: int, example: Example
) -> None:
    make_dataset(client(served, "personalize"), example)
    page = page_as_wide(browser, served, faults, scheme, width)
    sign_in(page, "operator")
    page.goto(f"/local/dataset-groups/member-profiles/datasets/{example.slug}/create-dataset/")
    check_looks(page, "Create dataset", scheme, width)
    page.goto(example.page)
    page.get_by_label("Record input").fill(as_json({**example.record, example.wrong[0]: example.wrong[1]}))
    page.get_by_role("button", name="Create record(s)").click()
    expect(page.get_by_role("region", name="Problems")).to_be_visible()
    check_looks(page, "the problems", scheme, width)
    # Of two users, so that interactions take two calls.
    field = next(iter(example.record))
    records = [example.record, {**example.record, field: f"{example.record_id}-2"}]
    page.get_by_label("Record input").fill(as_json(records))
    page.get_by_role("button", name="Create record(s)").click()
    response = page.get_by_role("region", name="Response")
    expect(response.get_by_text("Success:").first).to_be_visible()
    check_looks(page, "the response", scheme, width)
    page.get_by_role("button", name="Form", exact=True).click()
    expect(page.get_by_role("textbox", name=field).first).to_be_visible()
    check_looks(page, "the form", scheme, width)
    page.goto(f"{PATH}/datasets/{example.slug}/")
    check_looks(page, "the dataset", scheme, width)
    page.locator('a[href*="/stored-"]').first.click()
    expect(page.get_by_text(example.record_id).first).to_be_visible()
    check_looks(page, "what is stored", scheme, width)
    page.context.close()
    assert faults == []


# Administrators alone have these.
FORMER = "/staging-before/dataset-groups/shop/submissions/"
SENT = (
    "from tests.submissions.sent import send; "
    "send({'ada': {'city': 'Bern'}}, environment='staging-before', dataset_group='shop', person=None)"
)


@in_each_look
def test_axe_finds_nothing_at_what_was_sent_in_former_environments(
    browser: Browser, served: Served, faults: Watched, scheme: str, width: int
) -> None:
    manage("shell", "--no-imports", "--command", SENT, variables=served.variables)
    page = page_as_wide(browser, served, faults, scheme, width)
    page.goto("/sign-in/")
    sign_in(page, "administrator")
    for path in ("/former-environments/", "/former-environments/?filter=nothing", FORMER, "/staging-before/"):
        page.goto(path)
        check_looks(page, path, scheme, width)
    page.goto("/former-environments/")
    page.get_by_role("link", name="shop").first.click()
    page.locator("tbody a").first.click()
    expect(page.get_by_role("heading", name="Submission", exact=True)).to_be_visible()
    check_looks(page, "the submission", scheme, width)
    page.get_by_role("link", name="ada").click()
    expect(page.get_by_role("heading", name="User history")).to_be_visible()
    check_looks(page, "the history", scheme, width)
    page.context.close()
    assert faults == []


def test_axe_finds_nothing_in_problems_response_and_menu(operator_page: Page) -> None:
    page = operator_page
    page.goto(f"{GROUP}/datasets/users/")
    page.get_by_role("button", name="Modify dataset").click()
    check_axe(page)
    page.goto(f"{GROUP}/datasets/users/create-records/")
    page.get_by_role("button", name="Create record(s)").click()
    expect(page.get_by_role("region", name="Problems")).to_be_visible()
    check_axe(page)
    page.get_by_label("Record input").fill(
        '{"USER_ID": "u", "MEMBERSHIP_TYPE": "a", "MEMBER_SINCE": 1, "TOTAL_SPEND": 1, "NEWSLETTER": true}'
    )
    page.get_by_role("button", name="Create record(s)").click()
    expect(page.get_by_text("Success:")).to_be_visible()
    check_axe(page)


def test_what_axe_finds_is_said_with_its_place(operator_page: Page) -> None:
    operator_page.set_content(
        '<html lang="en"><title>Page</title><main><h1>Page</h1><img id="bare" src="data:,"></main></html>'
    )
    with pytest.raises(AssertionError, match=r"image-alt(.|\n)*#bare"):
        check_axe(operator_page)


def test_the_admin_keeps_the_policy(browser: Browser, served: Served, faults: Watched) -> None:
    page = browser.new_context(base_url=served.url).new_page()
    faults.watch(page, served.url)
    sign_in(page, "administrator")
    page.goto("/admin/auth/user/")
    expect(page.locator("#result_list").get_by_role("link", name="viewer")).to_be_visible()
    page.context.close()
    assert faults == []
