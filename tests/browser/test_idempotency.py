"""A page sends once, as a person at a browser sees it: with and without JavaScript, as JSON and as a form."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.browser.conftest import Watched, new_page, use_session
from tests.support.numbers import some_of
from tests.support.served import DATABASE, Served, serve

PAGE = "/local/dataset-groups/video-streaming/datasets/users/create-records/"
SUCCESS = "Success: 1 user record created or replaced."
SENT_SAME = "Nothing was sent. This page already sent the same text, on"
SENT_BEFORE = "Nothing was sent. This page already sent records, on"
# Between the clicks of a double click, in milliseconds: before, while and after the answer to the first one comes.
PAUSES = [0, 100, 400]
SCRIPTS = {True: "with JavaScript", False: "without JavaScript"}
# Each view and each kind of browser; together in `make test-all`.
WAYS = [
    pytest.param(has_script, view, id=f"{view} {said}")
    for has_script, said in SCRIPTS.items()
    for view in ("json", "form")
]
in_each_way = pytest.mark.parametrize(("has_script", "view"), some_of(WAYS, 0, -1), indirect=["has_script"])


@pytest.fixture(scope="module")
def console(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A console of these tests alone: they simulate responses, and put the demo data back."""
    with serve(tmp_path_factory.mktemp("once")) as console:
        yield console


