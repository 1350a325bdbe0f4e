"""Makes pictures of every page in five looks, for people to look at: see LOOKS.

They go into the folder that is named on the command line, one for each page and look: `create-records.dark.png`. With
--readme the one picture of the README is made instead, as its path says: small enough to be kept with the code.
"""

import base64
import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

from scripts.find_browser import find_browser
from scripts.pages import pages, pages_of_events
from tests.support.served import Served, clean_variables, manage, serve

CREATE_RECORDS = pages()["create-records"]
EVENTS, CREATE_EVENTS = pages_of_events()
RECORDS: list[dict[str, object]] = [
    {"USER_ID": "u-1", "AGE": 34, "GENDER": "F", "MEMBERSHIP_TYPE": "Premium Class|Legacy Member"},
    {"USER_ID": "u-2", "AGE": None, "GENDER": "M", "MEMBERSHIP_TYPE": "Frequent shopper"},
]
OTHERS: dict[str, object] = {"MEMBER_SINCE": 1600000000, "TOTAL_SPEND": 129.9, "NEWSLETTER": True}
TEXT = json.dumps([{**record, **OTHERS} for record in RECORDS], indent=2)
EVENT = json.dumps({"USER_ID": "u-1", "ITEM_ID": "shoe-7", "EVENT_TYPE": "Buy", "TIMESTAMP": 1764410400}, indent=2)
WRONG = TEXT.replace("34", '"old"').replace("true", '"yes"', 1)


@dataclass(frozen=True, slots=True)
class Look:
    """How a page is looked at: its colours, the width of the window in CSS pixels, its density, and with scripts."""

    scheme: Literal["light", "dark"] = "light"
    width: int = 1280
    density: Literal["Comfortable", "Compact"] = "Comfortable"
    has_scripts: bool = True


LOOKS = {
    "light": Look(),
    "dark": Look(scheme="dark"),
    "compact": Look(density="Compact"),
    "small": Look(width=320),
    "without-scripts": Look(has_scripts=False),
}
# Lists whose first row leads to a page, by that page's name.
LISTS = {
    "person": pages()["people"],
    "submission": pages()["submissions"],
    "dataset-import-job": pages()["dataset-import-jobs"],
    "dataset-export-job": pages()["dataset-export-jobs"],
    "data-deletion-job": pages()["data-deletion-jobs"],
}
ROWS = "USER_ID,AGE,MEMBERSHIP_TYPE,MEMBER_SINCE,TOTAL_SPEND,NEWSLETTER\nu-3,34,Basic,1600000000,12.5,true\n"


def sign_in(page: Page, name: str) -> None:
    """Sign a demo account in."""
    page.goto("/sign-in/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(name)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/dataset-groups/")


def send(page: Page, path: str = CREATE_RECORDS, text: str = TEXT) -> None:
    """Send records by a page of Create record(s), and wait for the Response."""
    page.goto(path)
    page.get_by_label("Record input").fill(text)
    page.get_by_label("Record input").press("Control+Home")
    page.get_by_role("button", name="Create record(s)").click()
    page.get_by_text("Success:").wait_for()


def choose_density(page: Page, density: str) -> None:
    """Choose it in the settings of who is signed in."""
    page.goto(pages()["settings-page"])
    page.get_by_label(density).check()
    page.get_by_role("button", name="Save changes").click()
    page.wait_for_url("**/dataset-groups/")


def take_all(page: Page, folder: Path, look: str) -> None:
    """Write a picture of every page, and of what Create user record(s) comes to."""

    def take(name: str) -> None:
        page.wait_for_load_state("networkidle")
        page.screenshot(path=folder / f"{name}.{look}.png", full_page=True)

    page.goto("/sign-in/")
    take("sign-in")
    sign_in(page, "administrator")
    choose_density(page, LOOKS[look].density)
    send(page, CREATE_EVENTS, EVENT)
    take("create-records-of-events-response")
    page.goto(EVENTS)
    take("dataset-of-events")
    page.locator("#events-rows td a").first.click()
    take("stored-event")
    send(page)
    take("create-records-response")
    for name, path in {**pages(), "not-found": "/nowhere/"}.items():
        page.goto(path)
        take(name)
    for name, path in LISTS.items():
        page.goto(path)
        page.locator("#table-rows tbody td a").first.click()
        take(name)
    page.goto(pages()["import-records"])
    page.get_by_label("Or paste rows").fill(ROWS)
    page.get_by_role("button", name="Upload").click()
    page.get_by_role("heading", name="Columns").wait_for()
    take("bulk-import")
    page.goto(CREATE_RECORDS)
    page.get_by_label("Record input").fill(WRONG)
    page.get_by_role("button", name="Create record(s)").click()
    page.get_by_role("heading", name="Problems").wait_for()
    take("create-records-problems")
    page.get_by_role("button", name="Form", exact=True).click()
    page.get_by_role("group", name="Record 2").wait_for()
    page.get_by_role("button", name="Create record(s)").click()
    page.get_by_role("heading", name="Problems").wait_for()
    take("create-records-form")


@contextmanager
def new_page(browser: Browser, served: Served, look: Look, height: int = 800) -> Iterator[Page]:
    """Open a page of a new visitor, who prefers little motion so that nothing moves in a picture."""
    viewport = {"width": look.width, "height": height}
    context = browser.new_context(
        base_url=served.url,
        color_scheme=look.scheme,
        viewport=viewport,  # type: ignore[arg-type]  # A dictionary that has these keys.
        java_script_enabled=look.has_scripts,
        reduced_motion="reduce",
    )
    yield context.new_page()
    context.close()


def as_webp(page: Page) -> bytes:
    """Return a picture of the whole page in a quarter of the size that it has as PNG."""
    size = page.evaluate("(({ scrollWidth, scrollHeight }) => [scrollWidth, scrollHeight])(document.documentElement)")
    clip = {"x": 0, "y": 0, "width": size[0], "height": size[1], "scale": 1}
    wanted = {"format": "webp", "quality": 80, "clip": clip, "captureBeyondViewport": True}
    return base64.b64decode(page.context.new_cdp_session(page).send("Page.captureScreenshot", wanted)["data"])


@contextmanager
def filled(data: Path) -> Iterator[Served]:
    """Serve a console with the demo as `make run` makes it: with records, jobs and submissions."""
    manage("prepare_demo", variables=clean_variables(data))
    with serve(data) as served:
        yield served


def main(target: Path, *, is_for_readme: bool) -> None:
    """Write the pictures into a folder, or the README's to a path."""
    with tempfile.TemporaryDirectory() as data, filled(Path(data)) as served, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        if is_for_readme:
            with new_page(browser, served, LOOKS["light"]) as page:
                sign_in(page, "operator")
                send(page)
                target.write_bytes(as_webp(page))
        else:
            target.mkdir(parents=True, exist_ok=True)
            for name, look in LOOKS.items():
                with new_page(browser, served, look) as page:
                    take_all(page, target, name)
        browser.close()


if __name__ == "__main__":
    *options, path = sys.argv[1:]
    main(Path(path), is_for_readme=options == ["--readme"])
