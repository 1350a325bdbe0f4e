"""What is in sight without scrolling: outcomes of submissions, filters in full rows, and messages beside their control."""

import json

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import NARROW, Watched, page_as_wide, record_input, sign_in
from tests.support.person import Person
from tests.support.production import RECORD
from tests.support.served import Served

GROUP = "/local/dataset-groups/loyalty-programme/"
RIGHT_EDGE = "each => each.getBoundingClientRect().right"
TOP_EDGE = "each => each.getBoundingClientRect().top"


def create_events(page: Page) -> None:
    """Send eight events whose words are long."""
    page.goto(f"{GROUP}datasets/interactions/create-records/")
    redeemed = {"USER_ID": "a-member-with-a-long-name", "EVENT_TYPE": "Redeem", "TIMESTAMP": 1764410400}
    events = [redeemed | {"ITEM_ID": f"reward-{number}-of-the-year"} for number in range(8)]
    record_input(page).fill(json.dumps(events))
    page.get_by_role("button", name="Create record(s)").click()
    expect(page.get_by_text("Success:")).to_be_visible()


def leave_unconfirmed(served: Served) -> None:
    """Send a record whose answer is lost: no outcome has a longer name."""
    person = Person(served, "administrator")
    person.post("/local/simulate-responses/", response="dropped", seconds="", scope="all", calls="9")
    sent = person.post(
        f"{GROUP}datasets/users/create-records/", record_input=RECORD % "lost-on-a-phone", intent="create"
    )
    person.post("/local/simulate-responses/", intent="stop")
    assert "Unconfirmed:" in sent


def test_the_outcome_of_each_submission_is_in_sight(browser: Browser, served: Served, faults: Watched) -> None:
    page = page_as_wide(browser, served, faults, "light", 1440)
    sign_in(page, "administrator")
    create_events(page)
    leave_unconfirmed(served)
    for address in ("/local/submissions/", f"{GROUP}submissions/", GROUP, "/activity/"):
        page.goto(address)
        expect(page.locator(".table-scroll td .status").first).to_be_visible()
        # As it will be in a while.
        page.locator("td.date .help").evaluate_all(
            "all => all.forEach((each) => { each.textContent = '59 minutes ago'; })"
        )
        for width in (1440, 1280, 800, NARROW):
            page.set_viewport_size({"width": width, "height": 800})
            edge = page.locator(".table-scroll:has(td .status)").evaluate(RIGHT_EDGE)
            edges = page.locator(".table-scroll td .status").evaluate_all(f"all => all.map({RIGHT_EDGE})")
            assert max(edges) < edge, (address, width)
    page.context.close()
    assert faults == []


def rows_of_labels(page: Page, labels: list[str]) -> list[list[str]]:
    """Return the labels of controls by the rows that they stand in, from above."""
    rows: dict[float, list[str]] = {}
    for label in labels:
        top = page.locator(".filter-fields").get_by_label(label, exact=True).evaluate(TOP_EDGE)
        rows.setdefault(round(top, -1), []).append(label)
    return [rows[top] for top in sorted(rows)]


def test_five_filters_stand_in_two_rows(browser: Browser, served: Served, faults: Watched) -> None:
    page = page_as_wide(browser, served, faults, "light", 1440)
    sign_in(page, "administrator")
    create_events(page)
    page.goto(f"{GROUP}datasets/interactions/")
    searched = ["User ID (whole ID)", "Item ID (whole ID)", "Event type (whole)", "Find item interactions", "In"]
    assert rows_of_labels(page, searched) == [searched[:3], searched[3:]]
    page.goto("/activity/")
    page.locator("summary", has_text="Filters").click()
    filters = ["Kind", "Person (whole name)", "Environment (whole name)", "From (GMT)", "To (GMT)"]
    assert rows_of_labels(page, filters) == [filters[:3], filters[3:]]
    page.context.close()
    assert faults == []


def test_a_message_does_not_touch_its_control(operator_page: Page) -> None:
    page = operator_page
    page.goto(f"{GROUP}datasets/users/create-records/")
    known = page.get_by_label("Change a user that was sent before")
    known.fill("membr-101")
    page.get_by_role("button", name="Load known record").click()
    message = page.locator("#loaded .alert")
    expect(message).to_be_visible()
    below = known.evaluate("each => each.getBoundingClientRect().bottom")
    assert message.evaluate(TOP_EDGE) - below >= 4


def test_the_columns_of_an_import_fit_on_a_phone(browser: Browser, served: Served, faults: Watched) -> None:
    page = page_as_wide(browser, served, faults, "light", NARROW)
    sign_in(page, "operator")
    page.goto(f"{GROUP}datasets/users/import-records/")
    page.get_by_label("Or paste rows").fill("USER_ID,AGE\nu-1,34\n")
    page.get_by_role("button", name="Upload").click()
    columns = page.get_by_role("region", name="Table of columns")
    expect(columns).to_be_visible()
    assert columns.evaluate("each => each.scrollWidth - each.clientWidth") == 0
    page.context.close()
    assert faults == []


