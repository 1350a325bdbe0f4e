"""A real Chromium on a console in a process of its own."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

import pytest
from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, CDPSession, Locator, Page, Route, expect

from scripts.find_browser import find_browser
from tests.support.numbers import IS_WHOLE, some_of, with_or_without
from tests.support.served import Served, serve

# Chromium has no sandbox of its own to offer to root, and no business with hosts of its maker.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # One process for the pages of a context: to start another takes as long as to show a page.
    "--renderer-process-limit=1",
]

# For all that a browser has to do while other tests keep the processors busy; nothing waits so long that works.
SECONDS = 30
expect.set_options(timeout=SECONDS * 1000)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": find_browser(), "args": ARGUMENTS}


class Watched(list[str]):
    """What a page did that it should not have: scripts that failed, policy violations, requests to other hosts."""

    def watch(self, page: Page, url: str) -> None:
        """Write down what the page does from now on."""
        page.on("pageerror", lambda error: self.append(f"script: {error}"))
        page.on("console", lambda message: self.append(f"console: {message.text}") if _is_defect(message) else None)
        page.on(
            "request", lambda request: None if request.url.startswith(url) else self.append(f"host: {request.url}")
        )


def _is_defect(message: Any) -> bool:
    # Chromium writes an error for every answer of 400 and above, which is how problems are answered.
    return message.type in ("error", "warning") and "the server responded with a status of" not in message.text


@pytest.fixture
def faults() -> Watched:
    return Watched()


@pytest.fixture(params=some_of([True, False], 0), ids=with_or_without)
def visitor(request: pytest.FixtureRequest, browser: Browser, served: Served, faults: Watched) -> Iterator[Page]:
    """An empty page of a person who is not signed in, with JavaScript, and in a whole run once without.

    The tests of `tests/pages` see each page without it.
    """
    with new_page(browser, served, faults, java_script_enabled=request.param) as page:
        yield page


@pytest.fixture
def operator_page(browser: Browser, served: Served, faults: Watched) -> Iterator[Page]:
    """An empty page of a signed-in operator, with JavaScript."""
    with new_page(browser, served, faults) as page:
        use_session(page, "operator")
        yield page


@pytest.fixture(scope="session")
def slow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A console whose dataset groups take four seconds to be ACTIVE."""
    with serve(tmp_path_factory.mktemp("slow"), CONSOLE_LOCAL_CREATE_SECONDS="4") as served:
        yield served


@pytest.fixture
def slow_page(browser: Browser, slow: Served, faults: Watched) -> Iterator[Page]:
    """An empty page of a signed-in operator there."""
    with new_page(browser, slow, faults) as page:
        use_session(page, "operator")
        yield page


@dataclass(frozen=True)
class Kept:
    """A context of Chromium that the pages of several tests share, and an empty page in it.

    That page keeps the process, with the scripts that it has compiled: to begin both anew takes as long as to show a
    page.
    """

    context: BrowserContext
    page: Page
    devtools: CDPSession


# By console and options.
_contexts: dict[tuple[str, str], Kept] = {}


@contextmanager
def new_page(browser: Browser, served: Served, faults: Watched, **options: Any) -> Iterator[Page]:
    """Give an empty watched page of a person who is not signed in, and remove in the end what it leaves behind.

    `options` are those of the context. Fail if it, or a page that it opens, did what it should not.
    """

    def watch(page: Page) -> None:
        faults.watch(page, served.url)

    kept = _kept(browser, served, options)
    kept.context.on("page", watch)
    yield kept.context.new_page()
    kept.context.remove_listener("page", watch)
    for each in kept.context.pages:
        if each is not kept.page:
            each.close()
    kept.context.clear_cookies()
    kept.context.clear_permissions()
    kept.devtools.send("Storage.clearDataForOrigin", {"origin": served.url, "storageTypes": "all"})
    assert faults == []


def _kept(browser: Browser, served: Served, options: dict[str, Any]) -> Kept:
    name = served.url, str(sorted(options.items()))
    if name not in _contexts:
        context = browser.new_context(base_url=served.url, **options)
        context.set_default_timeout(SECONDS * 1000)
        page = context.new_page()
        _contexts[name] = Kept(context, page, context.new_cdp_session(page))
    return _contexts[name]


def expect_no_draft(page: Page) -> None:
    """Expect that the browser keeps nothing: a script sees to it once the page is there."""
    deadline = time.monotonic() + 5
    while page.evaluate("localStorage.length") and time.monotonic() < deadline:
        page.wait_for_timeout(50)
    assert page.evaluate("localStorage.length") == 0


def expect_settled(page: Page) -> None:
    """Wait until Create record(s) stays: without scripts, it goes to the address with its key by itself."""
    expect(page.locator("noscript meta[http-equiv=refresh]")).to_have_count(0)