@pytest.fixture(params=some_of(SCRIPTS, 0), ids=SCRIPTS.get)
def has_script(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def page(browser: Browser, console: Served, faults: Watched, has_script: bool) -> Iterator[Page]:
    """An administrator's page, whole in its window, so that nothing moves between two clicks."""
    window = {"width": 1300, "height": 2600}
    with new_page(browser, console, faults, java_script_enabled=has_script, viewport=window) as page:
        use_session(page, "administrator")
        yield page


@pytest.fixture
def user_id() -> str:
    return f"user-{uuid4()}"


def fill_in(page: Page, view: str, user_id: str, value: str) -> None:
    if view == "json":
        page.get_by_label("Record input").fill(f'{{"USER_ID": "{user_id}", "SUBSCRIPTION_MODEL": "{value}"}}')
        return
    page.get_by_label("USER_ID").fill(user_id)
    page.get_by_label("SUBSCRIPTION_MODEL", exact=True).fill(value)


def press(page: Page, name: str = "Create record(s)") -> None:
    page.get_by_role("button", name=name).click()


def response(page: Page) -> Locator:
    return page.locator("#response-panel")


def succeed(page: Page, name: str = "Create record(s)", *, after: str = "nothing before") -> str:
    """Press a button, expect a success other than the one before, and return its request id."""
    press(page, name)
    expect(response(page)).not_to_contain_text(after)
    expect(response(page)).to_contain_text(SUCCESS)
    found = re.search(r"Request ID\s+([0-9a-f-]{36})", response(page).inner_text())
    assert found
    return found[1]


def query(console: Served, sql: str, user_id: str) -> list[Any]:
    """Return the first column of what a query says of a user."""
    database = Path(console.variables["CONSOLE_DATA_DIR"], DATABASE)
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        return [row[0] for row in connection.execute(sql, [user_id])]


def held(console: Served, user_id: str) -> list[str]:
    """Return what the local service holds of a user."""
    sql = "SELECT properties ->> 'subscriptionModel' FROM local_storedrecord WHERE record_id = ?"
    return query(console, sql, user_id)


def outcomes(console: Served, user_id: str) -> list[str]:
    """Return the outcomes of a user's submissions, the oldest first."""
    return query(console, "SELECT outcome FROM history_submission WHERE record_ids = ? ORDER BY created_at", user_id)


def opened(page: Page, view: str) -> str:
    """Open the page in a view at the address with its key, and return its HTML."""
    page.goto(f"{PAGE}?view={view}&key={uuid4()}")
    # The browser may have forgotten the body of its own answer by now.
    return page.request.get(page.url).text()


def lose(route: Route) -> None:
    """Let a press of Create record(s) reach the console, and cut its answer off."""
    if "intent=create" not in (route.request.post_data or ""):
        return route.continue_()
    route.fetch(max_redirects=0)
    return route.abort()


def copy_of(page: Page, html: str) -> Page:
    """Return another tab with a page as it was opened, as a duplicated tab has it, or a page that Back brings."""
    tab = page.context.new_page()
    tab.route(page.url, lambda route: route.fulfill(body=html, content_type="text/html"), times=1)
    tab.goto(page.url)
    return tab


@in_each_way
def test_the_first_record_after_another_one_is_sent_again(
    page: Page, console: Served, view: str, user_id: str
) -> None:
    opened(page, view)
    ids = ["nothing before"]
    for value in ("A", "B", "A", "A"):
        fill_in(page, view, user_id, value)
        ids.append(succeed(page, after=ids[-1]))
        assert held(console, user_id) == [value]
    assert len(set(ids[1:])) == 4
    assert outcomes(console, user_id) == ["created"] * 4


def test_what_was_changed_elsewhere_or_removed_is_sent_again(page: Page, console: Served, user_id: str) -> None:
    opened(page, "json")
    fill_in(page, "json", user_id, "A")
    first = succeed(page)
    other = page.context.new_page()
    opened(other, "json")
    fill_in(other, "json", user_id, "X")
    succeed(other)
    assert held(console, user_id) == ["X"]
    second = succeed(page, after=first)
    assert held(console, user_id) == ["A"]
    other.goto("/local/reset-demo-data/")
    press(other, "Reset demo data")
    expect(other.get_by_text("The demo data was reset.")).to_be_visible()
    assert held(console, user_id) == []
    succeed(page, after=second)
    assert held(console, user_id) == ["A"]
    assert outcomes(console, user_id) == ["created"] * 4


@in_each_way
def test_a_page_that_was_not_updated_sends_nothing_until_it_is_sent_as_new(
    page: Page, console: Served, user_id: str, view: str
) -> None:
    value, sentence = {"json": ("A", SENT_SAME), "form": ("B", SENT_BEFORE)}[view]
    copy = copy_of(page, opened(page, view))
    fill_in(page, view, user_id, "A")
    first = succeed(page)
    fill_in(copy, view, user_id, value)
    press(copy)
    expect(copy.get_by_role("region", name="Earlier response")).to_contain_text(sentence)
    expect(response(copy)).to_contain_text(first)
    expect(response(copy)).not_to_contain_text("Success")
    assert outcomes(console, user_id) == ["created"]
    # What is in the editor goes, also what is changed now.
    fill_in(copy, view, user_id, f"{value}, changed")
    succeed(copy, "Send again as new", after=first)
    assert held(console, user_id) == [f"{value}, changed"]
    assert outcomes(console, user_id) == ["created"] * 2


@in_each_way
def test_an_answer_that_was_lost_is_shown_as_an_earlier_one(
    page: Page, console: Served, faults: Watched, has_script: bool, view: str, user_id: str
) -> None:
    opened(page, view)
    fill_in(page, view, user_id, "A")
    page.route(f"**{PAGE}*", lose)
    press(page)
    if has_script:
        expect(page.get_by_text("The console did not respond.")).to_be_visible()
        # htmx tells the browser's console of the request that was cut off.
        faults.clear()
    else:
        page.wait_for_url("chrome-error://**")
    page.unroute_all()
    assert outcomes(console, user_id) == ["created"]
    if has_script:
        press(page)
    else:
        # The browser sends the form again.
        page.reload()
    expect(response(page)).to_contain_text(SENT_SAME)
    succeed(page, "Send again as new")
    assert outcomes(console, user_id) == ["created"] * 2


def test_another_view_of_a_lost_press_sends_nothing_either(page: Page, console: Served, user_id: str) -> None:
    copy = copy_of(page, opened(page, "json"))
    fill_in(copy, "json", user_id, "A")
    copy.get_by_role("button", name="Form", exact=True).click()
    expect(copy.get_by_label("USER_ID")).to_have_value(user_id)
    fill_in(page, "json", user_id, "A")
    succeed(page)
    press(copy)
    expect(response(copy)).to_contain_text(SENT_SAME)
    copy.get_by_role("button", name="JSON", exact=True).click()
    succeed(copy)
    assert outcomes(console, user_id) == ["created"] * 2


def double_click(page: Page, button: Locator, pause: float) -> None:
    """Click twice at the same place, as a mouse does, with so many milliseconds between the clicks."""
    button.scroll_into_view_if_needed()
    # Nobody means a button that has only just come.
    page.wait_for_timeout(700)
    box = button.bounding_box()
    assert box
    mouse = page.context.new_cdp_session(page)
    for count in (1, 2):
        place = {"x": box["x"] + 9, "y": box["y"] + 9, "button": "left", "clickCount": count}
        for kind in ("mousePressed", "mouseReleased"):
            mouse.send("Input.dispatchMouseEvent", {"type": kind, **place})
        page.wait_for_timeout(pause if count == 1 else 0)


@pytest.mark.parametrize(
    ("has_script", "pause"),
    some_of([(has_script, pause) for pause in PAUSES for has_script in SCRIPTS], 0, 3),
    indirect=["has_script"],
)
def test_a_double_click_sends_once(page: Page, console: Served, user_id: str, pause: float) -> None:
    opened(page, "json")
    fill_in(page, "json", user_id, "A")
    double_click(page, page.get_by_role("button", name="Create record(s)"), pause)
    expect(response(page)).to_contain_text("Request ID")
    # What a second press would have sent is there by now.
    page.wait_for_timeout(500)
    assert outcomes(console, user_id) == ["created"]


@pytest.mark.parametrize(
    ("has_script", "pause"),
    some_of([(has_script, pause) for pause in PAUSES[1:] for has_script in SCRIPTS], 0),
    indirect=["has_script"],
)
def test_a_double_click_on_another_button_that_sends_sends_once(
    page: Page, console: Served, user_id: str, pause: float
) -> None:
    simulate(page, "InvalidInputException")
    opened(page, "json")
    fill_in(page, "json", user_id, "A")
    press(page)
    double_click(page, page.get_by_role("button", name="Try again"), pause)
    expect(response(page)).to_contain_text(re.compile(r"HTTP status\s*200"))
    # The second click may have met a link that took the button's place, so that this page is on its way elsewhere.
    other = page.context.new_page()
    copy = copy_of(other, opened(other, "json"))
    fill_in(other, "json", user_id, "A")
    succeed(other)
    fill_in(copy, "json", user_id, "B")
    press(copy)
    double_click(copy, copy.get_by_role("button", name="Send again as new"), pause)
    expect(response(copy)).to_contain_text(re.compile(r"HTTP status\s*200"))
    copy.wait_for_timeout(500)
    assert outcomes(console, user_id) == ["refused", "created", "created", "created"]


def simulate(page: Page, response: str) -> None:
    """Let the local service answer the next call so."""
    page.goto("/local/simulate-responses/")
    page.get_by_label(f"{response} (HTTP").check()
    page.get_by_label("Number of calls").fill("1")
    page.get_by_role("button", name="Simulate", exact=True).click()
    expect(page.locator("#simulation")).to_contain_text("1 of 1 call left.")


@in_each_way
def test_what_is_edited_after_a_response_was_left_is_sent(
    page: Page, console: Served, view: str, user_id: str
) -> None:
    opened(page, view)
    fill_in(page, view, user_id, "A")
    first = succeed(page)
    page.get_by_role("link", name="Edit and send again").click()
    succeed(page, after=first)
    page.get_by_role("link", name="Create another").click()
    expect(response(page)).to_contain_text("the result of the import is shown here")
    fill_in(page, view, user_id, "B")
    succeed(page)
    assert outcomes(console, user_id) == ["created"] * 3
    page.goto("/local/dataset-groups/")
    page.go_back()
    # What Back brings says that it is of earlier, whatever the browser has kept of the page.
    expect(response(page)).to_contain_text("Earlier response from")
    expect(response(page)).not_to_contain_text("Success")


@pytest.mark.parametrize(
    ("has_script", "view", "way"),
    some_of(
        [(*each.values, way) for each in WAYS for way in ("Back", "another tab")],
        0,
    ),
    indirect=["has_script"],
)
def test_what_was_tried_again_and_accepted_is_not_sent_once_more(
    page: Page, console: Served, view: str, user_id: str, way: str
) -> None:
    simulate(page, "InvalidInputException")
    opened(page, view)
    fill_in(page, view, user_id, "A")
    press(page)
    expect(response(page)).to_contain_text("Failure: no user record was created.")
    failed = page.url
    first = succeed(page, "Try again")
    other = page
    if way == "Back":
        page.goto("/local/dataset-groups/")
        page.goto(failed)
    else:
        other = page.context.new_page()
        other.goto(failed)
    expect(response(other)).to_contain_text("Earlier response from")
    expect(response(other)).to_contain_text(first)
    press(other)
    expect(response(other)).to_contain_text("Nothing was sent.")
    assert outcomes(console, user_id) == ["refused", "created"]
    succeed(other, "Send again as new", after=first)
    assert outcomes(console, user_id) == ["refused", "created", "created"]


@pytest.mark.parametrize("has_script", [False], indirect=True, ids=["without JavaScript"])
@pytest.mark.parametrize("view", ["json", "form"])
def test_back_after_a_success_sends_nothing(page: Page, console: Served, view: str, user_id: str) -> None:
    page.goto(f"{PAGE}?view={view}")
    # Without a script, the page goes to the address with its key by itself.
    page.wait_for_url(re.compile(f"view={view}&key="))
    fill_in(page, view, user_id, "A")
    first = succeed(page)
    fill_in(page, view, user_id, "B")
    second = succeed(page, after=first)
    for request_id, value in ((second, "B"), (first, "A")):
        page.go_back()
        expect(response(page)).to_contain_text("Earlier response from")
        expect(response(page)).to_contain_text(request_id)
        fill_in(page, view, user_id, value)
        press(page)
        expect(response(page)).to_contain_text("Nothing was sent.")
        page.go_back()
    assert outcomes(console, user_id) == ["created"] * 2
    assert held(console, user_id) == ["B"]


@pytest.mark.parametrize("has_script", [True], indirect=True, ids=["with JavaScript"])
def test_a_reload_after_a_lost_answer_shows_what_was_sent(
    page: Page, console: Served, faults: Watched, user_id: str
) -> None:
    page.goto(PAGE)
    fill_in(page, "json", user_id, "A")
    page.route(f"**{PAGE}*", lose)
    press(page)
    expect(page.get_by_text("The console did not respond.")).to_be_visible()
    faults.clear()
    page.unroute_all()
    page.reload()
    expect(response(page)).to_contain_text("Earlier response from")
    press(page)
    expect(response(page)).to_contain_text("Nothing was sent.")
    assert outcomes(console, user_id) == ["created"]


@pytest.mark.parametrize("has_script", [True], indirect=True, ids=["with JavaScript"])
def test_typing_leaves_what_is_said_of_a_lost_answer_and_the_next_click_counts(
    page: Page, console: Served, faults: Watched, user_id: str
) -> None:
    page.goto(PAGE)
    fill_in(page, "json", user_id, "A")
    page.route(f"**{PAGE}*", lose)
    press(page)
    lost = page.get_by_text("The console did not respond.")
    expect(lost).to_be_visible()
    faults.clear()
    page.unroute_all()
    with page.expect_response(lambda answer: "typing" in (answer.request.post_data or "")):
        fill_in(page, "json", user_id, "B")
    expect(lost).to_be_visible()
    # Within the pause of typing.
    fill_in(page, "json", user_id, "C")
    press(page)
    expect(response(page)).to_contain_text("This page already sent records")
    assert outcomes(console, user_id) == ["created"]


def test_a_failure_stays_in_sight_where_the_view_is_switched(page: Page, console: Served, user_id: str) -> None:
    simulate(page, "InvalidInputException")
    opened(page, "json")
    fill_in(page, "json", user_id, "A")
    press(page)
    expect(response(page)).to_contain_text("Failure: no user record was created.")
    page.get_by_role("button", name="Form", exact=True).click()
    expect(page.get_by_label("USER_ID")).to_have_value(user_id)
    expect(response(page)).to_contain_text("Failure: no user record was created.")
    first = succeed(page, "Try again")
    assert outcomes(console, user_id) == ["refused", "created"]
    assert first
