"""A dataset gets a schema with one more field, a tag, and is deleted: with and without JavaScript, by keyboard."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import sign_in
from tests.browser.test_event_trackers import has_scripts
from tests.support.served import Served, serve

DATASET = "/local/dataset-groups/member-profiles/datasets/users/"


@pytest.fixture
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A console of each test's own: what is deleted here would be missed by others."""
    with serve(tmp_path_factory.mktemp("served"), CONSOLE_LOCAL_CREATE_SECONDS="0.3") as served:
        yield served


def choose(page: Page, action: str) -> None:
    """Choose an action of the dataset's menu by the keyboard."""
    page.get_by_role("button", name="Modify dataset").press("Enter")
    page.locator("#modify-dataset").get_by_text(action, exact=True).press("Enter")


def reload_until_replaced(page: Page) -> None:
    """Reload the page of the dataset until both that and the replacement are Active, as a person would."""
    for _ in range(40):
        if page.get_by_text("Active", exact=True).count() == 2:
            return
        page.wait_for_timeout(250)
        page.reload()
    raise AssertionError("The schema was not replaced.")


def test_a_schema_is_replaced_and_the_dataset_deleted(visitor: Page) -> None:
    page = visitor
    sign_in(page, "operator")
    page.goto(DATASET)
    choose(page, "Replace schema")
    schema = json.loads(page.locator("textarea[name=schema_text]").input_value())
    city = {"name": "CITY", "type": "string"}
    text = page.get_by_label("Schema definition")
    text.fill(json.dumps({**schema, "fields": [*schema["fields"], city]}))
    sentence = page.get_by_text("The new field CITY must allow null, because existing records do not have it.")
    if has_scripts(page):
        expect(page.get_by_text("Errors: 1", exact=True)).to_be_visible()
        expect(page.get_by_text("CITY: string", exact=True)).to_be_visible()
    page.get_by_label("Schema name").fill("member-profiles-with-city")
    page.get_by_label("Schema name").press("Enter")
    expect(sentence.first).to_be_visible()
    text.fill(json.dumps({**schema, "fields": [*schema["fields"], {**city, "type": ["null", "string"]}]}))
    page.get_by_role("button", name="Compare").press("Enter")
    expect(page.get_by_text("CITY: string, nullable", exact=True)).to_be_visible()
    page.get_by_role("button", name="Replace schema", exact=True).press("Enter")
    expect(page.get_by_text("which adds CITY.").first).to_be_visible()
    expect(page.get_by_role("link", name="member-profiles-with-city")).to_be_visible()
    reload_until_replaced(page)

    choose(page, "Delete dataset")
    name = page.get_by_label("Type member-profiles-users to confirm")
    name.fill("member-profiles")
    name.press("Enter")
    expect(page.get_by_text("Nothing was deleted. Type member-profiles-users to confirm.")).to_be_visible()
    expect(name).to_be_focused()
    name.fill("member-profiles-users")
    name.press("Enter")
    expect(page.get_by_text("The dataset member-profiles-users is being deleted.").first).to_be_visible()