def record_input(page: Page) -> Locator:
    """Return the text box that is sent: what the editor over it holds is in it too."""
    return page.locator("textarea[name=record_input]")


@contextmanager
def held(page: Page, pattern: str | re.Pattern[str]) -> Iterator[None]:
    """Hold the requests whose addresses match until the end of the block: no answer comes before.

    A pause would end at any moment of what a busy machine does meanwhile.
    """
    waiting: list[Route] = []
    is_over = False

    def hold(route: Route) -> None:
        if is_over:
            route.continue_()
        else:
            waiting.append(route)

    page.route(pattern, hold)
    yield
    is_over = True
    for route in waiting:
        route.continue_()


def answer_late(route: Route) -> None:
    """Let a request's answer come half a second late."""
    time.sleep(0.5)
    route.continue_()


# The cookies of sessions, by the console's address and the person.
_sessions: dict[tuple[str, str], Any] = {}


def sign_in(page: Page, name: str) -> None:
    """Sign a demo account in as `use_session` does, and go to the first page."""
    use_session(page, name)
    page.goto("/")


def use_session(page: Page, name: str) -> None:
    """Sign a demo account in, by the sign-in page and later with the cookies from there.

    Signing in takes about a second, so that one session is used by all tests, until one of them ends it.
    """
    console = page.request.get("/healthz").url
    page.context.clear_cookies(name="sessionid")
    page.context.add_cookies(_sessions.get((console, name), []))
    if "/sign-in/" in page.request.get("/", max_redirects=0).headers["location"]:
        page.goto("/sign-in/")
        fill_in_sign_in(page, name)
        _sessions[console, name] = page.context.cookies()


def fill_in_sign_in(page: Page, name: str) -> None:
    """Sign a demo account in, on the sign-in page that the console shows."""
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(name)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/dataset-groups/")


def sign_out(page: Page, name: str) -> None:
    """Sign out by the person's menu, which is one for a screen reader where there are scripts."""
    page.get_by_role("banner").get_by_role("button", name=name).click()
    page.locator("#person-menu").get_by_text("Sign out").click()


def page_as_wide(browser: Browser, served: Served, faults: Watched, scheme: str, width: int) -> Page:
    """Return a watched page of a person who is not signed in, light or dark, so many pixels wide."""
    context = browser.new_context(
        base_url=served.url,
        color_scheme=scheme,  # type: ignore[arg-type]  # A literal type.
        viewport={"width": width, "height": HEIGHT},
    )
    page = context.new_page()
    faults.watch(page, served.url)
    return page


# Of a screen that shows pages in their full width, and of a phone.
WIDE, NARROW, HEIGHT = 1360, 320, 640
LOOKS: tuple[tuple[Literal["light", "dark"], int], ...] = (
    ("light", WIDE),
    ("dark", NARROW),
    ("dark", WIDE),
    ("light", NARROW),
)
in_each_look = pytest.mark.parametrize(("scheme", "width"), some_of(LOOKS, 0))
# Resolves once the page has been drawn with the colours and the width that it was given last.
DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
# All that a page's colours change in what axe finds.
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
# What axe has to say of all that is right takes it as long again, and what stands where half as long: it is asked for
# where something is wrong. Pages have no frames, sound or moving pictures to look for.
QUICKLY = {"resultTypes": ["violations"], "selectors": False, "iframes": False, "preload": False}


def check_looks(page: Page, path: str, scheme: str, width: int) -> None:
    """Fail if axe finds something in a page, or if it is wider than the screen.

    Where it is not opened in each look, it is made dark and narrow after that, for what may change in it: its contrast
    and its width.
    """
    _check_look(page, path, width, {})
    if IS_WHOLE:
        return
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": NARROW, "height": HEIGHT})
    page.evaluate(DRAWN)
    _check_look(page, f"{path}, dark and narrow", NARROW, CONTRAST)
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # A literal type.
    page.set_viewport_size({"width": width, "height": HEIGHT})


def _check_look(page: Page, path: str, width: int, rules: dict[str, Any]) -> None:
    check_axe(page, path, rules)
    assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def check_axe(page: Page, path: str = "", rules: dict[str, Any] | None = None) -> None:
    """Fail if axe finds something in a page as it is; `rules` choose some of its rules, as CONTRAST does."""
    # It is in the page once it has run there.
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    if _axe(page, QUICKLY | (rules or {}))["violations"]:
        found = AxeResults(_axe(page, rules or {}))
        raise AssertionError(f"{path or page.url}: {found.generate_report()}")


def _axe(page: Page, options: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate("options => axe.run(options)", options)
    return found
