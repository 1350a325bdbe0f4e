"""Makes the README's picture: the page Create user record(s) with the Response of a request."""

import json
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from scripts.find_browser import find_browser
from tests.served import serve

RECORDS: list[dict[str, object]] = [
    {"USER_ID": "u-1001", "AGE": 34, "GENDER": "F", "MEMBERSHIP_TYPE": "Premium Class|Legacy Member"},
    {"USER_ID": "u-1002", "AGE": None, "GENDER": "M", "MEMBERSHIP_TYPE": "Frequent shopper"},
]
OTHERS: dict[str, object] = {"MEMBER_SINCE": 1600000000, "TOTAL_SPEND": 129.9, "NEWSLETTER": True}


def main(picture: str) -> None:
    """Write the picture to a path."""
    with tempfile.TemporaryDirectory() as data, serve(Path(data)) as served, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        page = browser.new_page(base_url=served.url, viewport={"width": 1360, "height": 800})
        page.goto("/sign-in/?next=/local/dataset-groups/loyalty-programme/datasets/users/create-records/")
        page.get_by_label("Username").fill("operator")
        page.get_by_label("Password").fill("operator")
        page.get_by_role("button", name="Sign in").click()
        text = json.dumps([{**record, **OTHERS} for record in RECORDS], indent=2)
        page.get_by_label("Record input").fill(text)
        page.get_by_label("Record input").press("Control+Home")
        page.get_by_role("button", name="Create record(s)").click()
        page.get_by_text("Success:").wait_for()
        page.screenshot(path=picture, full_page=True)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
