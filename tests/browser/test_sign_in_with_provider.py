"""Signing in with an OpenID provider in a real browser, under the console's policy."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import check_looks, in_each_look
from tests.support.numbers import with_some
from tests.support.openid_provider import PASSWORD, OpenIdProvider, openid_provider
from tests.support.served import Served, free_port, serve

CREATE = "/local/dataset-groups/loyalty-programme/datasets/users/create-records/"


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenIdProvider]:
    with openid_provider(tmp_path_factory.mktemp("provider"), free_port()) as provider:
        provider.has_person("mia", "data-team")
        yield provider


@pytest.fixture(scope="module")
def with_provider(provider: OpenIdProvider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A console that knows the provider."""
    names = {"CONSOLE_OIDC_LABEL": "Example Corp", "CONSOLE_OIDC_OPERATORS": "data-team"}
    with serve(tmp_path_factory.mktemp("served"), **provider.variables(), **names) as served:
        provider.has_client(f"{served.url}/sign-in/provider/answer/")
        yield served


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def context(request: pytest.FixtureRequest, browser: Browser, with_provider: Served) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=with_provider.url, java_script_enabled=request.param)
    yield context
    context.close()


def sign_in_at_provider(page: Page) -> None:
    page.get_by_label("Username").fill("mia")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in at the provider").click()
    page.get_by_role("button", name="Allow").click()


@with_some("context", 1)
def test_signs_in_and_goes_on_to_the_page_that_was_asked_for(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(CREATE)
    page.get_by_role("link", name="Sign in with Example Corp").click()
    sign_in_at_provider(page)
    expect(page.get_by_role("heading", name="Create user record(s)")).to_be_visible()
    expect(page.get_by_role("banner").get_by_role("button", name="mia")).to_be_visible()


@with_some("context", 0)
def test_typed_text_comes_back_after_the_session_ended(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(CREATE)
    page.get_by_role("link", name="Sign in with Example Corp").click()
    sign_in_at_provider(page)
    # Without JavaScript the page would open its address with a key at once, and what is filled in before would go.
    page.goto(f"{CREATE}?key={uuid4()}")
    page.locator("textarea[name=record_input]").fill('{"USER_ID": "kept"', force=True)
    context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Create record(s)").click()
    page.get_by_role("button", name="Sign in with Example Corp").click()
    # The provider knows the person still.
    page.wait_for_url("**/authorize/**")
    page.get_by_role("button", name="Allow").click()
    page.wait_for_url(f"**{CREATE}")
    expect(page.locator("textarea[name=record_input]")).to_have_value('{"USER_ID": "kept"')


@in_each_look
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    browser: Browser, with_provider: Served, scheme: str, width: int
) -> None:
    context = browser.new_context(
        base_url=with_provider.url,
        color_scheme=scheme,  # type: ignore[arg-type]  # A literal type.
        viewport={"width": width, "height": 640},
    )
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if "Content Security" in message.text else None)
    # The last one is a failure.
    for path in ("/sign-in/", "/sign-in/provider/answer/?state=x"):
        page.goto(path)
        check_looks(page, path, scheme, width)
    context.close()
    assert faults == []
