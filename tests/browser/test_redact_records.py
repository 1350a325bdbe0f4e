"""Personal data in a real browser: a person is redacted with drafts of them, and records are exported."""

import json
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.conftest import WIDE, check_looks, sign_in

GROUP = "/local/dataset-groups/loyalty-programme"
CREATE = f"{GROUP}/datasets/users/create-records/"
USER = {"MEMBERSHIP_TYPE": "Gold", "MEMBER_SINCE": 1, "TOTAL_SPEND": 1, "NEWSLETTER": True}


def test_a_person_is_redacted_and_drafts_with_them_go(operator_page: Page) -> None:
    page = operator_page
    sign_in(page, "administrator")
    page.goto(CREATE)
    page.get_by_label("Record input").fill(json.dumps({"USER_ID": "forget-me", "CITY": "Appenzell", **USER}))
    page.get_by_role("button", name="Create record(s)").click()
    expect(page.get_by_text("Success:")).to_be_visible()
    page.goto(CREATE)
    page.evaluate("localStorage.setItem('draft administrator local loyalty-programme', '[]')")
    page.goto(f"{GROUP}/datasets/users/record-history/?record_id=forget-me")
    page.get_by_role("link", name="Redact records").click()
    expect(page.get_by_label("User IDs")).to_have_value("forget-me")
    page.get_by_role("button", name="Redact records").click()
    expect(page.get_by_text("A redaction cannot be undone, so nothing was redacted.")).to_be_visible()
    check_looks(page, "redact-records/", "light", WIDE)
    page.get_by_label("Type loyalty-programme to confirm").fill("loyalty-programme")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Redacted 1 user: 1 record in 1 submission.")).to_be_visible()
    expect(page.locator("main")).to_contain_text("by administrator.")
    expect(page.locator("main")).not_to_contain_text("Appenzell")
    page.goto(CREATE)
    expect(page.get_by_label("Record input")).to_be_visible()
    page.wait_for_function("localStorage.getItem('draft administrator local loyalty-programme') === null")


def test_records_are_exported_as_a_spreadsheet_with_old_and_new(operator_page: Page, tmp_path: Path) -> None:
    page = operator_page
    for city in ("Bern", "Rome"):
        page.goto(CREATE)
        page.get_by_label("Record input").fill(json.dumps({"USER_ID": "0012", "CITY": city, **USER}))
        page.get_by_role("button", name="Create record(s)").click()
        expect(page.get_by_text("Success:")).to_be_visible()
    page.goto(f"{GROUP}/submissions/?record_id=0012")
    with page.expect_download() as download:
        page.get_by_role("link", name="XLSX with old and new").click()
    download.value.save_as(tmp_path / "records.xlsx")
    heading, *rows = load_workbook(tmp_path / "records.xlsx").worksheets[0].values
    places = [heading.index(each) for each in ("record_id", "city (before)", "city")]
    assert [[row[each] for each in places] for row in rows] == [["0012", "Bern", "Rome"], ["0012", None, "Bern"]]
