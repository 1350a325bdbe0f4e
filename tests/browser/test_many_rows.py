"""Tables with no rows, with thousands, and with names of every script and length."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import CONTRAST, Watched, check_axe, sign_in
from tests.browser.test_tables import GROUPS, rows
from tests.clients.test_put_users import client
from tests.support.numbers import IS_WHOLE, some_of
from tests.support.served import Served, serve

LONGEST = "w" * 63


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A console that may have so many dataset groups."""
    with serve(tmp_path_factory.mktemp("many"), CONSOLE_LOCAL_MOST_DATASET_GROUPS="6000") as served:
        yield served


@pytest.mark.parametrize("number", some_of([0, 1, 100, 5000], 0, 3))
def test_any_number_of_groups_fits_a_phone(browser: Browser, many: Served, faults: Watched, number: int) -> None:
    make_groups(Path(many.variables["CONSOLE_DATA_DIR"]), number)
    context = browser.new_context(base_url=many.url, viewport={"width": 320, "height": 640})
    page = context.new_page()
    faults.watch(page, many.url)
    sign_in(page, "viewer")
    expect(page.get_by_role("heading", name=f"Dataset groups ({number})")).to_be_visible()
    check_axe(page)
    page.emulate_media(color_scheme="dark")
    check_axe(page, rules={} if IS_WHOLE else CONTRAST)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    expect(rows(page)).to_have_count(min(number, 20))
    if number > 20:
        page.get_by_role("link", name="Next page").click()
        expect(page.get_by_role("link", name="Page 2 of all pages")).to_have_attribute("aria-current", "page")
        expect(page.get_by_role("link", name="Next page")).to_be_focused()
        page.get_by_role("searchbox").fill(LONGEST)
        expect(rows(page)).to_have_count(1)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()
    assert faults == []


def make_groups(data: Path, number: int) -> None:
    """Leave so many dataset groups in the database of a data directory, the oldest with the longest name."""
    with sqlite3.connect(data / "console.sqlite3") as database:
        table = "local_datasetgroup"
        columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
        # The first time it is there; the others, this is.
        database.execute(f"CREATE TABLE IF NOT EXISTS example AS SELECT * FROM {table} WHERE name = 'newsroom'")
        example = dict(zip(columns, database.execute("SELECT * FROM example").fetchone(), strict=True))
        for other in (
            "local_job",
            "local_storedrecord",
            "local_dataset",
            table,
        ):
            database.execute(f"DELETE FROM {other}")
        for each in range(number):
            name = f"group-{each:04}" if each else LONGEST
            row = {**example, "id": each + 1, "name": name, "arn": example["arn"].replace("newsroom", name)}
            marks = ", ".join("?" for _ in columns)
            database.execute(f"INSERT INTO {table} VALUES ({marks})", [row[column] for column in columns])
    database.close()


def test_names_in_other_scripts_and_of_any_length_break_nothing(served: Served, operator_page: Page) -> None:
    page = operator_page
    events: Any = client(served, "personalize-events")
    arn = "arn:aws:personalize:us-east-1:000000000000:dataset/video-streaming/USERS"
    ids = ["שלום-עולם", "👩‍👩‍👧‍👦" * 20, "مرحبا (1) ", "x" * 256]
    events.put_users(
        datasetArn=arn, users=[{"userId": each, "properties": '{"subscriptionModel":"Ads"}'} for each in ids]
    )
    page.goto(f"{GROUPS}video-streaming/datasets/users/")
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    field = page.get_by_role("searchbox", name="Find users")
    field.press_sequentially("שלום", delay=30)
    expect(page.get_by_text("1 match", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="שלום-עולם")).to_be_visible()
    expect(field).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    check_axe(page)
