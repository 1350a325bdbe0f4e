"""Importing a file as a person does it: columns, check, rows that are fixed in place, and sending."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import WIDE, check_looks, sign_in
from tests.bulk.importing import csv_of, row

IMPORT = "/local/dataset-groups/loyalty-programme/datasets/users/import-records/"


def file_of(*rows: str) -> Any:
    return {"name": "members.csv", "mimeType": "text/csv", "buffer": csv_of(*rows).encode()}


def upload(page: Page, *rows: str) -> None:
    page.goto(IMPORT)
    page.get_by_label("Choose file").set_input_files(file_of(*rows))
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_role("heading", name="Columns")).to_be_visible()


def wait_for(page: Page, heading: str) -> None:
    """Wait for a heading of the page; without scripts nothing comes by itself."""
    while not _has_scripts(page) and not page.get_by_role("heading", name=heading).count():
        page.get_by_role("link", name="Refresh").click()
        page.wait_for_timeout(250)
    expect(page.get_by_role("heading", name=heading)).to_be_visible()


def _has_scripts(page: Page) -> bool:
    return bool(page.evaluate("matchMedia('(scripting: enabled)').matches"))


def test_25_rows_of_which_four_are_wrong(visitor: Page) -> None:
    sign_in(visitor, "operator")
    rows = [row(f"bulk-{number}") for number in range(25)]
    rows[2], rows[7], rows[11] = row("bulk-2", AGE="x"), row("bulk-7", AGE="34.5"), row("bulk-11", TOTAL_SPEND="free")
    rows[19] = "bulk-19,34"
    upload(visitor, *rows)
    visitor.get_by_text("Add a column with one value in all rows").click()
    visitor.get_by_label("Field", exact=True).select_option("GENDER")
    visitor.get_by_label("Value in all rows").fill("Female")
    if _has_scripts(visitor):
        check_looks(visitor, "columns that are mapped", "light", WIDE)
    visitor.get_by_label("Value in all rows").press("Enter")
    expect(visitor.get_by_label("GENDER", exact=True)).to_have_value("GENDER")
    visitor.get_by_role("button", name="Check").click()
    wait_for(visitor, "Invalid rows (4)")
    if _has_scripts(visitor):
        check_looks(visitor, "an import that was checked", "light", WIDE)
    # With the keyboard alone: Enter saves, and the first cell that is still wrong has the focus.
    cell = visitor.get_by_label("AGE, row 4")
    cell.fill("y")
    cell.press("Enter")
    expect(visitor.get_by_label("AGE, row 4")).to_be_focused()
    expect(visitor.get_by_text("found the text “y”")).to_be_visible()
    visitor.get_by_label("AGE, row 4").fill("41")
    visitor.get_by_label("AGE, row 4").press("Enter")
    expect(visitor.get_by_text("Row 4 is valid now.")).to_be_visible()
    expect(visitor.get_by_role("heading", name="Invalid rows (3)")).to_be_visible()
    visitor.get_by_label("AGE, row 9").fill("34")
    visitor.get_by_role("button", name="Save row 9").click()
    expect(visitor.get_by_role("heading", name="Invalid rows (2)")).to_be_visible()
    visitor.get_by_role("button", name="Send records").click()
    wait_for(visitor, "Result")
    expect(visitor.get_by_text("All 23 records were sent and accepted. 2 invalid rows were not sent.")).to_be_visible()
    if _has_scripts(visitor):
        check_looks(visitor, "an import that has ended", "light", WIDE)


def test_an_import_is_paused_and_goes_on(operator_page: Page, faults: list[str]) -> None:
    page = operator_page
    upload(page, *[row(f"paused-{number}") for number in range(300)])
    page.get_by_role("button", name="Check").click()
    # One call a second.
    page.get_by_label("Share of AWS's rate", exact=True).select_option("10")
    page.get_by_role("button", name="Send records").click()
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("heading", name="Paused")).to_be_visible()
    check_looks(page, "an import that is paused", "light", WIDE)
    done = page.get_by_text(re.compile(r"^\d+ of 300"))
    before = done.inner_text()
    page.wait_for_timeout(2500)
    page.reload()
    # What was under way when it was paused may have been counted since.
    counted = int(done.inner_text().partition(" ")[0])
    assert counted <= int(before.partition(" ")[0]) + 20
    page.get_by_role("button", name="Resume").click()
    expect(page.get_by_role("heading", name="Sending")).to_be_visible()
    expect(done).not_to_have_text(re.compile(rf"^{counted} of 300"))
    page.route("**/*seen=*", lambda route: route.abort())
    unanswered = page.get_by_text("The console does not respond. This page shows the last known")
    expect(unanswered).to_be_visible()
    page.unroute("**/*seen=*")
    expect(unanswered).to_be_hidden()
    # What the browser says of requests without an answer.
    faults.clear()
    page.get_by_role("button", name="Cancel").click()
    check_looks(page, "a question before an import is cancelled", "light", WIDE)
    page.get_by_role("button", name="Cancel import").click()
    expect(page.get_by_text("This import was cancelled by operator.")).to_be_visible()


PASTE = """([text]) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def test_forty_rows_that_are_pasted_are_saved_in_one_request(operator_page: Page, faults: list[str]) -> None:
    page = operator_page
    upload(page, *[row(f"pasted-{number}", AGE="x") for number in range(40)])
    page.get_by_role("button", name="Check").click()
    page.get_by_role("link", name="100 rows on a page").click()
    save = page.get_by_role("button", name="Save 40 changed rows")
    expect(save).to_be_hidden()
    page.get_by_label("AGE, row 2", exact=True).focus()
    # The last one is still wrong.
    page.evaluate(PASTE, ["\n".join([*map(str, range(20, 59)), "z"])])
    check_looks(page, "invalid rows that were pasted into", "light", WIDE)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    # What has no answer stays as it was typed.
    page.route("**/imports/*/*", lambda route: route.abort())
    save.click()
    expect(page.locator("#no-answer")).to_be_visible()
    expect(page.get_by_label("AGE, row 2", exact=True)).to_have_value("20")
    expect(page.get_by_label("AGE, row 41", exact=True)).to_have_value("z")
    page.unroute("**/imports/*/*")
    # What the browser says of requests without an answer.
    faults.clear()
    sent.clear()
    save.click()
    expect(page.get_by_role("heading", name="Invalid rows (1)")).to_be_visible()
    assert len(sent) == 1
    expect(page.get_by_text("39 rows are valid now, and will be sent after all others.")).to_be_visible()
    expect(page.get_by_text("Row 41 is still invalid, and keeps what was typed.")).to_be_visible()
    expect(page.get_by_label("AGE, row 41", exact=True)).to_have_value("z")
    expect(page.get_by_role("heading", name="Invalid rows (1)")).to_be_focused()


@pytest.mark.whole
def test_100_000_rows_of_which_forty_are_wrong(visitor: Page) -> None:
    sign_in(visitor, "operator")
    count, every = 100_000, 2_500
    rows = [row(f"many-{number}", AGE="x" if number % every == 5 else "34") for number in range(count)]
    upload(visitor, *rows)
    visitor.get_by_role("button", name="Check").click()
    wait_for(visitor, "Invalid rows (40)")
    if _has_scripts(visitor):
        check_looks(visitor, "an import of many rows that was checked", "light", WIDE)
    visitor.get_by_label("AGE, row 7", exact=True).fill("41")
    visitor.get_by_role("button", name="Save row 7", exact=True).click()
    expect(visitor.get_by_role("heading", name="Invalid rows (39)")).to_be_visible()
    visitor.get_by_label("By a dataset import job, FULL").check()
    visitor.get_by_role("button", name="Send records").click()
    wait_for(visitor, "Result")
    done = "The dataset import job has imported 99,961 records. 39 invalid rows were not sent."
    expect(visitor.get_by_text(done)).to_be_visible()
