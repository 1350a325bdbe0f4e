"""Guarded and read-only environments in a real browser."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import (
    Watched,
    check_looks,
    in_each_look,
    new_page,
    page_as_wide,
    record_input,
    sign_in,
    use_session,
)
from tests.support.numbers import whole, with_some
from tests.support.served import Served, serve

LABEL = "Production of recommendations, United States"
GUARDED, SEALED = "/production/dataset-groups", "/archive/dataset-groups"
CREATE = f"{GUARDED}/online-shop/datasets/users/create-records/"
RECORD = '{"USER_ID": "from-a-browser", "MEMBERSHIP_STATUS": "Gold"}'
PAGES = [
    f"{GUARDED}/",
    "/production/create-dataset-group/",
    CREATE,
    f"{GUARDED}/newsroom/datasets/users/create-dataset/",
    f"{SEALED}/",
    f"{SEALED}/newsroom/datasets/",
    f"{SEALED}/online-shop/datasets/users/",
    f"{SEALED}/online-shop/datasets/users/create-records/",
    *(f"/{colour}/dataset-groups/" for colour in ("blue", "green", "yellow")),
]


@pytest.fixture(scope="module")
def guarded(written: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A console whose environments are the data of another one: guarded, read-only, and of each colour."""
    folder = tmp_path_factory.mktemp("guarded")
    tables = {
        "production": f'label = "{LABEL}"\nguarded = true',
        "archive": "read_only = true",
        **{colour: f'colour = "{colour}"' for colour in ("blue", "green", "yellow")},
    }
    file = folder / "environments.toml"
    file.write_text(
        "".join(
            f'[[environments]]\nname = "{name}"\nregion = "us-east-1"\nendpoint_url = "{written.endpoint}"\n{lines}\n'
            for name, lines in tables.items()
        )
    )
    keys = {"AWS_ACCESS_KEY_ID": "AKIALOCALDEMOEXAMPLE", "AWS_SECRET_ACCESS_KEY": "local-demo-secret-key"}
    with serve(folder, CONSOLE_ENVIRONMENTS=str(file), **keys) as console:
        yield console


@whole
@in_each_look
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    browser: Browser, guarded: Served, faults: Watched, scheme: str, width: int
) -> None:
    page = page_as_wide(browser, guarded, faults, scheme, width)
    sign_in(page, "operator")
    for path in PAGES:
        page.goto(path)
        check_looks(page, path, scheme, width)
    page.get_by_role("banner").get_by_role("button", name="yellow").click()
    check_looks(page, "the menu of environments", scheme, width)
    page.goto(CREATE)
    page.get_by_label("Record input").fill(RECORD)
    page.get_by_role("button", name="Create record(s)").click()
    expect(page.locator("#confirmation-error")).to_contain_text("is guarded, so nothing was sent.")
    expect(page.get_by_text("is guarded")).to_have_count(1)
    expect(page.locator("#confirmation")).to_be_focused()
    expect(page.locator("#confirmation")).to_be_in_viewport()
    check_looks(page, "what was not confirmed", scheme, width)
    page.context.close()
    assert faults == []


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def operator(request: pytest.FixtureRequest, browser: Browser, guarded: Served, faults: Watched) -> Iterator[Page]:
    """An operator's page, once with JavaScript and once without."""
    with new_page(browser, guarded, faults, java_script_enabled=request.param) as page:
        use_session(page, "operator")
        yield page


def test_records_are_sent_once_the_name_is_typed(operator: Page) -> None:
    page = operator
    page.goto(CREATE)
    expect(page.get_by_role("region", name="Environment of this page")).to_have_text(f"{LABEL} · Guarded")
    page.get_by_label("Record input").fill(RECORD)
    page.get_by_role("button", name="Create record(s)").click()
    name = page.get_by_label("Type online-shop to confirm")
    expect(name).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#confirmation-error")).to_contain_text(
        "Type the dataset group's name, online-shop, to confirm."
    )
    expect(record_input(page)).to_have_value(RECORD)
    name.fill("another-shop")
    page.get_by_role("button", name="Create record(s)").click()
    expect(page.locator("#confirmation-error")).to_contain_text("This is a different name, so nothing was sent.")
    expect(name).to_have_value("another-shop")
    name.fill("online-shop")
    page.get_by_role("button", name="Create record(s)").click()
    expect(page.get_by_text("Success:")).to_be_visible()
    expect(name).to_have_value("")
    expect(name).not_to_have_attribute("aria-invalid", "true")


@with_some("operator", 0)
def test_send_again_as_new_needs_no_name_typed_again(operator: Page) -> None:
    page = operator
    page.goto(f"{CREATE}?key={uuid4()}")
    # The browser may have forgotten the body of its own answer by now.
    html = page.request.get(page.url).text()
    copy = page.context.new_page()
    copy.route(page.url, lambda route: route.fulfill(body=html, content_type="text/html"), times=1)
    copy.goto(page.url)
    for each, value in ((page, "A"), (copy, "B")):
        each.get_by_label("Record input").fill(RECORD.replace("Gold", value))
        each.get_by_label("Type online-shop to confirm").fill("online-shop")
        each.get_by_role("button", name="Create record(s)").click()
        expect(each.locator("#response-panel")).to_contain_text("Request ID")
    expect(copy.locator("#response-panel")).to_contain_text("Nothing was sent. This page already sent records, on")
    expect(copy.get_by_label("Type online-shop to confirm")).to_have_value("online-shop")
    copy.get_by_role("button", name="Send again as new").click()
    expect(copy.get_by_text("Success:")).to_be_visible()
    expect(copy.get_by_label("Type online-shop to confirm")).to_have_value("")


def test_enter_in_the_name_sends_nothing(operator: Page) -> None:
    page = operator
    page.goto(CREATE)
    page.get_by_label("Record input").fill(RECORD)
    name = page.get_by_label("Type online-shop to confirm")
    name.fill("online-shop")
    name.press("Enter")
    expect(page.get_by_text("The record input is valid. Nothing was sent.")).to_be_visible()
    expect(name).to_have_value("online-shop")


@with_some("operator", 1)
def test_a_dataset_group_is_created_once_its_name_is_typed_again(operator: Page) -> None:
    page = operator
    group = f"group-{uuid4().hex}"
    page.goto("/production/create-dataset-group/")
    page.get_by_label("Dataset group name").fill(group)
    page.get_by_role("button", name="Create dataset group").click()
    again = page.get_by_label("Type the dataset group's name again to confirm")
    expect(again).to_be_focused()
    expect(page.get_by_label("Dataset group name")).to_have_value(group)
    again.fill(group)
    page.get_by_role("button", name="Create dataset group").click()
    expect(page.get_by_role("heading", name=group)).to_be_visible()
