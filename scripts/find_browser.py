"""Prints the path of the Chromium that the browser tests use; exits with 1 if there is none.

First the one that CONSOLE_TEST_BROWSER names, then one on the PATH, then Playwright's own.
"""

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import sync_playwright

# As people have it, which is what to measure with.
WITH_WINDOWS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
# Takes a fifth less of the processor, and paints when it has the time.
WITHOUT_WINDOWS = ("chromium-headless-shell",)


def find_browser(first: Sequence[str] = WITHOUT_WINDOWS) -> str | None:
    """Return the path of a Chromium, or None; of those on the PATH, the names that are given come first."""
    named = os.environ.get("CONSOLE_TEST_BROWSER")
    if named:
        return named if Path(named).is_file() else None
    on_path = next(filter(None, map(shutil.which, (*first, *WITHOUT_WINDOWS, *WITH_WINDOWS))), None)
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
