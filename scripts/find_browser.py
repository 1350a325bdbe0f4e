"""Prints the path of the Chromium that the browser tests use; exits with 1 if there is none.

First the one that CONSOLE_TEST_BROWSER names, then one on the PATH, then Playwright's own.
"""

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def find_browser() -> str | None:
    """Return the path of a Chromium, or None."""
    named = os.environ.get("CONSOLE_TEST_BROWSER")
    if named:
        return named if Path(named).is_file() else None
    on_path = next(filter(None, map(shutil.which, NAMES)), None)
    if on_path:
        return on_path
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).is_file() else None


if __name__ == "__main__":
    path = find_browser()
    if path is None:
        sys.exit(1)
    print(path)
