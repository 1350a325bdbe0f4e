"""Import records from a file as a person works with it: large files, dropped ones, and pastes that are too long."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import expect_settled, sign_in

DATASET = "/local/dataset-groups/video-streaming/datasets/users/"
PAGE = f"{DATASET}import-records/"
IMPORT = re.compile(rf"{DATASET}imports/[0-9a-f-]{{36}}/$")
HEADING = "USER_ID,SUBSCRIPTION_MODEL\n"


def test_a_large_file_goes_up_in_pieces_of_which_one_fails(operator_page: Page, tmp_path: Path) -> None:
    page = operator_page
    file = tmp_path / "large.csv"
    file.write_text(HEADING + "".join(f"user-{number:07},Ads|Monthly|Yearly\n" for number in range(630_000)))
    assert file.stat().st_size > 19_000_000
    asked: list[str] = []

    def pass_on(route: Route) -> None:
        asked.append(route.request.url.partition("?")[2])
        if len(asked) == 2:
            route.fulfill(status=503, body="busy")
        else:
            route.continue_()

    page.route("**/pieces/?*", pass_on)
    page.goto(PAGE)
    page.get_by_label("Choose file").set_input_files(file)
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_text("The console answered with the status 503. Trying again in 1 s.")).to_be_visible()
    expect(page.get_by_text(re.compile(r"8\.0 MB of 1\d\.\d MB"))).to_be_visible()
    page.wait_for_url(IMPORT)
    assert asked == ["start=0", "start=8388608", "start=8388608", "start=16777216", "end=look"]
    expect(page.get_by_role("heading", name="large.csv")).to_be_visible()


def test_a_file_that_is_dropped_is_uploaded_and_cancelled(operator_page: Page) -> None:
    page = operator_page
    page.goto(PAGE)
    dropped: Any = page.evaluate_handle(
        """text => {
            const dropped = new DataTransfer();
            dropped.items.add(new File([text], "dropped.csv"));
            return dropped;
        }""",
        f"{HEADING}u-1,Ads\n",
    )
    zone = page.get_by_text("You can also drop the file here.")
    zone.dispatch_event("drop", {"dataTransfer": dropped})
    upload = page.get_by_role("button", name="Upload")
    expect(upload).to_be_focused()
    page.route("**/pieces/?start=*", lambda _route: None)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Uploading dropped.csv")).to_be_visible()
    page.get_by_role("button", name="Cancel").click()
    expect(upload).to_be_visible()
    page.unroute("**/pieces/?start=*")
    begun: list[str] = []
    page.on("request", lambda request: begun.append(request.url) if "/begin/" in request.url else None)
    # Pressed twice in the same moment, it is uploaded once.
    upload.evaluate("button => { button.click(); button.click(); }")
    page.wait_for_url(IMPORT)
    expect(page.get_by_role("heading", name="dropped.csv")).to_be_visible()
    assert len(begun) == 1


def test_a_paste_of_more_than_ten_records_is_imported(visitor: Page) -> None:
    page = visitor
    sign_in(page, "operator")
    page.goto(f"{DATASET}create-records/")
    expect_settled(page)
    page.get_by_label("Record input").fill(HEADING + "".join(f"u-{number},Ads\n" for number in range(25)))
    page.get_by_role("button", name="Validate only").click()
    expect(page.get_by_role("region", name="Problems")).to_contain_text("Expected 1 to 10 users at a time; found 25.")
    page.get_by_role("button", name="Import all 25 records").click()
    page.wait_for_url(IMPORT)
    expect(page.get_by_role("heading", name="pasted-records.csv")).to_be_visible()
