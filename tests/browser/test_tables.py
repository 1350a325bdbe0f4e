"""Tables by keyboard, by mouse, without JavaScript, and with names and numbers that strain them."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Watched, check_axe, held, sign_in
from tests.clients.test_put_users import client
from tests.support.served import Served

GROUPS = "/local/dataset-groups/"
DATASETS = f"{GROUPS}loyalty-programme/datasets/"


def rows(page: Page) -> Any:
    return page.locator("#table-rows tbody tr")


def test_the_filter_works_while_it_is_typed(operator_page: Page) -> None:
    page = operator_page
    page.goto(f"{DATASETS}")
    page.goto(GROUPS)
    field = page.get_by_role("searchbox", name="Find dataset group by name")
    field.press_sequentially("re", delay=30)
    expect(page.get_by_role("status").filter(has_text="3 matches")).to_be_visible()
    # Playwright takes no slash in a pattern of a name.
    expect(page.get_by_role("heading", name=re.compile(r"Dataset groups \(3.\d+\)"))).to_be_visible()
    expect(rows(page)).to_have_count(3)
    expect(field).to_be_focused()
    expect(page).to_have_url(re.compile(r"/dataset-groups/\?filter=re$"))
    # No letter has become an entry of the history.
    page.go_back()
    expect(page).to_have_url(re.compile(rf"{DATASETS}$"))
    page.go_forward()
    expect(field).to_have_value("re")
    expect(rows(page)).to_have_count(3)


def test_nothing_found_leads_back_to_everything(operator_page: Page) -> None:
    page = operator_page
    page.goto(GROUPS)
    # Those of the demo, and what other tests have left.
    number = rows(page).count()
    assert number >= 7
    field = page.get_by_role("searchbox")
    field.fill("<nothing>")
    expect(page.get_by_text("No matches")).to_be_visible()
    page.get_by_role("link", name="Clear filter").click()
    expect(rows(page)).to_have_count(number)
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    expect(page).to_have_url(re.compile(r"/dataset-groups/$"))


def test_sorts_by_enter_and_back_undoes_it(operator_page: Page) -> None:
    page = operator_page
    page.goto(f"{GROUPS}?filter=o")
    header = page.get_by_role("columnheader", name="Name")
    header.get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(header).to_have_attribute("aria-sort", "ascending")
    expect(header.get_by_role("button")).to_be_focused()
    expect(page).to_have_url(re.compile(r"\?filter=o&sort=name$"))
    page.keyboard.press(" ")
    expect(header).to_have_attribute("aria-sort", "descending")
    expect(rows(page).first).to_contain_text("video-streaming")
    page.go_back()
    expect(header).to_have_attribute("aria-sort", "ascending")
    page.go_back()
    expect(header).to_have_attribute("aria-sort", "none")
    page.go_forward()
    expect(header).to_have_attribute("aria-sort", "ascending")
    # What was brought back is a whole page, whose menus work.
    page.get_by_role("button", name="operator").click()
    expect(page.get_by_role("menuitem", name="Settings")).to_be_visible()


def test_back_shows_its_page_also_before_the_page_of_an_earlier_back_has_its_scripts(operator_page: Page) -> None:
    page = operator_page
    page.goto(GROUPS)
    header = page.get_by_role("columnheader", name="Name")
    header.get_by_role("button").click()
    expect(page).to_have_url(re.compile(r"sort=name$"))
    header.get_by_role("button").click()
    expect(page).to_have_url(re.compile(r"sort=-name$"))
    with held(page, re.compile(r"/htmx[^/]*\.js")):
        with page.expect_request(re.compile(r"/htmx[^/]*\.js")):
            page.evaluate("history.back()")
        page.evaluate("history.back()")
        expect(page).to_have_url(re.compile(r"/dataset-groups/$"))
    expect(header).to_have_attribute("aria-sort", "none")


def test_a_row_is_chosen_by_keyboard_and_its_details_are_opened(operator_page: Page) -> None:
    page = operator_page
    page.goto(GROUPS)
    view = page.get_by_role("button", name="View details")
    expect(view).to_be_disabled()
    # Other tests may have made groups, which come before those of the demo.
    first, second = (page.get_by_role("radio").nth(place).get_attribute("value") or "" for place in (0, 1))
    page.get_by_role("button", name="Created").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("radio", name=f"Select {first}", exact=True)).to_be_focused()
    page.keyboard.press(" ")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name=f"Select {second}", exact=True)).to_be_checked()
    expect(view).to_be_enabled()
    # One stop for all radio buttons: the row's link comes next.
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name=second, exact=True)).to_be_focused()
    view.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"/dataset-groups/{second}/$"))


def test_every_row_of_the_datasets_leads_somewhere(visitor: Page) -> None:
    page = visitor
    sign_in(page, "operator")
    for type_words, address, link in (
        ("Actions", "actions/create-dataset/", "Create Actions dataset"),
        ("Users", "users/", "loyalty-programme-users"),
    ):
        page.goto(DATASETS)
        row = rows(page).filter(has=page.get_by_role("cell", name=type_words, exact=True))
        row.get_by_role("radio").check()
        page.get_by_role("button", name="View details").click()
        expect(page).to_have_url(re.compile(rf"{DATASETS}{address}$"))
        page.goto(DATASETS)
        row.get_by_role("cell").nth(1).get_by_role("link", name=link).click()
        expect(page).to_have_url(re.compile(rf"{DATASETS}{address}$"))


# Where each element of a page's main part stands, from the part's corner: focus may scroll the page. Spinners turn.
PLACES = """() => {
  const main = document.querySelector("main"), corner = main.getBoundingClientRect();
  return [...main.querySelectorAll("*:not(svg *)")].filter((each) => each.checkVisibility()).map((each) => {
    const box = each.getBoundingClientRect();
    return [each.tagName, each.id, box.x - corner.x, box.y - corner.y, box.width, box.height];
  });
}"""


@pytest.mark.parametrize("width", [1360, 320])
@pytest.mark.parametrize("address", [GROUPS, DATASETS, f"{GROUPS}loyalty-programme/event-trackers/"])
def test_nothing_moves_when_a_row_is_chosen(operator_page: Page, address: str, width: int) -> None:
    page = operator_page
    page.set_viewport_size({"width": width, "height": 640})
    page.goto(address)
    expect(page.get_by_role("button", name="View details")).to_be_disabled()
    before = page.evaluate(PLACES)
    for radio in page.get_by_role("radio").all():
        radio.check()
        expect(page.get_by_role("button", name="View details")).to_be_enabled()
        assert page.evaluate(PLACES) == before


def test_preferences_are_a_dialog_that_gives_the_focus_back(operator_page: Page) -> None:
    page = operator_page
    page.goto(f"{GROUPS}?filter=re")
    cog = page.get_by_role("button", name="Preferences")
    cog.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Preferences")
    dialog.get_by_role("checkbox", name="Domain").uncheck()
    check_axe(page)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(cog).to_be_focused()
    page.keyboard.press(" ")
    # What was not confirmed is undone.
    expect(dialog.get_by_role("checkbox", name="Domain")).to_be_checked()
    expect(dialog.get_by_role("checkbox", name="Name")).to_be_disabled()
    dialog.get_by_role("checkbox", name="Domain").uncheck()
    dialog.get_by_role("radio", name="10 dataset groups").check()
    dialog.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("columnheader", name="Domain")).to_have_count(0)
    expect(cog).to_be_focused()
    expect(rows(page)).to_have_count(3)
    cog.click()
    dialog.get_by_role("checkbox", name="Domain").check()
    dialog.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("columnheader", name="Domain")).to_be_visible()


def test_a_status_settles_by_itself_and_is_announced_once(slow_page: Page, slow: Served) -> None:
    page = slow_page
    personalize: Any = client(slow, "personalize")
    personalize.create_dataset_group(name="on-its-way")
    page.goto(GROUPS)
    row = rows(page).filter(has_text="on-its-way")
    expect(row).to_contain_text(re.compile("Create (pending|in progress)"))
    radio = page.get_by_role("radio", name="Select online-shop")
    radio.check()
    expect(row).to_contain_text("Active")
    expect(page.locator("#table-news")).to_have_text("on-its-way: Active.")
    expect(radio).to_be_checked()
    expect(radio).to_be_focused()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.wait_for_timeout(2500)
    assert asked == []


def test_an_overview_changes_by_itself_and_says_what_has_settled(slow_page: Page, slow: Served) -> None:
    page = slow_page
    personalize: Any = client(slow, "personalize")
    personalize.create_dataset_group(name="soon-there")
    page.goto(f"{GROUPS}soon-there/")
    status = page.locator("#main .status")
    expect(status).to_contain_text(re.compile("Create (pending|in progress)"))
    expect(status).to_contain_text("Active")
    expect(page.locator("#news")).to_have_text("soon-there: Active.")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.wait_for_timeout(2500)
    assert asked == []


def test_says_that_it_loads_and_that_there_was_no_answer(operator_page: Page, faults: Watched) -> None:
    page = operator_page
    page.goto(GROUPS)
    with held(page, "**/dataset-groups/?filter=*"):
        page.get_by_role("searchbox").fill("shop")
        expect(page.get_by_text("Loading dataset groups")).to_be_visible()
    expect(rows(page)).to_have_count(1)
    expect(page.get_by_text("Loading dataset groups")).to_be_hidden()
    page.unroute("**/dataset-groups/?filter=*")
    page.route("**/dataset-groups/?refresh=*", lambda route: route.abort())
    page.route("**/dataset-groups/?filter=*", lambda route: route.abort())
    page.get_by_role("link", name="Refresh").click()
    expect(page.get_by_role("alert").filter(has_text="The console did not respond")).to_be_visible()
    page.unroute_all()
    page.get_by_role("link", name="Refresh").click()
    expect(page.get_by_role("alert").filter(has_text="The console did not respond")).to_be_hidden()
    # htmx tells the browser's console of the request that was cut off.
    faults.clear()


def test_the_end_of_a_session_leads_to_sign_in(operator_page: Page) -> None:
    page = operator_page
    page.goto(f"{GROUPS}?sort=name")
    page.context.clear_cookies()
    page.get_by_role("searchbox").fill("shop")
    expect(page.get_by_label("Password")).to_be_visible()


def test_a_date_says_the_person_s_own_time(browser: Browser, served: Served) -> None:
    context = browser.new_context(base_url=served.url, timezone_id="Asia/Tokyo", locale="en-GB")
    page = context.new_page()
    sign_in(page, "viewer")
    page.goto(f"{GROUPS}online-shop/")
    expect(page.locator("time").first).to_have_attribute("title", re.compile("GMT\\+9$"))
    context.close()


def test_everything_works_without_scripts(browser: Browser, served: Served) -> None:
    context = browser.new_context(base_url=served.url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, "viewer")
    page.get_by_role("button", name="View details").click()
    expect(page.get_by_text("Choose a dataset group first")).to_be_visible()
    page.get_by_role("searchbox").fill("re")
    page.get_by_role("button", name="Filter").click()
    expect(page.get_by_text("3 matches")).to_be_visible()
    page.get_by_role("button", name="Name").click()
    expect(rows(page).first).to_contain_text("regional-stores")
    page.get_by_role("link", name="Preferences").click()
    page.get_by_role("checkbox", name="Created").uncheck()
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("columnheader")).to_have_text(["Selection", "Name", "Domain", "Status"])
    page.get_by_role("link", name="Preferences").click()
    page.get_by_role("checkbox", name="Created").check()
    page.get_by_role("button", name="Confirm").click()
    page.get_by_role("link", name="Refresh").click()
    expect(rows(page).first).to_contain_text("regional-stores")
    page.get_by_role("radio", name="Select regional-stores").check()
    page.get_by_role("button", name="View details").click()
    expect(page).to_have_url(re.compile(r"/regional-stores/$"))
    context.close()
