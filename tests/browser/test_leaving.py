"""Leaving Create user record(s) with changes that were not sent, by pointer and by keyboard."""

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from tests.browser.conftest import Watched, check_axe, expect_no_draft, record_input, sign_in
from tests.support.served import Served

USERS = "/local/dataset-groups/video-streaming/datasets/users/"
PAGE = f"{USERS}create-records/"
RECORD = '{"USER_ID": "leaving", "SUBSCRIPTION_MODEL": "Ads"}'
KEPT = "Changes that were not sent are kept as a draft in this browser."
FULL_STORAGE = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };"


def typed(page: Page, text: str = "typed") -> Page:
    """Open the page, and type a text into it."""
    page.goto(PAGE)
    page.get_by_label("Record input").fill(text)
    return page


def test_cancel_asks_and_the_draft_is_offered_again(operator_page: Page) -> None:
    page = typed(operator_page)
    cancel = page.get_by_role("link", name="Cancel")
    dialog = page.get_by_role("dialog", name="Leave page?")
    cancel.focus()
    page.keyboard.press("Enter")
    expect(dialog.get_by_text(KEPT)).to_be_visible()
    expect(dialog.get_by_role("button", name="Cancel")).to_be_focused()
    check_axe(page)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(cancel).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(cancel).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(dialog.get_by_role("button", name="Leave")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{USERS}")
    page.goto(PAGE)
    page.get_by_role("button", name="Restore draft").click()
    expect(record_input(page)).to_have_value("typed")


def test_asking_again_before_the_answer_before_was_heard_leaves_all_the_same(operator_page: Page) -> None:
    page = typed(operator_page)
    # The browser tells of the end of a dialog a moment later, when the same key may have opened it again.
    page.get_by_role("link", name="Cancel").evaluate(
        "link => { link.click(); document.getElementById('leave-page').close('stay'); link.click(); }"
    )
    page.get_by_role("dialog", name="Leave page?").get_by_role("button", name="Leave").click()
    page.wait_for_url(f"**{USERS}", timeout=10_000)


def test_signing_out_says_that_drafts_go(operator_page: Page) -> None:
    page = typed(operator_page)
    menu = page.get_by_role("banner").get_by_role("button", name="operator")
    menu.click()
    page.get_by_role("menuitem", name="Sign out").click()
    dialog = page.get_by_role("dialog", name="Leave page?")
    expect(dialog.get_by_text("signing out removes your drafts from this browser.")).to_be_visible()
    expect(dialog.get_by_text(KEPT)).to_be_hidden()
    dialog.get_by_role("button", name="Cancel").click()
    expect(menu).to_be_focused()
    assert page.evaluate("localStorage.length") == 1
    menu.click()
    page.get_by_role("menuitem", name="Sign out").click()
    dialog.get_by_role("button", name="Leave").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    expect_no_draft(page)


def test_nothing_asks_where_nothing_was_changed_or_all_was_sent(operator_page: Page) -> None:
    page = operator_page
    page.goto(PAGE)
    page.get_by_role("link", name="Cancel").click()
    page.wait_for_url(f"**{USERS}")
    typed(page, RECORD)
    page.get_by_role("button", name="Create record(s)").click()
    expect(page.get_by_text("Success:")).to_be_visible()
    page.get_by_role("link", name="Cancel").click()
    page.wait_for_url(f"**{USERS}")


def test_what_is_typed_after_sending_asks_again(operator_page: Page) -> None:
    page = typed(operator_page, RECORD)
    page.get_by_role("button", name="Create record(s)").click()
    expect(page.get_by_text("Success:")).to_be_visible()
    page.get_by_label("Record input").fill(RECORD.replace("leaving", "another"))
    page.get_by_role("link", name="Create another").click()
    expect(page.get_by_role("dialog", name="Leave page?")).to_be_visible()


def test_a_place_on_the_page_and_another_tab_ask_nothing(operator_page: Page) -> None:
    page = typed(operator_page)
    page.get_by_role("link", name="Skip to main content").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    with page.context.expect_page():
        page.get_by_role("link", name="Cancel").click(modifiers=["ControlOrMeta"])
    expect(page.get_by_role("dialog")).to_be_hidden()


@pytest.mark.parametrize("keeps_drafts", [True, False], ids=["keeps drafts", "keeps nothing"])
def test_the_browser_asks_at_closing_only_where_no_draft_is_kept(operator_page: Page, keeps_drafts: bool) -> None:
    page = operator_page
    if not keeps_drafts:
        page.add_init_script(FULL_STORAGE)
    typed(page)
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    if not keeps_drafts:
        page.get_by_role("link", name="Cancel").click()
        lost = "this browser cannot keep a draft of them."
        expect(page.get_by_role("dialog", name="Leave page?").get_by_text(lost)).to_be_visible()
        page.keyboard.press("Escape")
    page.goto(USERS)
    assert asked == ([] if keeps_drafts else ["beforeunload"])


def test_without_a_script_nothing_asks(browser: Browser, served: Served, faults: Watched) -> None:
    context = browser.new_context(base_url=served.url, java_script_enabled=False)
    page = context.new_page()
    faults.watch(page, served.url)
    sign_in(page, "operator")
    typed(page)
    page.get_by_role("link", name="Cancel").click()
    page.wait_for_url(f"**{USERS}")
    context.close()
    assert faults == []
