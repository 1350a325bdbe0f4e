"""Presses at the moment in which an answer replaces what is pressed: none is lost, and none goes elsewhere."""

import re
import time
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import SECONDS
from tests.browser.test_tables import GROUPS, rows
from tests.clients.test_put_users import client
from tests.support.numbers import some_of
from tests.support.served import Served

# As on a machine that is so busy that each timer rings seconds late.
LATE_TIMERS = (
    "const wait = setTimeout; window.setTimeout = (call, ms, ...more) => wait(call, ms && ms + 5000, ...more);"
)
# An answer that somebody asked for before the press began.
ANSWER_COMES = "document.getElementById('refresh').click()"
# Marks an element, so that it can be told whether it was replaced.
MARK = "element => element.dataset.marked = ''"


def press_down(page: Page, element: Locator, means: str) -> None:
    if means == "pointer":
        element.hover()
        page.mouse.down()
    else:
        element.focus()
        page.keyboard.down(" ")


def press_up(page: Page, means: str) -> None:
    if means == "pointer":
        page.mouse.up()
    else:
        page.keyboard.up(" ")


def replace(page: Page, element: Locator, script: str = ANSWER_COMES) -> None:
    """Let an answer replace an element of a table."""
    element.evaluate(MARK)
    page.evaluate(script)
    expect(element).not_to_have_attribute("data-marked", "")


def test_a_press_right_after_an_answer_does_what_the_button_says(operator_page: Page) -> None:
    page = operator_page
    page.add_init_script(LATE_TIMERS)
    page.goto(f"{GROUPS}?filter=o")
    header = page.get_by_role("columnheader", name="Name")
    for key, order in (("Enter", "ascending"), (" ", "descending"), ("Enter", "ascending")):
        header.get_by_role("button").press(key)
        expect(header).to_have_attribute("aria-sort", order, timeout=4000)


@pytest.mark.parametrize("means", ["pointer", "space"])
def test_a_button_that_is_replaced_during_a_press_is_pressed_once(operator_page: Page, means: str) -> None:
    page = operator_page
    page.goto(f"{GROUPS}?filter=o")
    header = page.get_by_role("columnheader", name="Name")
    button = header.get_by_role("button")
    press_down(page, button, means)
    replace(page, button)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    press_up(page, means)
    expect(header).to_have_attribute("aria-sort", "ascending")
    assert len(asked) == 1
    # What follows is an ordinary press.
    button.click()
    expect(header).to_have_attribute("aria-sort", "descending")
    assert len(asked) == 2


@pytest.mark.parametrize("means", ["pointer", "space"])
def test_a_row_that_is_replaced_during_a_press_is_chosen(operator_page: Page, means: str) -> None:
    page = operator_page
    page.goto(GROUPS)
    row = rows(page).filter(has_text="online-shop")
    pressed = row.get_by_role("cell").nth(2) if means == "pointer" else row.get_by_role("radio")
    press_down(page, pressed, means)
    replace(page, pressed)
    press_up(page, means)
    expect(page.get_by_role("radio", name="Select online-shop")).to_be_checked()


def test_a_link_that_is_replaced_during_a_press_is_followed(operator_page: Page) -> None:
    page = operator_page
    page.goto(GROUPS)
    link = page.get_by_role("link", name="online-shop")
    press_down(page, link, "pointer")
    replace(page, link)
    press_up(page, "pointer")
    expect(page).to_have_url(re.compile(r"/dataset-groups/online-shop/$"))


def test_a_link_that_is_replaced_during_a_press_opens_in_another_tab_where_it_was_to(operator_page: Page) -> None:
    page = operator_page
    page.goto(GROUPS)
    link = page.get_by_role("link", name="online-shop")
    page.keyboard.down("ControlOrMeta")
    press_down(page, link, "pointer")
    replace(page, link)
    with page.context.expect_page() as opened:
        press_up(page, "pointer")
    page.keyboard.up("ControlOrMeta")
    expect(opened.value).to_have_url(re.compile(r"/dataset-groups/online-shop/$"))
    expect(page).to_have_url(re.compile(r"/dataset-groups/$"))


def test_a_press_chooses_no_row_that_has_come_under_the_pointer(operator_page: Page) -> None:
    page = operator_page
    page.goto(f"{GROUPS}?filter=o&sort=name")
    first = rows(page).first.get_by_role("cell").nth(2)
    pressed = rows(page).first.get_attribute("data-row") or ""
    press_down(page, first, "pointer")
    replace(page, first, "document.getElementById('sort-name').click()")
    expect(rows(page).first).not_to_have_attribute("data-row", pressed)
    press_up(page, "pointer")
    rows(page).filter(has_text="newsroom").get_by_role("cell").nth(2).click()
    expect(page.get_by_role("radio", name="Select newsroom")).to_be_checked()


@pytest.mark.parametrize("means", some_of(["pointer", "space"], 0))
def test_what_a_page_asks_by_itself_waits_for_the_end_of_a_press(
    slow_page: Page,
    slow: Served,
    means: str,
) -> None:
    page = slow_page
    personalize: Any = client(slow, "personalize")
    personalize.create_dataset_group(name=f"pressed-by-{means}")
    page.goto(f"{GROUPS}pressed-by-{means}/")
    status = page.locator("#main .status")
    expect(status).to_contain_text(re.compile("Create (pending|in progress)"))
    # An element that nothing else can tell from others.
    page.locator("#main").evaluate(
        "main => main.append(Object.assign(document.createElement('button'), {textContent: 'Press'}))"
    )
    page.evaluate("addEventListener('click', event => { window.clicked = event.target.textContent; })")
    answers: list[str] = []
    page.on("requestfinished", lambda request: answers.append(request.url) if "seen=" in request.url else None)
    press_down(page, page.get_by_role("button", name="Press"), means)
    deadline = time.monotonic() + SECONDS
    # By then the status is another one.
    while len(answers) < 4 and time.monotonic() < deadline:
        page.wait_for_timeout(100)
    assert len(answers) >= 4
    press_up(page, means)
    page.wait_for_function("window.clicked === 'Press'")
    expect(status).to_contain_text("Active")