def test_without_scripts_the_control_is_in_sight_beside_its_message(browser: Browser, served: Served) -> None:
    context = browser.new_context(
        base_url=served.url, java_script_enabled=False, viewport={"width": 1360, "height": 640}
    )
    page = context.new_page()
    sign_in(page, "operator")
    page.goto(f"{GROUP}datasets/users/create-records/")
    page.get_by_label("Change a user that was sent before").fill("membr-101")
    page.get_by_role("button", name="Load known record").click()
    expect(page.locator("#loaded .alert")).to_be_in_viewport()
    expect(page.get_by_label("Change a user that was sent before")).to_be_in_viewport()
    context.close()


def test_the_search_of_submissions_says_all_that_it_finds(operator_page: Page) -> None:
    page = operator_page
    page.set_viewport_size({"width": 1280, "height": 800})
    for address in ("/local/submissions/", f"{GROUP}submissions/"):
        page.goto(address)
        # An input has no width of its placeholder: as its value, it would scroll.
        page.get_by_role("searchbox").evaluate("each => { each.value = each.placeholder; }")
        widths = page.get_by_role("searchbox").evaluate("each => [each.scrollWidth, each.clientWidth]")
        assert widths[0] <= widths[1], address


def test_the_steps_of_the_tour_have_room_between_words_and_buttons(operator_page: Page) -> None:
    page = operator_page
    page.goto("/local/tour/")
    gaps = page.locator("main section").evaluate_all(
        "all => all.map((each) => [...each.querySelectorAll('p')].slice(-2).map((p) => p.getBoundingClientRect()))"
        ".map(([words, buttons]) => Math.round(buttons.top - words.bottom))"
    )
    assert len(gaps) == 7
    # In the last step, the commands stand between.
    assert set(gaps[:6]) == {8}
    page.context.grant_permissions(["clipboard-write"])
    page.get_by_role("button", name="Copy commands").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    # The page may not read what was copied: it is pasted into one that takes any text.
    page.goto(f"{GROUP}datasets/users/import-records/")
    page.get_by_label("Or paste rows").press("ControlOrMeta+v")
    copied = page.get_by_label("Or paste rows").input_value().splitlines()
    assert copied[0] == f"export AWS_ENDPOINT_URL={page.url.partition('/local/')[0]}/aws"
    assert len(copied) == 6


def test_cancelling_an_import_looks_as_cancel_does_elsewhere(operator_page: Page) -> None:
    page = operator_page
    page.goto(f"{GROUP}datasets/users/import-records/")
    looks = "each => ['fontWeight', 'textDecorationLine', 'paddingLeft'].map((name) => getComputedStyle(each)[name])"
    expected = page.get_by_role("link", name="Cancel", exact=True).evaluate(looks)
    page.get_by_label("Or paste rows").fill("USER_ID,AGE\nmember-1,30\n")
    page.get_by_role("button", name="Upload").click()
    cancel = page.get_by_role("button", name="Cancel import")
    assert cancel.evaluate(looks) == expected
    assert expected[:2] == ["700", "none"]


def test_the_problem_of_the_tour_is_shown_as_one(operator_page: Page) -> None:
    page = operator_page
    page.goto("/local/tour/")
    page.get_by_role("link", name="See the problem").click()
    expect(page.get_by_text("Expected text in double quotes (categorical string); found null.")).to_be_visible()
    expect(
        page.locator(".ace_gutter-cell .ace_icon_svg.ace_error, .ace_gutter-cell_svg-icons.ace_error")
    ).to_have_count(1)
    expect(page.locator("#editor-problems")).not_to_have_class("editor-problems quiet")
    # It stays open while the text is fixed.
    record_input(page).fill('{"USER_ID": "tour-2", "SUBSCRIPTION_MODEL": 7}')
    expect(page.get_by_text("found the number 7.")).to_be_visible()


def test_the_event_tracker_does_not_touch_the_record_input(operator_page: Page) -> None:
    page = operator_page
    page.goto(f"{GROUP}datasets/interactions/create-records/")
    tracker = page.locator("#sending-to > .help")
    expect(tracker).to_contain_text("Event tracker: loyalty-programme-events")
    below = tracker.evaluate("each => each.getBoundingClientRect().bottom")
    assert page.locator("#record-editor").evaluate(TOP_EDGE) - below >= 16


def test_the_response_to_an_event_fits_and_its_link_is_one_line(operator_page: Page) -> None:
    page = operator_page
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{GROUP}datasets/interactions/create-records/")
    event = {"USER_ID": "u-1", "ITEM_ID": "shoe-7", "EVENT_TYPE": "Buy", "TIMESTAMP": 1764410400}
    record_input(page).fill(json.dumps(event))
    page.get_by_role("button", name="Create record(s)").click()
    table = page.get_by_role("region", name="Result for each record")
    expect(table).to_be_visible()
    assert table.evaluate("each => each.scrollWidth - each.clientWidth") == 0
    assert page.get_by_text("View stored event").evaluate("each => each.getClientRects().length") == 1
