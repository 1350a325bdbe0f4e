"""The modules of a page, in a browser that has kept none of them."""

from playwright.sync_api import Page

from tests.browser.conftest import Watched
from tests.browser.test_record_input import PAGE

# Keeps the code of each function that is told of a form that is sent.
KEEP_LISTENERS = """
  window.toldOfSubmit = [];
  const listen = document.addEventListener;
  document.addEventListener = function (type, listener, ...options) {
    if (type === "submit") window.toldOfSubmit.push(String(listener));
    return listen.call(this, type, listener, ...options);
  };
"""


def test_each_module_runs_once_from_an_empty_cache(operator_page: Page, faults: Watched) -> None:
    session = operator_page.context.new_cdp_session(operator_page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    session.send("Debugger.enable")
    scripts: list[str] = []
    session.on("Debugger.scriptParsed", lambda event: scripts.append(event["url"].rpartition("/static/")[2]))
    operator_page.add_init_script(KEEP_LISTENERS)
    operator_page.goto(PAGE)
    operator_page.locator(".ace_text-input").wait_for(state="attached")
    own = [each.partition(".")[0] for each in scripts if each.startswith(("frame/", "records/", "tables/"))]
    assert sorted(own) == [
        "frame/answers",
        "frame/back",
        "frame/console",
        "frame/copy",
        "frame/dates",
        "frame/dialogs",
        "frame/leaving",
        "frame/menus",
        "frame/presses",
        "frame/roving",
        "frame/shell",
        "frame/tabs",
        "records/completion",
        "records/drafts",
        "records/editor",
        "records/record_drafts",
        "records/record_form",
        "records/record_input",
        "records/result",
        "records/typed_fields",
        "records/validation",
        "tables/grid",
        "tables/tables",
    ]
    # That of records/drafts.js, which forgets drafts where somebody signs out.
    told: list[str] = operator_page.evaluate("window.toldOfSubmit")
    assert sum("sign-out|logout" in each for each in told) == 1
    # Neither an error nor the policy of what a page may load.
    assert faults == []
