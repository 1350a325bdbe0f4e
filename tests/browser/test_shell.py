"""The frame of every page by mouse and keyboard, with scripts and without."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, Response, expect

from tests.browser.conftest import Watched, check_axe, sign_in
from tests.support.served import Served

GROUPS = "/local/dataset-groups/"
GROUP = f"{GROUPS}loyalty-programme/"
CREATE = f"{GROUP}datasets/users/create-records/"
WHITE = "rgb(255, 255, 255)"


@pytest.fixture
def signed_in(visitor: Page) -> Page:
    """An operator's page, once with JavaScript and once without."""
    sign_in(visitor, "operator")
    return visitor


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def phone(request: pytest.FixtureRequest, browser: Browser, served: Served, faults: Watched) -> Iterator[Page]:
    """An operator's page on a screen of 320 pixels."""
    context = browser.new_context(
        base_url=served.url, viewport={"width": 320, "height": 640}, java_script_enabled=request.param
    )
    page = context.new_page()
    faults.watch(page, served.url)
    sign_in(page, "operator")
    yield page
    context.close()
    assert faults == []


def toggle(page: Page, name: str) -> Locator:
    """Return what has the name: a button where there are scripts, a link where there are none."""
    return page.get_by_role("button", name=name).or_(page.get_by_role("link", name=name))


def test_the_navigation_closes_and_opens(signed_in: Page) -> None:
    navigation = signed_in.get_by_role("navigation", name="Side navigation")
    expect(navigation).to_be_visible()
    opening, closing = toggle(signed_in, "Open side navigation"), toggle(signed_in, "Close side navigation")
    expect(opening).to_have_count(0)
    closing.click()
    expect(navigation).to_be_hidden()
    expect(closing).to_have_count(0)
    opening.click()
    expect(navigation).to_be_visible()
    expect(opening).to_have_count(0)
    expect(closing).to_be_visible()


def test_a_closed_navigation_is_closed_on_the_next_page_from_the_start(operator_page: Page) -> None:
    page = operator_page
    page.goto("/")
    button = page.get_by_role("button", name="Close side navigation")
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(button).to_have_attribute("aria-controls", "side-navigation")
    button.click()
    expect(page.get_by_role("button", name="Open side navigation")).to_have_attribute("aria-expanded", "false")
    assert 'data-navigation="closed"' in page.request.get(GROUP).text()
    page.goto(GROUP)
    expect(page.get_by_role("navigation", name="Side navigation")).to_be_hidden()


def test_a_phone_begins_without_the_navigation(phone: Page) -> None:
    navigation = phone.get_by_role("navigation", name="Side navigation")
    expect(navigation).to_be_hidden()
    expect(toggle(phone, "Close side navigation")).to_have_count(0)
    toggle(phone, "Open side navigation").click()
    expect(navigation).to_be_visible()
    expect(toggle(phone, "Open side navigation")).to_have_count(0)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 320
    phone.goto(GROUP)
    expect(navigation).to_be_hidden()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_help_panel_opens_by_info_and_closes(signed_in: Page) -> None:
    signed_in.goto(f"{GROUP}datasets/")
    panel = signed_in.get_by_role("complementary", name="Help panel")
    expect(panel).to_be_hidden()
    toggle(signed_in, "Info").click()
    expect(panel).to_be_visible()
    expect(panel.get_by_text("A dataset group has at most one dataset of each type.")).to_be_visible()
    panel.get_by_text("Close help panel").locator("..").click()
    expect(panel).to_be_hidden()


def test_the_help_panel_takes_the_focus_and_gives_it_back(operator_page: Page) -> None:
    page = operator_page
    page.goto("/")
    info = page.get_by_role("button", name="Info")
    info.press(" ")
    panel = page.get_by_role("complementary", name="Help panel")
    expect(panel.get_by_role("button", name="Close help panel")).to_be_focused()
    check_axe(page)
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(info).to_be_focused()
    page.get_by_role("button", name="Open help panel").click()
    page.reload()
    expect(panel).to_be_hidden()


def test_the_person_s_menu_is_a_menu_by_the_keyboard(operator_page: Page) -> None:
    page = operator_page
    page.goto("/")
    trigger = page.get_by_role("banner").get_by_role("button", name="operator")
    expect(trigger).to_have_attribute("aria-haspopup", "menu")
    trigger.press("ArrowDown")
    expect(page.get_by_role("menuitem", name="Settings")).to_be_focused()
    expect(trigger).to_have_attribute("aria-expanded", "true")
    check_axe(page)
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("menuitem", name="Sign out")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("menuitem", name="Settings")).to_be_focused()
    page.keyboard.press("End")
    expect(page.get_by_role("menuitem", name="Sign out")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("menu")).to_have_count(0)
    expect(trigger).to_be_focused()


def test_a_person_chooses_dark_and_compact(signed_in: Page) -> None:
    page = signed_in
    page.goto(GROUP)
    expect(page.locator("body")).to_have_css("background-color", WHITE)
    page.get_by_role("banner").get_by_role("button", name="operator").click()
    page.locator("#person-menu").get_by_text("Settings").click()
    page.get_by_role("radio", name="Dark").check()
    page.get_by_role("radio", name="Compact").check()
    page.get_by_role("button", name="Save changes").click()
    page.wait_for_url(f"**{GROUP}")
    expect(page.get_by_role("region", name="Notifications").get_by_text("The settings are saved.")).to_be_visible()
    expect(page.locator("body")).to_have_css("background-color", "rgb(22, 29, 38)")
    expect(page.locator(".container").first).to_have_css("padding-top", "8px")
    page.goto("/settings/")
    page.get_by_role("radio", name="System").check()
    page.get_by_role("radio", name="Comfortable").check()
    page.get_by_role("button", name="Save changes").click()
    expect(page.locator("body")).to_have_css("background-color", WHITE)


def test_a_message_can_be_dismissed(operator_page: Page) -> None:
    page = operator_page
    page.goto("/settings/")
    page.get_by_role("button", name="Save changes").click()
    messages = page.get_by_role("region", name="Notifications")
    expect(messages.get_by_role("img", name="Success")).to_be_visible()
    messages.get_by_role("button", name="Dismiss").click()
    expect(messages.get_by_text("The settings are saved.")).to_have_count(0)
    expect(page.get_by_role("main")).to_be_focused()


def test_the_heaviest_page_is_light(browser: Browser, served: Served) -> None:
    page = browser.new_context(base_url=served.url).new_page()
    sign_in(page, "operator")
    cookies = page.context.cookies()
    page.context.close()
    context = browser.new_context(base_url=served.url)
    context.add_cookies(cookies)  # type: ignore[arg-type]  # What cookies() returns is what add_cookies() takes.
    page = context.new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(CREATE, wait_until="networkidle")
    expect(page.locator(".ace_content")).to_be_visible()
    sizes = {answer.url: answer.request.sizes() for answer in answers}
    context.close()
    total = sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes.values())
    assert total <= 300_000, sizes
